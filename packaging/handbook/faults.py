"""The page of what a check of a report can find: every code with its sentences, out of the code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from handbook.marked import code, page, sentence, table

ROOT: Final = Path(__file__).resolve().parents[2]
CHECKS: Final = ROOT / "ketachart" / "report"
CODE: Final = re.compile(r"[A-Z][A-Z_]{3,}")
FEWEST: Final = 3  # words of a sentence that is not all filled in


def pages() -> dict[str, str]:
    """The one page, by its path in the documentation."""
    rows = [
        (code(name), "<br>".join(map(sentence, _telling(said))))
        for name, said in sorted(found().items())
    ]
    return {
        "reference/faults.md": page(
            "What a check can find",
            "When [a report is checked](../guide/supervisor/verify.md), each thing that is wrong "
            "has a code that stays the same, and a sentence that names it. One is enough: the "
            "report is not to be relied on. An ellipsis stands for what differs from file to file.",
            "Where a sentence begins with a word and a colon, that is where it was found: "
            "*Structure* and *Signed bytes* are the file itself, *Signature blob* the signature, "
            "*Signer* who signed and may sign, *Data* the three attached files, *Pages* what is "
            "printed beside the data, *Ledger* what this laptop keeps.",
            table(("code", "what it says"), rows),
            "`ketachart verify FILE.pdf --json` gives them as `faults`. "
            "[What was tried](../decisions/0027-attacks.md): 284 built attacks, each refused and "
            "named.",
        )
    }


def found() -> dict[str, list[str]]:
    """The sentences of each code, in the order in which they stand in the checks."""
    told: dict[str, list[str]] = {}
    for file in sorted(CHECKS.glob("verify*.py")):
        for name, words in _faults_in(ast.parse(file.read_text(encoding="utf-8"))):
            said = told.setdefault(name, [])
            if words not in said:
                said.append(words)
    return told


def _faults_in(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or len(call.args) < 2:
            continue
        name, said = call.args[:2]
        if isinstance(name, ast.Constant) and CODE.fullmatch(str(name.value)):
            words = _words(said)
            if words:
                yield str(name.value), words


def _telling(said: list[str]) -> list[str]:
    """The sentences that say something of their own, where any of them does."""
    return [one for one in said if len(re.findall(r"\w+", one)) > FEWEST] or said


def _words(said: ast.expr) -> str:
    """A sentence, with an ellipsis for each thing that is filled in."""
    if isinstance(said, ast.Constant):
        return str(said.value)
    if isinstance(said, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "…" for part in said.values
        )
    return ""
