"""The clinic's ketamine in the nurse's hands: received, moved, counted, explained.

These facts stand in the clinic's own stream, not in a visit: a vial is carried from safe to bag to
home and back, and is counted at both ends of the day (clinical.md B11; features.md rows 77 to 85).
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Literal

from ketachart.domain.facts.base import Fact
from ketachart.domain.quantities import Mg, MgPerMl, Ml
from ketachart.domain.shape import Says

Place = Literal["safe", "bag", "home", "clinic", "destroyed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class VialReceived(Fact):
    """A sealed vial came into this laptop's custody."""

    KIND: ClassVar[str] = "vial-received"

    vial: Annotated[str, Says("Its number in the clinic's book, seal or serial.", "55120")]
    strength_mg_per_ml: Annotated[MgPerMl, Says("Strength on the label, mg/mL.", "10")]
    volume_ml: Annotated[Ml, Says("Volume in it, mL.", "20")]
    lot: Annotated[str, Says("Lot.")]
    expires: Annotated[date, Says("Last day of use.")]
    ndc: Annotated[str, Says("National drug code.", "42023-113-10")] = ""
    from_whom: Annotated[str, Says("Who handed it over.")] = ""
    place: Annotated[Place, Says("Where it lies now.")] = "safe"


@dataclass(frozen=True, slots=True, kw_only=True)
class VialMoved(Fact):
    """Vials changed their place or their keeper."""

    KIND: ClassVar[str] = "vial-moved"

    vials: Annotated[tuple[str, ...], Says("Numbers of the vials.")]
    from_place: Annotated[Place, Says("From where.")]
    to_place: Annotated[Place, Says("To where.")]
    seals_whole: Annotated[bool, Says("Every seal was looked at and is whole.")]
    by: Annotated[str, Says("Who moved them.")]
    witness: Annotated[str, Says("Who saw it; empty when nobody did.")] = ""
    note: Annotated[str, Says("Anything else.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountLine:
    """One line of a count: what was found of one strength and lot."""

    strength_mg_per_ml: Annotated[MgPerMl, Says("Strength on the label, mg/mL.")]
    lot: Annotated[str, Says("Lot.")]
    sealed: Annotated[int, Says("Vials with a whole seal.")]
    opened_mg: Annotated[Mg, Says("In opened vials and sealed bags of leftovers, mg.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class StockCounted(Fact):
    """The drug was counted, before the expected numbers were shown."""

    KIND: ClassVar[str] = "stock-counted"

    when: Annotated[Literal["start", "end", "other"], Says("Start of the day, its end, between.")]
    # a list with nothing in it is not written, so it has to have a default to be read again
    lines: Annotated[tuple[CountLine, ...], Says("What was found; empty when there was none.")] = ()
    by: Annotated[str, Says("Who counted.")]
    witness: Annotated[str, Says("Who counted with them; empty when nobody did.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StockExplained(Fact):
    """Why a count and the book differ, and who was told."""

    KIND: ClassVar[str] = "stock-explained"

    count: Annotated[str, Says("Id of the count's entry.")]
    reason: Annotated[str, Says("What was found out.")]
    told: Annotated[str, Says("Who was told, and when.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StockLost(Fact):
    """Drug is broken, spilled or missing outside a visit."""

    KIND: ClassVar[str] = "stock-lost"

    vial: Annotated[str, Says("Number of the vial.")]
    amount_mg: Annotated[Mg, Says("How much, mg.")]
    what: Annotated[Literal["broken", "missing", "expired"], Says("What became of it.")]
    how: Annotated[str, Says("What happened.")]
    witness: Annotated[str, Says("Who saw it; empty when nobody did.")] = ""
