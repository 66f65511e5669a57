"""Rules for new facts about pump and marks: each act fits what the pump was doing then."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from ketachart.domain.admission.drug import drop_factor
from ketachart.domain.admission.marks import MARK_RULES
from ketachart.domain.alerts import alerts
from ketachart.domain.dose.dosing import above_zero
from ketachart.domain.dose.dosing_weight import dosing_weight
from ketachart.domain.facts import (
    BagChanged,
    BolusGiven,
    Fact,
    InfusionNotStarted,
    InfusionPaused,
    InfusionResumed,
    InfusionStarted,
    InfusionStopped,
    PumpRead,
    RateSet,
)
from ketachart.domain.infusion import acts_of, bag_before, delivery
from ketachart.domain.pump import run
from ketachart.domain.quantities import Mg, Ml, MlPerHour, Quantity
from ketachart.domain.rate_changes import (
    CONFIRM,
    against_rate,
    rate_before,
    rate_slip,
    reason_lacks,
    tenfold,
)
from ketachart.domain.scope import IN_WORDS, bolus_forbidden, bolus_most
from ketachart.domain.start import against_start, refusal_of
from ketachart.domain.trial import trial
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, with_unit
from ketachart.errors import Refused

CONFIRM_BOLUS = "If that is what was given, confirm it."


def start(visit: Visit, fact: InfusionStarted, now: datetime) -> None:
    """Nothing stands against it, or it was started in spite of it and says why."""
    above_zero(fact.rate_ml_h, "rate")
    _above_zero_if_there(fact.strength_mg_per_ml, "concentration")
    _above_zero_if_there(fact.volume_ml, "volume")
    drop_factor(fact.drops_per_ml)
    pump(visit, fact, now)
    if fact.despite.strip():
        if fact.strength_mg_per_ml is None and bag_before(visit, fact.at) is None:
            raise Refused(
                "Say how strong the bag was: nothing on file tells it.",
                rule="concentration missing",
                field="strength_mg_per_ml",
            )
        return
    points = against_start(visit, fact.at, fact)
    if points:
        raise refusal_of(points)


def _above_zero_if_there(quantity: Quantity | None, name: str) -> None:
    if quantity is not None:
        above_zero(quantity, name)


def pump(visit: Visit, fact: Fact, now: datetime) -> None:
    """The act fits what the pump was doing then, and what was charted after it still fits.

    Raises:
        Refused: it would contradict the record; what is contradicted already is not counted.
    """
    latest = max(now, fact.at)
    known = {(p.rule, p.act.entry) for p in run(acts_of(visit), latest).problems}
    after = trial(visit, fact, now)
    for problem in run(acts_of(after), latest).problems:
        if (problem.rule, problem.act.entry) in known:
            continue
        if problem.act.at == fact.at and problem.act.entry == after.entries[-1].id:
            raise Refused(problem.sentence, rule=problem.rule, field="at")
        raise Refused(
            f"It does not fit what is charted for {clock(problem.act.at)}. Check the time, or "
            "strike that entry first.",
            rule=problem.rule,
            field="at",
        )


def rate(visit: Visit, fact: RateSet, now: datetime) -> None:
    """A change of a running pump; an increase says tolerance and need (A1.4), and a slip is named.

    What order or protocol stand against asks for words, what looks like a slip for a second look;
    either way the rate that runs can be charted.
    """
    if fact.rate_ml_h < MlPerHour.zero():
        raise Refused(
            "A rate is never below zero. Type it again.", rule="rate must not be negative"
        )
    pump(visit, fact, now)
    lacks = reason_lacks(visit, fact.rate_ml_h, fact.at, fact.reason)
    if lacks:
        before = with_unit(rate_before(visit, fact.at))
        raise Refused(
            f"{before} to {with_unit(fact.rate_ml_h)} is an increase. {lacks}",
            rule="increase needs a reason",
            field="reason",
        )
    _look_again(rate_slip(visit, fact.rate_ml_h, fact.at), CONFIRM, fact, "rate_ml_h")


def _look_again(
    slip: str, confirm: str, fact: RateSet | InfusionResumed | BolusGiven, field: str
) -> None:
    if slip and not fact.confirmed:
        raise Refused(f"{slip}. {confirm}", rule="looks like a slip", field=field)


def resume(visit: Visit, fact: InfusionResumed, now: datetime) -> None:
    """With readings back under the limits and no higher rate, or with a reason (C2)."""
    above_zero(fact.rate_ml_h, "rate")
    pump(visit, fact, now)
    if not fact.reason.strip():
        _without_a_reason(visit, fact)
    _look_again(rate_slip(visit, fact.rate_ml_h, fact.at), CONFIRM, fact, "rate_ml_h")


def _without_a_reason(visit: Visit, fact: InfusionResumed) -> None:
    standing = [a for a in alerts(visit, fact.at) if a.level != "attention"]
    if standing:
        raise Refused(
            f"{standing[0].sentence.partition(':')[0]} still stands. Chart a reading back under "
            "the limit, or say what allows it.",
            rule="limit still stands",
            field="reason",
        )
    before = rate_before(visit, fact.at)
    if before is not None and fact.rate_ml_h > before:
        against = "".join(f" {said}." for said in against_rate(visit, fact.rate_ml_h, fact.at))
        raise Refused(
            f"It was paused at {with_unit(before)}.{against} Say why it goes on higher.",
            rule="higher after a pause",
            field="reason",
        )


def stop(visit: Visit, fact: InfusionStopped | InfusionPaused, now: datetime) -> None:
    """The pump was running or paused then."""
    if fact.pump_volume_ml is not None and fact.pump_volume_ml < Ml.zero():
        raise Refused("A volume is never below zero. Type it again.", field="pump_volume_ml")
    pump(visit, fact, now)


def bag_change(visit: Visit, fact: BagChanged, now: datetime) -> None:
    """The new bag's strength is known."""
    _above_zero_if_there(fact.strength_mg_per_ml, "concentration")
    _above_zero_if_there(fact.volume_ml, "volume")
    made = bag_before(visit, fact.at, fact.bag) if fact.bag else None
    if fact.strength_mg_per_ml is None and made is None:
        raise Refused(
            "Say how strong the new bag is, or chart how it was made up first.",
            rule="concentration missing",
            field="strength_mg_per_ml",
        )
    pump(visit, fact, now)


def bolus(visit: Visit, fact: BolusGiven, now: datetime) -> None:
    """In mg or in mL; where clinic, state and order allow it, or with the reason why it was given.

    The largest is the strictest that order, protocol and state name, inclusive.
    """
    if (fact.amount_mg is None) == (fact.volume_ml is None):
        raise Refused("Enter the bolus in mg, or in mL, not both.", field="amount_mg")
    _above_zero_if_there(fact.amount_mg, "bolus")
    _above_zero_if_there(fact.volume_ml, "bolus")
    pump(visit, fact, now)
    visit = visit.ordered_at(fact.at)
    if not fact.despite.strip():
        _bolus_allowed(visit, fact)
    field = "amount_mg" if fact.amount_mg is not None else "volume_ml"
    _look_again(_bolus_slip(visit, fact), CONFIRM_BOLUS, fact, field)


def _bolus_allowed(visit: Visit, fact: BolusGiven) -> None:
    forbidden = bolus_forbidden(visit)
    if forbidden:
        raise Refused(
            f"{' '.join(point.sentence for point in forbidden)} If it was given, say why.",
            rule="bolus not allowed",
            field="despite",
        )
    most, weight, given = bolus_most(visit), dosing_weight(visit), _bolus_mg(visit, fact)
    if given is not None and weight is not None and given.per(weight) > most.dose:
        raise Refused(
            f"{with_unit(given)} is over {with_unit(most.dose)} for this patient "
            f"({with_unit(most.dose.for_(weight))}), by {IN_WORDS[most.by]}. If it was given, say "
            "why.",
            rule="bolus over the limit",
            field="despite",
        )


def _bolus_slip(visit: Visit, fact: BolusGiven) -> str:
    """Ten times the bolus before it, or the largest one that is allowed."""
    given, weight = _bolus_mg(visit, fact), dosing_weight(visit)
    if given is None:
        return ""
    before = [bolus.mg for bolus in delivery(visit, fact.at).boluses]
    if before:
        return tenfold(given, before[-1])
    if weight is None:
        return ""
    most = bolus_most(visit).dose.for_(weight)
    if most.above_zero and given >= most.times(10):
        return f"{with_unit(given)} is ten times the largest bolus, {with_unit(most)}, or more"
    return ""


def _bolus_mg(visit: Visit, fact: BolusGiven) -> Mg | None:
    strength = delivery(visit, fact.at).strength
    if fact.amount_mg is not None or fact.volume_ml is None or strength is None:
        return fact.amount_mg
    return fact.volume_ml.at(strength)


def pump_read(_visit: Visit, fact: PumpRead, _now: datetime) -> None:
    """A volume is not below zero."""
    if fact.volume_ml < Ml.zero():
        raise Refused("A volume is never below zero. Type it again.", field="volume_ml")


def not_started(visit: Visit, _fact: InfusionNotStarted, _now: datetime) -> None:
    """Only where it was not started."""
    if any(act.kind == "start" for act in acts_of(visit)):
        raise Refused("The infusion was started. Chart the stop and its reason.", rule="started")


PUMP_RULES: dict[type[Fact], Callable[[Visit, Any, datetime], None]] = {
    InfusionStarted: start,
    RateSet: rate,
    InfusionPaused: stop,
    InfusionStopped: stop,
    InfusionResumed: resume,
    BagChanged: bag_change,
    BolusGiven: bolus,
    PumpRead: pump_read,
    InfusionNotStarted: not_started,
    **MARK_RULES,
}
