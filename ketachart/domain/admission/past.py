"""Rules for earlier infusions that are told: a day that has been, numbers that can be."""

from collections.abc import Callable
from datetime import datetime
from fractions import Fraction
from typing import Any

from ketachart.domain.facts import Fact, InfusionElsewhere, PastInfusion, PastRecorded
from ketachart.domain.instructions import local, zone_of
from ketachart.domain.visit import Visit
from ketachart.domain.wording import day, with_unit
from ketachart.errors import Refused

TWICE = Fraction(2)


def elsewhere(visit: Visit, fact: InfusionElsewhere, now: datetime) -> None:
    """The day is past, the times in order, the numbers possible and fit for each other."""
    one = fact.infusion
    _day(visit, one, now)
    _times(visit, one)
    for score, field in ((one.pain_start, "pain_start"), (one.pain_end, "pain_end")):
        if score is not None and not 0 <= score <= 10:
            raise Refused("Pain runs from 0 to 10.", rule="score", field=field)
    if not 0 <= one.worst_grade <= 4:
        raise Refused("Grades run from 0 to 4.", rule="grade", field="worst_grade")
    if one.worst_grade and not one.worst_effect.strip():
        raise Refused(
            "Name the side effect that the grade is of.",
            rule="effect missing",
            field="worst_effect",
        )
    if one.series_number is not None and one.series_number < 1:
        raise Refused(
            "Infusions count from 1. Check the number.", rule="series number", field="series_number"
        )
    _doses(visit, one)


def _day(visit: Visit, one: PastInfusion, now: datetime) -> None:
    today = local(now, zone_of(visit)).date()
    if one.on > today:
        raise Refused(
            f"{day(one.on)} has not been yet. Enter the day it was given.",
            rule="in the future",
            field="on",
        )
    if visit.patient is not None and one.on <= visit.patient.birth_date:
        raise Refused(
            f"{day(one.on)} is before the patient's birth. Check the year.",
            rule="before birth",
            field="on",
        )


def _times(visit: Visit, one: PastInfusion) -> None:
    start, end = one.started_at, one.ended_at
    if start is not None and end is not None and end < start:
        raise Refused("It ended before it began. Check the times.", rule="times", field="ended_at")
    first = start or end
    if first is not None and local(first, zone_of(visit)).date() != one.on:
        raise Refused(
            f"The time is not of {day(one.on)}. Check day and time.", rule="times", field="on"
        )


def _doses(visit: Visit, one: PastInfusion) -> None:
    """Above zero; mg and mg/kg come to about today's weight, so that a slip by ten is named."""
    total, per_kg = one.delivered_mg, one.delivered_mg_per_kg
    for dose, field in ((total, "delivered_mg"), (per_kg, "delivered_mg_per_kg")):
        if dose is not None and not dose.above_zero:
            raise Refused(
                "A dose is above zero; leave it empty where it is not known.",
                rule="above zero",
                field=field,
            )
    if total is None or per_kg is None or visit.weight is None:
        return
    meant = total.amount / per_kg.amount
    here = visit.weight.weight_kg
    if not here.amount / TWICE <= meant <= here.amount * TWICE:
        raise Refused(
            f"{with_unit(total)} and {with_unit(per_kg)} do not fit a patient of "
            f"{with_unit(here)}. Check the decimal points and the units.",
            rule="doses do not fit",
            field="delivered_mg_per_kg",
        )


def recorded(_visit: Visit, fact: PastRecorded, _now: datetime) -> None:
    """What is copied was counted and measured: this visit counts, and no dose is below zero."""
    if fact.visits_here is not None and fact.visits_here < 1:
        raise Refused(
            "The visits at an address include this one. Count from 1, or leave it empty.",
            rule="visits here",
            field="visits_here",
        )
    for one in fact.infusions:
        for dose in (one.delivered_mg, one.delivered_mg_per_kg):
            if dose is not None and dose.amount < 0:
                raise Refused(
                    f"The dose of {day(one.on)} is below zero. Leave it empty where it is not "
                    "known.",
                    rule="below zero",
                    field="infusions",
                )


PAST_RULES: dict[type[Fact], Callable[[Visit, Any, datetime], None]] = {
    PastRecorded: recorded,
    InfusionElsewhere: elsewhere,
}
