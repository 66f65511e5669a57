"""What one visit did to the clinic's ketamine: taken out, drawn, wasted, broken, sealed again."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from ketachart.domain.facts import (
    BagPrepared,
    DrugBroken,
    DrugReturned,
    DrugWasted,
    EntryStruck,
    Fact,
    VialTaken,
    VisitOpened,
)
from ketachart.domain.infusion import bags
from ketachart.domain.quantities import Mg, MgPerMl
from ketachart.domain.visit import Visit

# The kinds of entries that the book needs of a visit; the others need not be read.
KINDS: tuple[type[Fact], ...] = (
    VisitOpened, VialTaken, BagPrepared, DrugWasted, DrugReturned, DrugBroken, EntryStruck,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """One change of one vial or sealed bag of leftovers, made in a visit.

    ``taken`` opens a vial that holds ``mg``; ``out`` is drug that left it, in a bag or as waste;
    ``sealed`` is drug that lies under that number from now on.
    """

    at: datetime
    kind: Literal["taken", "out", "sealed"]
    number: str
    vial: str
    """The vial's name in its visit."""
    title: str
    """How the vial is called to the nurse: by its seal, or by its name in the visit."""
    mg: Mg
    strength: MgPerMl
    lot: str
    expires: date
    ndc: str
    visit: str


def movements(visit: Visit) -> tuple[Movement, ...]:
    """Every movement of ketamine in one visit.

    A bag's own drug is the visit's affair: what is neither given nor charted as left over is
    unaccounted for in the visit's balance, not in the clinic's book.
    """
    return tuple(sorted(_movements(visit), key=lambda move: move.at))


def _movements(visit: Visit) -> Iterator[Movement]:
    vials = {fact.vial: fact for fact in visit.facts(VialTaken)}
    named = visit.opened.visit if visit.opened else ""
    for vial in vials.values():
        held = vial.volume_ml.at(vial.strength_mg_per_ml)
        yield replace(_of(vial, named), at=vial.at, mg=held)
    made = bags(visit)
    for bag in made:
        yield replace(_of(vials[bag.vial], named), at=bag.entry.at, kind="out", mg=bag.drug)
    sources = {bag.name: vials[bag.vial] for bag in made}
    gone: tuple[DrugWasted | DrugReturned | DrugBroken, ...]
    gone = (*visit.facts(DrugWasted), *visit.facts(DrugReturned), *visit.facts(DrugBroken))
    for fact in gone:
        if fact.source in vials:
            left = _of(vials[fact.source], named)
            yield replace(left, at=fact.at, kind="out", mg=fact.amount_mg)
    for back in visit.facts(DrugReturned):
        of = vials.get(back.source) or sources.get(back.source)
        if of is not None:
            seal = back.seal.strip()
            rest = replace(_of(of, named), at=back.at, kind="sealed", mg=back.amount_mg)
            yield replace(rest, number=seal, title=f"Seal {seal}")


def _of(vial: VialTaken, visit: str) -> Movement:
    """A movement of this vial, its time and amount still to be said."""
    seal = vial.seal.strip()
    return Movement(
        at=vial.at,
        kind="taken",
        # without a seal it cannot be told from others, so it is a vial of this visit alone
        number=seal or f"{vial.vial}, visit {visit}",
        vial=vial.vial,
        title=f"Seal {seal}" if seal else f"Vial {vial.vial}, without a seal,",
        mg=Mg.zero(),
        strength=vial.strength_mg_per_ml,
        lot=vial.lot,
        expires=vial.expires,
        ndc=vial.ndc,
        visit=visit,
    )
