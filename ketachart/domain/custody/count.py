"""Counts of the drug against the book: what differs, what was explained, what is asked today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from ketachart.domain.custody.book import Book, Line
from ketachart.domain.facts import CountLine, StockCounted, StockExplained
from ketachart.domain.protocol import Protocol
from ketachart.domain.quantities import Mg, MgPerMl
from ketachart.domain.visit import Entry, Visit
from ketachart.domain.wording import clock, count, day_and_clock, listed, with_unit

Tone = Literal["ok", "warn", "danger"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Found less expected, of one strength and lot; below zero it is missing."""

    strength: MgPerMl
    lot: str
    sealed: int
    opened: Mg
    mg: Mg | None
    """Both together, exact; None where nobody can say what a sealed vial of it holds."""

    def words(self) -> str:
        """“10 mg/mL lot 4K21877: 1 sealed vial missing, 200 mg”."""
        parts = []
        if self.sealed:
            vials = count(abs(self.sealed), "sealed vial")
            parts.append(f"{vials} {_which(self.sealed < 0)}")
        if not self.opened.is_zero:
            opened = with_unit(abs(self.opened))
            parts.append(f"{opened} opened {_which(self.opened < Mg.zero())}")
        return f"{with_unit(self.strength)} lot {self.lot}: {listed(parts)}{self._sum()}"

    def _sum(self) -> str:
        if not self.sealed:
            return ""
        if self.mg is None:
            return ", mg not known: receive the vial with its volume"
        if self.mg.is_zero:
            return ", 0 mg in all"
        return f", {with_unit(abs(self.mg))} {_which(self.mg < Mg.zero())} in all"


def _which(missing: bool) -> str:  # noqa: FBT001 - one of two words
    return "missing" if missing else "too much"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One count with what it showed."""

    entry: Entry[StockCounted]
    differences: tuple[Difference, ...]
    explained: StockExplained | None

    @property
    def open(self) -> bool:
        """Whether it differs and nobody has said why."""
        return bool(self.differences) and self.explained is None

    def words(self) -> str:
        """“agrees”, or what differs."""
        if not self.differences:
            return "agrees with the book"
        said = "; ".join(difference.words() for difference in self.differences)
        return said if self.explained is None else f"{said}; explained"


def differences(
    found: Iterable[CountLine], expected: Iterable[Line], protocol: Protocol | None
) -> tuple[Difference, ...]:
    """What differs between a count and the book, by strength and lot, exact."""
    there = {(line.strength_mg_per_ml, line.lot): line for line in found}
    book = {(line.strength, line.lot): line for line in expected}
    differing = []
    for key in sorted(there.keys() | book.keys()):
        seen, known = there.get(key), book.get(key)
        sealed = (seen.sealed if seen else 0) - (known.sealed if known else 0)
        opened = (seen.opened_mg if seen else Mg.zero()) - (known.opened if known else Mg.zero())
        if not sealed and opened.is_zero:
            continue
        each = known.per_vial if known else _sold(protocol, key[0])
        mg = opened if not sealed else None if each is None else opened + each.times(sealed)
        differing.append(
            Difference(strength=key[0], lot=key[1], sealed=sealed, opened=opened, mg=mg)
        )
    return tuple(differing)


def _sold(protocol: Protocol | None, strength: MgPerMl) -> Mg | None:
    """What a vial of that strength holds as it is sold; None where several are."""
    vials = protocol.vials if protocol is not None else ()
    held = {v.volume_ml.at(strength) for v in vials if v.strength_mg_per_ml == strength}
    return held.pop() if len(held) == 1 else None


def counts(register: Visit, book: Book, protocol: Protocol | None) -> tuple[Counted, ...]:
    """Every count that stands, the oldest first; the last explanation of each counts."""
    said = {fact.count: fact for fact in register.facts(StockExplained)}
    return tuple(
        Counted(
            entry=entry,
            differences=differences(entry.fact.lines, expected, protocol),
            explained=said.get(entry.id),
        )
        for entry, expected in book.at_counts
    )


def to_explain(found: Iterable[Counted]) -> tuple[Counted, ...]:
    """The counts that wait for an explanation."""
    return tuple(each for each in found if each.open)


def alert_words(counted: Counted, today: date) -> str:
    """The line that stays on the list of visits until the count is explained."""
    when = day_and_clock(counted.entry.at, beside=today)
    return f"Count {when}: {counted.words()}. Explain it, and tell the clinic today."


def count_state(found: Iterable[Counted], now: datetime) -> tuple[str, Tone]:
    """Where the day's counts stand: “not counted today”, “counted 08:10, agrees with the book”."""
    every = tuple(found)
    waiting = to_explain(every)
    if waiting:
        return f"{count(len(waiting), 'difference')} to explain", "danger"
    today = [each for each in every if each.entry.at.date() == now.date()]
    if not today:
        return "not counted today", "warn"
    last = today[-1]
    ended = last.entry.fact.when == "end"
    whole = f"counted {clock(last.entry.at)}, {last.words()}"
    return (f"{whole}; the day is closed" if ended else whole), "ok"


def due_count(
    found: Iterable[Counted], now: datetime, *, visits: int, at_work: int
) -> tuple[Literal["start", "end"], str] | None:
    """Which count is asked now: before the first visit of the day, and after its last.

    Args:
        found: all counts.
        now: the present; its date is the day.
        visits: how many visits the day has.
        at_work: how many of them are not finished.
    """
    today = {each.entry.fact.when for each in found if each.entry.at.date() == now.date()}
    if not today & {"start", "other"} and not (visits and not at_work):
        return "start", "Count the drug before the first visit"
    if visits and not at_work and "end" not in today:
        return "end", "Count the drug at the end of the day"
    return None
