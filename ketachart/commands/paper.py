"""`paper`: writes the chart on paper, blank or for a visit, to be printed before it is needed."""

import argparse
import json
from pathlib import Path
from typing import Any

from ketachart.charting.paper_pack import PackTask
from ketachart.clock import SystemClock
from ketachart.commands import ledgers
from ketachart.commands.writing import write_file
from ketachart.domain.infusion import last_moment
from ketachart.domain.visit import Visit
from ketachart.domain.wording import count
from ketachart.errors import CannotRead


def add_to(commands: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Adds the command."""
    command = commands.add_parser(
        "paper", help="write the chart on paper as PDF: blank, or for a visit of a ledger"
    )
    command.add_argument(
        "--ledger", type=Path, metavar="FOLDER", help="the ledger of the visit; without it: blank"
    )
    command.add_argument("--visit", metavar="NUMBER", help="the visit whose form it is")
    ledgers.add_unlocking(command)
    command.add_argument("--out", type=Path, required=True, metavar="DIR")
    command.add_argument("--paper", choices=("letter", "a4"), default="letter")
    command.add_argument("--json", action="store_true", help="answer in JSON")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Writes the file into the folder; nothing is charted by it.

    Raises:
        CannotRead: a visit is named without its ledger, or a ledger without a visit.
    """
    if (arguments.ledger is None) != (arguments.visit is None):
        raise CannotRead("Say both --ledger FOLDER and --visit NUMBER, or neither for blank forms.")
    visit = _visit(arguments) if arguments.ledger is not None else None
    at = last_moment(visit) if visit is not None else SystemClock().now()
    made = PackTask(at=at, visit=visit, paper=arguments.paper).work()
    file = arguments.out / made.name
    arguments.out.mkdir(parents=True, exist_ok=True)
    write_file(file, made.content)
    if arguments.json:
        answer = {"good": True, "file": str(file), "pages": made.pages, "sha256": made.sha256}
        print(json.dumps(answer, ensure_ascii=False))
    else:
        print(f"{file.name}: chart on paper, {count(made.pages, 'page')}")
    return 0


def _visit(arguments: argparse.Namespace) -> Visit:
    with ledgers.opened(arguments) as office:
        return ledgers.visit_of(office, arguments.visit).visit
