"""`review` and `trends`: what a folder of signed reports holds, without a ledger.

Each report is checked first; nothing is kept, and no patient is named.
"""

import argparse
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ketachart.charting.folder_queue import counted, queue_of
from ketachart.charting.report_reading import FolderTask, ReadFolder
from ketachart.clock import SystemClock
from ketachart.commands.given import bytes_of
from ketachart.commands.writing import write_file
from ketachart.domain.supervision.queue import QueueLine
from ketachart.domain.supervision.standing import STATE_WORDS
from ketachart.domain.supervision.table import trends_csv
from ketachart.domain.supervision.trends import Trends, trends
from ketachart.domain.wording import count, day, day_and_clock, length
from ketachart.errors import CannotRead

TABLES = ("visits", "nurses", "events", "overrides")
NO_TRUST = (
    "Who signed was not checked. Give the clinic's trust file with --trust. A supervisor exports "
    "it."
)


def add_to(commands: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Adds both commands."""
    review = commands.add_parser(
        "review", help="list a folder of signed reports; exit 1 when one is not good"
    )
    _arguments(review)
    review.set_defaults(run=run_review)
    figures = commands.add_parser("trends", help="count over a folder of signed reports")
    _arguments(figures)
    figures.add_argument("--csv", type=Path, metavar="OUT.csv", help="write a table")
    figures.add_argument("--table", choices=TABLES, default="visits", help="which table")
    figures.add_argument("--since", type=_day, metavar="DAY", help="from that day on: 2026-11-01")
    figures.add_argument("--until", type=_day, metavar="DAY", help="up to that day")
    figures.set_defaults(run=run_trends)


def _arguments(command: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    command.add_argument("folder", type=Path, metavar="FOLDER", help="PDFs, in it or below it")
    command.add_argument("--trust", type=Path, metavar="CERT.pem", help="the clinic's trust file")
    command.add_argument("--json", action="store_true", help="answer in JSON")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is no day; write 2026-11-22") from error


def _read(arguments: argparse.Namespace, *, numbers: bool) -> ReadFolder:
    if not arguments.folder.exists():
        raise CannotRead(f"There is no {arguments.folder.name} there. Check the name.")
    trust = bytes_of(arguments.trust) if arguments.trust else None
    return FolderTask((arguments.folder,), trust, numbers=numbers).work()


# ------------------------------------------------------------------ the queue


def run_review(arguments: argparse.Namespace) -> int:
    """Prints the queue, grave ones first; answers 1 where a report or file is not good."""
    read = _read(arguments, numbers=True)
    lines = queue_of(read.reports, SystemClock().now())
    good = all(line.good and not line.conflict for line in lines) and not read.refused
    if arguments.json:
        told = {
            "good": good,
            "trust_checked": arguments.trust is not None,
            "visits": [_plain(line) for line in lines],
            "not_read": [{"file": one.name, "why": one.sentence} for one in read.refused],
        }
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return 0 if good else 1
    flagged = sum(bool(line.flags) or line.grave for line in lines)
    versions = count(len(read.reports), "report")
    print(f"{versions} of {count(len(lines), 'visit')}, {flagged} flagged.")
    if arguments.trust is None and lines:
        print(NO_TRUST)
    for line in lines:
        _print_line(line)
    for refused in read.refused:
        print(f"Not read: {refused.name}: {refused.sentence}")
    return 0 if good else 1


def _print_line(line: QueueLine) -> None:
    waits = length(max(line.age(SystemClock().now()), timedelta()))
    when = day(line.day) if line.day is not None else ""
    print(
        f"{line.number:14}v{line.version:<3}{when:14}MRN {line.mrn:10}{line.nurse}: "
        f"{STATE_WORDS[line.state]}, signed {day_and_clock(line.signed_at)}, {waits} ago"
    )
    for words in (line.fault, line.conflict):
        if words:
            print(f"    {words}")
    for flag in line.flags:
        print(f"    {'! ' if flag.grave else ''}{flag.words}")


def _plain(line: QueueLine) -> dict[str, object]:
    return {
        "number": line.number,
        "stream": line.stream,
        "version": line.version,
        "mrn": line.mrn,
        "nurse": line.nurse,
        "day": line.day.isoformat() if line.day is not None else None,
        "signed_at": line.signed_at.isoformat(),
        "sha256": line.sha256,
        "state": line.state,
        "good": line.good,
        "fault": line.fault or None,
        "conflict": line.conflict or None,
        "flags": [
            {"code": flag.code, "words": flag.words, "grave": flag.grave} for flag in line.flags
        ],
    }


# ------------------------------------------------------------------ the figures


def run_trends(arguments: argparse.Namespace) -> int:
    """Counts, and writes the table; what is not good is not counted, and answers 1."""
    read = _read(arguments, numbers=False)  # the figures are from the signed data
    found = trends(counted(read.reports), arguments.since or date.min, arguments.until or date.max)
    left_out = [report.name for report in read.reports if not report.good]
    left_out += [refused.name for refused in read.refused]
    if arguments.csv:
        write_file(arguments.csv, trends_csv(found, arguments.table).encode("utf-8"))
    if arguments.json:
        told = {"good": not left_out, "not_counted": left_out, **_figures(found)}
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return 1 if left_out else 0
    print(f"{count(len(found.visits), 'visit')} counted.")
    if arguments.trust is None and found.visits:
        print(NO_TRUST)
    for month in found.by_nurse:
        print(
            f"{month.month}  {month.nurse}: {count(month.visits, 'visit')}, "
            f"{month.limits_passed} limits passed, {month.corrections} corrections, "
            f"late rows {month.rows_late} of {month.rows}"
        )
    for event in (*found.by_event, *found.by_override):
        print(f"{event.label}: {event.times} in {count(event.visits, 'visit')}")
    for name in left_out:
        print(f"Not counted: {name}")
    return 1 if left_out else 0


def _figures(found: Trends) -> dict[str, object]:
    return {
        "visits": len(found.visits),
        "by_nurse": [
            {
                "staff_id": one.staff_id,
                "month": one.month,
                "visits": one.visits,
                "emergencies": one.emergencies,
                "limits_passed": one.limits_passed,
                "overrides": one.overrides,
                "corrections": one.corrections,
                "rows": one.rows,
                "rows_late": one.rows_late,
            }
            for one in found.by_nurse
        ],
        "by_event": [
            {"event": one.label, "times": one.times, "visits": one.visits}
            for one in (*found.by_event, *found.by_override)
        ],
    }
