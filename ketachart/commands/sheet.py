"""`sheet`: writes a sheet for the patient: the instructions that are left, or the one before."""

import argparse
import json
from datetime import datetime
from pathlib import Path
from typing import Any

from ketachart.charting.sheets import SheetTask
from ketachart.commands import ledgers
from ketachart.commands.writing import write_file
from ketachart.domain.infusion import last_moment
from ketachart.domain.sheets.lines import Language
from ketachart.domain.visit import Visit
from ketachart.domain.wording import count
from ketachart.errors import CannotRead


def add_to(commands: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Adds the command."""
    command = commands.add_parser(
        "sheet", help="write a sheet for the patient: handout or pre-visit, in English or Spanish"
    )
    command.add_argument("which", choices=("handout", "pre-visit"))
    ledgers.add_arguments(command)
    command.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
    command.add_argument(
        "--language", choices=("en", "es"), help="else the one in which the patient reads"
    )
    command.add_argument("--paper", choices=("letter", "a4"), default="letter")
    command.add_argument(
        "--starts",
        metavar="TIME",
        help="when the visit is planned, 2026-11-25T10:00-07:00; only for pre-visit",
    )
    command.add_argument("--json", action="store_true", help="answer in JSON")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Writes the file; nothing is charted by it."""
    if not arguments.visit:
        raise CannotRead("Say which visit: --visit NUMBER.")
    starts = _planned(arguments.starts)
    with ledgers.opened(arguments) as office:
        visit = ledgers.visit_of(office, arguments.visit).visit
    made = SheetTask(
        visit=visit,
        at=last_moment(visit),
        sheet=arguments.which,
        language=arguments.language or _reads(visit),
        paper=arguments.paper,
        starts=starts,
    ).work()
    write_file(arguments.out, made.content)
    if arguments.json:
        answer = {
            "good": True,
            "file": str(arguments.out),
            "sheet": made.sheet,
            "language": made.language,
            "pages": made.pages,
            "sha256": made.sha256,
        }
        print(json.dumps(answer, ensure_ascii=False))
    else:
        pages = count(made.pages, "page")
        print(f"{arguments.out.name}: {made.sheet}, {made.language}, {pages}")
    return 0


def _reads(visit: Visit) -> Language:
    return visit.patient.language if visit.patient else "en"


def _planned(text: str | None) -> datetime | None:
    """The planned time, with its offset.

    Raises:
        CannotRead: it is no time, or has no offset.
    """
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CannotRead(f"“{text}” is no time. Write 2026-11-25T10:00-07:00.") from error
    if moment.tzinfo is None:
        raise CannotRead(f"“{text}” has no offset. Write 2026-11-25T10:00-07:00.")
    return moment
