"""The entry log as rows to be read: newest first, what was corrected beside what it reads now."""

import operator
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from enum import Enum
from typing import Final

from ketachart.domain import audit
from ketachart.domain.audit import Line
from ketachart.domain.facts import (
    EntryStruck,
    InfusionPaused,
    InfusionStopped,
    OrderRecorded,
    PaperKept,
    VitalsMissed,
    VitalsTaken,
)
from ketachart.domain.paper import FROM_PAPER, from_paper
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, count
from ui.entries import by_whom
from ui.widgets.entry_table import EntryRow
from ui.widgets.spans import Span, Spans

_PARTS: Final = re.compile(r"(, |; )")


class Shown(Enum):
    """Which rows of the log are looked at."""

    ALL = "All"
    VITALS = "Vitals"
    EVENTS = "Events"
    CORRECTED = "Corrected"


Row = tuple[EntryRow, frozenset[Shown]]


@dataclass(frozen=True, slots=True)
class _Part:
    """What one line adds to the log: its row, and how it is counted."""

    line: Line
    row: Row | None  # None where it is told in another one
    day: date | None  # None where nothing happened: it is struck, or what the visit stands on
    corrected: bool


@dataclass(slots=True)
class Known:
    """What was made of lines before, and what all of it was made of besides."""

    told_of: tuple[object, ...] = ()
    parts: dict[int, _Part] = field(default_factory=dict)  # each keeps its line, and its address

    def heed(self, told_of: tuple[object, ...]) -> None:
        """Nothing of it stands where anything else is another."""
        if len(told_of) != len(self.told_of) or not all(map(operator.is_, told_of, self.told_of)):
            self.told_of = told_of
            self.parts.clear()

    def of(self, visit: Visit, lines: Sequence[Line]) -> list[_Part]:
        """The part of each line; one that is struck or corrected is always told anew."""
        known = self.parts
        parts = [known.get(id(line)) or _part(visit, line) for line in lines]
        self.parts = {
            id(part.line): part
            for part in parts
            if not part.line.struck and part.line.corrected_from is None
        }
        return parts


@dataclass(frozen=True, slots=True)
class Log:
    """The rows, and how many entries there are in words."""

    rows: tuple[tuple[EntryRow, frozenset[Shown]], ...]
    counted: str

    def only(self, shown: Shown) -> tuple[EntryRow, ...]:
        """The rows of one kind."""
        return tuple(row for row, kinds in self.rows if shown in kinds)


def log_of(visit: Visit, known: Known | None = None) -> Log:
    """Every entry of the visit; a corrected one in one row with what it was first.

    ``known`` keeps the rows of one visit from one time to the next: what stands as it stood is
    the same row.
    """
    known = known or Known()
    orders, papers = visit.of(OrderRecorded), visit.of(PaperKept)
    known.heed((visit.nurse, visit.protocol, orders, papers))
    parts = known.of(visit, audit.log(visit))
    days = [part.day for part in parts if part.day is not None]
    late = sum(part.day is not None and part.line.late is not None for part in parts)
    corrected = sum(part.corrected for part in parts)
    today = len(set(days)) == 1
    counted = [f"{len(days)} today" if today else count(len(days), "entry", "entries")]
    counted += [f"{late} late"] if late else []
    counted += [f"{corrected} corrected"] if corrected else []
    rows = tuple(part.row for part in reversed(parts) if part.row is not None)
    return Log(rows, ", ".join(counted))


def _part(visit: Visit, line: Line) -> _Part:
    strikes = isinstance(line.entry.fact, EntryStruck)
    happened = not (line.struck or strikes or audit.is_setting(visit, line.entry))
    elsewhere = _told_elsewhere(line, visit)
    return _Part(
        line=line,
        row=None if elsewhere else (_row(visit, line), _kinds(visit, line)),
        day=line.at.date() if happened else None,
        corrected=line.mark != "",
    )


def _told_elsewhere(line: Line, visit: Visit) -> bool:
    """A strike stands in the row it struck; what it replaced, beside what replaced it."""
    if isinstance(line.entry.fact, EntryStruck):
        return True
    strike = visit.strikes.get(line.entry.id)
    replaced = strike is not None and bool(strike.fact.replaced_by)
    return replaced and line.corrected_from is None


def _kinds(visit: Visit, line: Line) -> frozenset[Shown]:
    vitals = isinstance(line.entry.fact, (VitalsTaken, VitalsMissed))
    kinds = {Shown.ALL, Shown.VITALS if vitals else Shown.EVENTS}
    if audit.is_setting(visit, line.entry):
        kinds.discard(Shown.EVENTS)
    if line.struck or line.corrected_from is not None:
        kinds.add(Shown.CORRECTED)
    return frozenset(kinds)


def _row(visit: Visit, line: Line) -> EntryRow:
    pausing = isinstance(line.entry.fact, (InfusionPaused, InfusionStopped))
    title: str | Spans = line.title
    if pausing and not line.struck:
        title = (Span(line.title, tone="danger"),)
    return EntryRow(
        entry_id=line.entry.id,
        time=_time(line),
        entry=title,
        detail=_detail(visit, line),
        charted=_charted(visit, line),
        by=by_whom(visit, line.entry),
        struck=line.struck,
        late=line.late is not None,
    )


def _charted(visit: Visit, line: Line) -> str:
    """How long after the event it was written, and that it was copied from paper."""
    copied = FROM_PAPER if from_paper(visit, line.entry) else ""
    return " ".join(filter(None, (line.lag_text, copied)))


def _time(line: Line) -> str | Spans:
    first = line.corrected_from
    if first is None or line.struck or clock(first.at) == clock(line.at):
        return clock(line.at)
    return (
        Span(clock(first.at), struck=True, tone="faint"),
        Span(f"\n{clock(line.at)}", strong=True),
    )


def _detail(visit: Visit, line: Line) -> str | Spans:
    spans: list[Span] = []
    tone = "faint" if line.struck else "text"
    if line.corrected_from is None:
        spans.append(Span(line.detail, struck=line.struck, tone=tone))
    else:
        first = audit.words(visit, line.corrected_from.fact)[1]
        spans += _beside(first, line.detail, struck=line.struck)
    note = _amended(visit, line)
    if not note:
        return line.detail
    mark = f" {line.mark}" if line.mark else ""
    return (*spans, Span(mark, tone="accent_text"), Span(f"  {note}", tone="muted"))


def _amended(visit: Visit, line: Line) -> str:
    """Why, when and by whom a row was struck or corrected."""
    strike = visit.strikes.get(line.entry.id)
    if strike is None and line.corrected_from is not None:
        strike = visit.strikes.get(line.corrected_from.id)
    if strike is None:
        return ""
    why = visit.protocol.label("strike-reason", strike.fact.reason)
    return f"{why}, {clock(strike.recorded_at)} {by_whom(visit, strike)}"


def _beside(first: str, now: str, *, struck: bool) -> list[Span]:
    """Both texts in one: what differs is drawn through, and what stands is strong after it."""
    old, new = _PARTS.split(first), _PARTS.split(now)
    spans: list[Span] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        before, after = "".join(old[a:b]), "".join(new[c:d])
        if tag == "equal":
            spans.append(Span(after, struck=struck, tone="faint" if struck else "text"))
            continue
        if before.strip(",; "):
            spans.append(Span(before, struck=True, tone="faint"))
        if after:
            gap = " " if before.strip(",; ") and not after.startswith((",", ";")) else ""
            spans.append(Span(gap + after, struck=struck, strong=not struck))
    return spans
