"""What is due and when, by phase of the visit, and whether it was done."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise, zip_longest
from typing import Literal

from ketachart.domain.course import ended_at, started_at, stopped_at
from ketachart.domain.early_infusions import is_early
from ketachart.domain.facts import (
    BolusGiven,
    MedicineGiven,
    VitalsMissed,
    VitalsTaken,
)
from ketachart.domain.infusion import acts_of, delivery, planned_end
from ketachart.domain.limits import BY_THE_ORDER, signs_measured
from ketachart.domain.ordered_monitoring import full_set, ordered_times, same_set
from ketachart.domain.policy import Round, SignCode
from ketachart.domain.protocol import Protocol
from ketachart.domain.quantities import MlPerHour
from ketachart.domain.visit import Entry, Visit, when

# due: not yet time. soon: its time has come. late: it was done late. missed: its time went by.
DueState = Literal["due", "soon", "overdue", "done", "late", "not-done", "missed"]
MOST_LEAD = timedelta(minutes=5)
HORIZON = timedelta(hours=1)
LONGEST = timedelta(days=3)
"""Past this no set of a phase is asked for: its end was not charted, or a date is mistyped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A time at which a set is due, and what it has to hold."""

    at: datetime
    needs: frozenset[SignCode]
    why: str
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A slot with what became of it."""

    slot: Slot
    state: DueState
    done_at: datetime | None = None
    entry: str = ""
    reason: str = ""

    @property
    def at(self) -> datetime:
        """When it is due."""
        return self.slot.at

    @property
    def lag(self) -> timedelta | None:
        """How long after its time it was done."""
        return None if self.done_at is None else self.done_at - self.slot.at

    @property
    def settled(self) -> bool:
        """Whether nothing can be done about it any more, or need be."""
        return self.state in ("done", "late", "not-done", "missed")


def due(visit: Visit, now: datetime) -> tuple[Due, ...]:
    """Every set that was or becomes due, up to an hour from now, in the order of time."""
    return visit.once_at("due", now, _due)


def _due(visit: Visit, now: datetime) -> tuple[Due, ...]:
    slots = slots_of(visit, now)
    judged = []
    missed = visit.of(VitalsMissed)
    times = opens_of(slots)
    for slot, opens, closes in zip_longest(slots, times, times[1:]):
        sets = _between(visit, opens, closes)
        judged.append(_judge(visit.protocol, slot, opens, closes, sets, missed, now))
    return tuple(judged)


def _between(
    visit: Visit, opens: datetime, closes: datetime | None
) -> Iterable[tuple[Entry[VitalsTaken], frozenset[SignCode]]]:
    """The sets that were taken in a window, each with the signs that it holds."""
    sets, held = visit.of(VitalsTaken), signs_measured(visit)
    for number in range(bisect_left(sets, opens, key=when), len(sets)):
        if closes is not None and sets[number].at >= closes:
            return
        yield sets[number], held[number]


def next_due(visit: Visit, now: datetime) -> Due | None:
    """The set that waits: the oldest that is overdue or due, else the next to come."""
    waiting = [item for item in due(visit, now) if not item.settled]
    return waiting[0] if waiting else None


def slots_of(visit: Visit, now: datetime) -> tuple[Slot, ...]:
    """The times at which sets are due, merged where two fall together."""
    start = started_at(visit)
    if start is None:
        return ()
    stop, end = stopped_at(visit), ended_at(visit)
    protocol = visit.protocol
    run = delivery(visit, max(now, start))
    horizon = now + HORIZON
    # while the pump runs the rows go on, whenever it should have ended
    until = stop or max(now, min(planned_end(visit, run) or horizon, horizon))
    pauses = [(s.start, s.end) for s in run.segments if s.state == "paused"]
    regular = [
        slot
        for slot in _running(visit, start, until)
        if not any(begin < slot.at <= finish for begin, finish in pauses)
    ]
    for begin, finish in pauses:
        still = run.state == "paused" and finish >= run.until
        regular += _grid(protocol, "pause", begin, horizon if still else finish)
    if stop is not None:
        regular += _grid(protocol, "observation", stop, end or horizon)
    extra = [
        slot
        for slot in _extra(visit)
        if slot.at <= (end or horizon)
        and not (stop and slot.at > stop and slot.why in ("increase", "start"))
        and not (slot.why == "start" and any(b < slot.at <= finish for b, finish in pauses))
    ]
    return _merged(visit, [slot for slot in regular if end is None or slot.at <= end], extra)


def _grid(protocol: Protocol, phase: str, start: datetime, end: datetime) -> list[Slot]:
    found: list[Slot] = []
    for rule in protocol.rounds:
        if rule.phase == phase:
            found += _times(rule, start, end)
    return sorted(found, key=lambda slot: slot.at)


def _running(visit: Visit, start: datetime, until: datetime) -> list[Slot]:
    """The protocol's sets while the pump runs, and those that the order adds to them."""
    slots, full = _grid(visit.protocol, "infusion", start, until), full_set(visit.protocol)
    full_at = [slot.at for slot in slots if slot.needs >= full]
    added = ordered_times(visit, start, full_at, until)
    ordered = [Slot(at=at, needs=full, why="infusion", source=BY_THE_ORDER) for at in added]
    return list(_merged(visit, slots, ordered))


def _times(rule: Round, start: datetime, end: datetime) -> Iterable[Slot]:
    minute = rule.from_min
    while rule.to_min is None or minute <= rule.to_min:
        at = start + timedelta(minutes=minute)
        if at > end or at - start > LONGEST:
            return
        yield Slot(at=at, needs=frozenset(rule.needs), why=rule.phase, source=rule.source)
        minute += rule.every_min


def _extra(visit: Visit) -> list[Slot]:
    early = is_early(visit)
    rules = [rule for rule in visit.protocol.extra_rounds if early or not rule.only_first]
    return [
        Slot(
            at=at + timedelta(minutes=minute),
            needs=frozenset(rule.needs),
            why="increase" if cause == "rate-increase" else cause,
            source=rule.source,
        )
        for cause, at in _causes(visit)
        for rule in rules
        if rule.after == cause
        for minute in rule.at_min
    ]


def _causes(
    visit: Visit,
) -> list[
    tuple[Literal["start", "rate-increase", "bolus", "sedative", "antihypertensive"], datetime]
]:
    found: list[
        tuple[Literal["start", "rate-increase", "bolus", "sedative", "antihypertensive"], datetime]
    ] = []
    rate = None
    for act in acts_of(visit):
        if act.kind in ("rate", "resume") and rate is not None and _higher(act.rate, rate):
            found.append(("rate-increase", act.at))
        if act.kind == "start":
            found.append(("start", act.at))
        rate = rate if act.rate is None else act.rate
    found += [("bolus", fact.at) for fact in visit.facts(BolusGiven)]
    for given in visit.facts(MedicineGiven):
        medicine = visit.protocol.medicine(given.medicine)
        classes = medicine.classes if medicine else ()
        if "sedative" in classes:
            found.append(("sedative", given.at))
        if "antihypertensive" in classes:
            found.append(("antihypertensive", given.at))
    return found


def _higher(rate: MlPerHour | None, than: MlPerHour) -> bool:
    return rate is not None and rate > than


def _merged(visit: Visit, regular: list[Slot], extra: list[Slot]) -> tuple[Slot, ...]:
    """One list; an extra set within two minutes of another falls together with it."""
    kept: list[Slot] = []
    for slots in (regular, extra):
        begun = len(kept)
        for slot in sorted(slots, key=lambda slot: slot.at):
            same = same_set(visit, slot.at)
            near = _near(kept, range(begun), slot.at, same)
            if near is None:
                near = _near(kept, range(begun, len(kept)), slot.at, same)
            if near is None:
                kept.append(slot)
            else:
                kept[near] = replace(kept[near], needs=kept[near].needs | slot.needs)
    return tuple(sorted(kept, key=lambda slot: slot.at))


def _near(kept: list[Slot], among: range, at: datetime, same: timedelta) -> int | None:
    """The first slot among those, which are in the order of time, that is as near as that.

    A pump whose stop nobody charted has slots for months: they are searched, not gone through.
    """
    place = bisect_left(kept, at - same, among.start, among.stop, key=lambda slot: slot.at)
    return place if place < among.stop and kept[place].at <= at + same else None


def opens_of(slots: tuple[Slot, ...]) -> tuple[datetime, ...]:
    """From when on a set counts for each of the slots."""
    return tuple(slot.at - _lead(slots, number) for number, slot in enumerate(slots))


def _lead(slots: tuple[Slot, ...], number: int) -> timedelta:
    """How long before its time a set counts for it: half the gap before it, at most 5 min."""
    if number == 0:
        return MOST_LEAD / 2
    return min((slots[number].at - slots[number - 1].at) / 2, MOST_LEAD)


def _judge(  # noqa: PLR0913, PLR0917 - one slot, its window, and what was done in it
    protocol: Protocol,
    slot: Slot,
    opens: datetime,
    closes: datetime | None,
    sets: Iterable[tuple[Entry[VitalsTaken], frozenset[SignCode]]],
    missed: tuple[Entry[VitalsMissed], ...],
    now: datetime,
) -> Due:
    covered: set[SignCode] = set()
    for entry, held in sets:
        covered |= held
        if "moaas" in covered:
            covered.add("rass")  # the one scale of sedation does for the other
        if slot.needs <= covered:
            late = entry.at - slot.at > protocol.minutes("due.amber")
            return Due(
                slot=slot, state="late" if late else "done", done_at=entry.at, entry=entry.id
            )
    for note in missed:
        told = note.fact.due_at or note.at
        if opens <= told and (closes is None or told < closes):
            return Due(slot=slot, state="not-done", entry=note.id, reason=note.fact.reason)
    return Due(slot=slot, state=_waiting(protocol, slot, closes, now))


def _waiting(protocol: Protocol, slot: Slot, closes: datetime | None, now: datetime) -> DueState:
    if closes is not None and now >= closes:
        return "missed"
    if now < slot.at:
        return "due"
    return "overdue" if now - slot.at > protocol.minutes("due.red") else "soon"


def longest_gap(visit: Visit, until: datetime) -> tuple[timedelta, datetime] | None:
    """The longest time without a set between the start and the goodbye, and when it began."""
    start = started_at(visit)
    if start is None:
        return None
    end = ended_at(visit) or until
    times = [start, *(e.at for e in visit.of(VitalsTaken) if start < e.at < end), end]
    gaps = [(later - earlier, earlier) for earlier, later in pairwise(times)]
    return max(gaps, key=lambda gap: gap[0], default=None)
