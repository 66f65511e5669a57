"""Rules for new facts about weight, line, vial, bag and what is left over."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from ketachart.domain.counts import charted_as_left, put_into
from ketachart.domain.dose.dosing import above_zero
from ketachart.domain.dose.making import check_making
from ketachart.domain.dose.weighing import check_weight
from ketachart.domain.facts import (
    AccessChecked,
    AccessPlaced,
    BagPrepared,
    DrugBroken,
    DrugReturned,
    DrugWasted,
    Fact,
    FluidGiven,
    LineFlushed,
    PumpChecked,
    VialTaken,
    WeightMeasured,
)
from ketachart.domain.infusion import bags
from ketachart.domain.quantities import Ml
from ketachart.domain.visit import Visit
from ketachart.domain.wording import amount, clock, count, with_unit
from ketachart.errors import Refused


def weight(visit: Visit, fact: WeightMeasured, _now: datetime) -> None:
    """Above zero; an unusual one, a jump since the last visit, or pounds for kg is read again."""
    above_zero(fact.weight_kg, "weight")
    check_weight(visit, fact)


def access(visit: Visit, fact: AccessPlaced, _now: datetime) -> None:
    """A third attempt asks why (INS standard 35)."""
    if fact.attempts < 1:
        raise Refused("Attempts count from 1. Type how many there were.", field="attempts")
    _sites_tried(fact)
    if not 10 <= fact.gauge <= 30:
        raise Refused("The gauge is between 10 and 30, most often 20 to 24.", field="gauge")
    most = visit.protocol.number("access.attempts")
    if fact.attempts > most and not fact.note.strip():
        raise Refused(
            f"More than {most} attempts: note why, and who agreed.",
            rule="attempts need a reason",
            field="note",
        )


def _sites_tried(fact: AccessPlaced) -> None:
    """Each attempt that failed has its site, or the note says why it has none."""
    failed = fact.attempts - 1
    if len(fact.tried) > failed:
        raise Refused(
            f"{count(len(fact.tried), 'site')} tried before and {count(fact.attempts, 'attempt')} "
            "in all do not fit: the one that is in counts too. Check both numbers.",
            rule="more sites than attempts",
            field="tried",
        )
    if len(fact.tried) < failed and not fact.note.strip():
        raise Refused(
            f"Name the {count(failed, 'site')} tried before, one for each attempt that failed, or "
            "note why not.",
            rule="each attempt has its site",
            field="tried",
        )


def access_check(_visit: Visit, fact: AccessChecked, _now: datetime) -> None:
    """Grades run from 0 to 4."""
    if not 0 <= fact.grade <= 4:
        raise Refused("The site's grade is 0 (nothing) to 4. Choose one of them.", field="grade")


def flush(_visit: Visit, fact: LineFlushed | FluidGiven, _now: datetime) -> None:
    """A volume is above zero."""
    above_zero(fact.volume_ml, "volume")


def vial(visit: Visit, fact: VialTaken, _now: datetime) -> None:
    """One of the strengths that are sold; a free strength is the tenfold error's beginning."""
    sold = [v.strength_mg_per_ml for v in visit.protocol.vials]
    if fact.strength_mg_per_ml not in sold:
        listed = ", ".join(amount(strength) for strength in sold)
        raise Refused(
            f"Ketamine vials hold {listed} mg/mL, not {with_unit(fact.strength_mg_per_ml)}. "
            "Read the label again.",
            rule="no such strength",
            field="strength_mg_per_ml",
        )
    above_zero(fact.volume_ml, "volume")
    if any(other.vial == fact.vial for other in visit.facts(VialTaken)):
        raise Refused(
            f"{fact.vial} is taken already. Give this vial another name.",
            rule="vial named twice",
            field="vial",
        )


def bag(visit: Visit, fact: BagPrepared, _now: datetime) -> None:
    """Drawn from a vial on file, not more than it holds, and made up to no less than the draw."""
    above_zero(fact.drawn_ml, "draw")
    above_zero(fact.total_ml, "volume")
    source = next((v for v in visit.facts(VialTaken) if v.vial == fact.vial), None)
    if source is None:
        raise Refused(
            f"Vial {fact.vial} is not on file. Chart the vial first.",
            rule="no such vial",
            field="vial",
        )
    if fact.total_ml < fact.drawn_ml:
        raise Refused(
            f"The bag cannot hold {with_unit(fact.total_ml)} when {with_unit(fact.drawn_ml)} "
            "was drawn into it. Check both volumes.",
            rule="bag smaller than the draw",
            field="total_ml",
        )
    drawn = sum((b.entry.fact.drawn_ml for b in bags(visit) if b.vial == fact.vial), Ml.zero())
    if drawn + fact.drawn_ml > source.volume_ml:
        raise Refused(
            f"Vial {fact.vial} holds {with_unit(source.volume_ml)}; {with_unit(drawn)} was drawn "
            "from it before. Check the draw.",
            rule="more drawn than the vial holds",
            field="drawn_ml",
        )
    _same_draw(visit, fact)
    check_making(fact)


def _same_draw(visit: Visit, fact: BagPrepared) -> None:
    """The same draw from the same vial within two minutes is asked about (C3)."""
    within = visit.protocol.minutes("repeat.within")
    for entry in visit.of(BagPrepared):
        other = entry.fact
        same = (other.vial, other.drawn_ml) == (fact.vial, fact.drawn_ml)
        if same and abs(other.at - fact.at) < within and not fact.confirmed:
            raise Refused(
                f"{with_unit(fact.drawn_ml)} from {fact.vial} is charted at {clock(other.at)} as "
                f"{other.bag}. If it was drawn once more, confirm it.",
                rule="same draw again",
                field="drawn_ml",
            )


def check(_visit: Visit, fact: PumpChecked, _now: datetime) -> None:
    """All three readings are there and above zero; whether they agree is worked out."""
    above_zero(fact.rate_ml_h, "rate")
    above_zero(fact.volume_ml, "volume")
    above_zero(fact.strength_mg_per_ml, "concentration")
    drop_factor(fact.drops_per_ml)
    if fact.reader == "second-person" and not fact.reader_name.strip():
        raise Refused("Who read the pump? Write the second person's name.", field="reader_name")


def drop_factor(drops_per_ml: int | None) -> None:
    """A gravity set makes at least one drop of a millilitre.

    Raises:
        Refused: it is zero or less.
    """
    if drops_per_ml is not None and drops_per_ml < 1:
        raise Refused(
            "How many drops make 1 mL? Read the drop factor from the set's package.",
            rule="drop factor must be above zero",
            field="drops_per_ml",
        )


def leftover(visit: Visit, fact: DrugWasted | DrugReturned | DrugBroken, _now: datetime) -> None:
    """An amount above zero, out of a vial or bag on file; more than it held is measured again.

    A vial may hold a little more than its label says, so that more can truly be left.
    """
    above_zero(fact.amount_mg, "amount")
    there = put_into(visit, fact.source)
    if there is None:
        raise Refused(
            f"{fact.source} is not on file. Choose a vial or bag of this visit.",
            rule="no such vial or bag",
            field="source",
        )
    before = charted_as_left(visit, fact.source)
    if before + fact.amount_mg > there and not fact.confirmed:
        gone = f"; {with_unit(before)} of it is charted as left over" if before.above_zero else ""
        raise Refused(
            f"{fact.source} never held {with_unit(fact.amount_mg)}: {with_unit(there)} "
            f"could be in it{gone}. Check the amount, and from which vial or bag it came; if it "
            "was measured again and is true, confirm it.",
            rule="more left than there was",
            field="amount_mg",
        )
    if isinstance(fact, DrugWasted):
        _witness(fact)


_SEAL = (
    "Seal what is left and write the number of the bag, so that it can be measured. If nothing "
    "could be sealed, write “none”."
)
# What a witness in each mode must leave behind: field, and what to do where it is empty.
_WITNESS: dict[str, tuple[tuple[str, str], ...]] = {
    "in-person": (("witness", "Who witnessed it? Write the name."),),
    "by-phone": (
        ("witness", "Who witnessed it? Write the name."),
        ("call_back", "Write the number on which the witness was called back."),
        ("witness_code", "Write the code that the witness read aloud."),
    ),
    "none": (
        ("why_none", "Write why nobody saw it."),
        ("sealed_bag", _SEAL),
    ),
}


def _witness(fact: DrugWasted) -> None:
    for field, sentence in _WITNESS[fact.witness_mode]:
        if not getattr(fact, field).strip():
            raise Refused(sentence, rule=f"{field.replace('_', ' ')} missing", field=field)


DRUG_RULES: dict[type[Fact], Callable[[Visit, Any, datetime], None]] = {
    WeightMeasured: weight,
    AccessPlaced: access,
    AccessChecked: access_check,
    LineFlushed: flush,
    FluidGiven: flush,
    VialTaken: vial,
    BagPrepared: bag,
    PumpChecked: check,
    DrugWasted: leftover,
    DrugReturned: leftover,
    DrugBroken: leftover,
}
