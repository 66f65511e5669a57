"""`dose`: works out every vector of a file and prints what it got beside what was expected."""

import argparse
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

from ketachart.commands.given import text_of
from ketachart.commands.vectors import Line, compare
from ketachart.domain.wording import count
from ketachart.errors import CannotRead

_ENDLESS = re.compile(r"[0-9.][eE][+-]?[0-9]{3,20}|[0-9]{400}")
"""Worked out exactly, a number such as 1e999999999 never ends."""


def add_to(commands: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Adds the command."""
    command = commands.add_parser(
        "dose", help="work out dose vectors exactly and compare; exit 1 on any difference"
    )
    command.add_argument("vectors", type=Path, metavar="VECTORS.json")
    command.add_argument("--json", action="store_true", help="answer in JSON")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Compares, prints, and answers 1 on any difference."""
    lines = compare(read_json(arguments.vectors))
    wrong = [line for line in lines if not line.same]
    if arguments.json:
        _print_json(lines, wrong)
        return 1 if wrong else 0
    for line in lines:
        mark = "same" if line.same else "DIFFERS"
        print(f"{mark:8}{line.vector:5}{line.name:28}{line.got:32} {line.expected}")
    vectors = len({line.vector for line in lines})
    print(
        f"{count(vectors, 'vector')}, {count(len(lines), 'answer')}: "
        f"{count(len(wrong), 'difference')}"
    )
    return 1 if wrong else 0


def _print_json(lines: list[Line], wrong: list[Line]) -> None:
    answer = {
        "good": not wrong,
        "vectors": len({line.vector for line in lines}),
        "answers": len(lines),
        "differences": len(wrong),
        "lines": [
            {
                "vector": line.vector,
                "name": line.name,
                "got": line.got,
                "expected": line.expected,
                "same": line.same,
            }
            for line in lines
        ],
    }
    print(json.dumps(answer, ensure_ascii=False, indent=1))


def read_json(path: Path) -> Any:  # noqa: ANN401 - whatever JSON holds
    """A JSON file, with its numbers kept exact.

    Raises:
        CannotRead: it is not JSON, or is cut short.
    """
    text = text_of(path)
    try:
        read = json.loads(text, parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise CannotRead(
            f"{path.name} is not a JSON file that can be read: {error}. Correct it there, and "
            "run it again."
        ) from error
    endless = _ENDLESS.search(text)
    if endless:
        raise CannotRead(f"{path.name} holds a number that no dose has: {endless[0]}. Correct it.")
    return read
