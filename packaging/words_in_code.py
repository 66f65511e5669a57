"""The sentences that stand in a Python file, found by reading its tree: what a translator gets.

A plain literal is a message as it stands; an f-string is a message with its places named after
what stands in them: ``f"{minutes} min late"`` is “{minutes} min late”. A place that is one of two
literals makes two messages, a count with its noun one for one and one for several.
"""

import ast
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

sys.path.append(str(Path(__file__).parent))
from words_with_places import alternatives, templates_of

CHOSEN: Final = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
NOT_SHOWN: Final = frozenset(CHOSEN["calls_that_show_nothing"])
NOT_WORDS: Final = frozenset(CHOSEN["arguments_that_are_names"])
NO_WORDS: Final = frozenset(CHOSEN["no_words"])
SMALL_TOO: Final = frozenset(CHOSEN["arguments_that_are_small_words"])
UNITS: Final = frozenset(
    {"mg", "mL", "kg", "min", "h", "s", "mmHg", "bpm", "lb", "cm", "in", "gtt", "mcg", "µg", "L"}
    | {"MB", "kB", "GB", "ms", "Hz"}
)
KEYS = re.compile(
    r"(?:(?:Ctrl|Alt|Shift|Meta)\+)*(?:F\d{1,2}|Return|Enter|Esc|Escape|Tab|Space|Del|PgUp|PgDown|"
    r"Home|End|Up|Down|Left|Right|Backspace|Insert|[←→↑↓]|Alt|Ctrl|Shift|[A-Z0-9.,+\-/])$"
)
STATEMENT = re.compile(
    r"^\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|PRAGMA|ATTACH|DETACH|BEGIN|COMMIT|ROLLBACK|VACUUM|"
    r"DROP|ALTER|SAVEPOINT|RELEASE|WITH|AND|ORDER BY|WHERE|FROM|LIMIT)\b"
    r"|\b(WHERE|EXISTS|SELECT|VALUES|PRAGMA|ORDER BY|NOT IN)\b|->> '|instr\(|\|\| '|\bmode=r"
    r"|^(FULL|NORMAL|PASSIVE|TRUNCATE|WAL|MEMORY|NFK?[CD]|:memory:|UTC)$|sqlite|Ctrl\+="
    r"|^\w+\(\w*\)$|^#\w+#$|^/\w+/|^one\.\w+ [=>]"
    r"|^\"kind\": |^(application|x-kde|FileDialog)\b|^[0-9A-Z]{15,}$|asdf|zxcv|áéí"
)
IDENTIFIER = re.compile(r"[a-z0-9_]+(?:[-._/:][a-z0-9_]*)*$|[A-Za-z_]*_[A-Za-z_0-9]*$|_\w+$|\.\w+$")
CAMEL = re.compile(r"[A-Za-z]+[a-z][A-Z]\w*$")
DOTTED = re.compile(r"\w+(?:\.\w+)+$")
LETTERS = re.compile(r"[^\W\d_]{2}")
PLACE = re.compile(r"\{(\w*)\}")
FORMAT = re.compile(r"^--?\w|^/\w+$|^/?/\w+ |%[YmdHMSBbAa]|[#&<][\w!/]+[;>]|\\[dws]|\(\?|^\[\^")


def messages_of(tree: ast.Module, *, only_raised: bool = False) -> Iterator[tuple[int, str]]:
    """Each message of a file with its line, in the order in which they stand there."""
    walker = _Walker(only_raised=only_raised, in_sentences=put_in_sentences(tree))
    walker.visit(tree)
    seen = set()
    for line, text in sorted(walker.found, key=lambda each: each[0]):
        if text not in seen:
            seen.add(text)
            yield line, text


def is_message(text: str, *, small: bool = False) -> bool:
    """Whether a text holds words for a person.

    Args:
        text: a literal, or a template with its places in braces.
        small: whether one small word by itself counts; it mostly is a code.
    """
    bare = PLACE.sub(" ", text)
    if "\x1f" in text or text in NO_WORDS:
        return False
    if not LETTERS.search(bare) or STATEMENT.search(text) or FORMAT.search(bare):
        return False
    told = bare.strip()
    if told.strip("+−-–—·:;,.()[]/×≥≤<>%=~ ") in UNITS or all(
        word.strip("()/·,:;+") in UNITS or not LETTERS.search(word) for word in told.split()
    ):
        return False
    if PLACE.search(text):
        return bool(re.search(r"(?<!\w)[^\W\d_]{2,}", bare)) and not re.fullmatch(
            r"[\w\-./:]+", text.replace("{", "").replace("}", "")
        )
    if KEYS.match(told) or CAMEL.match(told) or DOTTED.match(told):
        return False
    return told.isalpha() if small and IDENTIFIER.match(told) else not IDENTIFIER.match(told)


def put_in_sentences(tree: ast.Module) -> frozenset[str]:
    """The names whose values stand in places of sentences: of variables, tables and functions."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FormattedValue):
            value = node.value
            while isinstance(value, (ast.Subscript, ast.Call)):
                within = value.func if isinstance(value, ast.Call) else value.value
                is_get = isinstance(within, ast.Attribute) and within.attr in {"get", "lower"}
                value = within.value if is_get else within
            found.add(getattr(value, "id", getattr(value, "attr", "")))
    return frozenset(found)


class _Walker(ast.NodeVisitor):
    """Walks a file's tree, leaving out what is written for the program."""

    def __init__(self, *, only_raised: bool, in_sentences: frozenset[str]) -> None:
        self._in_sentences = in_sentences
        self.found: list[tuple[int, str]] = []
        self._only_raised = only_raised
        self._raising = 0
        self._small = 0
        self._returns: list[bool] = []

    def visit_Module(self, node: ast.Module) -> None:
        self._body(node.body)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._body(node.body)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        for default in (*node.args.defaults, *filter(None, node.args.kw_defaults)):
            self.visit(default)
        self._returns.append(node.name in self._in_sentences)
        self._body(node.body)
        self._returns.pop()

    visit_AsyncFunctionDef = visit_FunctionDef  # noqa: N815

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self._valued(node.target, node.value)

    def visit_Assign(self, node: ast.Assign) -> None:
        self._valued(node.targets[0], node.value)

    def _valued(self, target: ast.expr, value: ast.expr) -> None:
        name = getattr(target, "id", getattr(target, "attr", ""))
        is_name = name in NOT_WORDS and isinstance(value, ast.Constant)
        if (is_name and not _told(value)) or name in {"__all__", "__slots__", "__match_args__"}:
            return
        self._in_words([value], small=name in self._in_sentences)

    def visit_Return(self, node: ast.Return) -> None:
        if node.value is not None:
            self._in_words([node.value], small=any(self._returns[-1:]))

    def _body(self, body: list[ast.stmt]) -> None:
        for statement in body:
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                continue  # a docstring
            self.visit(statement)

    def visit_Raise(self, node: ast.Raise) -> None:
        self._raising += 1
        self.generic_visit(node)
        self._raising -= 1

    def visit_Assert(self, node: ast.Assert) -> None:
        del node

    def visit_Compare(self, node: ast.Compare) -> None:
        for side in (node.left, *node.comparators):
            if not isinstance(side, (ast.Constant, ast.Tuple, ast.Set, ast.List)):
                self.visit(side)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        self.visit(node.value)

    def visit_Match(self, node: ast.Match) -> None:
        self.visit(node.subject)
        for case in node.cases:
            if case.guard is not None:
                self.visit(case.guard)
            self._body(case.body)

    def visit_Dict(self, node: ast.Dict) -> None:
        for key in node.keys:
            if key is not None and (not isinstance(key, ast.Constant) or " " in str(key.value)):
                self.visit(key)
        worded = any(_told(value) for value in node.values)
        self._in_words(node.values, small=worded)

    def visit_Tuple(self, node: ast.Tuple) -> None:
        first = node.elts[0] if node.elts else None
        told = first.value if isinstance(first, ast.Constant) else None
        is_key = (
            isinstance(told, str) and len(node.elts) == 2 and bool(KEYS.match(told.split(" ")[0]))
        )
        self._in_words(node.elts, small=is_key)  # a key, and what it does here

    def visit_IfExp(self, node: ast.IfExp) -> None:
        self.visit(node.test)
        branches = (node.body, node.orelse)
        self._in_words(branches, small=any(map(_told, branches)) or self._small > 0)

    def _in_words(self, nodes: Iterable[ast.AST], *, small: bool) -> None:
        self._small += small
        for node in nodes:
            self.visit(node)
        self._small -= small

    def visit_Call(self, node: ast.Call) -> None:
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if isinstance(node.func, ast.Attribute):
            self.visit(node.func)
        if name == "count" and len(node.args) > 1:
            self._counted(node)
        elif name in NOT_SHOWN:
            for each in (*node.args, *(keyword.value for keyword in node.keywords)):
                if not isinstance(each, (ast.Constant, ast.JoinedStr, ast.Tuple, ast.List)):
                    self.visit(each)
        else:
            self.visit_each(node.args)
            for keyword in node.keywords if name != "join" else ():
                self._visit_named(keyword)

    def _visit_named(self, keyword: ast.keyword) -> None:
        value = keyword.value
        is_name = keyword.arg in NOT_WORDS and isinstance(value, ast.Constant)
        has_words = keyword.arg != "rule" and " " in str(getattr(value, "value", ""))
        if not is_name or has_words:
            self._in_words([value], small=keyword.arg in SMALL_TOO)

    def visit_each(self, nodes: Iterable[ast.AST]) -> None:
        """Visit one after the other."""
        for node in nodes:
            self.visit(node)

    def _counted(self, node: ast.Call) -> None:
        """``count(n, "entry")`` makes “{n} entry” and “{n} entries”."""
        self.visit(node.args[0])
        for template in templates_of(node):
            self._add(node.lineno, template)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        for template in templates_of(node):
            self._add(node.lineno, template)
        for part in node.values:
            if isinstance(part, ast.FormattedValue) and not alternatives(part.value):
                self._in_words([part.value], small=True)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self._add(node.lineno, node.value)

    def _add(self, line: int, text: str) -> None:
        if self._only_raised and not self._raising:
            return
        if is_message(text, small=self._small > 0):
            self.found.append((line, text))


def _told(node: ast.AST) -> bool:
    """Whether a node is a literal that is surely words: it has a space or begins large."""
    if isinstance(node, ast.JoinedStr):
        return True
    text = node.value if isinstance(node, ast.Constant) else None
    return (
        isinstance(text, str) and (" " in text.strip() or text[:1].isupper()) and is_message(text)
    )
