"""The words for what the pump did, and what was seen, done and given."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from ketachart.domain.alerts import alert_history
from ketachart.domain.effects import measures_text, medicine_text
from ketachart.domain.facts import (
    AlertAnswered,
    AlertSnoozed,
    CallMade,
    EffectNoted,
    EmergencyDeclared,
    EmergencyEnded,
    EmergencyStep,
    Fact,
    FluidGiven,
    MeasureTaken,
    MedicineGiven,
    NoteWritten,
    ResponseNoted,
    ScaleScored,
    VitalsMissed,
    VitalsTaken,
)
from ketachart.domain.limits import SIGN_CODES, sign_text
from ketachart.domain.scales.scoring import answers_text, band_of
from ketachart.domain.telling.preparation import Words
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, day, decimal_text, with_unit

AGAINST = {
    "prn-order": "PRN order",
    "adjunct": "treatment of the order",
    "telephone-order": "telephone order",
    "emergency": "emergency",
}


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
    parts += [f"({visit.protocol.sign(one.sign).short} {one.source})" for one in fact.by_sign]
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
    graded = f"{grade} (grade {fact.grade})" if fact.grade else grade
    standard = f"{graded} by {fact.standard}" if fact.standard else graded
    note = f"; {fact.note}" if fact.note else ""
    return "Side effect", f"{label}: {standard}{note}"


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


def snoozed(visit: Visit, fact: AlertSnoozed) -> Words:
    """An alert that was put off, for how long and why."""
    stood = [alert for alert in alert_history(visit, fact.at) if alert.code == fact.alert]
    alert = f"“{stood[-1].sentence}”" if stood else fact.alert.replace("-", " ")
    return "Alert put off", f"{alert}, for {fact.for_min} min: {fact.reason}"


def scored(visit: Visit, fact: ScaleScored) -> Words:
    """A scale with its total, its items where they are kept, and what the total means."""
    scale = visit.protocol.score(fact.scale)
    label = scale.label if scale else fact.scale
    band = band_of(scale, fact.total) if scale else None
    meaning = f", {band.label}" if band else ""
    answers = f" ({answers_text(fact.answers)})" if fact.answers else ""
    parts = [
        f"{fact.total}{meaning}{answers}",
        "asked in Spanish" if fact.asked_in == "es" else "",
        f"form of {day(fact.filled_on)}" if fact.filled_on is not None else "",
        fact.note,
    ]
    return label, "; ".join(filter(None, parts))


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
    AlertSnoozed: snoozed,
    ScaleScored: scored,
    EmergencyDeclared: emergency,
    EmergencyStep: step,
    EmergencyEnded: over,
}
