"""Every sentence that a failure is raised with, read from the source."""

import ast
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ketachart import errors

ROOT = Path(__file__).resolve().parent.parent.parent
CLASSES = {
    name
    for name, found in vars(errors).items()
    if isinstance(found, type) and issubclass(found, errors.KetaChartError)
}
HOLE = "…"  # what is only known when it happens


@dataclass(frozen=True)
class Said:
    """One place where a failure is made. ``text`` is empty where only the run can tell it."""

    place: str
    kind: str
    text: str


@cache
def modules():
    """Where each module of the core and the window lies, by its name."""
    found = {}
    for folder in ("ketachart", "ui"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            found[name] = path
    return found


@cache
def tree(module):
    """The source of a module, parsed."""
    return ast.parse(modules()[module].read_text(encoding="utf-8"))


@cache
def raising():
    """The modules that make a failure."""
    made = re.compile(rf"\b({'|'.join(sorted(CLASSES))})\(")
    return tuple(m for m, path in modules().items() if made.search(path.read_text("utf-8")))


@cache
def calls():
    """Each making of a failure, with its module."""
    return tuple(
        (module, node)
        for module in raising()
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in CLASSES
    )


@cache
def constants(module):
    """What the names at the top of a module stand for: an expression, or where it is imported."""
    told = {}
    for node in tree(module).body if module in modules() else ():
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            told[node.targets[0].id] = node.value
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            told[node.target.id] = node.value
        elif isinstance(node, ast.ImportFrom):
            for name in node.names:
                told[name.asname or name.name] = (node.module, name.name)
    return told


def text_of(node, module):
    """The text of an expression with holes in it; None where only the run can tell."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        parts = [p if isinstance(p, ast.Constant) else p.value for p in node.values]
        return "".join(text_of(part, module) or HOLE for part in parts)
    if isinstance(node, ast.Name):
        return named(node.id, module)
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        came = constants(module).get(node.value.id)
        return named(node.attr, ".".join(came)) if isinstance(came, tuple) else None
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return text_of(node.func.value, module) if node.func.attr == "format" else None
    if isinstance(node, ast.IfExp):
        return text_of(node.body, module)
    if isinstance(node, ast.BinOp):
        sides = [text_of(side, module) for side in (node.left, node.right)]
        return None if None in sides else "".join(sides)
    return None


def named(name, module):
    """What a name of a module stands for."""
    there = constants(module).get(name)
    if isinstance(there, tuple):
        return named(there[1], there[0]) if there[0] in modules() else None
    return None if there is None else text_of(there, module)


@cache
def all_said():
    """Every place in core and window where a failure is made with a sentence."""
    found = []
    for module, node in calls():
        if node.args:
            told = text_of(node.args[0], module)
            found.append(Said(f"{module}:{node.lineno}", node.func.id, told or ""))
    return tuple(found)


# ---------------------------------------------------------------- what makes one good

# What somebody is told to do; each as it would begin a clause.
ACTS = set(
    re.findall(
        r"\w+",
        "act add adopt allow answer ask back begin break build call change charge chart check "
        "choose clear close compare complete confirm copy correct count cover create cut "
        "describe do download drop empty end enter export fill find finish format free give go "
        "hand have hold import insert install judge keep leave let list lock look make measure "
        "move name note open pack page pick plug practise press print pull put quit read "
        "receive record rehearse release remove renew repair repeat replace restart restore run "
        "save say see select send set settle sign signs start strike take tell tick touch try turn "
        "type unlock update use wait weigh withdraw write ",
    )
)
# Words that say what is safe, or that nothing was done.
SAFE = (
    "nothing", "safe", "no ", "not ", "untouched", "goes on", "is kept", "as it was", "already",
    "never", "whole", "stay", "only", "all others",
)  # fmt: skip
TECHNICAL = (
    "exception", "traceback", "errno", "sqlite", "sqlcipher", "null", "none:", "nonetype",
    "keyerror", "valueerror", "typeerror", "oserror", "stack", "assert", "boolean", "integer",
    "float", "__",
)  # fmt: skip


# A question, or the form that is expected: a range, an example, what there is, what is missing.
_FORM = re.compile(
    r"\?|\b\d+ (to|or) \d+|\bat least\b|\bat most\b|\bsuch as\b|There (are|waits): |missing|"
    r"is expected|supervisor|does not have the form|told as one|\bmust\b|the clinic's own ledger"
)
_STARTS = re.compile(r"(?:^|[.:;,—…”] ?|\b(?:or|and|then|first|please|again|laptop|there) )(\w+)")


def is_told(text):
    """Whether enough of a text stands in the source to be judged; else only the run can tell."""
    return len(re.sub(r"[^A-Za-z]", "", text)) >= 24


def told_to_do(text):
    """Whether a sentence holds an act, a question, or the form that is expected."""
    if _FORM.search(text):
        return True
    starts = _STARTS.findall(text)
    return any(word.lower() in ACTS for word in starts)
