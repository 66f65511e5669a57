"""The controlled-drug balance: what was taken out is given, wasted, returned, broken, or missing.

Three numbers for the dose are kept apart and compared: the rates times their time, the pump's own
volume, and what was drawn less what was left (clinical.md B11.9; features.md idea 3).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from ketachart.domain.facts import (
    DrugBroken,
    DrugReturned,
    DrugWasted,
    VialTaken,
)
from ketachart.domain.infusion import bags, delivery, last_moment
from ketachart.domain.quantities import Mg
from ketachart.domain.totals import PumpTotal, pump_total
from ketachart.domain.visit import Visit
from ketachart.errors import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """Milligrams of ketamine base, from the vial's seal to the last drop."""

    out: Mg
    drawn: Mg
    given: Mg
    given_by: Literal["pump", "rates"]
    by_rates: Mg
    pump: PumpTotal | None
    wasted: Mg
    returned: Mg
    broken: Mg

    @property
    def unaccounted(self) -> Mg:
        """What was taken out and is nowhere; below zero means more is charted than was there."""
        return self.out - self.given - self.wasted - self.returned - self.broken

    @property
    def by_pump(self) -> Mg | None:
        """The dose by the pump's own volume, up to its last reading; None without one."""
        return None if self.pump is None else self.pump.mg

    @property
    def by_remainder(self) -> Mg | None:
        """The dose as what was taken out less what was wasted, returned and broken.

        None while it is not known: nothing was taken out, or nothing is charted as left over
        although something must be.
        """
        gone = self.wasted + self.returned + self.broken
        if self.out.is_zero or (gone.is_zero and not self.closes):
            return None
        return self.out - gone

    @property
    def closes(self) -> bool:
        """Whether nothing is missing and nothing too much."""
        return self.unaccounted.is_zero

    def apart(self) -> Mg | None:
        """How far pump and rates were apart when the pump was read last; None where it was not."""
        return None if self.pump is None else self.pump.apart


def balance(visit: Visit, until: datetime | None = None) -> Balance:
    """The balance of the visit as it stands."""
    moment = until or (last_moment(visit) if visit.standing else None)
    by_rates = Mg.zero() if moment is None else delivery(visit, moment).total_mg
    pump = pump_total(visit)
    final = pump.mg if pump is not None and pump.whole else None
    out = (v.volume_ml.at(v.strength_mg_per_ml) for v in visit.facts(VialTaken))
    return Balance(
        out=sum(out, Mg.zero()),
        drawn=sum((bag.drug for bag in bags(visit)), Mg.zero()),
        given=by_rates if final is None else final,
        given_by="rates" if final is None else "pump",
        by_rates=by_rates,
        pump=pump,
        wasted=sum((fact.amount_mg for fact in visit.facts(DrugWasted)), Mg.zero()),
        returned=sum((fact.amount_mg for fact in visit.facts(DrugReturned)), Mg.zero()),
        broken=sum((fact.amount_mg for fact in visit.facts(DrugBroken)), Mg.zero()),
    )


def put_into(visit: Visit, source: str) -> Mg | None:
    """What a vial held less what was drawn from it, or what was put into a bag.

    None where no vial and no bag of the visit has that name.
    """
    made = [bag.drug for bag in bags(visit) if bag.name == source]
    return sum(made, Mg.zero()) if made else left_in_vial(visit, source)


def charted_as_left(visit: Visit, source: str) -> Mg:
    """What is charted as wasted, returned or broken from one vial or bag."""
    facts: list[DrugWasted | DrugReturned | DrugBroken] = [
        *visit.facts(DrugWasted),
        *visit.facts(DrugReturned),
        *visit.facts(DrugBroken),
    ]
    return sum((fact.amount_mg for fact in facts if fact.source == source), Mg.zero())


def left_in_vial(visit: Visit, name: str) -> Mg | None:
    """What a vial of this visit still holds; None where no vial has that name."""
    vial = next((v for v in visit.facts(VialTaken) if v.vial == name), None)
    if vial is None:
        return None
    drawn = sum((bag.drug for bag in bags(visit) if bag.vial == name), Mg.zero())
    return vial.volume_ml.at(vial.strength_mg_per_ml) - drawn


def left_over(drawn: Mg, given: Mg) -> Mg:
    """What a syringe or bag still holds.

    Raises:
        Refused: more was given than was drawn.
    """
    if given > drawn:
        raise Refused(
            "More is charted as given than was drawn. Check the draw and the dose.",
            rule="given exceeds drawn",
        )
    return drawn - given
