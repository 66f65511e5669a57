"""Rules for the order, the height it may need, and ketamine from other sources.

An order is never refused for being unusual; that is what the checks before the start are for. It is
sent back where it cannot have been meant: nothing of something, steps out of their order, a number
that cannot be read.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from ketachart.domain.admission.order_rows import (
    adjuncts,
    limits,
    monitoring,
    not_too_many,
    prn,
    titration,
)
from ketachart.domain.dose.dosing import above_zero
from ketachart.domain.facts import Fact, HeightMeasured, OrderRecorded, OtherKetamine
from ketachart.domain.visit import Visit
from ketachart.domain.wording import day, decimal_text, with_unit
from ketachart.errors import Refused

MOST_INFUSIONS = 999


def order(visit: Visit, fact: OrderRecorded, now: datetime) -> None:
    """Every amount is above zero, every row can be read, and nothing contradicts itself."""
    above_zero(fact.dose_mg_per_kg, "dose")
    above_zero(fact.duration_min, "duration")
    for quantity, name in (
        (fact.ceiling_mg, "ceiling"),
        (fact.start_rate_mg_kg_h, "start rate"),
        (fact.highest_rate_mg_kg_h, "highest rate"),
        (fact.strength_mg_per_ml, "concentration"),
        (fact.dosing_weight_kg, "weight"),
        (fact.bolus_max_mg_per_kg, "largest bolus"),
        (fact.priming.volume_ml if fact.priming else None, "volume of the line"),
    ):
        if quantity is not None:
            above_zero(quantity, name)
    _weight_basis(visit, fact)
    _days(fact, now)
    _rates(fact)
    if fact.bolus_max_mg_per_kg is not None and not fact.bolus_allowed:
        raise Refused(
            "A largest bolus stands in the order, but no bolus is allowed. Allow it, or leave the "
            "largest bolus out.",
            rule="bolus not allowed",
            field="bolus_max_mg_per_kg",
        )
    not_too_many(fact)
    titration(fact)
    limits(visit, fact)
    monitoring(fact)
    prn(fact)
    adjuncts(fact)


def _weight_basis(visit: Visit, fact: OrderRecorded) -> None:
    """A weight that is not the actual one is named in kg, or by a formula of the protocol."""
    basis, own = fact.weight_basis, fact.dosing_weight_kg is not None
    if basis == "actual":
        if own or fact.weight_formula:
            raise Refused(
                "The order doses on the actual weight. Leave formula and weight to dose on out, or "
                "choose ideal or adjusted weight.",
                rule="weight beside the actual one",
                field="weight_basis",
            )
        return
    if not own and not fact.weight_formula:
        raise Refused(
            f"The order doses on {basis} weight. Enter that weight in kg, or choose the formula it "
            "names.",
            rule="dosing weight missing",
            field="dosing_weight_kg",
        )
    if fact.weight_formula and visit.protocol.formula(fact.weight_formula) is None:
        known = ", ".join(formula.label for formula in visit.protocol.formulas) or "none"
        raise Refused(
            f"“{fact.weight_formula}” is not a formula of this protocol ({known}). Choose one, or "
            "enter the prescriber's weight in kg.",
            rule="no such formula",
            field="weight_formula",
        )
    if not own and visit.patient is not None and visit.patient.sex == "X":
        raise Refused(
            "The formulas tell women from men, and sex is on file as X. Ask the prescriber for the "
            "weight to dose on and enter it in kg.",
            rule="formula needs a sex",
            field="dosing_weight_kg",
        )


def _days(fact: OrderRecorded, now: datetime) -> None:
    today = now.date()
    if fact.ordered_on > today:
        raise Refused(
            f"The order is dated {day(fact.ordered_on)}, after today. Check the year.",
            field="ordered_on",
        )
    if fact.expires_on is not None and fact.expires_on < fact.ordered_on:
        raise Refused("The order ends before it was written. Check both dates.", field="expires_on")
    if fact.evaluated_on is not None and fact.evaluated_on > today:
        raise Refused(
            f"The evaluation is dated {day(fact.evaluated_on)}, after today. Type the day on which "
            "the prescriber saw the patient.",
            rule="evaluated later",
            field="evaluated_on",
        )
    if fact.series_number is not None and fact.series_number < 1:
        raise Refused(
            "Infusions of a series count from 1. Check the number.", field="series_number"
        )
    if fact.series_of is not None and fact.series_of < 1:
        raise Refused("A series has at least 1 infusion.", field="series_of")
    for number, field in ((fact.series_number, "series_number"), (fact.series_of, "series_of")):
        if number is not None and number > MOST_INFUSIONS:
            raise Refused(
                f"A series of more than {MOST_INFUSIONS} infusions cannot be charted. Check the "
                "number.",
                rule="series too long",
                field=field,
            )


def _rates(fact: OrderRecorded) -> None:
    start, highest = fact.start_rate_mg_kg_h, fact.highest_rate_mg_kg_h
    if start is not None and highest is not None and start > highest:
        raise Refused(
            f"The order starts at {with_unit(start)}, above its own highest rate "
            f"{with_unit(highest)}. Ask the prescriber which one holds.",
            rule="start over the highest rate",
            field="start_rate_mg_kg_h",
        )


def height(visit: Visit, fact: HeightMeasured, _now: datetime) -> None:
    """A height that people have; an unusual one is measured again and confirmed."""
    text = f"{decimal_text(fact.height_cm)} cm"
    if fact.height_cm <= 0:
        raise Refused("The height must be above zero. Type it in cm.", field="height_cm")
    low, high = visit.protocol.number("height.low"), visit.protocol.number("height.high")
    if low <= fact.height_cm <= high or fact.confirmed:
        return
    inches = fact.height_cm * 254 / 100
    hint = ""
    if low <= inches <= high:
        hint = f" {decimal_text(fact.height_cm)} in would be {decimal_text(round(inches, 1))} cm."
    raise Refused(
        f"{text} is hard to believe ({low} to {high} cm).{hint} Measure again; if it is true, "
        "confirm it.",
        rule="height hard to believe",
        field="height_cm",
    )


def other_ketamine(_visit: Visit, fact: OtherKetamine, now: datetime) -> None:
    """It was not taken in the future; who prescribes it is named only where somebody does."""
    if fact.last_on is not None and fact.last_on > now.date():
        raise Refused(
            f"{day(fact.last_on)} is after today. Type the day on which it was last taken.",
            rule="taken later",
            field="last_on",
        )
    if fact.prescriber.strip() and fact.from_whom != "prescribed":
        raise Refused(
            f"{fact.prescriber} is named as the prescriber, but it does not stand as prescribed. "
            "Choose “prescribed”, or leave the name out.",
            rule="prescriber of what is not prescribed",
            field="from_whom",
        )


ORDER_RULES: dict[type[Fact], Callable[[Visit, Any, datetime], None]] = {
    OrderRecorded: order,
    HeightMeasured: height,
    OtherKetamine: other_ketamine,
}
