"""The whole chain of the dose, line by line: as it is planned, or as the bag was really made up.

From kilograms to what the pump is set to or the drops that are counted, what that gives in drug,
and what rounding to the marks of syringe and pump does to it. Screen and paper show these lines.
"""

from dataclasses import dataclass, replace

from ketachart.domain.check.expected import Expected, expected_of
from ketachart.domain.dose.dosing import DosePlan, Step, plan
from ketachart.domain.dose.dosing_weight import dosing_weight
from ketachart.domain.dose.gravity import Drip, drip, drip_words
from ketachart.domain.dose.making import making_words
from ketachart.domain.dose.rounding import Rounding, rounding
from ketachart.domain.infusion import Bag
from ketachart.domain.policy_drug import Vial
from ketachart.domain.quantities import (
    Kg,
    MgPerHour,
    MgPerKgPerHour,
    MgPerMl,
    Ml,
    MlPerHour,
    Quantity,
    UgPerKgPerMin,
)
from ketachart.domain.visit import Visit
from ketachart.domain.wording import with_unit
from ketachart.errors import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One rate in all its units, side by side (clinical.md B1.13)."""

    rate: MlPerHour
    per_hour: MgPerHour
    per_kg_hour: MgPerKgPerHour
    per_kg_min: UgPerKgPerMin

    @property
    def words(self) -> str:
        """In one line: “17.1 mL/h = 34.2 mg/h = 0.5 mg/kg/h = 8.33 µg/kg/min”."""
        return " = ".join(
            with_unit(value)
            for value in (self.rate, self.per_hour, self.per_kg_hour, self.per_kg_min)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """The lines, what the rate gives, the drops where a set was named, and what rounding does."""

    steps: tuple[Step, ...]
    given: Given
    rounding: Rounding
    drip: Drip | None = None


def given(rate: MlPerHour, strength: MgPerMl, weight: Kg) -> Given:
    """What a rate of that strength gives a patient of that weight, which is above zero."""
    per_hour = rate.at(strength)
    per_kg = per_hour.per(weight)
    return Given(rate=rate, per_hour=per_hour, per_kg_hour=per_kg, per_kg_min=per_kg.per_minute)


def chain(
    visit: Visit, vial: Vial, *, bag: Bag | None = None, drops_per_ml: int | None = None
) -> Chain | None:
    """The chain for that vial, or for the bag that was made up; None without order or weight.

    Raises:
        Refused: it cannot be worked out: something is not above zero, or no drop would fall.
    """
    order, weight = visit.order, dosing_weight(visit)
    if order is None or weight is None:
        return None
    worked = plan(order, weight, vial, visit.protocol)
    should = expected_of(visit, bag) if bag is not None else None
    steps = worked.steps
    rate, rate_exact = worked.rate, worked.rate_exact
    volume, strength = worked.to_infuse, worked.strength
    if bag is not None and should is not None:
        steps = tuple(_as_made(step, bag, should) for step in steps)
        rate, rate_exact = should.rate, should.rate_exact
        volume, strength = should.volume, should.strength
    drops = drip(rate_exact, drops_per_ml) if drops_per_ml else None
    runs = drops.runs if drops is not None and drops.runs.above_zero else rate
    if not runs.above_zero:
        raise Refused(
            f"{with_unit(rate_exact)} is less than the pump can be set to. Check weight and bag.",
            rule="rate rounds to nothing",
        )
    if drops is not None:
        steps = (*steps, _drops_step(drops, rate_exact))
    return Chain(
        steps=steps,
        given=given(runs, strength, weight),
        rounding=_rounding(worked, volume, strength, runs),
        drip=drops,
    )


def _rounding(worked: DosePlan, volume: Ml, strength: MgPerMl, runs: MlPerHour) -> Rounding:
    return rounding(worked.dose, worked.start, volume=volume, strength=strength, rate=runs)


def _drops_step(found: Drip, rate: MlPerHour) -> Step:
    return Step("drops", "Drops of the gravity set", drip_words(found, rate), found.counted)


def _as_made(step: Step, bag: Bag, should: Expected) -> Step:
    """The line with what was charted in place of what was planned, where they differ."""
    fact = bag.entry.fact
    made: dict[str, Quantity] = {
        "draw": fact.drawn_ml,
        "total": bag.volume,
        "strength": bag.strength,
        "rate": should.rate,
        "volume": should.volume,
    }
    value = made.get(step.code, step.result)
    by_way = step.code == "total" and fact.method != "made-up-to"
    if value == step.result and not by_way:
        return step
    charted = f"as charted for {bag.name}; worked out {with_unit(step.result)}"
    told = {
        "draw": charted,
        "total": making_words(fact) if by_way else charted,
        "strength": f"{with_unit(bag.drug)} ÷ {with_unit(bag.volume)}",
    }
    expression = told.get(step.code, f"for {bag.name} as charted, {with_unit(bag.strength)}")
    return replace(step, expression=expression, result=value)
