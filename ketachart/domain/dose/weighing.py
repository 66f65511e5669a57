"""A weight that is hard to believe, and whether pounds and kilograms were mixed up.

The dose is worked on the weight: pounds taken for kilograms are a dose of more than double. So a
weight that fits neither the last visit nor the height is asked about once, with the mix-up named
where the other unit would fit; what was read again and is true is charted.
"""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from ketachart.domain.facts import HeightMeasured, WeightMeasured
from ketachart.domain.quantities import Kg
from ketachart.domain.visit import Visit
from ketachart.domain.wording import number, with_unit
from ketachart.domain.wording import weight as both_units
from ketachart.errors import Refused

# The chart keeps a tenth of a kilogram; a weight converted from pounds may be off by half of it.
HALF_A_TENTH = Fraction(1, 20)


def check_weight(visit: Visit, fact: WeightMeasured) -> None:
    """A weight above zero that agrees with its pounds and can be believed, or was read again.

    Raises:
        Refused: it cannot be, or it has to be confirmed; a mix-up of units is named.
    """
    _check_pounds(fact)
    if fact.confirmed:
        return
    last = fact.last_weight_kg
    for doubt, rule in doubts(visit, fact.weight_kg, last=last):
        hint = mixed_up(visit, fact.weight_kg, last=last)
        raise Refused(
            f"{doubt}{hint} Weigh again; if it is true, confirm it.",
            rule=rule,
            field="weight_kg",
        )


def doubts(visit: Visit, kg: Kg, *, last: Kg | None) -> Iterator[tuple[str, str]]:
    """Why a weight is hard to believe, in a sentence and as a rule; nothing where it is not."""
    low, high = _bounds(visit, "weight.low", "weight.high")
    if not _within(kg.amount, low, high):
        said = f"{with_unit(kg)} is hard to believe ({_range(low, high)} kg)."
        yield said, "weight hard to believe"
    yield from bmi_doubt(visit, kg)
    most = visit.protocol.number("weight.change")
    if last is not None and last.above_zero and abs(kg.ratio_to(last) - 1) * 100 > most:
        change = number(most, 0)
        yield (
            f"The weight differs from the last visit ({both_units(last)}) by more than {change} %.",
            f"weight differs from the last visit by more than {change} percent: confirm",
        )


def bmi_doubt(visit: Visit, kg: Kg) -> Iterator[tuple[str, str]]:
    """Whether the weight fits the height on file: the body mass index, kg per square metre."""
    height = visit.last_fact(HeightMeasured)
    if height is None or height.height_cm <= 0:
        return
    low, high = _bounds(visit, "bmi.low", "bmi.high")
    index = kg.amount / (Fraction(height.height_cm) / 100) ** 2
    if not _within(index, low, high):
        said = (
            f"{both_units(kg)} at {number(height.height_cm, 1)} cm is a body mass index of "
            f"{number(index, 1)}, hard to believe ({_range(low, high)} kg/m²)."
        )
        yield said, "weight does not fit the height"


def mixed_up(visit: Visit, kg: Kg, *, last: Kg | None) -> str:
    """The question whether units were mixed up, where the other unit would leave no doubt."""
    told = ""
    as_pounds, as_kilograms = Kg.from_lb(kg.amount), Kg(kg.lb)
    if not list(doubts(visit, as_pounds, last=last)):
        told = (
            f" {number(kg.amount, 1)} lb would be {with_unit(as_pounds)}: "
            "were pounds typed as kilograms?"
        )
    elif not list(doubts(visit, as_kilograms, last=last)):
        told = (
            f" {with_unit(as_kilograms)} would be {number(as_kilograms.lb, 1)} lb: "
            "were kilograms typed as pounds?"
        )
    return told


def _check_pounds(fact: WeightMeasured) -> None:
    if fact.read_lb is None:
        return
    should = Kg.from_lb(fact.read_lb)
    if abs(fact.weight_kg - should).amount <= HALF_A_TENTH:
        return
    was = ""
    if abs(fact.weight_kg.amount - Fraction(fact.read_lb)) <= HALF_A_TENTH:
        was = " Were pounds typed as kilograms?"
    raise Refused(
        f"The scale said {number(fact.read_lb, 1)} lb, which is {with_unit(should)}, not "
        f"{with_unit(fact.weight_kg)}.{was} Read the scale and its unit again.",
        rule="weight and pounds disagree",
        field="weight_kg",
    )


def _bounds(visit: Visit, low: str, high: str) -> tuple[Decimal | None, Decimal | None]:
    """Two numbers of the protocol; None where this edition does not say."""
    known = {value.code: value.value for value in visit.protocol.values}
    return known.get(low), known.get(high)


def _within(value: Fraction, low: Decimal | None, high: Decimal | None) -> bool:
    return (low is None or value >= low) and (high is None or value <= high)


def _range(low: Decimal | None, high: Decimal | None) -> str:
    return " to ".join(number(bound, 1) for bound in (low, high) if bound is not None)
