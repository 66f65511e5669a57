"""What turning the pump rests on: the order's next step, what stands against a rate, slips.

An increase says that the dose is tolerated and why more is needed (clinical.md A1.4). Nothing here
keeps a rate that runs from being charted: what stands against it asks for words, and what looks
like a slip asks for a second look. Each rate is held against the order of its own time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Literal

from ketachart.domain.dose.dosing_weight import dosing_weight
from ketachart.domain.facts import EffectNoted, RateSet, TitrationStep, VitalsTaken
from ketachart.domain.infusion import acts_of, delivery, dose_rate
from ketachart.domain.protocol import Protocol
from ketachart.domain.quantities import MgPerKgPerHour, MlPerHour, Quantity, length_of
from ketachart.domain.visit import Entry, Visit
from ketachart.domain.wording import clock, with_unit

Asked = Literal["pain", "side effects"]
STEP, PRESCRIBER = "step-tolerated", "prescriber-tolerated"
CONFIRM = "If that is what the pump shows, confirm it."


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """The next step of the order: its rate for this pump, and when it may be taken."""

    step: TitrationStep
    not_before: datetime
    rate: MlPerHour | None


def rate_before(visit: Visit, at: datetime) -> MlPerHour | None:
    """The rate charted last by then, whether the pump ran or stood; None before the start."""
    rates = [act.rate for act in acts_of(visit) if act.rate is not None and act.at <= at]
    return rates[-1] if rates else None


def is_increase(visit: Visit, rate: MlPerHour, at: datetime) -> bool:
    """Whether that rate is higher than the one before it."""
    before = rate_before(visit, at)
    return before is not None and rate > before


# ------------------------------------------------------------------ the order's steps


def next_step(visit: Visit, at: datetime) -> NextStep | None:
    """The first step of the order over the rate that was set by then; None where none is left."""
    visit = visit.ordered_at(at)
    order, run = visit.order, delivery(visit, at)
    before = rate_before(visit, at)
    if order is None or run.started_at is None or before is None:
        return None
    now = dose_rate(visit, before, run.strength)
    if now is None:
        return None
    reached = now + _half_step(visit, at)
    step = next((step for step in order.titration if step.rate_mg_kg_h > reached), None)
    if step is None:
        return None
    not_before = run.started_at + length_of(step.after_min.seconds)
    return NextStep(step=step, not_before=not_before, rate=pump_rate(visit, step.rate_mg_kg_h, at))


def pump_rate(visit: Visit, per_kg: MgPerKgPerHour, at: datetime) -> MlPerHour | None:
    """What a dose rate is on this pump, to its own step; None while weight or bag are unknown."""
    one = dose_rate(visit, MlPerHour(1), delivery(visit, at).strength)
    if one is None or not one.above_zero:
        return None
    return MlPerHour(per_kg.amount / one.amount).rounded_to(visit.protocol.pump_step)


def _half_step(visit: Visit, at: datetime) -> MgPerKgPerHour:
    """What rounding to the pump's own step may lift a dose rate by; that is no slip."""
    half = dose_rate(visit, visit.protocol.pump_step.times("0.5"), delivery(visit, at).strength)
    return half if half is not None else MgPerKgPerHour.zero()


# ------------------------------------------------------------------ what stands against it


def against_rate(visit: Visit, rate: MlPerHour, at: datetime) -> tuple[str, ...]:
    """What of order and protocol stands against an increase to that rate; no full stop at its end.

    A rate that is not higher than the one before has nothing against it.
    """
    visit = visit.ordered_at(at)
    per_kg = dose_rate(visit, rate, delivery(visit, at).strength)
    if per_kg is None or not is_increase(visit, rate, at):
        return ()
    return tuple(_against(visit, per_kg, at))


def _against(visit: Visit, per_kg: MgPerKgPerHour, at: datetime) -> Iterator[str]:
    order, said, spare = visit.order, with_unit(per_kg), _half_step(visit, at)
    highest = order.highest_rate_mg_kg_h if order is not None else None
    if highest is not None and per_kg > highest + spare:
        yield f"{said} is over {with_unit(highest)}, the highest rate of the order"
    warn = visit.protocol.rate_warn
    if per_kg > warn + spare:
        yield f"{said} is over {with_unit(warn)}, the protocol's highest without a reason"
    if order is None or not order.titration:
        return
    step = next_step(visit, at)
    if step is None:
        yield f"{said} is over the last step of the order"
        return
    if per_kg > step.step.rate_mg_kg_h + spare:
        yield f"{said} is over the order's next step, {with_unit(step.step.rate_mg_kg_h)}"
    if at < step.not_before:
        yield f"The order's next step is not before {clock(step.not_before)}"


def reason_lacks(visit: Visit, rate: MlPerHour, at: datetime, reason: str) -> str:
    """What an increase to that rate still has to say, in one sentence; empty where all is said."""
    if not is_increase(visit, rate, at):
        return ""
    visit = visit.ordered_at(at)
    protocol, reason = visit.protocol, reason.strip()
    listed = {choice.code for choice in protocol.listed("increase-reason")}
    if not reason or (listed and reason in _of_any_change(protocol) - listed):
        return "Say that the dose is tolerated, and why more is needed."
    against = against_rate(visit, rate, at)
    if against and reason in listed - {PRESCRIBER}:
        return f"{'. '.join(against)}. Say why in your own words, or that the prescriber asks."
    if reason == STEP and (visit.order is None or not visit.order.titration):
        return "The order names no steps. Choose another reason, or say it in your own words."
    return ""


def _of_any_change(protocol: Protocol) -> set[str]:
    return {choice.code for choice in protocol.listed("rate-reason")}


# ------------------------------------------------------------------ what looks like a slip


def rate_slip(visit: Visit, rate: MlPerHour, at: datetime) -> str:
    """Names a rate that looks like a slip, in a sentence; empty where it looks like none.

    A tenth or ten times the rate before, or the figure of a dose rate typed as mL/h
    (clinical.md B1.13, U05). What the order's next step comes to is never a slip.
    """
    visit = visit.ordered_at(at)
    step, before = next_step(visit, at), rate_before(visit, at)
    if before is None or (step is not None and step.rate == rate):
        return ""
    return tenfold(rate, before) or _dose_rate_typed(visit, rate, at, before, step)


def tenfold(new: Quantity, old: Quantity) -> str:
    """Names ten times as much or more, and a tenth or less; a zero is neither."""
    if new.amount <= 0 or old.amount <= 0:
        return ""
    ratio = new.amount / old.amount
    said = f"{with_unit(new)} after {with_unit(old)}"
    if ratio >= 10 or _within(ratio, Fraction(10)):
        return f"{said} is ten times as much or more: the decimal point may have moved"
    if ratio <= Fraction(1, 10) or _within(ratio, Fraction(1, 10)):
        return f"{said} is a tenth or less: the decimal point may have moved"
    return ""


def _dose_rate_typed(
    visit: Visit, rate: MlPerHour, at: datetime, before: MlPerHour, step: NextStep | None
) -> str:
    strength, weight = delivery(visit, at).strength, dosing_weight(visit)
    if strength is None or weight is None or rate == before or strength.amount == 1:
        return ""
    meant = [before] if step is None or step.rate is None else [before, step.rate]
    for pump in meant:
        drug = pump.at(strength)
        for figure in (drug, drug.per(weight)):
            if _within(rate.amount, figure.amount):
                return (
                    f"{with_unit(rate)} has the figure of {with_unit(figure)}, which is "
                    f"{with_unit(pump)} on this pump: {figure.unit} may have been typed as mL/h"
                )
    return ""


def _within(value: Fraction, other: Fraction) -> bool:
    """Equal but for what rounding on a pump can do, one part in fifty."""
    return abs(value - other) * 50 <= other


# ------------------------------------------------------------------ what it rests on


def fresh_within(protocol: Protocol) -> timedelta:
    """How old pain and side effects may be at an increase; an edition that does not say it asks
    no less than of a baseline."""
    known = protocol.known("rate.fresh") is not None
    return protocol.minutes("rate.fresh" if known else "baseline.within")


def to_ask(visit: Visit, at: datetime) -> tuple[Asked, ...]:
    """Which of pain and side effects were not looked at within the protocol's minutes by then."""
    since = at - fresh_within(visit.protocol)
    sets = [fact for fact in visit.facts(VitalsTaken) if since <= fact.at <= at]
    noted = any(since <= fact.at <= at for fact in visit.facts(EffectNoted))
    scored = any(
        score is not None for fact in sets for score in (fact.nausea, fact.dissociation, fact.rass)
    )
    lacking: list[Asked] = []
    if all(fact.pain is None for fact in sets):
        lacking.append("pain")
    if not noted and not scored:
        lacking.append("side effects")
    return tuple(lacking)


def increases(visit: Visit) -> tuple[Entry[RateSet], ...]:
    """The changes by which the pump was set higher, in the order in which they happened."""
    found, last = [], MlPerHour.zero()
    by_entry = {entry.id: entry for entry in visit.of(RateSet)}
    for act in acts_of(visit):
        if act.rate is None:
            continue
        if act.entry in by_entry and act.rate > last:
            found.append(by_entry[act.entry])
        last = act.rate
    return tuple(found)
