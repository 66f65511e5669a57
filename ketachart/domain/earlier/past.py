"""An earlier visit told in one line: what was given, how pain answered, the worst side effect."""

from typing import TypeVar

from ketachart.domain.after.calls import FIRST_DAY, SECOND_DAY, pain_after
from ketachart.domain.counts import balance
from ketachart.domain.course import started_at, stop_reason, stopped_at
from ketachart.domain.dose.dosing_weight import dosing_weight
from ketachart.domain.effects import Effect, effects
from ketachart.domain.facts import HistoryTaken, PastInfusion, ScaleScored
from ketachart.domain.facts.past import PastScale
from ketachart.domain.infusion import delivered
from ketachart.domain.instructions import local, zone_of
from ketachart.domain.limits import readings
from ketachart.domain.quantities import Kg, Mg, MgPerKg, Quantity
from ketachart.domain.visit import Visit

# How much of what came before is copied into a new visit: no more than this is ever looked at.
COPIED_DAYS = 365
COPIED_INFUSIONS = 60
# The record keeps nine digits before the point (`shape.DECIMAL`), and rounding may add one.
TOO_MUCH = 10**9 - 1

Q = TypeVar("Q", bound=Quantity)


def past_infusion(visit: Visit) -> PastInfusion | None:
    """A visit as a later one copies it; None where no infusion was started in it.

    Amounts are kept as they are written: mg to two decimals, mg/kg and kg to three.
    """
    start, end, order = started_at(visit), stopped_at(visit), visit.order
    if start is None:
        return None
    run, kg, opened = delivered(visit), dosing_weight(visit), visit.opened
    # Without a strength on file there is no dose, which is not the same as a dose of nothing; and
    # the total is the one that page one gives: by the pump where it was read at the stop.
    total = balance(visit).given if run.strength is not None else None
    per_kg = total.per(kg) if total is not None and kg is not None and kg.above_zero else None
    before, after = _pain(visit)
    worst = _worst(visit)
    ended = (run.last_drug_at or end) if end is not None else None
    day, second = (
        pain_after(visit, ended, hours) if ended is not None else None
        for hours in (FIRST_DAY, SECOND_DAY)
    )
    return PastInfusion(
        visit=opened.visit if opened else "",
        on=local(start, zone_of(visit)).date(),
        goal=order.goal if order else "",
        started_at=start,
        ended_at=ended,
        delivered_mg=_kept(total, Mg, 2),
        dosing_weight_kg=_kept(kg, Kg, 3),
        delivered_mg_per_kg=_kept(per_kg, MgPerKg, 3),
        pain_start=before,
        pain_end=after,
        pain_24h=day,
        pain_48h=second,
        headache_days=_headache_days(visit),
        scales=_scales(visit),
        worst_effect=worst.label if worst else "",
        worst_grade=worst.worst if worst else 0,
        stop_reason=stop_reason(visit),
        series_number=order.series_number if order else None,
        charted="signed" if visit.signed is not None else "not-signed",
    )


def _kept(value: Quantity | None, kind: type[Q], places: int) -> Q | None:
    """The amount as it is written; None where a slip makes it less than nothing, or too much."""
    if value is None or not 0 <= value.amount < TOO_MUCH:
        return None
    return kind(value.rounded(places))


def _pain(visit: Visit) -> tuple[int | None, int | None]:
    """The first pain score up to the start and the last one after it, as page one prints them."""
    start = started_at(visit)
    scores = [reading for reading in readings(visit) if reading.sign == "pain"]
    before = next((int(r.value) for r in scores if start is None or r.at <= start), None)
    after = [int(r.value) for r in scores if start is not None and r.at > start]
    return before, after[-1] if after else None


def _headache_days(visit: Visit) -> int | None:
    """Headache days as they were asked last."""
    told = [fact.headache_days for fact in visit.facts(HistoryTaken)]
    return next((days for days in reversed(told) if days is not None), None)


def _scales(visit: Visit) -> tuple[PastScale, ...]:
    """Every scale that was scored, each with its last total."""
    totals = {fact.scale: fact.total for fact in visit.facts(ScaleScored)}
    return tuple(PastScale(scale=scale, total=total) for scale, total in sorted(totals.items()))


def _worst(visit: Visit) -> Effect | None:
    return max(effects(visit), key=lambda effect: effect.worst, default=None)
