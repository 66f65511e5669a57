"""The order held against the clinic's protocol: every value with its bound and its source."""

from dataclasses import replace
from datetime import datetime, timedelta

from ketachart.domain.check_row import DoseCheck, check_row
from ketachart.domain.dose.dosing import start_rate
from ketachart.domain.dose.dosing_weight import dosing_weight, planned_dose
from ketachart.domain.earlier.series_checks import series_checks
from ketachart.domain.facts import FindingExplained, OrderRecorded, OverrideAuthorised
from ketachart.domain.instructions import local, zone_of
from ketachart.domain.ordered_monitoring import observation_needed
from ketachart.domain.quantities import MgPerKgPerHour, either
from ketachart.domain.visit import Visit
from ketachart.domain.weight_checks import weight_checks
from ketachart.domain.wording import amount, clock, with_unit

__all__ = ["DoseCheck", "dose_checks", "reasons_given"]


def dose_checks(visit: Visit, at: datetime) -> tuple[DoseCheck, ...]:
    """The order of that moment against the protocol: each value with its bound and source.

    Where the order was changed, a reason that was given before counts only for what stayed as it
    was; a value that changed asks again.
    """
    visit = visit.ordered_at(at)
    rows, orders = _rows(visit, at), visit.facts(OrderRecorded)
    earlier = [order for order in orders if order.at < orders[-1].at]
    if not earlier:
        said = reasons_given(visit)
        return tuple(replace(row, explained=said.get(row.code, "")) for row in rows)
    before = visit.ordered_at(earlier[-1].at)
    settled = {(row.code, row.value, row.bound): row.explained for row in dose_checks(before, at)}
    said = reasons_given(visit, since=orders[-1].at)
    return tuple(
        replace(
            row,
            explained=said.get(row.code, "") or settled.get((row.code, row.value, row.bound), ""),
        )
        for row in rows
    )


def _rows(visit: Visit, at: datetime) -> tuple[DoseCheck, ...]:
    order, weight, dose = visit.order, dosing_weight(visit), planned_dose(visit)
    if order is None or weight is None or dose is None or not weight.above_zero:
        return ()
    protocol, goal = visit.protocol, visit.protocol.goal(order.goal)
    per_kg = dose.per(weight)
    checks = []
    if goal is not None and goal.dose_from is not None and goal.dose_to is not None:
        inside = goal.dose_from <= per_kg <= goal.dose_to
        bound = f"{amount(goal.dose_from)} to {with_unit(goal.dose_to)}"
        checks.append(
            check_row("dose-range", "Dose", with_unit(per_kg), bound, goal.source, inside=inside)
        )
    absolute = protocol.dose_absolute
    checks.append(
        check_row(
            "dose-absolute",
            "Not an anaesthetic dose",
            with_unit(per_kg),
            f"under {with_unit(absolute)}",
            protocol.policy("dose.absolute").source,
            inside=per_kg < absolute,
            otherwise="stop",
        )
    )
    checks.append(_rate_check(visit, start_rate(order, weight, dose).per(weight)))
    if goal is not None and goal.duration_from is not None and goal.duration_to is not None:
        checks.append(
            check_row(
                "duration",
                "Duration",
                with_unit(order.duration_min),
                f"{amount(goal.duration_from)} to {with_unit(goal.duration_to)}",
                goal.source,
                inside=goal.duration_from <= order.duration_min <= goal.duration_to,
            )
        )
    checks.append(_evening_check(visit, at))
    checks.extend(weight_checks(visit))
    checks.extend(series_checks(visit, at))
    return tuple(checks)


def _rate_check(visit: Visit, start: MgPerKgPerHour) -> DoseCheck:
    protocol, order = visit.protocol, visit.order
    highest = max(start, either(order.highest_rate_mg_kg_h, start) if order is not None else start)
    warn, stop = protocol.rate_warn, protocol.rate_stop
    over_stop = highest > stop
    return check_row(
        "rate-highest",
        "Highest rate",
        with_unit(highest),
        f"up to {with_unit(stop if over_stop else warn)}",
        protocol.policy("rate.stop" if over_stop else "rate.warn").source,
        inside=highest <= warn,
        otherwise="stop" if over_stop else "reason",
    )


def _evening_check(visit: Visit, at: datetime) -> DoseCheck:
    """A7.3: not late at night; the planned end with its observation is held against the hour."""
    order, protocol = visit.order, visit.protocol
    minutes = order.duration_min.amount if order else 0
    planned = timedelta(seconds=int(minutes * 60)) + observation_needed(visit)
    end = local(at + planned, zone_of(visit))
    policy = protocol.policy("ends.before")
    inside = end.date() == local(at, zone_of(visit)).date() and end.hour < int(policy.value)
    return check_row(
        "evening",
        "Ends, with observation",
        clock(end),
        f"before {policy.value}:00",
        policy.source,
        inside=inside,
    )


def reasons_given(visit: Visit, *, since: datetime | None = None) -> dict[str, str]:
    """Reasons that were given, from a moment on or ever, by the code of what they are about."""

    def counts(fact: FindingExplained | OverrideAuthorised) -> bool:
        return since is None or fact.at >= since

    said = {fact.finding: fact.reason for fact in visit.facts(FindingExplained) if counts(fact)}
    for fact in filter(counts, visit.facts(OverrideAuthorised)):
        said[fact.about] = f"{fact.by}: {fact.reason}"
    return said
