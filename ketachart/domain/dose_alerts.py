"""What asks for an act about the dose: its ceiling, an empty bag, a rate over its limit."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from ketachart.domain.alert import Alert
from ketachart.domain.delivered import Delivery
from ketachart.domain.dosing_weight import planned_dose
from ketachart.domain.facts import InfusionStarted
from ketachart.domain.infusion import delivery, dose_rate
from ketachart.domain.quantities import Mg
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, with_unit

Ceiling = Literal["under", "near", "reached", "over"]


def dose_alerts(visit: Visit, now: datetime) -> list[Alert]:
    """The ceiling near and reached, a bag that must be empty, rates over their limit."""
    run = delivery(visit, now)
    found: list[Alert] = []
    found += _ceiling(visit, run)
    found += _dry(run)
    found += _rates(visit, now)
    for entry in visit.of(InfusionStarted):
        if entry.fact.despite:
            found.append(
                Alert(
                    code="started-despite",
                    level="attention",
                    sentence=f"Started although something stood against it: {entry.fact.despite}",
                    source="the record",
                    since=entry.at,
                    until=entry.at,
                )
            )
    return found


def ceiling_of(visit: Visit, run: Delivery) -> Ceiling:
    """How what was given stands to the ordered dose; “over” only past the pump's tolerance."""
    planned = planned_dose(visit)
    if planned is None or not planned.above_zero or run.total_mg < _near(visit, planned):
        return "under"
    if run.total_mg < planned:
        return "near"
    return "over" if run.total_mg > planned + _drop(visit) else "reached"


def _near(visit: Visit, planned: Mg) -> Mg:
    return planned.times(visit.protocol.number("ceiling.near")).times("0.01")


def _ceiling(visit: Visit, run: Delivery) -> Iterable[Alert]:
    planned = planned_dose(visit)
    if planned is None or not planned.above_zero:
        return
    policy = visit.protocol.policy("ceiling.near")
    near = run.reaches(_near(visit, planned))
    reached = run.reaches(planned)
    over = run.total_mg > planned + _drop(visit)
    if near is not None:
        yield Alert(
            code="ceiling-near",
            level="attention",
            sentence=f"{policy.value} % of the ordered {with_unit(planned)} is in",
            source=policy.source,
            since=near,
            until=reached or run.stopped_at,
        )
    if reached is not None and (over or run.state != "stopped"):
        yield Alert(
            code="ceiling-reached",
            level="pause",
            sentence=f"The ordered {with_unit(planned)} is in: stop the pump",
            source="the order",
            since=reached,
            until=run.stopped_at,
        )


def _drop(visit: Visit) -> Mg:
    """What a pump's own step may put over the order without a word: its tolerance."""
    return visit.protocol.balance_tolerance


def _dry(run: Delivery) -> Iterable[Alert]:
    """From when on the bag must be empty, while the pump is charted as running on it."""
    for start, end in dry_stretches(run):
        yield Alert(
            code="bag-empty",
            level="attention",
            sentence=f"By the rates the bag must be empty since {clock(start)}: look at it, read "
            "the pump",
            source="C10",
            since=start,
            until=end,
        )


def dry_stretches(run: Delivery) -> list[tuple[datetime, datetime | None]]:
    """When the pump ran on an empty bag: from when, and until when; None while it still does."""
    found: list[tuple[datetime, datetime | None]] = []
    for segment in run.segments:
        if segment.state != "dry":
            continue
        still = run.state == "running" and segment is run.segments[-1]
        start = segment.start
        if found and found[-1][1] == start:
            start = found.pop()[0]
        found.append((start, None if still else segment.end))
    return found


def _rates(visit: Visit, now: datetime) -> list[Alert]:
    """Rates over the order's highest, or over the protocol's, and for how long they ran."""
    order, protocol = visit.order, visit.protocol
    highest = order.highest_rate_mg_kg_h if order else None
    source = "the order"
    if highest is None:
        highest, source = protocol.rate_warn, protocol.policy("rate.warn").source
    found: list[Alert] = []
    run = delivery(visit, now)
    # Rounding to the pump's step may lift a rate by half a step; that is not a slip.
    for segment in run.segments:
        per_kg = dose_rate(visit, segment.rate, segment.strength)
        half_step = dose_rate(visit, protocol.pump_step.times("0.5"), segment.strength)
        if per_kg is None or half_step is None or not segment.delivering:
            continue
        if per_kg > highest + half_step:
            still = run.state == "running" and segment is run.segments[-1]
            found.append(
                Alert(
                    code="rate-over",
                    level="attention",
                    sentence=f"{with_unit(per_kg)} is over {with_unit(highest)}",
                    source=source,
                    since=segment.start,
                    until=None if still else segment.end,
                )
            )
    return found
