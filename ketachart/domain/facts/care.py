"""What was seen, measured, done and given while the nurse was there."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from ketachart.domain.facts.base import Fact
from ketachart.domain.policy import SignCode
from ketachart.domain.quantities import Minutes, Ml
from ketachart.domain.shape import Says

Source = Literal["typed", "device", "stated", "estimated"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignSource:
    """Where one value of a set comes from, when it is not where the others come from."""

    sign: Annotated[SignCode, Says("Field name of the value.", "pain")]
    source: Annotated[Source, Says("Where it comes from.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class VitalsTaken(Fact):
    """One set of vital signs and scores. What was not measured is left out; it is not zero."""

    KIND: ClassVar[str] = "vitals-taken"

    systolic: Annotated[int | None, Says("Systolic pressure, mmHg.", 128)] = None
    diastolic: Annotated[int | None, Says("Diastolic pressure, mmHg.", 82)] = None
    heart_rate: Annotated[int | None, Says("Heart rate, /min.", 76)] = None
    respiratory_rate: Annotated[int | None, Says("Breaths, /min.", 14)] = None
    spo2: Annotated[int | None, Says("Oxygen saturation, %.", 98)] = None
    etco2: Annotated[int | None, Says("End-tidal CO₂, mmHg.")] = None
    temperature_c: Annotated[Decimal | None, Says("Temperature, °C.", "36.8")] = None
    pain: Annotated[int | None, Says("Pain, 0 to 10.")] = None
    nausea: Annotated[int | None, Says("Nausea, 0 to 10.")] = None
    dissociation: Annotated[int | None, Says("How detached the patient feels, 0 to 10.")] = None
    rass: Annotated[int | None, Says("Sedation, RASS −5 to +4.")] = None
    moaas: Annotated[int | None, Says("Alertness, MOAA/S 0 to 5, where the clinic uses it.")] = None
    oxygen_l_min: Annotated[Decimal | None, Says("Supplemental oxygen, L/min.")] = None
    oriented: Annotated[int | None, Says("Oriented to how many of name, place, day, why.")] = None
    source: Annotated[Source, Says("Where the values come from.")] = "typed"
    by_sign: Annotated[tuple[SignSource, ...], Says("Values that come from somewhere else.")] = ()
    confirmed: Annotated[bool, Says("An unusual value was measured and read again.")] = False
    note: Annotated[str, Says("Anything else.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VitalsMissed(Fact):
    """A due set was not done, and why. It prints; it is never left out."""

    KIND: ClassVar[str] = "vitals-missed"

    reason: Annotated[str, Says("Why it was not done.", "patient in the bathroom")]
    due_at: Annotated[datetime | None, Says("Which due time it answers.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectNoted(Fact):
    """A side effect began, changed its grade, or ended (grade 0)."""

    KIND: ClassVar[str] = "effect-noted"

    effect: Annotated[str, Says("Code from the list effect.", "nausea")]
    grade: Annotated[int, Says("0 gone, 1 mild, 2 moderate, 3 severe, 4 life-threatening.")]
    standard: Annotated[
        str, Says("By which edition it was graded; the grade is no alarm limit.", "CTCAE v6.0")
    ] = ""
    note: Annotated[str, Says("What was seen or said.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureTaken(Fact):
    """Something was done that is not a medicine."""

    KIND: ClassVar[str] = "measure-taken"

    measures: Annotated[tuple[str, ...], Says("Codes from the list measure, or words.")]
    effect: Annotated[str, Says("The side effect it was for.")] = ""
    oxygen_l_min: Annotated[Decimal | None, Says("Oxygen that was given, L/min.")] = None
    note: Annotated[str, Says("Anything else.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicineGiven(Fact):
    """A medicine other than ketamine was given."""

    KIND: ClassVar[str] = "medicine-given"

    medicine: Annotated[str, Says("Generic name, lower case.", "ondansetron")]
    dose: Annotated[Decimal, Says("Amount, without its unit.", "4")]
    unit: Annotated[str, Says("Unit.", "mg")]
    route: Annotated[str, Says("Route.", "IV")] = "IV"
    over_min: Annotated[Minutes | None, Says("Given over, minutes.")] = None
    indication: Annotated[str, Says("What for; a code from the list effect, or words.")] = ""
    against: Annotated[
        Literal["prn-order", "adjunct", "telephone-order", "emergency"], Says("What allows it.")
    ] = "prn-order"
    lot: Annotated[str, Says("Lot.")] = ""
    despite: Annotated[str, Says("Why, when an allergy or the order stands against it.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FluidGiven(Fact):
    """Fluid was given by vein or by mouth."""

    KIND: ClassVar[str] = "fluid-given"

    fluid: Annotated[str, Says("What.", "0.9 % saline")]
    volume_ml: Annotated[Ml, Says("How much, mL.")]
    route: Annotated[Literal["IV", "oral"], Says("How.")] = "IV"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseNoted(Fact):
    """How the patient answered to a medicine or a measure."""

    KIND: ClassVar[str] = "response-noted"

    entry: Annotated[str, Says("Id of the entry it answers.")]
    response: Annotated[str, Says("What changed.", "nausea 5 to 3, no vomiting")]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallMade(Fact):
    """A call to the prescriber or anyone else about this visit."""

    KIND: ClassVar[str] = "call-made"

    to: Annotated[str, Says("Who.", "Dr A. Okafor")]
    phone: Annotated[str, Says("By which phone.")] = ""
    reached: Annotated[bool, Says("They were reached.")] = True
    about: Annotated[str, Says("What about.")] = ""
    said: Annotated[str, Says("What was said or ordered.")] = ""
    read_back: Annotated[bool, Says("The order was read back.")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteWritten(Fact):
    """Anything else worth writing."""

    KIND: ClassVar[str] = "note-written"

    text: Annotated[str, Says("The note.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertAnswered(Fact):
    """An alert was seen, and what was done about it."""

    KIND: ClassVar[str] = "alert-answered"

    alert: Annotated[str, Says("Code of the alert.", "systolic-pause")]
    action: Annotated[str, Says("What was done, or why nothing.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertSnoozed(Fact):
    """An alert was put off for some minutes; one that asks to stop cannot be."""

    KIND: ClassVar[str] = "alert-snoozed"

    alert: Annotated[str, Says("Code of the alert.", "vitals-overdue")]
    for_min: Annotated[int, Says("For how many minutes.")]
    reason: Annotated[str, Says("Why it can wait.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleScored(Fact):
    """A questionnaire or scale was scored. Where its text is protected, the total alone is kept."""

    KIND: ClassVar[str] = "scale-scored"

    scale: Annotated[str, Says("Code of the scale.", "phq-9")]
    total: Annotated[int, Says("The total.")]
    answers: Annotated[
        tuple[int, ...], Says("One number for each item, in its order; empty: total only.")
    ] = ()
    asked_in: Annotated[Literal["en", "es"], Says("In which language it was asked.")] = "en"
    filled_on: Annotated[date | None, Says("The day of the clinic's own form.")] = None
    note: Annotated[str, Says("MIDAS A and B, or anything else.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyDeclared(Fact):
    """An emergency began."""

    KIND: ClassVar[str] = "emergency-declared"

    why: Annotated[str, Says("What is happening, in words a dispatcher understands.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyStep(Fact):
    """One act in an emergency, stamped as it was done."""

    KIND: ClassVar[str] = "emergency-step"

    step: Annotated[str, Says("Code from the list emergency-step, or words.")]
    note: Annotated[str, Says("Anything else.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyEnded(Fact):
    """The emergency was over, or handed over."""

    KIND: ClassVar[str] = "emergency-ended"

    outcome: Annotated[str, Says("How it ended.")]
