"""The words for what the pump did, and for moments marked to be told later."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from ketachart.domain.facts import (
    BagChanged,
    BolusGiven,
    Fact,
    InfusionNotStarted,
    InfusionPaused,
    InfusionResumed,
    InfusionStarted,
    InfusionStopped,
    MomentMarked,
    MomentTold,
    PumpRead,
    RateSet,
)
from ketachart.domain.infusion import delivery, dose_rate
from ketachart.domain.quantities import MlPerHour
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, listed, with_unit

Words = tuple[str, str]


def rate_text(visit: Visit, rate: MlPerHour, at: datetime) -> str:
    """A pump rate with what it means: “8.6 mL/h (17.2 mg/h, 0.251 mg/kg/h)”."""
    strength = delivery(visit, at).strength
    if strength is None:
        return with_unit(rate)
    per_kg = dose_rate(visit.ordered_at(at), rate, strength)
    meaning = [with_unit(rate.at(strength))] + ([] if per_kg is None else [with_unit(per_kg)])
    return f"{with_unit(rate)} ({', '.join(meaning)})"


def started(visit: Visit, fact: InfusionStarted) -> Words:
    """The start."""
    pump = f", pump {fact.pump}" if fact.pump else ""
    if fact.by == "gravity":
        pump = f", by gravity, {fact.drops_per_ml or '?'} drops/mL"
    despite = f"; DESPITE points against it: {fact.despite}" if fact.despite else ""
    return "Infusion started", f"{rate_text(visit, fact.rate_ml_h, fact.at)}{pump}{despite}"


def rate_reason(visit: Visit, code: str) -> str:
    """Why a rate was changed, in the words of the list that the code stands in."""
    for name in ("increase-reason", "rate-reason"):
        label = visit.protocol.label(name, code)
        if label != code:
            return label
    return code


def rate(visit: Visit, fact: RateSet) -> Words:
    """A change of rate."""
    why = rate_reason(visit, fact.reason)
    if fact.confirmed:
        why = "; ".join(filter(None, [why, "read from the pump again"]))
    return "Rate changed", rate_text(visit, fact.rate_ml_h, fact.at) + (f"; {why}" if why else "")


def paused(visit: Visit, fact: InfusionPaused) -> Words:
    """A pause."""
    why = [visit.protocol.label("pause-reason", code) for code in fact.reasons]
    read = f"pump {with_unit(fact.pump_volume_ml)}" if fact.pump_volume_ml is not None else ""
    return "Infusion paused", "; ".join(filter(None, [listed(why), fact.note, read]))


def resumed(visit: Visit, fact: InfusionResumed) -> Words:
    """A resume."""
    read = "read from the pump again" if fact.confirmed else ""
    parts = [rate_text(visit, fact.rate_ml_h, fact.at), fact.reason, read]
    return "Infusion resumed", "; ".join(filter(None, parts))


def stopped(visit: Visit, fact: InfusionStopped) -> Words:
    """The stop with what was given."""
    why = visit.protocol.label("stop-reason", fact.reason)
    given = with_unit(delivery(visit, fact.at).total_mg)
    read = f"; pump {with_unit(fact.pump_volume_ml)}" if fact.pump_volume_ml is not None else ""
    note = f"; {fact.note}" if fact.note else ""
    return "Infusion stopped", f"{why}, {given} by rates{read}{note}"


def bag(visit: Visit, fact: BagChanged) -> Words:
    """Another bag."""
    strength = delivery(visit, fact.at).strength
    held = f", {with_unit(fact.volume_ml)}" if fact.volume_ml is not None else ""
    read = f"; pump {with_unit(fact.pump_volume_ml)}" if fact.pump_volume_ml is not None else ""
    cleared = ", then set to zero" if fact.pump_cleared else ""
    return "Bag changed", f"{fact.bag or 'new bag'} at {with_unit(strength)}{held}{read}{cleared}"


def bolus(_visit: Visit, fact: BolusGiven) -> Words:
    """A bolus."""
    how_much = with_unit(fact.amount_mg if fact.amount_mg is not None else fact.volume_ml)
    parts = [f"ketamine {how_much}", fact.reason, fact.despite and f"DESPITE: {fact.despite}"]
    if fact.confirmed:
        parts.append("read from the syringe again")
    return "Bolus", "; ".join(filter(None, parts))


def read(_visit: Visit, fact: PumpRead) -> Words:
    """A read-out."""
    return "Pump read", f"{with_unit(fact.volume_ml)} infused"


def not_started(_visit: Visit, fact: InfusionNotStarted) -> Words:
    """No infusion today."""
    return "Not started", f"{fact.reason} (decided by {fact.decided_by})"


def marked(_visit: Visit, fact: MomentMarked) -> Words:
    """A moment that is told later."""
    return "Moment marked", fact.word or "to be told later"


def told(visit: Visit, fact: MomentTold) -> Words:
    """What a marked moment was."""
    mark = visit.entry(fact.mark)
    when = f"of {clock(mark.at)} " if mark is not None else ""
    if fact.reason:
        return "Moment told", f"the mark {when}was nothing: {fact.reason}"
    return "Moment told", f"the mark {when}is charted"


TABLE: dict[type[Fact], Callable[[Visit, Any], Words]] = {
    InfusionStarted: started,
    RateSet: rate,
    InfusionPaused: paused,
    InfusionResumed: resumed,
    InfusionStopped: stopped,
    BagChanged: bag,
    BolusGiven: bolus,
    PumpRead: read,
    InfusionNotStarted: not_started,
    MomentMarked: marked,
    MomentTold: told,
}
