"""What the visit report says, from the first line to the last, before any of it has a place.

The document is plain values: it can be read as text, compared with the last one, and set on paper
of any size. Everything that was charted stands in it.
"""

from datetime import datetime

from ketachart.domain.addenda import addenda, as_signed, version_of
from ketachart.domain.dose.dosing_weight import planned_dose
from ketachart.domain.dose.phone_code import phone_code
from ketachart.domain.instructions import zone_of
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, count, day, long_day, offset
from ketachart.report.sections.accounts import balance_box, signature_boxes
from ketachart.report.sections.addenda import addenda_tables, shown_in_addenda
from ketachart.report.sections.arrival import arrival_table
from ketachart.report.sections.corrections import corrections_table
from ketachart.report.sections.custody import dispensing_table, vials_table
from ketachart.report.sections.events import events_table
from ketachart.report.sections.figures import figures
from ketachart.report.sections.flags import flag_numbers, flags_table
from ketachart.report.sections.front import (
    effect_rows,
    effects_table,
    identity,
    pressures,
    release_box,
    strip,
)
from ketachart.report.sections.kept import (
    audit_table,
    chain_passage,
    meaning_passage,
    setting_table,
    shown_in_setting,
)
from ketachart.report.sections.leaving import (
    findings_table,
    instructions_table,
    release_table,
    shown_in_leaving,
)
from ketachart.report.sections.ledger import ledger_table
from ketachart.report.sections.limits import limits_table
from ketachart.report.sections.looks import extreme_rows, look_lines, looks_table
from ketachart.report.sections.order import arithmetic_table, held_table, order_tables
from ketachart.report.sections.paper import paper_table
from ketachart.report.sections.pieces import Front, Head
from ketachart.report.sections.record import Record
from ketachart.report.sections.review import review_tables
from ketachart.report.sections.scales import scale_tables
from ketachart.report.sections.screening import screening_table, shown_in_screening
from ketachart.report.sections.series import outcome_charts, series_table, shown_in_series
from ketachart.report.sections.sources import sources_table
from ketachart.report.sections.vitals import vitals_table
from ketachart.report.sections.whole import Document
from ketachart.report.spoken import spoken
from ketachart.timeline.lanes import timeline_of

TITLE = "Ketamine infusion record"


def document_of(visit: Visit, *, now: datetime) -> Document:
    """The report of a visit as it stands.

    Args:
        visit: the record; what was made after the report (its own hash) is left aside.
        now: as of when open things are judged, aware.
    """
    return document_from(Record(visit, now))


def document_from(record: Record) -> Document:
    """The same from a record, for whoever asks more of it: it works everything out once."""
    timeline = timeline_of(as_signed(record.visit), record.now)
    numbers = flag_numbers(timeline)
    elsewhere = (
        shown_in_setting(record)
        | shown_in_screening(record)
        | shown_in_leaving(record)
        | shown_in_series(record)
        | shown_in_addenda(record)
    )
    looks, effects = look_lines(record), effect_rows(record)
    return Document(
        head=head_of(record),
        front=Front(
            identity=identity(record),
            figures=figures(record),
            looks=looks,
            extremes=extreme_rows(record),
            pressures=pressures(record),
            effects=effects,
            balance=balance_box(record),
            release=release_box(record),
            strip=strip(record),
            signatures=signature_boxes(record),
        ),
        timeline=timeline,
        flags=flags_table(timeline),
        numbers={entry: number.text for entry, number in numbers.items()},
        all_looks=looks_table(looks),
        all_effects=effects_table(effects),
        sections=(
            *addenda_tables(record),
            vitals_table(record),
            events_table(record, numbers, elsewhere),
            ledger_table(record),
            vials_table(record),
            dispensing_table(record),
            corrections_table(record),
            findings_table(record),
            release_table(record),
            instructions_table(record),
            *order_tables(record),
            series_table(record),
            *outcome_charts(record),
            arithmetic_table(record),
            held_table(record),
            setting_table(record),
            *filter(None, (arrival_table(record),)),
            screening_table(record),
            *scale_tables(record),
            *review_tables(record),
            limits_table(record),
            *filter(None, (paper_table(record),)),
            audit_table(record),
            chain_passage(record),
            meaning_passage(record),
            sources_table(record),
        ),
    )


def head_of(record: Record) -> Head:
    """Whose record it is, for the head and the foot of every page."""
    visit = record.visit
    patient, opened, signed = visit.patient, visit.opened, visit.signed
    at = opened.at if opened else record.now
    version, added = version_of(visit), addenda(visit)
    holds = f", with {count(len(added), 'addendum', 'addenda')}" if added else ""
    number = opened.visit if opened else "without a number"
    code = ""
    if patient is not None and visit.order is not None:
        code = f"phone check {phone_code(patient, visit.order, planned_dose(visit))}"
    chain = f"chain {visit.head[:8]} … {visit.head[-8:]}" if visit.head else ""
    allergies: tuple[str, ...] = ()
    if patient is not None:
        allergies = tuple(
            f"{a.substance[:1].upper()}{a.substance[1:]}"
            + (f": {a.reaction}" if a.reaction else "")
            for a in patient.allergies
        )
    zone = _zone_words(record)
    clinic = visit.clinic.name if visit.clinic else ""
    return Head(
        title=TITLE,
        subtitle=f"At-home visit, {long_day(at.date())}, all times {zone}.  {clinic}".strip(),
        day=day(at.date()),
        zone=f"All times {zone}",
        name=patient.listed_name if patient else "No patient on file",
        born=f"born {day(patient.birth_date)}, {patient.sex}" if patient else "",
        mrn=f"MRN {patient.mrn}" if patient else "",
        allergies=allergies,
        asked=bool(patient and (patient.allergies or patient.no_known_allergies)),
        signing=f"Signed by the nurse {clock(signed.at)}" if signed else "Unsigned draft",
        signed=signed is not None,
        review=f"Supervisor review: open when printed.  Version {version}{holds}",
        practice=bool(opened and opened.practice),
        foot="   ".join(filter(None, [f"report {number} v{version}", code, chain])),
    )


def _zone_words(record: Record) -> str:
    """The zone of the times: “MST (UTC−7)”; each offset where the clocks changed on the way."""
    zone, offsets = zone_of(record.visit), []
    for entry in record.visit.standing:
        name = entry.at.astimezone(zone).tzname() or ""
        words = offset(entry.at)
        if name.isalpha() and name != "UTC":
            words = f"{name} ({words})"
        if words not in offsets:
            offsets.append(words)
    return ", then ".join(offsets) or offset(record.now)


def text(document: Document) -> str:
    """The document as lines of text, the same for the same visit on every machine."""
    return spoken(document)
