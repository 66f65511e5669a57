"""The drug ledger on paper: from the vial's seal to the last drop, with what is left after each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ketachart.domain.facts import (
    BagPrepared,
    DrugBroken,
    DrugReturned,
    DrugWasted,
    VialTaken,
)
from ketachart.domain.infusion import bags
from ketachart.domain.quantities import Mg
from ketachart.domain.visit import Entry, Visit
from ketachart.domain.wording import amount, clock, count, day, with_unit
from ketachart.report.charted import number_form
from ketachart.report.sections.pieces import Cell, Column, Row, Run, Table, plain, strong
from ketachart.report.sections.record import Record


@dataclass(frozen=True, slots=True)
class _Move:
    """One movement of drug: into the vial's or the bag's account, or out of it."""

    at: datetime
    item: str
    ml: str
    mg: Mg
    vial: Mg
    bag: Mg
    entry: str
    heavy: bool = False


def ledger_table(record: Record) -> Table:
    """Every movement of ketamine with what is left in vial and bag after it."""
    moves = sorted(_moves(record), key=lambda move: move.at)
    vial, bag, rows = Mg.zero(), Mg.zero(), []
    for move in moves:
        vial, bag = vial + move.vial, bag + move.bag
        rows.append(
            Row(
                cells=(
                    plain(clock(move.at)),
                    plain(move.item),
                    plain(move.ml),
                    strong(amount(move.mg)) if move.heavy else plain(amount(move.mg)),
                    plain(amount(vial)),
                    plain(amount(bag)),
                ),
                entry=move.entry,
                about=f"drug ledger {clock(move.at)}",
            )
        )
    return Table(
        code="ledger",
        heading="Drug ledger",
        says="ketamine, Schedule III; milligrams of base",
        columns=(
            Column("time", 34),
            Column("item"),
            Column("mL", 42, right=True),
            Column("mg", 46, right=True),
            Column("vial left", 50, right=True),
            Column("bag left", 50, right=True),
        ),
        rows=tuple(rows),
        closing=_closing(record) if moves else (),
        empty="No ketamine was taken out for this visit.",
    )


def _moves(record: Record) -> Iterable[_Move]:
    visit, none = record.visit, Mg.zero()
    for vial in visit.of(VialTaken):
        held = vial.fact.volume_ml.at(vial.fact.strength_mg_per_ml)
        item = (
            f"Taken out: {vial.fact.vial}, {with_unit(vial.fact.strength_mg_per_ml)}, lot "
            f"{vial.fact.lot}, exp {day(vial.fact.expires)}"
        )
        if vial.fact.seal:
            item += f", seal {vial.fact.seal}"
        yield _Move(vial.at, item, number_form(vial.fact.volume_ml), held, held, none, vial.id)
    made = {bag.entry.id: bag for bag in bags(visit)}
    for prepared in visit.of(BagPrepared):
        bag = made.get(prepared.id)
        if bag is not None:
            item = (
                f"Drawn from {bag.vial}, made up with {prepared.fact.diluent} to "
                f"{number_form(bag.volume)} mL: {bag.name}, {with_unit(bag.strength)}"
            )
            yield _Move(
                prepared.at,
                item,
                number_form(prepared.fact.drawn_ml),
                bag.drug,
                -bag.drug,
                bag.drug,
                prepared.id,
            )
    yield from _given(record)
    yield from _left_over(visit)


def _given(record: Record) -> Iterable[_Move]:
    sums, run = record.sums, record.run
    at = run.stopped_at or run.last_drug_at
    if at is None:
        return
    if sums.given_by == "pump" and sums.pump is not None:
        item = f"Given, pump read-out (rates × time gives {with_unit(sums.by_rates)})"
        ml = number_form(sums.pump.ml)
    else:
        item, ml = "Given, rates × time", amount(run.infused_ml)
    if run.boluses:
        item += f"; of it {count(len(run.boluses), 'bolus', 'boluses')} {with_unit(run.bolus_mg)}"
    yield _Move(at, item, ml, sums.given, Mg.zero(), -sums.given, "", heavy=True)


def _left_over(visit: Visit) -> Iterable[_Move]:
    vials = {fact.vial for fact in visit.facts(VialTaken)}
    gone: list[Entry[DrugWasted] | Entry[DrugReturned] | Entry[DrugBroken]] = [
        *visit.of(DrugWasted),
        *visit.of(DrugReturned),
        *visit.of(DrugBroken),
    ]
    for entry in gone:
        mg, none = entry.fact.amount_mg, Mg.zero()
        from_vial = entry.fact.source in vials
        yield _Move(
            entry.at,
            _left_over_words(entry.fact),
            "",
            mg,
            -mg if from_vial else none,
            none if from_vial else -mg,
            entry.id,
            heavy=isinstance(entry.fact, DrugWasted),
        )


def _left_over_words(fact: DrugWasted | DrugReturned | DrugBroken) -> str:
    match fact:
        case DrugWasted():
            bag = f", sealed bag {fact.sealed_bag}" if fact.sealed_bag else ""
            who = f"witness {fact.witness}" if fact.witness else f"NO WITNESS{bag}"
            return f"Wasted from {fact.source}, {fact.how}; {who}"
        case DrugReturned():
            return f"Sealed for return from {fact.source}, seal {fact.seal}"
        case DrugBroken():
            return f"Broken or spilled from {fact.source}: {fact.how}"


def _closing(record: Record) -> Cell:
    sums = record.sums
    sentence = (
        f"{amount(sums.out)} mg out = {amount(sums.given)} given + {amount(sums.wasted)} wasted + "
        f"{amount(sums.returned)} sealed for return + {amount(sums.broken)} broken + "
        f"{amount(sums.unaccounted)} unaccounted."
    )
    verdict = (
        "It closes."
        if sums.closes
        else f"It does not close: {with_unit(sums.unaccounted)} unaccounted for."
    )
    return (Run(sentence, "strong"), Run(verdict, "strong"))
