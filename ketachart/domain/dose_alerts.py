"""What asks for an act about the dose: its ceiling, an empty bag, a rate over its limit."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Literal

from ketachart.domain.alert import Alert
from ketachart.domain.delivered import Delivery, Segment
from ketachart.domain.dose.dosing_weight import planned_dose
from ketachart.domain.editions import Edition, editions
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
    return "over" if over_the_order(visit, run) is not None else "reached"


def over_the_order(visit: Visit, run: Delivery) -> Mg | None:
    """The ordered dose that more was given than, beyond the pump's tolerance; None where not.

    Where the order was changed while it ran, a higher dose counts once it was ordered: what is
    asked at the end is the largest dose that stood. A dose that was lowered counts from then on:
    what was in by then was within the order of its time, and anything more is over. An order that
    came after the stop changes nothing.
    """
    allowed = ordered = None
    for edition in editions(visit):
        if edition.since is not None and _stopped_by(run, edition.since):
            break
        planned = planned_dose(edition.visit)
        if planned is None or not planned.above_zero:
            continue
        in_by_then = Mg.zero()
        if allowed is not None and edition.since is not None:
            in_by_then = min(run.mg_by(edition.since), allowed)
        allowed, ordered = max(planned, in_by_then), planned
    over = allowed is not None and run.total_mg > allowed + _drop(visit)
    return ordered if over else None


def _stopped_by(run: Delivery, moment: datetime) -> bool:
    return run.stopped_at is not None and run.stopped_at <= moment


def _near(visit: Visit, planned: Mg) -> Mg:
    return planned.times(visit.protocol.number("ceiling.near")).times("0.01")


def _ceiling(visit: Visit, run: Delivery) -> Iterable[Alert]:
    """Each order's dose is looked for in its own time only."""
    for edition in editions(visit):
        planned = planned_dose(edition.visit)
        if planned is not None and planned.above_zero:
            yield from _ceiling_of(visit, run, edition, planned)


def _ceiling_of(visit: Visit, run: Delivery, edition: Edition, planned: Mg) -> Iterable[Alert]:
    policy = visit.protocol.policy("ceiling.near")
    near = _within(run, edition, _near(visit, planned))
    reached = _within(run, edition, planned)
    ends = min(filter(None, (run.stopped_at, edition.until)), default=None)
    total = run.total_mg if edition.until is None else run.mg_by(edition.until)
    over = total > planned + _drop(visit)
    if near is not None:
        yield Alert(
            code="ceiling-near",
            level="attention",
            sentence=f"{policy.value} % of the ordered {with_unit(planned)} is in",
            source=policy.source,
            since=near,
            until=reached or ends,
        )
    if reached is not None and (over or ends is None or ends == edition.until):
        yield Alert(
            code="ceiling-reached",
            level="pause",
            sentence=f"The ordered {with_unit(planned)} is in: stop the pump",
            source="the order",
            since=reached,
            until=ends,
            stops=True,
        )


def _within(run: Delivery, edition: Edition, dose: Mg) -> datetime | None:
    """From when on that much was in while the order stood; None where it never was."""
    at = run.reaches(dose)
    if at is None or (edition.until is not None and at >= edition.until):
        return None
    if edition.since is None:
        return at
    return None if _stopped_by(run, edition.since) else max(at, edition.since)


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
    """Rates over the highest of the order or the protocol, and for how long they ran.

    Each stretch is held against the order of its own time.
    """
    found: list[Alert] = []
    run = delivery(visit, now)
    for segment in run.segments:
        if not segment.delivering:
            continue
        still = run.state == "running" and segment is run.segments[-1]
        for ordered, since, until in _by_order(visit, segment):
            over = _over_rate(ordered, segment)
            if over is None:
                continue
            alert = replace(over, since=since, until=None if still and until >= now else until)
            if found and since > segment.start and _goes_on(found[-1], alert):
                found[-1] = replace(found[-1], until=alert.until)
            else:
                found.append(alert)
    return found


def _by_order(visit: Visit, segment: Segment) -> list[tuple[Visit, datetime, datetime]]:
    """The parts of a segment, each with the visit as it was ordered then."""
    parts = []
    for edition in editions(visit):
        time = edition.overlap(segment.start, segment.end)
        if time is not None:
            parts.append((edition.visit, *time))
    return parts or [(visit, segment.start, segment.end)]


def _goes_on(before: Alert, alert: Alert) -> bool:
    """The same is said as of the time just before, under another edition of the order."""
    return (before.until, before.sentence, before.source) == (
        alert.since,
        alert.sentence,
        alert.source,
    )


def _over_rate(visit: Visit, segment: Segment) -> Alert | None:
    """A rate over its limit, by the visit's last order.

    Rounding to the pump's step may lift a rate by half a step; that is not a slip.
    """
    protocol, order = visit.protocol, visit.order
    highest, source = order.highest_rate_mg_kg_h if order else None, "the order"
    if highest is None:
        highest, source = protocol.rate_warn, protocol.policy("rate.warn").source
    per_kg = dose_rate(visit, segment.rate, segment.strength)
    half_step = dose_rate(visit, protocol.pump_step.times("0.5"), segment.strength)
    if per_kg is None or half_step is None or per_kg <= highest + half_step:
        return None
    return Alert(
        code="rate-over",
        level="attention",
        sentence=f"{with_unit(per_kg)} is over {with_unit(highest)}",
        source=source,
        since=segment.start,
        until=segment.end,
    )
