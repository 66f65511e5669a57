"""`ems`: writes the emergency sheet of a visit to a file, whatever state the visit is in."""

import argparse
import json
from pathlib import Path
from typing import Any

from ketachart.charting.handing_over import HandoverTask
from ketachart.commands import ledgers
from ketachart.commands.writing import write_file
from ketachart.domain.infusion import last_moment
from ketachart.errors import CannotRead


def add_to(commands: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Adds the command."""
    command = commands.add_parser(
        "ems", help="write the one-page sheet for the ambulance crew, UNSIGNED, from any visit"
    )
    ledgers.add_arguments(command)
    command.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
    command.add_argument("--paper", choices=("letter", "a4"), default="letter")
    command.add_argument("--json", action="store_true", help="answer in JSON")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Writes the file; the ledger is only read."""
    if not arguments.visit:
        raise CannotRead("Say which visit: --visit NUMBER.")
    with ledgers.opened(arguments) as office:
        visit = ledgers.visit_of(office, arguments.visit).visit
        made = HandoverTask(visit, last_moment(visit)).work(arguments.paper)
    write_file(arguments.out, made.content)
    if arguments.json:
        answer = {"good": True, "file": str(arguments.out), "signed": False, "sha256": made.sha256}
        print(json.dumps(answer, ensure_ascii=False))
    else:
        print(f"{arguments.out.name}: emergency sheet, UNSIGNED, sha256 {made.sha256}")
    return 0
