"""What is read aloud to a 911 dispatcher: spoken words, in the order in which they are asked.

Made from whatever is on file; what is missing is said to be missing and never stops the reading
(design notes, screens.md section H; features.md idea 8).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from ketachart.domain.background import UNKNOWN, home_medicines
from ketachart.domain.counts import balance
from ketachart.domain.delivered import Delivery
from ketachart.domain.emergency import open_emergency
from ketachart.domain.facts import EmergencyDeclared, MedicineGiven
from ketachart.domain.infusion import delivery
from ketachart.domain.limits import Reading, readings
from ketachart.domain.policy import SignCode
from ketachart.domain.visit import Visit
from ketachart.domain.wording import MINUS, age, amount, clock, count, decimal_text

LineCode = Literal["where", "door", "call-back", "who", "what", "drug", "vitals", "home", "allergy"]
MISSING = "Not recorded."
SEXES = {"F": "woman", "M": "man", "X": "person"}
UNITS = {
    "mg": "milligrams",
    "mcg": "micrograms",
    "µg": "micrograms",
    "g": "grams",
    "mL": "milliliters",
}
ROUTES = {
    "IV": "by vein",
    "IM": "into the muscle",
    "PO": "by mouth",
    "oral": "by mouth",
    "SL": "under the tongue",
    "IN": "into the nose",
    "SC": "under the skin",
}
# What a dispatcher asks for, in the order in which it is asked.
ASKED: tuple[SignCode, ...] = (
    "systolic", "diastolic", "heart_rate", "spo2", "respiratory_rate", "rass",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """One line to read aloud: what it answers, and the words."""

    code: LineCode
    label: str
    text: str


def script(visit: Visit, now: datetime) -> tuple[SpokenLine, ...]:
    """What is read to the dispatcher, line by line, in the order in which it is asked."""
    return (
        SpokenLine("where", "Where", _sentence(visit.patient.address if visit.patient else "")),
        SpokenLine("door", "Door", _door(visit)),
        SpokenLine("call-back", "Call back", _call_back(visit)),
        SpokenLine("who", "Who", _who(visit, now)),
        SpokenLine("what", "What", _what(visit)),
        SpokenLine("drug", "Drug", _drug(visit, now)),
        SpokenLine("allergy", "Allergy", _allergy(visit)),
        SpokenLine("vitals", "Vitals", _vitals(visit, now)),
        SpokenLine("home", "Takes", _takes(visit, now)),
    )


def _sentence(text: str) -> str:
    """A text with a capital and one full stop; “Not recorded.” for none."""
    text = text.strip().rstrip(".")
    return f"{text[:1].upper()}{text[1:]}." if text else MISSING


def _door(visit: Visit) -> str:
    access = visit.patient.access if visit.patient else ""
    adult = visit.adult
    who = ", ".join(filter(None, (adult.name, adult.relation, adult.phone))) if adult else ""
    there = f" The adult with the patient is {who}." if who else ""
    return _sentence(access) + there


def _call_back(visit: Visit) -> str:
    nurse, patient = visit.nurse, visit.patient
    name = f"nurse {nurse.name}" if nurse else "the nurse"
    if nurse is not None and nurse.phone.strip():
        return f"{nurse.phone.strip()}, {name}."
    if patient is not None and patient.phone.strip():
        return f"{patient.phone.strip()}, the patient's phone, for {name}."
    return f"{MISSING} Ask for {name}."


def _who(visit: Visit, now: datetime) -> str:
    patient, weight = visit.patient, visit.weight
    if patient is None:
        return MISSING
    kg = f"{amount(weight.weight_kg, 0)} kilograms" if weight else "weight not measured"
    years = f"{age(patient.birth_date, now.date())} years"
    return f"{', '.join((patient.full_name, SEXES[patient.sex], years, kg))}."


def _what(visit: Visit) -> str:
    declared = open_emergency(visit) or visit.last(EmergencyDeclared)
    if declared is None:
        return MISSING
    return f"{_sentence(declared.fact.why)} Since {clock(declared.at)}."


def _drug(visit: Visit, now: datetime) -> str:
    parts = [_ketamine(visit, now)]
    parts += [_medicine(fact) for fact in visit.facts(MedicineGiven) if fact.at <= now]
    return " ".join(parts)


def _ketamine(visit: Visit, now: datetime) -> str:
    run = delivery(visit, now)
    began = min(
        (at for at in (run.started_at, *(b.at for b in run.boluses)) if at is not None),
        default=None,
    )
    if began is None:
        return "No ketamine is charted."
    minutes = int((now - began).total_seconds()) // 60
    since = f"since {clock(began)}, {count(minutes, 'minute')} ago"
    return f"Ketamine by vein, {_total(visit, run, now)} {since}. {_pump(run)}".strip()


def _total(visit: Visit, run: Delivery, now: datetime) -> str:
    """The dose in words; a bag whose strength is not on file makes it unknown, never nothing."""
    given = balance(visit, now).given
    unknown = any(s.delivering and s.strength is None for s in run.segments)
    if unknown and not given.above_zero:
        return "amount not recorded,"
    least = "at least " if unknown else ""
    return f"{least}{_spoken(amount(given), 'mg')} in all"


def _pump(run: Delivery) -> str:
    match run.state:
        case "running":
            return "The pump is still running."
        case "paused":
            return f"Paused {clock(run.paused_at)}."
        case "stopped":
            return f"Stopped {clock(run.stopped_at)}."
        case "not-started":
            return ""


def _medicine(fact: MedicineGiven) -> str:
    dose = _spoken(decimal_text(fact.dose), fact.unit)
    name = f"{fact.medicine[:1].upper()}{fact.medicine[1:]}"
    return f"{name} {dose} {ROUTES.get(fact.route, fact.route)} at {clock(fact.at)}."


def _spoken(number: str, unit: str) -> str:
    """An amount as it is said: “1 milligram”, “22.6 milligrams”."""
    word = UNITS.get(unit, unit)
    return f"{number} {word.removesuffix('s') if number == '1' and unit in UNITS else word}"


def _takes(visit: Visit, now: datetime) -> str:
    """What the patient takes at home, as it was told."""
    told = home_medicines(visit, now)
    return MISSING if told == UNKNOWN else _sentence(told)


def _vitals(visit: Visit, now: datetime) -> str:
    """The newest value of every sign that is asked for, under the time it was read."""
    newest: dict[SignCode, Reading] = {}
    for reading in readings(visit):
        if reading.sign in ASKED:
            newest[reading.sign] = reading
    if not newest:
        return MISSING
    times = sorted({reading.at for reading in newest.values()}, reverse=True)
    return " ".join(
        f"{clock(at) if place else _when(at, now)}: "
        f"{', '.join(_signs(visit, {s: r for s, r in newest.items() if r.at == at}))}."
        for place, at in enumerate(times)
    )


def _when(at: datetime, now: datetime) -> str:
    """How old the newest reading is, once it is not of this minute: “6 minutes ago”."""
    minutes = int((now - at).total_seconds()) // 60
    return f"{count(minutes, 'minute')} ago" if minutes > 0 else clock(at)


def _signs(visit: Visit, read: dict[SignCode, Reading]) -> Iterator[str]:
    names: tuple[tuple[SignCode, str], ...] = (
        ("heart_rate", "pulse {}"),
        ("spo2", "oxygen {} percent"),
        ("respiratory_rate", "breaths {}"),
    )
    upper, lower = read.get("systolic"), read.get("diastolic")
    if upper is not None and lower is not None:
        yield f"pressure {upper.value} over {lower.value}"
    elif upper is not None:
        yield f"upper pressure {upper.value}"
    elif lower is not None:
        yield f"lower pressure {lower.value}"
    for code, said in names:
        if code in read:
            yield said.format(read[code].value)
    if "rass" in read:
        yield _sedation(visit, read["rass"].value)


def _sedation(visit: Visit, value: Decimal) -> str:
    """The step of the scale in its own words: “drowsy”, not a number with a minus."""
    step = visit.protocol.step("rass", int(value))
    return step or f"sedation {decimal_text(value).replace('-', MINUS)}"


def _allergy(visit: Visit) -> str:
    patient = visit.patient
    if patient is None or not (patient.allergies or patient.no_known_allergies):
        return MISSING
    if not patient.allergies:
        return "No known allergies."
    return " ".join(
        _sentence(", ".join(filter(None, (a.substance, a.reaction)))) for a in patient.allergies
    )
