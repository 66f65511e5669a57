"""What the order offers to be given: medicines if needed, and treatments beside the ketamine."""

from dataclasses import dataclass
from datetime import datetime

from ketachart.domain.facts import Adjunct, FluidGiven, MedicineGiven, PrnOrder
from ketachart.domain.medicines import (
    adjuncts_here,
    against_signs,
    allergy_to,
    plain_name,
    sedative_near,
)
from ketachart.domain.quantities import Ml
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, count, listed, with_unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One line of the order, as it fills the sheet; ``told`` is the small line under it."""

    medicine: str = ""
    dose: str = ""
    unit: str = ""
    route: str = ""
    indication: str = ""
    against: str = ""
    told: str = ""

    @property
    def words(self) -> str:
        """As it stands on its button."""
        parts = (self.medicine.capitalize(), self.dose, self.unit, self.route)
        return " ".join(filter(None, parts))


NOTHING = Offer()


def offers(visit: Visit) -> tuple[Offer, ...]:
    """The medicines if needed, then the treatments that are given here."""
    prn = visit.order.prn if visit.order is not None else ()
    here = adjuncts_here(visit, "magnesium", "other")
    return (*(_prn(visit, one) for one in prn), *(_adjunct(visit, one) for one in here))


def _given(visit: Visit, name: str) -> int:
    names = [plain_name(fact.medicine) for fact in visit.facts(MedicineGiven)]
    return names.count(plain_name(name))


def _prn(visit: Visit, prn: PrnOrder) -> Offer:
    what = f"for {prn.indication}; " if prn.indication else ""
    given = _given(visit, prn.medicine)
    return Offer(
        medicine=plain_name(prn.medicine),
        dose=prn.dose,
        unit=prn.unit,
        route=prn.route,
        indication=prn.indication,
        against="prn-order",
        told=f"{what}given {given} of {count(prn.most_doses, 'dose')}",
    )


def _adjunct(visit: Visit, ordered: Adjunct) -> Offer:
    over = f"over {with_unit(ordered.over_min)}; " if ordered.over_min is not None else ""
    return Offer(
        medicine=plain_name(ordered.what),
        dose=ordered.dose,
        unit=ordered.unit,
        route=ordered.route,
        against="adjunct",
        told=f"{over}{'given' if _given(visit, ordered.what) else 'not given yet'}",
    )


def fluids_told(visit: Visit) -> str:
    """The fluids of the order, and what was given by vein so far; empty where neither is."""
    ordered = [
        " ".join(filter(None, (one.what, one.dose, one.unit, one.route)))
        for one in adjuncts_here(visit, "fluid")
    ]
    given = [fact.volume_ml for fact in visit.facts(FluidGiven) if fact.route == "IV"]
    parts = [f"Ordered: {listed(ordered)}."] if ordered else []
    if given:
        parts.append(f"Given by vein so far: {with_unit(sum(given, Ml.zero()))}.")
    return " ".join(parts)


def stands_against(visit: Visit, medicine: str, now: datetime) -> str:
    """An allergy, a sedative close by, a last reading: what asks for a reason, in sentences."""
    found = []
    allergy = allergy_to(visit, medicine)
    if allergy is not None:
        found.append(f"Allergy: {allergy.substance} ({allergy.reaction or 'reaction not known'}).")
    near = sedative_near(visit, medicine, now)
    if near is not None:
        found.append(f"{near.fact.medicine.capitalize()} was given {clock(near.at)}.")
    found += [f"{said}." for said in against_signs(visit, medicine, now)]
    return " ".join(found)
