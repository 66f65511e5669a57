"""What stood before the infusion, for whoever takes over: history, medicines, food, people."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from ketachart.domain.facts import (
    AccessPlaced,
    AccessRemoved,
    IntakeRecorded,
    MedicinesListed,
    ScreeningAnswered,
)
from ketachart.domain.facts.arrival import HomeMedicine
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, day_and_clock

UNKNOWN = "not known"
_PREGNANT = "contra-pregnant"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to call: what they are, the name, the number."""

    role: str
    name: str
    phone: str


def background(visit: Visit, now: datetime) -> tuple[tuple[str, str], ...]:
    """Each line with its heading; what was not asked is said not to be known."""
    return (
        ("Why treated", _why(visit)),
        ("History", _history(visit)),
        ("Medicines", home_medicines(visit, now)),
        ("Last food, drink", _intake(visit, now)),
        ("IV access", _access(visit)),
        ("Pregnancy", _pregnancy(visit)),
    )


def home_medicines(visit: Visit, now: datetime) -> str:
    """What the patient takes at home, as it was told last: “topiramate 50 mg, last 07:30”."""
    told = visit.last_fact(MedicinesListed)
    if told is None:
        return UNKNOWN
    if not told.medicines:
        return "none, as asked"
    return "; ".join(_taken(one, now) for one in told.medicines)


def _taken(one: HomeMedicine, now: datetime) -> str:
    last = f", last {day_and_clock(one.last, beside=now.date())}" if one.last else ""
    return " ".join(filter(None, (one.name, one.dose))) + last


def _why(visit: Visit) -> str:
    order = visit.order
    if order is None:
        return UNKNOWN
    goal = visit.protocol.goal(order.goal)
    return goal.label if goal is not None else order.goal


def _history(visit: Visit) -> str:
    """What was answered with more than “clear”, in the words that were noted."""
    last = {fact.item: fact for fact in visit.facts(ScreeningAnswered)}
    if not last:
        return UNKNOWN
    told = []
    for fact in last.values():
        item = visit.protocol.item(fact.item)
        if fact.answer != "clear" and item is not None:
            told.append(f"{item.question}: {fact.note}")
    return "; ".join(told) or "nothing told at the screening"


def _intake(visit: Visit, now: datetime) -> str:
    told = list(_meals(visit, now))
    return ", ".join(told) if told else UNKNOWN


def _meals(visit: Visit, now: datetime) -> Iterator[str]:
    fact = visit.last_fact(IntakeRecorded)
    if fact is None:
        return
    for name, at in (
        ("solid", fact.solid_at), ("fatty", fact.fatty_at), ("clear liquid", fact.clear_at),
    ):  # fmt: skip
        if at is not None:
            yield f"{name} {day_and_clock(at, beside=now.date())}"


def _access(visit: Visit) -> str:
    placed, out = visit.last(AccessPlaced), visit.last(AccessRemoved)
    if placed is None:
        return UNKNOWN
    fact = placed.fact
    state = "patent" if fact.patent else "not patent"
    where = f"{fact.gauge} G {fact.side} {fact.site}, {clock(placed.at)}"
    if out is not None and out.at >= placed.at:
        return f"{where}, taken out {clock(out.at)}"
    return f"{where}, {state}"


def _pregnancy(visit: Visit) -> str:
    patient = visit.patient
    if patient is not None and patient.sex == "M":
        return "does not apply"
    told = [fact for fact in visit.facts(ScreeningAnswered) if fact.item == _PREGNANT]
    if not told:
        return UNKNOWN
    word = {"clear": "no"}.get(told[-1].answer, "possible")
    return ", ".join(filter(None, (word, told[-1].note)))


def people(visit: Visit) -> Iterator[Person]:
    """Whom to call: nurse, prescriber, clinic, and the adult with the patient."""
    nurse, order, clinic, adult = visit.nurse, visit.order, visit.clinic, visit.adult
    name = f"{nurse.name}, {nurse.credential}" if nurse else UNKNOWN
    yield Person("Nurse, here", name, (nurse.phone if nurse else "") or UNKNOWN)
    who = order.prescriber if order else None
    yield Person("Prescriber", who.name if who else UNKNOWN, (who.phone if who else "") or UNKNOWN)
    yield Person(
        "Clinic", clinic.name if clinic else UNKNOWN, (clinic.phone if clinic else "") or UNKNOWN
    )
    with_patient = ", ".join(filter(None, (adult.name, adult.relation))) if adult else UNKNOWN
    yield Person("Adult, here", with_patient, (adult.phone if adult else "") or UNKNOWN)
