"""The table of everything that happened and of every medicine, in the order of time."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from ketachart.domain.facts import (
    BolusGiven,
    EmergencyDeclared,
    EmergencyEnded,
    EmergencyStep,
    Fact,
    InfusionNotStarted,
    InfusionPaused,
    InfusionStarted,
    MedicineGiven,
    OverrideAuthorised,
    PatientReleased,
    Unknown,
    VisitSigned,
    VitalsMissed,
    VitalsTaken,
)
from ketachart.domain.paper import FROM_PAPER, from_paper
from ketachart.domain.visit import Entry
from ketachart.domain.wording import clock, count, plus_minutes
from ketachart.report.sections.pieces import (
    EMPTY,
    Bar,
    Cell,
    Column,
    Row,
    Run,
    Table,
    faint,
    plain,
    strong,
    struck,
)
from ketachart.report.sections.record import Record, is_strike, with_days

EMERGENCY = (EmergencyDeclared, EmergencyStep, EmergencyEnded)
VITALS = (VitalsTaken, VitalsMissed)


def events_table(record: Record, flags: Mapping[str, Run], elsewhere: frozenset[str]) -> Table:
    """Every entry that no other table shows; voided ones stay, drawn through.

    Args:
        record: the visit.
        flags: the numbered box on the timeline, by entry.
        elsewhere: the entries that other tables show.
    """
    rows = list(_rows(record, flags, elsewhere))
    return Table(
        code="events",
        heading="Events and medicines",
        says=f"{count(len(rows), 'row')}. “Charted” shows how long after the event a row was "
        "written, where it was late.",
        columns=(
            Column("time", 34),
            Column("flag", 24),
            Column("what happened"),
            Column("charted", 46, right=True),
            Column("by", 22, right=True),
        ),
        rows=with_days(rows),
        empty="Nothing is charted.",
    )


def _rows(
    record: Record, flags: Mapping[str, Run], elsewhere: frozenset[str]
) -> Iterable[tuple[datetime, Row]]:
    gone = {entry.id for entry in record.voided}
    shown = [
        entry
        for entry in record.visit.entries
        if entry.id not in elsewhere
        and not is_strike(entry)
        and not isinstance(entry.fact, VITALS)
        and (entry.id not in record.visit.strikes or entry.id in gone)
    ]
    for entry in sorted(shown, key=lambda entry: (entry.at, entry.number)):
        number = flags.get(entry.id)
        if entry.id in gone:
            cells = (record.struck_time(entry), EMPTY, _voided(record, entry))
        else:
            flag = (number,) if number else EMPTY
            cells = (record.time_cell(entry), flag, _what(record, entry))
        lag = strong(plus_minutes(entry.lag)) if record.is_late(entry) else EMPTY
        yield (
            entry.at,
            Row(
                cells=(*cells, lag, faint(record.by(entry))),
                entry=entry.id,
                about=f"event {clock(entry.at)}",
                bar="" if entry.id in gone else bar_of(entry.fact),
            ),
        )


def _voided(record: Record, entry: Entry[Fact]) -> Cell:
    title, detail = record.told(entry.fact)
    return (*struck(f"{title}: {detail}"), *record.void_words(entry))


def _what(record: Record, entry: Entry[Fact]) -> Cell:
    title, detail = record.told(entry.fact)
    heavy = bool(bar_of(entry.fact))
    cell: Cell = (Run(f"{title}:" if detail else title, "strong" if heavy else "title"),)
    cell = (*cell, *(strong(detail) if heavy else plain(detail)))
    if from_paper(record.visit, entry):
        cell = (*cell, Run(FROM_PAPER, "strong"))
    mark = record.mark(entry)
    return (*cell, Run(mark, "mark")) if mark else cell


def bar_of(fact: Fact) -> Bar:
    """How a row stands out: a pause, an override or what went against a rule, an emergency."""
    if isinstance(fact, EMERGENCY):
        return "emergency"
    if isinstance(fact, (InfusionPaused, InfusionNotStarted)):
        return "limit"
    if isinstance(fact, (OverrideAuthorised, Unknown)):
        return "override"
    if isinstance(fact, (InfusionStarted, MedicineGiven, BolusGiven)) and fact.despite:
        return "override"
    if isinstance(fact, VisitSigned) and fact.incomplete:
        return "override"
    if isinstance(fact, PatientReleased) and fact.outcome != "criteria-met":
        return "override"
    return ""
