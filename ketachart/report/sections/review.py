"""The medical review on paper: medicines at home, the history, symptoms before and after.

Each entry stands among the events in its own words as well; here the last of each is laid out.
"""

from ketachart.domain.facts import Fact, HistoryTaken, MedicinesListed, SymptomsNoted
from ketachart.domain.facts.arrival import HomeMedicine
from ketachart.domain.review.history import symptoms_after, symptoms_before, tried_words
from ketachart.domain.review.interactions import interactions
from ketachart.domain.visit import Entry
from ketachart.domain.wording import DASH, clock, day_and_clock
from ketachart.report.sections.pieces import (
    EMPTY,
    Cell,
    Column,
    Row,
    Run,
    Table,
    faint,
    plain,
    strong,
)
from ketachart.report.sections.record import Record

YES_NO = {True: "yes", False: "no", None: DASH}


def review_tables(record: Record) -> tuple[Table, ...]:
    """Each of the three, where anything of it was charted."""
    made = (_medicines(record), _history(record), _symptoms(record))
    return tuple(table for table in made if table is not None)


def _asked(record: Record, entry: Entry[Fact]) -> str:
    late = f", written {clock(entry.recorded_at)}" if record.is_late(entry) else ""
    mark = f" {record.mark(entry)}" if record.mark(entry) else ""
    return f"asked {clock(entry.at)}{mark} by {record.by(entry)}{late}"


# ------------------------------------------------------------------ medicines at home


def _medicines(record: Record) -> Table | None:
    told = record.visit.last(MedicinesListed)
    if told is None:
        return None
    return Table(
        code="home-medicines",
        heading="Medicines at home",
        says=_asked(record, told),
        columns=(
            Column("medicine", 130),
            Column("dose, how often", 120),
            Column("last taken", 74),
            Column("asked about with ketamine"),
        ),
        rows=tuple(_medicine(record, told, one) for one in told.fact.medicines),
        empty="None, asked today.",
    )


def _medicine(record: Record, told: Entry[MedicinesListed], one: HomeMedicine) -> Row:
    raised = [found for found in interactions(record.visit, record.now) if found.medicine is one]
    cited = record.visit.protocol.cited(*(found.group.source for found in raised)).short
    words = "; ".join(f"{found.group.label}: {found.group.says}" for found in raised)
    heavy = bool(raised)
    return Row(
        cells=(
            strong(one.name) if heavy else plain(one.name),
            plain(one.dose or DASH),
            plain(day_and_clock(one.last) if one.last is not None else "not told"),
            (*strong(words), *faint(f"({cited})")) if heavy else plain(DASH),
        ),
        entry=told.id,
        about=f"medicine at home: {one.name}",
        bar="override" if heavy else "",
    )


# ------------------------------------------------------------------ the history


def _history(record: Record) -> Table | None:
    told = record.visit.last(HistoryTaken)
    if told is None:
        return None
    fact = told.fact
    figures = (
        ("Headache days in the last month", fact.headache_days, ""),
        ("Worst pain of the last week", fact.worst_pain, " of 10"),
        ("Pain the patient can live with", fact.acceptable_pain, " of 10"),
    )
    said = [(words, DASH if n is None else f"{n}{unit}") for words, n, unit in figures]
    tried = "; ".join(tried_words(one) for one in fact.tried) or "none charted"
    said.append(("Tried before", tried))
    if fact.note:
        said.append(("Anything else", fact.note))
    return Table(
        code="history",
        heading="History",
        says=_asked(record, told),
        columns=(Column("what", 124), Column("told")),
        half=True,
        rows=tuple(
            Row(cells=(plain(words), strong(value)), entry=told.id, about=words.lower())
            for words, value in said
        ),
    )


# ------------------------------------------------------------------ symptoms


def _symptoms(record: Record) -> Table | None:
    visit = record.visit
    before, after = symptoms_before(visit), symptoms_after(visit)
    shown = after or before
    if shown is None:
        return None
    rows = (
        ("Sensitive to light", "light"),
        ("Sensitive to sound", "sound"),
        ("Vomiting", "vomiting"),
        ("Aura", "aura"),
        ("In the patient's words", "note"),
    )
    times = " and ".join(clock(entry.at) for entry in (before, after) if entry is not None)
    return Table(
        code="symptoms",
        heading="Symptoms before and after",
        says=f"noted {times}; pain and nausea stand among the vital signs",
        columns=(Column("symptom", 84), Column("before the start", 76), Column("at the end")),
        half=True,
        rows=tuple(
            Row(
                cells=(plain(words), _noted(record, before, key), _noted(record, after, key)),
                entry=shown.id,
                about=words.lower(),
            )
            for words, key in rows
        ),
    )


def _noted(record: Record, entry: Entry[SymptomsNoted] | None, key: str) -> Cell:
    if entry is None:
        return plain("not charted")
    value = getattr(entry.fact, key)
    words = YES_NO[value] if value is None or isinstance(value, bool) else value or DASH
    mark = record.mark(entry)
    return (*strong(words), Run(mark, "mark")) if mark else strong(words) or EMPTY
