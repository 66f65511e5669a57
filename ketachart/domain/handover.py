"""What the ambulance crew is handed on one page: who, what is wrong, which drug, how it stands.

Made from whatever is on file. What is missing is said to be missing, in the place where it would
stand, and never stops the sheet.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from ketachart.domain.audit import words
from ketachart.domain.background import UNKNOWN, Person, background, people
from ketachart.domain.counts import balance
from ketachart.domain.course import baseline
from ketachart.domain.delivered import Delivery
from ketachart.domain.effects import medicine_text, open_effects
from ketachart.domain.emergency import open_emergency
from ketachart.domain.facts import (
    BolusGiven,
    CallMade,
    EffectNoted,
    EmergencyDeclared,
    EmergencyEnded,
    EmergencyStep,
    Fact,
    FluidGiven,
    InfusionPaused,
    InfusionResumed,
    InfusionStarted,
    InfusionStopped,
    MeasureTaken,
    MedicineGiven,
    NoteWritten,
    PatientReleased,
    RateSet,
    ResponseNoted,
    VitalsTaken,
)
from ketachart.domain.infusion import delivery, per_kg
from ketachart.domain.visit import Entry, Visit
from ketachart.domain.wording import (
    DASH,
    age,
    clock,
    day,
    decimal_text,
    length,
    weight,
    with_unit,
)

MOST_VITALS = 6
TOLD: tuple[type[Fact], ...] = (
    InfusionStarted, RateSet, InfusionPaused, InfusionResumed, InfusionStopped, BolusGiven,
    EffectNoted, MeasureTaken, MedicineGiven, FluidGiven, ResponseNoted, CallMade, NoteWritten,
    EmergencyDeclared, EmergencyStep, EmergencyEnded, PatientReleased,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SignsRow:
    """One set of vitals as the crew reads it: the time, and each value or a dash."""

    at: str
    values: tuple[str, ...]  # BP, pulse, SpO₂, breaths, awake


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """The sheet as plain words, from its head to its foot."""

    made: str
    standing: str
    practice: bool
    name: str
    who: str
    where: str
    door: str
    allergies: tuple[str, ...]
    wrong: str
    drug: str
    drug_lines: tuple[str, ...]
    vitals: tuple[SignsRow, ...]
    done: tuple[tuple[str, str], ...]
    background: tuple[tuple[str, str], ...]
    people: tuple[Person, ...]
    foot: str


SIGN_HEADS = ("BP", "pulse", "SpO₂", "breaths", "awake")


def handover(visit: Visit, now: datetime) -> Handover:
    """Everything the crew is handed, as of that moment."""
    patient, opened = visit.patient, visit.opened
    number = opened.visit if opened else "visit without a number"
    mrn = f"MRN {patient.mrn}" if patient and patient.mrn else f"MRN {UNKNOWN}"
    run = delivery(visit, now)
    return Handover(
        made=f"Made {clock(now)}, {day(now.date())}",
        standing=_standing(visit),
        practice=bool(opened and opened.practice),
        name=patient.listed_name if patient else f"Name {UNKNOWN}",
        who=_who(visit, now),
        where=(patient.address if patient else "") or f"Address {UNKNOWN}",
        door=_door(visit),
        allergies=_allergies(visit),
        wrong=_wrong(visit),
        drug=_drug(visit, run, now),
        drug_lines=tuple(_drug_lines(visit, run, now)),
        vitals=_vitals(visit, now),
        done=_done(visit, now),
        background=background(visit, now),
        people=tuple(people(visit)),
        foot=f"{mrn}, {number}. Typed by the nurse during the visit; local times.",
    )


def _standing(visit: Visit) -> str:
    signed = visit.signed
    if signed is None:
        return "visit still open, not yet reviewed"
    return f"this sheet is not signed; the record was, {clock(signed.at)}"


# ------------------------------------------------------------------ who and where


def _who(visit: Visit, now: datetime) -> str:
    patient, weighed = visit.patient, visit.weight
    heavy = "weight not measured"
    if weighed is not None:
        told = " as told" if weighed.how == "stated" else ""
        heavy = weight(weighed.weight_kg) + told
    if patient is None:
        return f"Age and sex {UNKNOWN}, {heavy}"
    years = age(patient.birth_date, now.date())
    sex = {"F": "female", "M": "male", "X": "sex X"}[patient.sex]
    return f"{years} years, {sex}, born {day(patient.birth_date)}, {heavy}"


def _door(visit: Visit) -> str:
    access = visit.patient.access if visit.patient else ""
    nurse = visit.nurse.phone if visit.nurse else ""
    call = f"Call back {nurse} (nurse)" if nurse.strip() else f"Nurse's phone {UNKNOWN}"
    return f"{call}. {access}".strip()


def _allergies(visit: Visit) -> tuple[str, ...]:
    patient = visit.patient
    if patient is None or not (patient.allergies or patient.no_known_allergies):
        return ("NOT KNOWN: not asked",)
    if not patient.allergies:
        return ("No known allergies",)
    return tuple(": ".join(filter(None, (a.substance, a.reaction))) for a in patient.allergies)


# ------------------------------------------------------------------ what is wrong, and the drug


def _wrong(visit: Visit) -> str:
    declared = open_emergency(visit) or visit.last(EmergencyDeclared)
    if declared is not None and declared.fact.why.strip():
        why = declared.fact.why.strip().rstrip(".")
        return f"{why[:1].upper()}{why[1:]}, since {clock(declared.at)}"
    still = [
        f"{effect.label}, {visit.protocol.step('grade', effect.now)} since "
        f"{clock(effect.grades[-1].at)}"
        for effect in sorted(open_effects(visit), key=lambda effect: -effect.now)
    ]
    if declared is not None:
        still.insert(0, f"Emergency since {clock(declared.at)}, cause {UNKNOWN}")
    return "; ".join(still) or "Not known: no emergency and no side effect is charted"


def _drug(visit: Visit, run: Delivery, now: datetime) -> str:
    """The dose with what it is for this patient; an unknown strength is never a dose of nothing."""
    if run.started_at is None and not run.boluses:
        return "No ketamine is charted"
    given = balance(visit, now).given
    unknown = any(s.delivering and s.strength is None for s in run.segments)
    if unknown and not given.above_zero:
        return f"Ketamine IV, amount {UNKNOWN}: the strength is not on file"
    share = per_kg(visit, given)
    kilo = f" ({with_unit(share)})" if share is not None else " (weight not measured)"
    return f"Ketamine IV {'at least ' if unknown else ''}{with_unit(given)}{kilo}"


def _drug_lines(visit: Visit, run: Delivery, now: datetime) -> Iterator[str]:
    if run.started_at is not None or run.boluses:
        yield _pump(run, now)
        rates = _rates(visit, now)
        if rates:
            yield rates
    boluses = ", ".join(f"{with_unit(b.mg)} {clock(b.at)}" for b in run.boluses[-4:])
    if boluses:
        yield f"Boluses of ketamine: {boluses}"
    given = [
        f"{medicine_text(e.fact)} {clock(e.at)}" for e in visit.of(MedicineGiven) if e.at <= now
    ]
    given += [
        f"{e.fact.fluid} {with_unit(e.fact.volume_ml)} {e.fact.route} {clock(e.at)}"
        for e in visit.of(FluidGiven)
        if e.at <= now
    ]
    told = "; ".join(given[-8:])
    yield f"Other: {told}" if told else "No other medicine and no fluid is charted"


def _pump(run: Delivery, now: datetime) -> str:
    strength = f"{with_unit(run.strength)} in the bag"
    if run.strength is None:
        strength = f"strength {UNKNOWN}"
    began = clock(run.started_at) if run.started_at else clock(run.boluses[0].at)
    last = run.last_drug_at
    ago = f"{clock(last)} ({length(now - last)} ago)" if last is not None else UNKNOWN
    state = {
        "running": f"still running at {with_unit(run.rate)}",
        "paused": f"paused {clock(run.paused_at)}",
        "stopped": f"stopped {clock(run.stopped_at)}",
        "not-started": "no infusion",
    }[run.state]
    tail = "" if run.state == "running" else f". Last ketamine {ago}"
    return f"From {began}, {state}{tail}. {strength[:1].upper()}{strength[1:]}"


def _rates(visit: Visit, now: datetime) -> str:
    set_at: tuple[InfusionStarted | RateSet | InfusionResumed, ...] = (
        *visit.facts(InfusionStarted), *visit.facts(RateSet), *visit.facts(InfusionResumed),
    )  # fmt: skip
    acts = [(fact.at, with_unit(fact.rate_ml_h)) for fact in set_at if fact.at <= now]
    acts += [(entry.at, "paused") for entry in visit.of(InfusionPaused) if entry.at <= now]
    told = [f"{words} {clock(at)}" for at, words in sorted(acts)]
    earlier = "… " if len(told) > 6 else ""
    return f"Rates: {earlier}{', '.join(told[-6:])}" if told else ""


# ------------------------------------------------------------------ vitals, what was done


def _vitals(visit: Visit, now: datetime) -> tuple[SignsRow, ...]:
    """The last sets, the newest first; the baseline stands last where there is room for one."""
    sets = [entry for entry in visit.of(VitalsTaken) if entry.at <= now]
    base = baseline(visit)
    shown = sets[-MOST_VITALS:]
    if base is not None and base.at <= now and base not in shown:
        shown = [base, *shown[1:]]
    return tuple(_row(visit, entry, base) for entry in reversed(shown))


def _row(visit: Visit, entry: Entry[VitalsTaken], base: Entry[VitalsTaken] | None) -> SignsRow:
    fact = entry.fact
    pressure = DASH
    if fact.systolic is not None or fact.diastolic is not None:
        pressure = f"{_figure(fact.systolic)}/{_figure(fact.diastolic)}"
    oxygen = f" with {decimal_text(fact.oxygen_l_min)} L O₂" if fact.oxygen_l_min else ""
    spo2 = DASH if fact.spo2 is None else f"{fact.spo2} %{oxygen}"
    awake = visit.protocol.step("rass", fact.rass) if fact.rass is not None else DASH
    if base is not None and entry.id == base.id:
        awake = "baseline" if awake == DASH else f"baseline, {awake}"
    return SignsRow(
        clock(entry.at),
        (pressure, _figure(fact.heart_rate), spo2, _figure(fact.respiratory_rate), awake),
    )


def _figure(value: int | Decimal | None) -> str:
    return DASH if value is None else str(value)


def _done(visit: Visit, now: datetime) -> tuple[tuple[str, str], ...]:
    """Everything that happened beside the vitals, the first first: time and words."""
    return tuple(
        (clock(entry.at), _words(visit, entry))
        for entry in visit.standing
        if isinstance(entry.fact, TOLD) and entry.at <= now
    )


def _words(visit: Visit, entry: Entry[Fact]) -> str:
    title, detail = words(visit, entry.fact)
    if isinstance(entry.fact, (EmergencyStep, EffectNoted, MeasureTaken)):
        return detail
    if isinstance(entry.fact, EmergencyDeclared):
        return f"Emergency: {detail}"
    return f"{title}: {detail}" if detail else title
