"""The queue of a folder of signed reports, without a ledger: nothing is kept, nothing is signed."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from ketachart.charting.received import taken_of
from ketachart.charting.report_reading import ReadReport
from ketachart.domain.facts import Fact
from ketachart.domain.facts.post import ConflictSeen
from ketachart.domain.supervision.figures import Counted
from ketachart.domain.supervision.lines import line_of
from ketachart.domain.supervision.queue import QueueLine, in_order
from ketachart.domain.supervision.reviewer import Reviewer
from ketachart.domain.supervision.standing import newest, state_of
from ketachart.domain.visit import Entry, Visit, fold

NOBODY = Reviewer("", "")


def queue_of(reports: Iterable[ReadReport], now: datetime) -> tuple[QueueLine, ...]:
    """One line for each visit, as if its reports had come in when they were signed."""
    found = []
    for stream, (post, visits) in _by_visit(reports).items():
        last = newest(post)
        visit = visits[last.fact.sha256] if last is not None else None
        line = line_of(stream, post, visit, NOBODY, now, ledger=False)
        if line is not None:
            found.append(line)
    return in_order(found)


def counted(reports: Iterable[ReadReport]) -> tuple[Counted, ...]:
    """Each visit once, in its newest version; what is not good is not counted."""
    found = []
    for stream, (post, visits) in _by_visit(reports).items():
        last = newest(post)
        if last is not None and last.fact.good:
            visit = visits[last.fact.sha256]
            found.append(Counted(visit, stream, last.fact.report, state_of(post, visit)))
    return tuple(found)


def _by_visit(reports: Iterable[ReadReport]) -> Mapping[str, tuple[Visit, dict[str, Visit]]]:
    """What would stand beside each visit, and the visits that its reports tell."""
    every: dict[str, list[ReadReport]] = {}
    for report in reports:
        every.setdefault(report.stream, []).append(report)
    return {
        stream: (_post(of_one), {report.sha256: report.visit for report in of_one})
        for stream, of_one in every.items()
    }


def _post(reports: list[ReadReport]) -> Visit:
    entries: list[Entry[Fact]] = []
    first: dict[int, str] = {}
    for report in sorted(reports, key=lambda one: (one.version, one.signed_at, one.sha256)):
        entries.append(_entry(taken_of(report, item="", ledger="", now=report.signed_at), entries))
        known = first.setdefault(report.version, report.sha256)
        if known != report.sha256:
            seen = ConflictSeen(
                at=report.signed_at, report=report.version, first=known, second=report.sha256
            )
            entries.append(_entry(seen, entries))
    return fold(entries)


def _entry(fact: Fact, before: list[Entry[Fact]]) -> Entry[Fact]:
    number = len(before) + 1
    return Entry(
        number=number,
        id=f"read-{number}",
        author="",
        recorded_at=fact.at,
        elapsed=timedelta(),
        session="",
        fact=fact,
    )
