"""`show`: the visits of a ledger, or one visit as its log or as folded JSON."""

import argparse
import json
import sys
from typing import Any

from ketachart.charting import VisitRow
from ketachart.commands import ledgers
from ketachart.domain.audit import log
from ketachart.domain.folded.whole import folded
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, short_day

ADVICE = "Change nothing in the folder, and restore the last good backup."


def add_to(commands: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Adds the command."""
    command = commands.add_parser("show", help="list a ledger's visits, or show one")
    ledgers.add_arguments(command)
    command.add_argument("--json", action="store_true", help="answer in JSON")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Prints the list, or the visit; answers 1 where the ledger is not whole, and says what is.

    A ledger that may only be read is said to be one before anything of it is shown.
    """
    with ledgers.opened(arguments) as office:
        only_read = office.read_only
        if only_read is not None:
            print(only_read.sentence, file=sys.stderr)
        if arguments.visit:
            _print_visit(ledgers.visit_of(office, arguments.visit).visit, arguments)
        else:
            _print_list(office.visits(), arguments)
        faults = office.verify()
    if not faults:
        return 0 if only_read is None else 1
    for fault in faults:
        print(fault.sentence, file=sys.stderr)
    print(ADVICE, file=sys.stderr)
    return 1


def _print_visit(visit: Visit, arguments: argparse.Namespace) -> None:
    if arguments.json:
        print(json.dumps(folded(visit), ensure_ascii=False, indent=1))
    else:
        _print_log(visit)


def _print_list(rows: tuple[VisitRow, ...], arguments: argparse.Namespace) -> None:
    if arguments.json:
        plain = [
            {"number": r.number, "day": r.day.isoformat(), "mrn": r.mrn, "status": r.status}
            for r in rows
        ]
        print(json.dumps(plain, ensure_ascii=False, indent=1))
        return
    if not rows:
        print("No visit is in this ledger yet.")
    for row in rows:
        print(f"{row.number:14}{row.day}  MRN {row.mrn:12}{row.goal:22}{row.status}")


def _print_log(visit: Visit) -> None:
    day = None
    for line in log(visit):
        if line.at.date() != day:
            day = line.at.date()
            print(short_day(day))
        mark = "struck" if line.struck else line.mark
        print(f"{clock(line.at)}  {line.lag_text:9}{mark:7}{line.title}: {line.detail}")
