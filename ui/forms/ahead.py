"""What a new rate on the pump would mean, before it is charted: the domain is asked, not told."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from ketachart.domain.alert import Alert
from ketachart.domain.alerts import alerts
from ketachart.domain.facts import RateSet
from ketachart.domain.infusion import delivery, dose_rate, planned_end
from ketachart.domain.monitoring import due
from ketachart.domain.quantities import MlPerHour
from ketachart.domain.rate_changes import against_rate, next_step, rate_slip
from ketachart.domain.trial import trial
from ketachart.domain.visit import Visit
from ketachart.domain.wording import DASH, amount, clock, with_unit
from ui.tokens import Tone

A_MOMENT = timedelta(seconds=1)  # a rate that has not run yet is not judged


@dataclass(frozen=True, slots=True)
class Course:
    """What a rate means, without units: mg/h, mg/kg/h; and when the ordered dose will be in."""

    drug: str
    per_kg: str
    ends: str


@dataclass(frozen=True, slots=True)
class Ahead:
    """The course with the new rate; what it is over, if it is; when vitals are due then."""

    course: Course
    over: str
    sets: tuple[str, ...]


def course_now(visit: Visit, now: datetime) -> Course:
    """The course as it is charted."""
    run = delivery(visit, now)
    return _course(visit, run.rate, now)


def look_ahead(visit: Visit, rate: MlPerHour, at: datetime, *, now: datetime) -> Ahead:
    """The course if the pump were set to that rate at that time."""
    then = trial(visit, RateSet(at=at, rate_ml_h=rate, reason="trial"), now)
    moment = now + A_MOMENT
    over = next((a for a in alerts(then, moment) if a.code == "rate-over"), None)
    sets = [clock(item.at) for item in due(then, now) if item.at > now]
    return Ahead(
        course=_course(then, rate, now),
        over=_over(visit, over) if over is not None else "",
        sets=tuple(sets[:2]),
    )


def _over(visit: Visit, alert: Alert) -> str:
    return f"{alert.sentence}, {visit.protocol.cited(alert.source).short}"


def _course(visit: Visit, rate: MlPerHour, now: datetime) -> Course:
    run = delivery(visit, now)
    drug = rate.at(run.strength) if run.strength is not None else None
    per_kg = dose_rate(visit, rate, run.strength)
    return Course(
        drug=DASH if drug is None else amount(drug),
        per_kg=DASH if per_kg is None else amount(per_kg),
        ends=clock(planned_end(visit, run)),
    )


def highest_told(visit: Visit) -> str:
    """The highest rate that the order, or else the protocol, allows; in words."""
    order = visit.order
    if order is not None and order.highest_rate_mg_kg_h is not None:
        return f"Inside the order: up to {with_unit(order.highest_rate_mg_kg_h)}"
    return f"Inside the protocol: up to {with_unit(visit.protocol.rate_warn)}"


def verdict(visit: Visit, rate: MlPerHour, at: datetime, ahead: Ahead) -> tuple[Tone, str]:
    """What is said of a rate while it is typed: a slip first, then what stands against it."""
    slip = rate_slip(visit, rate, at)
    if slip:
        return "danger", slip
    against = against_rate(visit, rate, at)
    if against:
        return "warn", f"{'. '.join(against)}. Your own words are needed, or the prescriber's."
    if ahead.over:
        return "warn", f"Over: {ahead.over}"
    return "ok", highest_told(visit)


def step_told(visit: Visit, now: datetime) -> str:
    """The order's next step with its rate on this pump, its time and its condition."""
    step = next_step(visit, now)
    if step is None:
        return ""
    rate = "" if step.rate is None else f" = {with_unit(step.rate)}"
    when = "now" if step.not_before <= now else f"not before {clock(step.not_before)}"
    return (
        f"Next step of the order: {with_unit(step.step.rate_mg_kg_h)}{rate}, {when}, if "
        f"{step.step.condition}"
    )
