"""The readings on the timeline: runs that a line may join, sets taken and due, limits, effects."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Final

from ketachart.domain.audit import correction_marks
from ketachart.domain.effects import Effect, effects
from ketachart.domain.facts import VitalsTaken
from ketachart.domain.limits import limits_in_force
from ketachart.domain.monitoring import Due, DueState
from ketachart.domain.policy import Limit, SignCode
from ketachart.domain.visit import Entry, Visit
from ketachart.domain.wording import clock, number
from ketachart.timeline.contents import (
    Band,
    LaneSign,
    LimitLine,
    Near,
    Pressure,
    Run,
    Spot,
    Stretch,
    VitalsMark,
)

# Readings further apart than this are not joined: a line would show what nobody measured. Twice
# the longest interval between two sets of the shipped protocol (clinical.md C1).
JOINED: Final = timedelta(minutes=30)
_DUE: Final[dict[DueState, str]] = {
    "missed": "Vitals missed",
    "due": "Vitals due",
    "soon": "Vitals due now",
    "overdue": "Vitals overdue",
}
_LANES: Final[dict[SignCode, tuple[LaneSign, str]]] = {
    "systolic": ("pressure", "systolic "),
    "diastolic": ("pressure", "diastolic "),
    "heart_rate": ("pulse", ""),
    "spo2": ("spo2", ""),
}


def runs_of(visit: Visit, sign: SignCode, missing: Iterable[Due]) -> tuple[Run, ...]:
    """The readings of one sign, cut where too much time passed or a set that held it was missed."""
    gaps = [
        item.at
        for item in missing
        if item.state in ("missed", "not-done") and sign in item.slot.needs
    ]
    marks = correction_marks(visit)
    plain = visit.of_each(f"spot of {sign}", VitalsTaken, lambda entry: _spot(entry, sign))
    if marks:
        plain = tuple(
            replace(spot, mark=marks[entry.id])
            if spot is not None and entry.id in marks and _changed(visit, entry, (sign,))
            else spot
            for entry, spot in zip(visit.of(VitalsTaken), plain, strict=True)
        )
    spots = tuple(spot for spot in plain if spot is not None)
    moments = [spot.at for spot in spots]
    if len(spots) == len(plain):  # as most signs are, in each of the sets
        far = visit.once("sets far apart", lambda _visit: _far_apart(moments))
    else:
        far = _far_apart(moments)
    ends = [0, *sorted(far | _missed(moments, gaps)), len(spots)]
    return tuple(spots[start:end] for start, end in pairwise(ends) if end > start)


def _spot(entry: Entry[VitalsTaken], sign: SignCode) -> Spot | None:
    value = getattr(entry.fact, sign)
    return None if value is None else Spot(at=entry.at, value=Decimal(value), entry=entry.id)


def _far_apart(moments: list[datetime]) -> frozenset[int]:
    """The readings that stand too far from the one before to be joined to it."""
    return frozenset(
        number
        for number, (earlier, later) in enumerate(pairwise(moments), start=1)
        if later - earlier > JOINED
    )


def _missed(moments: list[datetime], gaps: Iterable[datetime]) -> frozenset[int]:
    """The readings between which and the one before a set was missed."""
    places = [(bisect_left(moments, gap), bisect_right(moments, gap)) for gap in gaps]
    return frozenset(
        before for before, after in places if before == after and 0 < before < len(moments)
    )


def pressures_of(visit: Visit) -> tuple[Pressure, ...]:
    """Every pressure, a lone systolic or diastolic too."""
    marks = correction_marks(visit)
    plain = visit.of_each("pressure", VitalsTaken, _pressure)
    if not marks:
        return tuple(pressure for pressure in plain if pressure is not None)
    return tuple(
        replace(pressure, mark=marks[entry.id])
        if entry.id in marks and _changed(visit, entry, ("systolic", "diastolic"))
        else pressure
        for entry, pressure in zip(visit.of(VitalsTaken), plain, strict=True)
        if pressure is not None
    )


def _pressure(entry: Entry[VitalsTaken]) -> Pressure | None:
    fact = entry.fact
    return None if fact.systolic is None and fact.diastolic is None else pressure_of(entry)


def pressure_of(entry: Entry[VitalsTaken], mark: str = "") -> Pressure:
    """The pressure of one set."""
    return Pressure(
        at=entry.at,
        systolic=entry.fact.systolic,
        diastolic=entry.fact.diastolic,
        entry=entry.id,
        mark=mark,
    )


def _changed(visit: Visit, entry: Entry[VitalsTaken], signs: tuple[SignCode, ...]) -> bool:
    """Whether a correction changed one of these signs, or the time of the set."""
    for strike in visit.strikes.values():
        if strike.fact.replaced_by == entry.id:
            struck = visit.entry(strike.fact.entry)
            first = struck.fact if struck is not None else None
            if not isinstance(first, VitalsTaken) or first.at != entry.at:
                return True
            return any(getattr(first, sign) != getattr(entry.fact, sign) for sign in signs)
    return False


def vitals_of(visit: Visit, due: Iterable[Due]) -> tuple[VitalsMark, ...]:
    """A mark for every set that was taken, and for every one that is due, missed or not done."""
    items = list(due)
    late = {item.entry: item for item in items if item.state == "late"}
    found = []
    done = visit.of_each("done", VitalsTaken, _done)
    for entry, mark in zip(visit.of(VitalsTaken), done, strict=True):
        item = late.get(entry.id)
        if item is None:
            found.append(mark)
        else:
            after = f"; done late, due {clock(item.at)}"
            found.append(VitalsMark(at=entry.at, state="late", entry=entry.id, after=after))
    found += [
        VitalsMark(at=item.at, state=item.state, entry=item.entry, after=_DUE.get(item.state, ""))
        for item in items
        if item.state not in ("done", "late")
    ]
    return tuple(sorted(found, key=lambda mark: mark.at))


def _done(entry: Entry[VitalsTaken]) -> VitalsMark:
    return VitalsMark(at=entry.at, state="done", entry=entry.id)


def limit_lines(visit: Visit, baseline: Pressure | None) -> tuple[LimitLine, ...]:
    """For each sign and side, the strictest limit that asks for a pause."""
    found: dict[tuple[SignCode, bool], tuple[Decimal, LimitLine]] = {}
    base = baseline.systolic if baseline is not None else None
    for limit in limits_in_force(visit):
        if limit.when != "during" or limit.level != "pause" or limit.sign not in _LANES:
            continue
        for line in _lines_of(limit, base if limit.sign == "systolic" else None):
            key = (limit.sign, line.upper)
            known = found.get(key)
            strict = -line.value if line.upper else line.value
            if known is None or strict > known[0]:
                found[key] = (strict, line)
    return tuple(line for _, line in found.values())


def _lines_of(limit: Limit, base: int | None) -> list[LimitLine]:
    lane, sign = _LANES[limit.sign]
    ask = "pause if " if sign else "pause "
    return [
        LimitLine(
            lane=lane,
            value=value,
            upper=upper,
            texts=tuple(dict.fromkeys((f"{ask}{sign}{how}", f"{sign}{how}", how))),
        )
        for value, upper, how in _bounds_of(limit, base)
    ]


def _bounds_of(limit: Limit, base: int | None) -> list[tuple[Decimal, bool, str]]:
    """The values at which one limit stands, whether it is an upper one, and how it is said."""
    found = []
    if limit.above is not None:
        found.append((limit.above, True, f"over {number(limit.above, 1)}"))
    if limit.at_least is not None:
        found.append((limit.at_least, True, f"{number(limit.at_least, 1)} or more"))
    if limit.below is not None:
        found.append((limit.below, False, f"under {number(limit.below, 1)}"))
    if limit.at_most is not None:
        found.append((limit.at_most, False, f"{number(limit.at_most, 1)} or less"))
    percent = limit.above_baseline_percent
    if percent is not None and base is not None:
        value = Decimal(base) * (100 + percent) / 100
        how = f"over {number(value, 1)}, baseline + {number(percent, 1)} %"
        found.append((value, True, how))
    return found


def near_of(visit: Visit, baseline: Pressure | None) -> Near | None:
    """How far from the baseline a systolic pressure may be and be near it; None without one.

    Of a protocol that was made before it said how far, there is none.
    """
    asked = visit.protocol.known("release.bp.percent")
    base = baseline.systolic if baseline is not None else None
    if asked is None or base is None:
        return None
    share = Decimal(base) * asked.value / 100
    return Near(low=base - share, high=base + share, percent=number(asked.value, 1))


def bands_of(visit: Visit, until: datetime) -> tuple[Band, ...]:
    """Every side effect as a band up to its end, or as far as is known."""
    by_label: dict[str, list[Effect]] = {}
    for effect in effects(visit):
        by_label.setdefault(effect.label, []).append(effect)
    return tuple(_band(visit, label, found, until) for label, found in by_label.items())


def _band(visit: Visit, label: str, found: list[Effect], until: datetime) -> Band:
    stretches: list[Stretch] = []
    for effect in found:
        last = effect.ended or max(until, effect.grades[-1].at)
        stops = [grade.at for grade in effect.grades[1:]] + [last]
        stretches += [
            Stretch(
                start=grade.at, end=stop, grade=grade.grade, entry=grade.entry,
                words=visit.protocol.step("grade", grade.grade),
            )
            for grade, stop in zip(effect.grades, stops, strict=True)
            if grade.grade
        ]  # fmt: skip
    now = found[-1].now
    return Band(
        label=label,
        stretches=tuple(stretches),
        ends=tuple((e.ended, e.grades[-1].entry) for e in found if e.ended is not None),
        open=found[-1].ended is None,
        now=visit.protocol.step("grade", now) if now else "none",
    )
