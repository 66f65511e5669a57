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
from ketachart.domain.infusion import bags, delivery, last_moment, pump_total
from ketachart.domain.quantities import Mg
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
    by_pump: Mg | None
    wasted: Mg
    returned: Mg
    broken: Mg

    @property
    def unaccounted(self) -> Mg:
        """What was taken out and is nowhere; below zero means more is charted than was there."""
        return self.out - self.given - self.wasted - self.returned - self.broken

    @property
    def by_remainder(self) -> Mg | None:
        """The dose as what was taken out less what was wasted, returned and broken."""
        if self.out.is_zero:
            return None
        return self.out - self.wasted - self.returned - self.broken

    @property
    def closes(self) -> bool:
        """Whether nothing is missing and nothing too much."""
        return self.unaccounted.is_zero

    def apart(self) -> Mg | None:
        """How far pump and rates are apart; None where the pump was not read."""
        return None if self.by_pump is None else abs(self.by_pump - self.by_rates)


def balance(visit: Visit, until: datetime | None = None) -> Balance:
    """The balance of the visit as it stands."""
    moment = until or (last_moment(visit) if visit.standing else None)
    run = delivery(visit, moment) if moment is not None else None
    by_rates = run.total_mg if run else Mg.zero()
    by_pump = None
    reading = pump_total(visit)
    if reading is not None and run is not None and run.strength is not None and _one_bag(visit):
        separate = sum((b.mg for b in run.boluses if b.ml is None), Mg.zero())
        by_pump = reading[0].at(run.strength) + separate
    final = by_pump if by_pump is not None and _stopped(visit) else None
    out = (v.volume_ml.at(v.strength_mg_per_ml) for v in visit.facts(VialTaken))
    return Balance(
        out=sum(out, Mg.zero()),
        drawn=sum((bag.drug for bag in bags(visit)), Mg.zero()),
        given=final if final is not None else by_rates,
        given_by="pump" if final is not None else "rates",
        by_rates=by_rates,
        by_pump=by_pump,
        wasted=sum((fact.amount_mg for fact in visit.facts(DrugWasted)), Mg.zero()),
        returned=sum((fact.amount_mg for fact in visit.facts(DrugReturned)), Mg.zero()),
        broken=sum((fact.amount_mg for fact in visit.facts(DrugBroken)), Mg.zero()),
    )


def _one_bag(visit: Visit) -> bool:
    """Whether the pump's volume stands for one strength only."""
    run = delivery(visit, last_moment(visit))
    return len({segment.strength for segment in run.segments if segment.delivering}) <= 1


def _stopped(visit: Visit) -> bool:
    """Whether the pump was read when it was stopped, so that its volume is the whole dose."""
    run = delivery(visit, last_moment(visit))
    reading = pump_total(visit)
    return run.stopped_at is not None and reading is not None and reading[1] >= run.stopped_at


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
