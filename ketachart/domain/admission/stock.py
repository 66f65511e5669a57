"""Rules for the clinic's drug book: a vial comes in once and is moved from where it is."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from ketachart.domain.dose.dosing import above_zero
from ketachart.domain.facts import (
    Fact,
    StockCounted,
    StockExplained,
    StockLost,
    VialMoved,
    VialReceived,
)
from ketachart.domain.facts.stock import Place
from ketachart.domain.quantities import Mg, MgPerMl
from ketachart.domain.visit import Visit
from ketachart.domain.wording import amount, day_and_clock, with_unit
from ketachart.errors import Refused


def received(register: Visit, fact: VialReceived, _now: datetime) -> None:
    """A number of its own, and one of the strengths that are sold."""
    _of_the_clinic(register)
    _sold(register, fact.strength_mg_per_ml)
    above_zero(fact.volume_ml, "volume")
    before = next((f for f in register.facts(VialReceived) if f.vial == fact.vial), None)
    if before is not None:
        raise Refused(
            f"{fact.vial} was received already, {day_and_clock(before.at)}, lot {before.lot}. "
            "Read the number again.",
            rule="vial received twice",
            field="vial",
        )


def moved(register: Visit, fact: VialMoved, _now: datetime) -> None:
    """Each vial once, and from the place where it was then; a broken seal asks for a note."""
    _of_the_clinic(register)
    if not fact.vials:
        raise Refused("Choose the vials that were moved.", rule="no vial", field="vials")
    if len(set(fact.vials)) < len(fact.vials):
        raise Refused(
            "One vial stands there twice. Leave one of them out.",
            rule="vial named twice",
            field="vials",
        )
    if fact.from_place == fact.to_place:
        raise Refused(
            "Say where the vials went: both places are the same.",
            rule="moved nowhere",
            field="to_place",
        )
    for number in fact.vials:
        where = place_of(register, number, fact.at)
        if where is not None and where != fact.from_place:
            raise Refused(
                f"{number} is in the {where}, not in the {fact.from_place}. Look where it is, or "
                "chart first how it came there.",
                rule="moved from elsewhere",
                field="from_place",
            )
    if not fact.seals_whole and not fact.note.strip():
        raise Refused(
            "Note which seal is not whole and what was seen.",
            rule="broken seal needs a note",
            field="note",
        )


def place_of(register: Visit, number: str, at: datetime) -> Place | None:
    """Where the book has a vial at a moment; None where it was neither received nor moved."""
    place: Place | None = None
    for entry in register.standing:
        fact = entry.fact
        if isinstance(fact, VialReceived) and fact.vial == number:
            place = place or fact.place  # moved on paper before it was received
        if isinstance(fact, VialMoved) and number in fact.vials and fact.at <= at:
            place = fact.to_place
    return place


def counted(register: Visit, fact: StockCounted, _now: datetime) -> None:
    """Each strength and lot on one line, nothing below zero."""
    _of_the_clinic(register)
    seen = set()
    for line in fact.lines:
        _sold(register, line.strength_mg_per_ml)
        if not line.lot.strip():
            raise Refused(
                "Each line needs its lot. Read it from the vial.", rule="lot missing", field="lines"
            )
        if line.sealed < 0 or line.opened_mg < Mg.zero():
            raise Refused("A count is zero or more. Count again.", rule="below zero", field="lines")
        key = (line.strength_mg_per_ml, line.lot)
        if key in seen:
            raise Refused(
                f"{with_unit(line.strength_mg_per_ml)} lot {line.lot} stands there twice. Put "
                "both together in one line.",
                rule="lot counted twice",
                field="lines",
            )
        seen.add(key)


def explained(register: Visit, fact: StockExplained, _now: datetime) -> None:
    """Belongs to a count that stands; somebody was told."""
    _of_the_clinic(register)
    if not any(entry.id == fact.count for entry in register.of(StockCounted)):
        raise Refused(
            "That count is not in the book, or is struck. Choose the count.",
            rule="no such count",
            field="count",
        )
    if not fact.told.strip():
        raise Refused("Write who was told, and when.", rule="told missing", field="told")


def lost(register: Visit, fact: StockLost, _now: datetime) -> None:
    """An amount above zero, not more than the vial ever held."""
    _of_the_clinic(register)
    above_zero(fact.amount_mg, "amount")
    vial = next((f for f in register.facts(VialReceived) if f.vial == fact.vial), None)
    if vial is None:
        return
    before = (f.amount_mg for f in register.facts(StockLost) if f.vial == fact.vial)
    held = vial.volume_ml.at(vial.strength_mg_per_ml)
    if sum(before, fact.amount_mg) > held:
        raise Refused(
            f"{fact.vial} never held more than {with_unit(held)}. Check the amount, and what is "
            "charted as lost already.",
            rule="more lost than the vial held",
            field="amount_mg",
        )


def _of_the_clinic(register: Visit) -> None:
    if register.opened is not None:
        raise Refused(
            "This belongs in the clinic's drug count, not in a visit. Open Drug count from the "
            "list of visits.",
            rule="not of a visit",
        )


def _sold(register: Visit, strength: MgPerMl) -> None:
    sold = [vial.strength_mg_per_ml for vial in register.protocol.vials]
    if strength not in sold:
        listed = ", ".join(amount(each) for each in sold)
        raise Refused(
            f"Ketamine vials hold {listed} mg/mL, not {with_unit(strength)}. Read the label again.",
            rule="no such strength",
            field="strength_mg_per_ml",
        )


STOCK_RULES: dict[type[Fact], Callable[[Visit, Any, datetime], None]] = {
    VialReceived: received,
    VialMoved: moved,
    StockCounted: counted,
    StockExplained: explained,
    StockLost: lost,
}
