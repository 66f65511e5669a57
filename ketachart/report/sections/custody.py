"""The vials of the visit by lot, expiry, seal and NDC, and the record of what was dispensed."""

from collections.abc import Iterable

from ketachart.domain.custody.moves import Movement, movements
from ketachart.domain.facts import VialTaken
from ketachart.domain.quantities import Mg
from ketachart.domain.visit import Entry
from ketachart.domain.wording import amount, clock, count, day, with_unit
from ketachart.report.charted import number_form
from ketachart.report.sections.pieces import Cell, Column, Row, Run, Table, plain, strong
from ketachart.report.sections.record import Record

NONE = "No ketamine was taken out for this visit."


def vials_table(record: Record) -> Table:
    """Each vial as its label reads, with what was drawn from it and what it holds now."""
    moves = movements(record.visit)
    return Table(
        code="vials",
        heading="Vials",
        says="as read from the labels; milligrams of base",
        columns=(
            Column("out", 34),
            Column("vial and label"),
            Column("lot", 70),
            Column("expires", 58),
            Column("seal, serial", 62),
            Column("NDC", 70),
            Column("out of it", 48, right=True),
            Column("left in it", 48, right=True),
        ),
        rows=tuple(_vial(entry, moves) for entry in record.visit.of(VialTaken)),
        empty=NONE,
    )


def _vial(entry: Entry[VialTaken], moves: Iterable[Movement]) -> Row:
    vial = entry.fact
    held = vial.volume_ml.at(vial.strength_mg_per_ml)
    gone = sum(
        (move.mg for move in moves if move.kind == "out" and move.vial == vial.vial), Mg.zero()
    )
    label = (
        f"{vial.vial}: ketamine {with_unit(vial.strength_mg_per_ml)}, "
        f"{number_form(vial.volume_ml)} mL, {amount(held)} mg"
    )
    return Row(
        cells=(
            plain(clock(entry.at)),
            strong(label),
            plain(vial.lot),
            plain(day(vial.expires)),
            plain(vial.seal or "none"),
            plain(vial.ndc or "not charted"),
            plain(amount(gone)),
            plain(amount(held - gone)),
        ),
        entry=entry.id,
        about=f"vial {vial.vial}",
    )


def dispensing_table(record: Record) -> Table:
    """What a record of dispensing holds: to whom, where, when, how much, and by whom."""
    visit, sums = record.visit, record.sums
    vials = visit.facts(VialTaken)
    rows = []
    if vials:
        patient, nurse, order = visit.patient, visit.nurse, visit.order
        licence = " ".join(filter(None, [nurse.licence_state, nurse.licence])) if nurse else ""
        by = ", ".join(filter(None, [nurse.name, nurse.credential, licence])) if nurse else ""
        at = record.start or vials[0].at
        used = (
            f"{count(len(vials), 'vial')}, {with_unit(sums.out)} out; {with_unit(sums.given)} "
            f"given; {with_unit(sums.wasted)} wasted; {with_unit(sums.returned)} sealed for return"
        )
        told = (
            ("Patient", patient.listed_name if patient else ""),
            ("Address", patient.address if patient else ""),
            ("Date", f"{day(at.date())} {clock(at)}"),
            ("Drug", "ketamine, Schedule III, into a vein"),
            ("Units", used),
            ("Ordered by", order.prescriber.name if order else ""),
            ("Administered by", by),
        )
        rows = [
            Row(cells=(strong(name), plain(value or "not charted")), about=name.lower())
            for name, value in told
        ]
    return Table(
        code="dispensing",
        heading="Record of dispensing",
        says="21 CFR 1304.22(c)",
        columns=(Column("", 70), Column("")),
        across=2,
        rows=tuple(rows),
        closing=_wastage(record) if vials else (),
        empty=NONE,
        ruled=False,
    )


def _wastage(record: Record) -> Cell:
    """What the clinic's protocol says about what is left of a dose, with its source."""
    protocol = record.visit.protocol
    return tuple(
        Run(f"{passage.title}: {passage.text} ({protocol.cited(passage.source).short})")
        for passage in protocol.passages_about("drug-waste")
    )
