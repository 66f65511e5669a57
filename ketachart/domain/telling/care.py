"""The words for what the pump did, and what was seen, done and given."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from ketachart.domain.alerts import alert_history
from ketachart.domain.effects import measures_text, medicine_text
from ketachart.domain.facts import (
    AlertAnswered,
    BagChanged,
    BolusGiven,
    CallMade,
    EffectNoted,
    EmergencyDeclared,
    EmergencyEnded,
    EmergencyStep,
    Fact,
    FluidGiven,
    InfusionNotStarted,
    InfusionPaused,
    InfusionResumed,
    InfusionStarted,
    InfusionStopped,
    MeasureTaken,
    MedicineGiven,
    NoteWritten,
    PumpRead,
    RateSet,
    ResponseNoted,
    VitalsMissed,
    VitalsTaken,
)
from ketachart.domain.infusion import delivery, dose_rate
from ketachart.domain.limits import SIGN_CODES, sign_text
from ketachart.domain.quantities import MlPerHour
from ketachart.domain.telling.preparation import Words
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, decimal_text, listed, with_unit

AGAINST = {
    "prn-order": "PRN order",
    "telephone-order": "telephone order",
    "emergency": "emergency",
}


def rate_text(visit: Visit, rate: MlPerHour, at: datetime) -> str:
    """A pump rate with what it means: “8.6 mL/h (17.2 mg/h, 0.251 mg/kg/h)”."""
    strength = delivery(visit, at).strength
    if strength is None:
        return with_unit(rate)
    per_kg = dose_rate(visit, rate, strength)
    meaning = [with_unit(rate.at(strength))] + ([] if per_kg is None else [with_unit(per_kg)])
    return f"{with_unit(rate)} ({', '.join(meaning)})"


def started(visit: Visit, fact: InfusionStarted) -> Words:
    """The start."""
    pump = f", pump {fact.pump}" if fact.pump else ""
    despite = f"; DESPITE points against it: {fact.despite}" if fact.despite else ""
    return "Infusion started", f"{rate_text(visit, fact.rate_ml_h, fact.at)}{pump}{despite}"


def rate(visit: Visit, fact: RateSet) -> Words:
    """A change of rate."""
    why = visit.protocol.label("rate-reason", fact.reason) if fact.reason else ""
    return "Rate changed", rate_text(visit, fact.rate_ml_h, fact.at) + (f"; {why}" if why else "")


def paused(visit: Visit, fact: InfusionPaused) -> Words:
    """A pause."""
    why = [visit.protocol.label("pause-reason", code) for code in fact.reasons]
    read = f"pump {with_unit(fact.pump_volume_ml)}" if fact.pump_volume_ml is not None else ""
    return "Infusion paused", "; ".join(filter(None, [listed(why), fact.note, read]))


def resumed(visit: Visit, fact: InfusionResumed) -> Words:
    """A resume."""
    text = rate_text(visit, fact.rate_ml_h, fact.at)
    return "Infusion resumed", text + (f"; {fact.reason}" if fact.reason else "")


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
    return "Bag changed", f"{fact.bag or 'new bag'} at {with_unit(strength)}{held}"


def bolus(_visit: Visit, fact: BolusGiven) -> Words:
    """A bolus."""
    how_much = with_unit(fact.amount_mg if fact.amount_mg is not None else fact.volume_ml)
    parts = [f"ketamine {how_much}", fact.reason, fact.despite and f"DESPITE: {fact.despite}"]
    return "Bolus", "; ".join(filter(None, parts))


def read(_visit: Visit, fact: PumpRead) -> Words:
    """A read-out."""
    return "Pump read", f"{with_unit(fact.volume_ml)} infused"


def not_started(_visit: Visit, fact: InfusionNotStarted) -> Words:
    """No infusion today."""
    return "Not started", f"{fact.reason} (decided by {fact.decided_by})"


def vitals_text(visit: Visit, fact: VitalsTaken) -> str:
    """A set of vitals in one line: “BP 141/86, HR 86, SpO₂ 97 %, RR 14, pain 3, RASS −1”."""
    parts = []
    if fact.systolic is not None and fact.diastolic is not None:
        parts.append(f"BP {fact.systolic}/{fact.diastolic}")
    for code in SIGN_CODES:
        value = getattr(fact, code)
        both = fact.systolic is not None and fact.diastolic is not None
        if value is None or (both and code in ("systolic", "diastolic")):
            continue
        sign = visit.protocol.sign(code)
        unit = " %" if code == "spo2" else (" °C" if code == "temperature_c" else "")
        parts.append(f"{sign.short} {sign_text(sign, Decimal(value))}{unit}")
    if fact.rass is not None:
        parts[-1] += f" {visit.protocol.step('rass', fact.rass)}"
    if fact.oriented is not None:
        parts.append(f"oriented × {fact.oriented}")
    if fact.oxygen_l_min is not None:
        parts.append(f"oxygen {decimal_text(fact.oxygen_l_min)} L/min")
    if fact.source != "typed":
        parts.append(f"({fact.source})")
    return ", ".join(parts)


def vitals(visit: Visit, fact: VitalsTaken) -> Words:
    """A set of vitals."""
    note = f"; {fact.note}" if fact.note else ""
    return "Vitals", vitals_text(visit, fact) + note


def missed(_visit: Visit, fact: VitalsMissed) -> Words:
    """A set that was not done."""
    due = f"due {clock(fact.due_at)}, " if fact.due_at else ""
    return "Vitals not done", f"{due}{fact.reason}"


def effect(visit: Visit, fact: EffectNoted) -> Words:
    """A side effect."""
    label = visit.protocol.label("effect", fact.effect)
    grade = visit.protocol.step("grade", fact.grade)
    number = f" (grade {fact.grade})" if fact.grade else ""
    note = f"; {fact.note}" if fact.note else ""
    return "Side effect", f"{label}: {grade}{number}{note}"


def measure(visit: Visit, fact: MeasureTaken) -> Words:
    """What was done."""
    entry = next((e for e in visit.of(MeasureTaken) if e.fact == fact), None)
    words = measures_text(visit, entry) if entry else ", ".join(fact.measures)
    label = visit.protocol.label("effect", fact.effect).lower() if fact.effect else ""
    parts = [words + (f", for {label}" if label else ""), fact.note]
    return "Done", "; ".join(filter(None, parts))


def medicine(visit: Visit, fact: MedicineGiven) -> Words:
    """A medicine."""
    label = visit.protocol.label("effect", fact.indication).lower() if fact.indication else ""
    what = medicine_text(fact) + (f", for {label}" if label else "")
    lot = f", lot {fact.lot}" if fact.lot else ""
    despite = f"; DESPITE: {fact.despite}" if fact.despite else ""
    return "Medicine given", f"{what} ({AGAINST[fact.against]}{lot}){despite}"


def fluid(_visit: Visit, fact: FluidGiven) -> Words:
    """Fluid."""
    return "Fluid", f"{fact.fluid} {with_unit(fact.volume_ml)} {fact.route}"


def response(visit: Visit, fact: ResponseNoted) -> Words:
    """A response, with what it answers."""
    entry = visit.entry(fact.entry)
    about = ""
    if entry is not None and isinstance(entry.fact, MedicineGiven):
        about = f"After {entry.fact.medicine} {clock(entry.at)}: "
    elif entry is not None:
        about = f"After {clock(entry.at)}: "
    return "Response", f"{about}{fact.response}"


def call(_visit: Visit, fact: CallMade) -> Words:
    """A call."""
    who = " ".join(filter(None, [fact.to, fact.phone]))
    parts = [who if fact.reached else f"{who}: not reached", fact.about, fact.said]
    back = "read back" if fact.read_back else ""
    return "Call", "; ".join(filter(None, [*parts, back]))


def note(_visit: Visit, fact: NoteWritten) -> Words:
    """A note."""
    return "Note", fact.text


def answered(visit: Visit, fact: AlertAnswered) -> Words:
    """What was done about an alert, and which one, as it stood then."""
    stood = [alert for alert in alert_history(visit, fact.at) if alert.code == fact.alert]
    # by its code where the readings that raised it were struck since
    alert = f"“{stood[-1].sentence}”" if stood else fact.alert.replace("-", " ")
    return "Alert answered", f"{alert}: {fact.action}"


def emergency(_visit: Visit, fact: EmergencyDeclared) -> Words:
    """The beginning of an emergency."""
    return "EMERGENCY", fact.why or "declared"


def step(visit: Visit, fact: EmergencyStep) -> Words:
    """One act of it."""
    label = visit.protocol.label("emergency-step", fact.step)
    return "Emergency", label + (f"; {fact.note}" if fact.note else "")


def over(_visit: Visit, fact: EmergencyEnded) -> Words:
    """Its end."""
    return "Emergency over", fact.outcome


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
    VitalsTaken: vitals,
    VitalsMissed: missed,
    EffectNoted: effect,
    MeasureTaken: measure,
    MedicineGiven: medicine,
    FluidGiven: fluid,
    ResponseNoted: response,
    CallMade: call,
    NoteWritten: note,
    AlertAnswered: answered,
    EmergencyDeclared: emergency,
    EmergencyStep: step,
    EmergencyEnded: over,
}
