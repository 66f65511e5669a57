"""A visit's entries as rows name them: who wrote each, what stood before it, what was voided."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cached_property

from ketachart.domain.addenda import judged_at, version_of
from ketachart.domain.audit import correction_marks, words
from ketachart.domain.counts import Balance, balance
from ketachart.domain.course import ended_at, released_at, started_at, stopped_at
from ketachart.domain.delivered import Delivery
from ketachart.domain.facts import EntryStruck, Fact, NurseRecorded, ReportSigned, Unknown
from ketachart.domain.infusion import delivery, last_moment
from ketachart.domain.monitoring import Due, due
from ketachart.domain.visit import Entry, Visit, fold
from ketachart.domain.wording import clock, initials, long_day, offset, since_start
from ketachart.report.charted import raw_body, unsaid
from ketachart.report.sections.pieces import Cell, Divider, Line, Row, Run, struck

# What a typed value is called where its field's name says too little.
NAMES = {"by s": "seconds"}


class Record:
    """One visit at one moment, with what several sections ask of it, worked out once."""

    def __init__(self, visit: Visit, now: datetime) -> None:
        # Made after the paper: a report cannot hold its own hash, and is the same without it.
        version = version_of(visit)
        self.visit = fold(
            e
            for e in visit.entries
            if not (isinstance(e.fact, ReportSigned) and e.fact.version >= version)
        )
        self.now = judged_at(visit, now)

    @cached_property
    def start(self) -> datetime | None:
        """When the infusion was first started."""
        return started_at(self.visit)

    @cached_property
    def stop(self) -> datetime | None:
        """When it was stopped for good."""
        return stopped_at(self.visit)

    @cached_property
    def end(self) -> datetime | None:
        """When nothing more was due."""
        return ended_at(self.visit)

    @cached_property
    def released(self) -> datetime | None:
        """When the nurse left."""
        return released_at(self.visit)

    @cached_property
    def run(self) -> Delivery:
        """What the pump did, to the last thing charted."""
        return delivery(self.visit, last_moment(self.visit))

    @cached_property
    def sums(self) -> Balance:
        """The drug's balance."""
        return balance(self.visit)

    @cached_property
    def due(self) -> tuple[Due, ...]:
        """What was due, up to the last thing charted."""
        return due(self.visit, last_moment(self.visit))

    @cached_property
    def _authors(self) -> dict[str, str]:
        return {
            entry.fact.staff_id: _short(initials(entry.fact.name))
            for entry in self.visit.entries
            if isinstance(entry.fact, NurseRecorded)
        }

    @cached_property
    def _marks(self) -> dict[str, str]:
        return correction_marks(self.visit)

    @cached_property
    def _older(self) -> dict[str, str]:
        return {
            strike.fact.replaced_by: strike.fact.entry
            for strike in self.visit.strikes.values()
            if strike.fact.replaced_by
        }

    def by(self, entry: Entry[Fact]) -> str:
        """The initials of who wrote an entry."""
        return self._authors.get(entry.author) or entry.author

    def mark(self, entry: Entry[Fact]) -> str:
        """C1 for what stands in a struck entry's place, V1 for what was voided; else nothing."""
        return self._marks.get(entry.id, "")

    def before(self, entry: Entry[Fact]) -> tuple[Entry[Fact], ...]:
        """The struck entries in whose place this one stands, the first first."""
        chain: list[Entry[Fact]] = []
        older = self.visit.entry(self._older.get(entry.id, ""))
        while older is not None and older not in chain:
            chain.insert(0, older)
            older = self.visit.entry(self._older.get(older.id, ""))
        return tuple(chain)

    @cached_property
    def voided(self) -> tuple[Entry[Fact], ...]:
        """The entries that were struck with nothing in their place."""
        strikes = self.visit.strikes
        return tuple(
            entry
            for entry in self.visit.entries
            if entry.id in strikes and not strikes[entry.id].fact.replaced_by
        )

    def is_late(self, entry: Entry[Fact]) -> bool:
        """Whether it was written so long after the event that it is marked."""
        return entry.lag > self.visit.protocol.minutes("late.entry")

    def told(self, fact: Fact) -> tuple[str, str]:
        """A fact as title and detail, with every typed value that the usual words leave out."""
        if isinstance(fact, Unknown):
            return f"Unknown: {fact.kind}", f"written by a newer KetaChart: {raw_body(fact)}"
        title, detail = words(self.visit, fact)
        detail = detail.removesuffix(" ()")  # a screening closed under an edition without a name
        left_out = [
            f"exactly {typed.forms[0]} {typed.unit}"
            if typed.unit
            else f"{NAMES.get(typed.name, typed.name)} {typed.forms[0]}"
            for typed in unsaid(self.visit, fact, f"{title} {detail}")
        ]
        return title, "; ".join(filter(None, [detail, *left_out]))

    def void_words(self, entry: Entry[Fact]) -> Cell:
        """Why an entry was struck, beside what is drawn through."""
        strike = self.visit.strikes[entry.id]
        return (
            Run(self.mark(entry), "mark"),
            Run(f"struck {clock(strike.at)}: {strike.fact.reason}", "strong"),
        )

    def minutes_after(self, at: datetime) -> str:
        """Minutes after the start as a column shows them: +58, −12; nothing where there is none."""
        return "" if self.start is None else since_start(at, self.start).removeprefix("T")

    def after_start(self, at: datetime) -> str:
        """How long after the start: “ (T+58)”; nothing where it was not started."""
        return f" ({since_start(at, self.start)})" if self.start is not None else ""

    def time_cell(self, entry: Entry[Fact]) -> Cell:
        """When it happened; a time that was corrected stands beside the first one."""
        older = dict.fromkeys(clock(old.at) for old in self.before(entry))
        now = clock(entry.at)
        then: Cell = tuple(Run(at, "struck") for at in older if at != now)
        return (*then, Run(now, "strong"))

    def struck_time(self, entry: Entry[Fact]) -> Cell:
        """When a voided entry was said to have happened."""
        return struck(clock(entry.at))


def _short(letters: str) -> str:
    """Initials that fit a narrow column: of more than three, the first and the last."""
    return letters if len(letters) <= 3 else f"{letters[0]}{letters[-1]}"


def is_strike(entry: Entry[Fact]) -> bool:
    """Whether the entry only says that another one is struck."""
    return isinstance(entry.fact, EntryStruck)


def with_days(rows: Iterable[tuple[datetime, Row]]) -> tuple[Line, ...]:
    """Rows in order, with a line across where the day or the clock's offset becomes another."""
    found: list[Line] = []
    last: tuple[date, timedelta | None] | None = None
    for at, row in rows:
        here = (at.date(), at.utcoffset())
        if last is not None and here != last:
            found.append(Divider(f"{long_day(at.date())}, {offset(at)}"))
        last = here
        found.append(row)
    return tuple(found)
