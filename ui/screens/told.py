"""A visit in the few words of strip, steps and limits; shared by every screen of it."""

from datetime import datetime, timedelta

from ketachart.domain.course import Phase, ended_at, last_drug_at, phase_at, stopped_at
from ketachart.domain.dose.dosing_weight import planned_dose
from ketachart.domain.facts import ScreeningConcluded, WeightMeasured
from ketachart.domain.found.findings import standing
from ketachart.domain.infusion import delivery
from ketachart.domain.limits import limits_in_force, sign_text
from ketachart.domain.ordered_monitoring import observation_needed
from ketachart.domain.readiness import readiness_short
from ketachart.domain.screening import screening
from ketachart.domain.visit import Visit
from ketachart.domain.wording import (
    age,
    clock,
    count,
    day,
    hours_and_minutes,
    pounds,
    short_day,
    with_unit,
)
from ui.tokens import Tone
from ui.widgets.key_value import KeyValue
from ui.widgets.patient_strip import StripFacts


def strip_facts(visit: Visit) -> StripFacts:
    """The patient as the strip shows them."""
    patient, order, weight = visit.patient, visit.order, visit.weight
    if patient is None:
        return StripFacts("No patient", "", ("Allergies not asked",), allergic=True)
    today = visit.standing[-1].at.date() if visit.standing else patient.birth_date
    identity = (
        f"Born {day(patient.birth_date)} ({age(patient.birth_date, today)} y)   {patient.sex}   "
        f"MRN {patient.mrn}"
    )
    allergies: tuple[str, ...] = tuple(
        f"Allergy: {a.substance}" + (f" ({a.reaction})" if a.reaction else "")
        for a in patient.allergies
    )
    if not allergies:
        known = patient.no_known_allergies
        allergies = ("No known allergy, asked",) if known else ("Allergies not asked",)
    dose, ordered = "", ""
    if order is not None:
        planned = planned_dose(visit)
        per_kg = with_unit(order.dose_mg_per_kg)
        amount = f"{with_unit(planned)} " if planned is not None else ""
        over = with_unit(order.duration_min)
        dose = f"Ketamine {amount}over {over} ({per_kg})"
        ordered = f"Order, {order.prescriber.name}, {short_day(order.ordered_on)}"
    return StripFacts(
        name=patient.full_name,
        identity=identity,
        allergies=allergies,
        allergic=bool(patient.allergies) or not patient.no_known_allergies,
        weight=with_unit(weight.weight_kg) if weight else "",
        weighed=_weighed(weight),
        order=dose,
        ordered=ordered,
    )


def _weighed(fact: WeightMeasured | None) -> str:
    """How the weight is known, with the pounds: home scales are often in pounds."""
    if fact is None:
        return "Weight today"
    known = "Weight, told" if fact.how == "stated" else "Weight today"
    return f"{known}, {pounds(fact.weight_kg)}"


def step_sub(visit: Visit, phase: Phase, now: datetime) -> str:
    """The small line under a phase's name."""
    return {
        "screening": _screening,
        "order": _order,
        "infusion": _infusion,
        "observation": _observation,
        "instructions": _instructions,
        "sign": _sign,
    }[phase](visit, now)


def _screening(visit: Visit, now: datetime) -> str:
    concluded = visit.last(ScreeningConcluded)
    if concluded is not None:
        word = "Done" if concluded.fact.verdict == "go" else "No go"
        return f"{word} {clock(concluded.at)}"
    state = screening(visit, now)
    return f"{state.answered} of {len(state.items)} answered"


def _order(visit: Visit, _now: datetime) -> str:
    if visit.order is None:
        return "No order"
    run = delivery(visit, _now)
    return "Checked" if run.started_at is not None else "Arithmetic and pump"


def _infusion(visit: Visit, now: datetime) -> str:
    run = delivery(visit, now)
    if run.started_at is None:
        return "Rate and vitals"
    if run.stopped_at is not None:
        return f"Ended {clock(run.stopped_at)}"
    if run.paused_at is not None:
        return f"Paused {clock(run.paused_at)}"
    return f"{hours_and_minutes(run.elapsed)} so far"


def _observation(visit: Visit, now: datetime) -> str:
    stop, last = stopped_at(visit), last_drug_at(visit, now)
    observe = observation_needed(visit) // timedelta(minutes=1)
    if stop is None or last is None:
        return f"{observe} min after end"
    end = ended_at(visit)
    return f"Released {clock(end)}" if end else readiness_short(visit, now)


def _instructions(visit: Visit, _now: datetime) -> str:
    from ketachart.domain.instructions import told

    items = told(visit)
    heard = sum(item.heard for item in items)
    return f"{heard} of {len(items)} said back"


def _sign(visit: Visit, now: datetime) -> str:
    if visit.signed is not None:
        return f"Signed {clock(visit.signed.at)}"
    if phase_at(visit) != "sign":
        return "Nurse and patient"
    left = len(standing(visit, now))
    return f"{count(left, 'point')} to settle" if left else "Ready to sign"


def limit_facts(visit: Visit) -> tuple[KeyValue, ...]:
    """The limits that ask for a pause, in a few words."""
    rows = []
    protocol = visit.protocol
    wanted = {("systolic", "above"), ("spo2", "below"), ("rass", "at_most")}
    for limit in limits_in_force(visit):
        if limit.when != "during" or limit.level != "pause":
            continue
        for side, word in (("above", "over"), ("below", "under"), ("at_most", "or lower")):
            value = getattr(limit, side)
            if value is None or (limit.sign, side) not in wanted:
                continue
            sign = protocol.sign(limit.sign)
            shown = sign_text(sign, value)
            over_under = f"{sign.short} {word} {shown} {sign.unit}"  # pressure and SpO₂
            name = f"RASS {shown} {word}" if side == "at_most" else over_under
            tone: Tone = "danger"
            rows.append(KeyValue(name, "pause", tone))
    planned = planned_dose(visit)
    if planned is not None:
        rows.append(KeyValue(f"Total {with_unit(planned)}", "stop", "danger"))
    return tuple(rows)
