"""The weight that the dose is worked on: the one on the scale, or the one that the order asks for.

An order doses on the actual weight, or on an ideal or adjusted one. The prescriber's own figure
comes first; without one, the weight is worked out with the formula that the order names, from the
height and sex on file. Each weight on the way is rounded to a tenth of a kilogram, half away from
zero, and worked on as it is shown: so a pencil comes to the same.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from ketachart.domain.facts import HeightMeasured, OrderRecorded
from ketachart.domain.policy_drug import WeightFormula
from ketachart.domain.quantities import Kg, Mg
from ketachart.domain.visit import Visit
from ketachart.domain.wording import number, with_unit

CM_PER_INCH = Fraction("2.54")  # exact by definition (1959 agreement)
FORMULA_FROM_INCHES = 60
Lack = Literal["", "weight", "height", "formula", "sex"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DosingWeight:
    """The weight to dose on with how it came about, or what is still missing for it.

    `asks` is a sentence where the prescriber has to say that this weight is meant.
    """

    kg: Kg | None
    words: str
    lacks: Lack = ""
    asks: str = ""


def dosing_weight(visit: Visit) -> Kg | None:
    """The weight to dose on, kg; None while it cannot be known."""
    return weight_to_dose_on(visit).kg


def planned_dose(visit: Visit) -> Mg | None:
    """The ordered dose in mg: weight times mg/kg, and never over the order's ceiling."""
    order, weight = visit.order, dosing_weight(visit)
    if order is None or weight is None:
        return None
    dose = order.dose_mg_per_kg.for_(weight)
    return min(dose, order.ceiling_mg) if order.ceiling_mg is not None else dose


def needs_height(order: OrderRecorded | None) -> bool:
    """Whether the order's weight is worked out of a height."""
    return order is not None and order.weight_basis != "actual" and order.dosing_weight_kg is None


def weight_to_dose_on(visit: Visit) -> DosingWeight:
    """The weight to dose on, in words a nurse can check with a pencil, or what it still lacks."""
    return visit.once("weight-to-dose-on", _weight_to_dose_on)


def _weight_to_dose_on(visit: Visit) -> DosingWeight:
    order, measured = visit.order, visit.weight
    actual = measured.weight_kg if measured else None
    if order is None or order.weight_basis == "actual":
        if measured is None:
            return DosingWeight(kg=None, words="no weight yet", lacks="weight")
        told = "told, not measured" if measured.how == "stated" else "measured"
        return DosingWeight(kg=actual, words=f"actual, {told}")
    named = order.dosing_weight_kg
    if named is not None:
        formula = visit.protocol.formula(order.weight_formula)
        by = f" by {formula.label}" if formula else ""
        words = f"{order.weight_basis}{by}, as the order names it"
        return DosingWeight(kg=named, words=words, asks=_over(named, actual))
    return _from_formula(visit, order, actual)


def _from_formula(visit: Visit, order: OrderRecorded, actual: Kg | None) -> DosingWeight:
    formula, height = visit.protocol.formula(order.weight_formula), visit.last_fact(HeightMeasured)
    sex, basis = visit.patient.sex if visit.patient else "X", order.weight_basis
    if formula is None:
        return _lacking("formula", f"{basis}, by a formula that this protocol does not have")
    if sex == "X":
        return _lacking("sex", f"{basis}: the formula tells women from men, sex is on file as X")
    if height is None:
        return _lacking("height", f"{basis} by {formula.label}: no height yet")
    ideal = ideal_weight(formula, sex=sex, height_cm=height.height_cm)
    by = f"by {formula.label}, {number(height.height_cm, 1)} cm"
    if basis == "ideal":
        return DosingWeight(kg=ideal, words=f"ideal {by}", asks=_asks(ideal, actual, height))
    if actual is None:
        return _lacking("weight", f"adjusted {by}: no weight yet")
    adjusted = adjusted_weight(formula, ideal=ideal, actual=actual)
    words = (
        f"adjusted {by}: {with_unit(ideal)} + {number(formula.adjusted_share, 2)} × "
        f"({with_unit(actual)} − {with_unit(ideal)})"
    )
    return DosingWeight(kg=adjusted, words=words, asks=_asks(adjusted, actual, height))


def _lacking(lacks: Lack, words: str) -> DosingWeight:
    return DosingWeight(kg=None, words=words, lacks=lacks)


def _over(kg: Kg, actual: Kg | None) -> str:
    """Says when more would be dosed on than the patient weighs."""
    if actual is None or kg <= actual:
        return ""
    return (
        f"{with_unit(kg)} is more than the {with_unit(actual)} on the scale: "
        "ask the prescriber which weight is meant"
    )


def _asks(kg: Kg, actual: Kg | None, height: HeightMeasured) -> str:
    if Fraction(height.height_cm) < FORMULA_FROM_INCHES * CM_PER_INCH:
        return (
            f"{number(height.height_cm, 1)} cm is under 60 inches, where the formula begins: "
            "ask the prescriber for the weight to dose on"
        )
    return _over(kg, actual)


def ideal_weight(formula: WeightFormula, *, sex: Literal["F", "M"], height_cm: Decimal) -> Kg:
    """The formula's weight for that height, to 0.1 kg: a base, and so much per inch over 60.

    The formulas are stated from 60 inches up; under that the same line is followed down, and the
    prescriber is asked (`DosingWeight.asks`).
    """
    base = formula.base_f_kg if sex == "F" else formula.base_m_kg
    per_inch = formula.per_inch_f_kg if sex == "F" else formula.per_inch_m_kg
    over = Fraction(height_cm) / CM_PER_INCH - FORMULA_FROM_INCHES
    return to_tenth(Kg(Fraction(base) + Fraction(per_inch) * over))


def adjusted_weight(formula: WeightFormula, *, ideal: Kg, actual: Kg) -> Kg:
    """Ideal plus the formula's share of what the patient weighs above it, to 0.1 kg."""
    return to_tenth(ideal + (actual - ideal).times(formula.adjusted_share))


def to_tenth(weight: Kg) -> Kg:
    """A worked-out weight as it is shown and dosed on: to 0.1 kg, half away from zero."""
    return weight.rounded_to(Kg("0.1"))
