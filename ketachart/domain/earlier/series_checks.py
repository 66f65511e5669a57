"""The order held against what came before: too soon, too many, too much more, out of turn."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from fractions import Fraction

from ketachart.domain.check_row import DoseCheck, check_row
from ketachart.domain.dose.dosing_weight import dosing_weight, planned_dose
from ketachart.domain.earlier.series import (
    days_since,
    earlier,
    gap_since,
    last_infusion,
    moment_of,
    within,
)
from ketachart.domain.facts import OrderRecorded, PastInfusion
from ketachart.domain.policy import Goal
from ketachart.domain.quantities import MgPerKg
from ketachart.domain.visit import Visit
from ketachart.domain.wording import count, length, short_day, signed, with_unit

SERIES_SOURCE = "A1.11"


def series_checks(visit: Visit, at: datetime) -> tuple[DoseCheck, ...]:
    """Every check of this infusion against the ones before it; each asks for a reason at most.

    Args:
        visit: the record so far; what came before is its own copy.
        at: when it would be started; once it was, its start counts.
    """
    order = visit.order
    if order is None:
        return ()
    goal = visit.protocol.goal(order.goal)
    return (
        *_interval(visit, at),
        *_apart(visit, at, goal),
        *_how_many(visit, at),
        *_rise(visit),
        *_turn(visit, at, order),
        *_length(order, goal),
    )


def _interval(visit: Visit, at: datetime) -> Iterator[DoseCheck]:
    policy, gap = visit.protocol.known("series.interval"), gap_since(visit, at)
    if policy is None or gap is None:
        return
    least = visit.protocol.minutes("series.interval")
    told = _long(gap.length) if gap.exact else f"at least {_long(gap.length)}"
    if gap.length.total_seconds() < 0:
        told = "the same day"
    yield check_row(
        "series-interval",
        "Since the last infusion",
        told,
        f"{length(least)} or more",
        policy.source,
        inside=gap.length >= least,
    )


def _long(gap: timedelta) -> str:
    """Hours and minutes up to two days, then whole days."""
    return length(gap) if gap < timedelta(days=2) else count(gap.days, "day")


def _apart(visit: Visit, at: datetime, goal: Goal | None) -> Iterator[DoseCheck]:
    days = days_since(visit, at)
    if goal is None or goal.apart_days is None or days is None:
        return
    usual = f": {goal.apart_words}" if goal.apart_words else ""
    yield check_row(
        "series-apart",
        "Days since the last",
        count(days, "day"),
        f"{count(goal.apart_days, 'day')} or more{usual}",
        goal.source,
        inside=days >= goal.apart_days,
    )


def _how_many(visit: Visit, at: datetime) -> Iterator[DoseCheck]:
    most, window = visit.protocol.known("series.most"), visit.protocol.known("series.window")
    if most is None or window is None or not earlier(visit):
        return
    days = int(window.value)
    how_many = len(within(visit, at, days)) + 1
    yield check_row(
        "series-count",
        f"Infusions in {days} days",
        f"{how_many} with this one",
        f"up to {most.value}",
        most.source,
        inside=how_many <= most.value,
    )


def _rise(visit: Visit) -> Iterator[DoseCheck]:
    """Compared to three decimals of mg/kg, as both are written and as the pump can give it."""
    most, grade = visit.protocol.known("dose.rise"), visit.protocol.known("rise.after.grade")
    last, known, today = last_infusion(visit), _last_dose(visit), _planned(visit)
    if most is None or last is None or known is None or today is None:
        return
    before, told = known
    rise = Fraction((today - before).amount / before.amount) * 100
    bad = grade is not None and last.worst_grade >= grade.value
    worst = f"{last.worst_effect.lower()} of grade {last.worst_grade}"
    after = f"no rise over {with_unit(before)} after {worst} last time"
    usual = f"up to {most.value} % over {with_unit(before)} on {short_day(told.on)}"
    yield check_row(
        "dose-rise",
        "Against the last dose",
        f"{with_unit(today)}, {signed(rise, 1)} %",
        after if bad else usual,
        most.source,
        inside=rise <= (0 if bad else Fraction(most.value)),
    )


def _last_dose(visit: Visit) -> tuple[MgPerKg, PastInfusion] | None:
    """The last dose above nothing that is on file, and when it was given."""
    for one in reversed(earlier(visit)):
        if one.delivered_mg_per_kg is not None and one.delivered_mg_per_kg.above_zero:
            return MgPerKg(one.delivered_mg_per_kg.rounded(3)), one
    return None


def _planned(visit: Visit) -> MgPerKg | None:
    weight, dose = dosing_weight(visit), planned_dose(visit)
    if weight is None or dose is None or not weight.above_zero:
        return None
    return MgPerKg(dose.per(weight).rounded(3))


def _turn(visit: Visit, at: datetime, order: OrderRecorded) -> Iterator[DoseCheck]:
    """The number in the order's series; a new series may begin once the last one's days are over.

    Where no numbered infusion of this goal is on file there is nothing to hold it against.
    """
    place = order.series_number
    if place is None:
        return
    told = f"{place} of {order.series_of}" if order.series_of is not None else str(place)
    over = order.series_of is not None and place > order.series_of
    numbered = [
        one for one in earlier(visit) if one.series_number is not None and one.goal == order.goal
    ]
    bound = f"up to the {order.series_of} ordered" if over else ""
    inside = not over
    if not over and numbered:
        last = numbered[-1]
        follows = (last.series_number or 0) + 1
        inside = place == follows or (place == 1 and not _lately(visit, at, last))
        bound = f"{follows}, after infusion {last.series_number} on {short_day(last.on)}"
        bound = "1, a new series" if inside and place != follows else bound
    if bound:
        yield check_row(
            "series-number", "Infusion of the series", told, bound, SERIES_SOURCE, inside=inside
        )


def _lately(visit: Visit, at: datetime, one: PastInfusion) -> bool:
    window = visit.protocol.known("series.window")
    return window is not None and one in within(visit, at, int(window.value))


def _length(order: OrderRecorded, goal: Goal | None) -> Iterator[DoseCheck]:
    if goal is None or goal.series_from is None or goal.series_to is None:
        return
    if order.series_of is None:
        return
    yield check_row(
        "series-length",
        "Length of the series",
        count(order.series_of, "infusion"),
        f"{goal.series_from} to {goal.series_to}, {goal.apart_words}".removesuffix(", "),
        goal.source,
        inside=goal.series_from <= order.series_of <= goal.series_to,
    )


def first_words(visit: Visit, at: datetime) -> str:
    """For a first infusion on file: where the range of its goal begins; a reference, no check."""
    order, planned = visit.order, _planned(visit)
    goal = visit.protocol.goal(order.goal) if order is not None else None
    if earlier(visit) or goal is None or goal.dose_from is None or planned is None:
        return ""
    if planned <= goal.dose_from or moment_of(visit, at) < at:
        return ""
    return (
        f"First infusion on file: the range of this goal begins at {with_unit(goal.dose_from)}, "
        f"the order says {with_unit(planned)}."
    )
