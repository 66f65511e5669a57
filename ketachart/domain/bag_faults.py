"""What is wrong with a bag that is about to be given: too strong, too old, or drawn by mistake."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Literal

from ketachart.domain.dose.dosing_weight import planned_dose
from ketachart.domain.facts import VialTaken
from ketachart.domain.infusion import Bag
from ketachart.domain.quantities import Mg, MgPerMl
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, day, with_unit


@dataclass(frozen=True, slots=True, kw_only=True)
class BagFault:
    """One fault; a stop, or a point that asks for a reason."""

    code: str
    level: Literal["stop", "reason"]
    sentence: str
    source: str


def bag_faults(visit: Visit, bag: Bag, at: datetime) -> Iterator[BagFault]:
    """Every fault of that bag at that moment."""
    yield from undiluted(visit, bag.strength)
    vial = next((fact for fact in visit.facts(VialTaken) if fact.vial == bag.vial), None)
    if vial is not None and vial.expires < at.date():
        yield BagFault(
            code="vial-expired",
            level="stop",
            sentence=f"Vial {vial.vial}, lot {vial.lot}, expired {day(vial.expires)}",
            source="KetaChart",
        )
    use_by = bag.entry.fact.use_by
    if use_by is not None and use_by < at:
        yield BagFault(
            code="bag-old",
            level="stop",
            sentence=f"{bag.name} was to be used by {clock(use_by)}: make up a fresh one",
            source="KetaChart",
        )
    yield from _drawn_by_mistake(visit.ordered_at(bag.entry.at), bag)


def undiluted(visit: Visit, strength: MgPerMl) -> Iterator[BagFault]:
    """A strength that has to be diluted before it is given, however the bag came to it (B1.3)."""
    never = [v.strength_mg_per_ml for v in visit.protocol.vials if v.undiluted_never]
    if never and strength >= min(never):
        yield BagFault(
            code="undiluted",
            level="stop",
            sentence=f"{with_unit(strength)} is never given undiluted: make it up first",
            source="B1.3",
        )


def _drawn_by_mistake(visit: Visit, bag: Bag) -> Iterator[BagFault]:
    """The drug drawn is the dose as another vial, or a moved point, would make it."""
    dose = planned_dose(visit)
    if dose is None or not dose.above_zero:
        return
    named = _looks_like(visit, bag, dose)
    if named:
        yield BagFault(
            code="bag-drawn",
            level="reason",
            sentence=(
                f"{bag.name} holds {with_unit(bag.drug)}; the dose is {with_unit(dose)}. It looks "
                f"as if {named}. Read the vial's label and the syringe again"
            ),
            source="B1.14; B1.1",
        )


def _looks_like(visit: Visit, bag: Bag, dose: Mg) -> str:
    drawn, step = bag.entry.fact.drawn_ml, visit.protocol.syringe_step
    taken = next(f.strength_mg_per_ml for f in visit.facts(VialTaken) if f.vial == bag.vial)
    if abs(drawn - dose.volume_at(taken)) <= step:
        return ""
    for row in visit.protocol.vials:
        if row.strength_mg_per_ml != taken and abs(
            drawn - dose.volume_at(row.strength_mg_per_ml)
        ) <= step.times(Fraction(1, 2)):
            return f"{with_unit(row.strength_mg_per_ml)} stood on the vial of {with_unit(taken)}"
    for factor, name in ((10, "tenfold"), (Fraction(1, 10), "a tenth")):
        meant = dose.volume_at(taken).times(factor)
        if abs(drawn - meant) <= step.times(Fraction(1, 2)):
            return f"the point moved: {name} of the draw"
    return ""
