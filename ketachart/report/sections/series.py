"""The series and what came before: each infusion with its dose and how pain answered, the sums."""

from ketachart.domain.address import often_here
from ketachart.domain.facts import InfusionElsewhere, PastInfusion, PastRecorded
from ketachart.domain.past import past_infusion
from ketachart.domain.series import (
    effect_words,
    known_past,
    note_words,
    pain_words,
    position_words,
    since_words,
    total_words,
    totals,
)
from ketachart.domain.visit import Entry
from ketachart.domain.wording import DASH, clock, count, day
from ketachart.report.sections.order import exact
from ketachart.report.sections.pieces import (
    Cell,
    Column,
    Divider,
    Line,
    Row,
    Table,
    faint,
    plain,
    strong,
)
from ketachart.report.sections.record import Record

COLUMNS = (
    Column("day", 78),
    Column("which"),
    Column("dose", 122),
    Column("pain", 66),
    Column("worst effect", 82),
    Column("how it ended", 96),
)


def shown_in_series(record: Record) -> frozenset[str]:
    """The entry that this table alone shows; what was charted of elsewhere is an event as well."""
    past = _told(record)
    return frozenset({past.id} if past is not None else ())


def series_table(record: Record) -> Table:
    """Every infusion before this one, this one, and the sums of the last days."""
    visit = record.visit
    place = filter(None, [position_words(visit), since_words(visit, record.now)])
    return Table(
        code="series",
        heading="Series and earlier infusions",
        says=", ".join(place),
        columns=COLUMNS,
        rows=(*_infusions(record), *_sums(record)),
        empty="Nothing is on file of what came before.",
    )


def _told(record: Record) -> Entry[PastRecorded] | None:
    fact = known_past(record.visit)
    told = record.visit.of(PastRecorded)
    return next((entry for entry in told if entry.fact is fact), None)


def _infusions(record: Record) -> tuple[Line, ...]:
    visit, past = record.visit, _told(record)
    rows: list[tuple[PastInfusion, str, str]] = []
    if past is not None:
        rows += [(one, past.id, "") for one in past.fact.infusions]
    rows += [(e.fact.infusion, e.id, e.fact.told_by) for e in visit.of(InfusionElsewhere)]
    rows.sort(key=lambda row: row[0].on)
    found: list[Line] = [_row(record, one, entry, by) for one, entry, by in rows]
    this = past_infusion(visit)
    if this is not None:
        found.append(_row(record, this, "", "this infusion"))
    return tuple(found)


def _row(record: Record, one: PastInfusion, entry: str, by: str) -> Row:
    return Row(
        cells=(
            (*strong(day(one.on)), *faint(_hours(one))),
            _which(record, one, by),
            _dose(one),
            plain(pain_words(one) or DASH),
            plain(effect_words(one) or "none charted"),
            plain(_ended(one, entry)),
        ),
        entry=entry,
        about=f"infusion of {day(one.on)}",
    )


def _hours(one: PastInfusion) -> str:
    if one.started_at is None and one.ended_at is None:
        return ""
    return f"{clock(one.started_at)}–{clock(one.ended_at)}"


def _which(record: Record, one: PastInfusion, by: str) -> Cell:
    goal = record.visit.protocol.goal(one.goal)
    number = f"infusion {one.series_number}" if one.series_number is not None else ""
    who = f"elsewhere, told by {by}" if one.charted == "elsewhere" else by
    parts = [number, goal.label if goal else one.goal, one.visit and f"visit {one.visit}", who]
    return plain(", ".join(filter(None, parts)))


def _dose(one: PastInfusion) -> Cell:
    if one.delivered_mg is None and one.delivered_mg_per_kg is None:
        return plain("not on file")
    per_kg = exact(one.delivered_mg_per_kg)
    kg = f"for {exact(one.dosing_weight_kg)}" if one.dosing_weight_kg is not None else ""
    return (*strong(exact(one.delivered_mg)), *plain(" ".join(filter(None, [per_kg, kg]))))


def _ended(one: PastInfusion, entry: str) -> str:
    """This visit's own row is as much signed as the paper it stands on."""
    note = "" if one.charted == "elsewhere" else note_words(one)
    if not entry:
        note = note.removesuffix("not signed").removesuffix(", ")
    return ", ".join(filter(None, [one.stop_reason, note]))


def _sums(record: Record) -> tuple[Line, ...]:
    visit, past = record.visit, _told(record)
    found: list[Line] = [Divider("Altogether, this infusion included once started")]
    for total in totals(visit, record.now):
        days = f"last {count(total.days, 'day')}"
        found.append(_sum(days, plain(total_words(total)), entry=""))
    if past is None:
        return tuple(found)
    if not past.fact.infusions:
        found.append(_sum("before", plain("no earlier infusion on this laptop"), entry=past.id))
    here, window = past.fact.visits_here, visit.protocol.known("address.window")
    if here is not None:
        days = f" in {window.value} days" if window is not None else ""
        often = often_here(visit)
        words = f"{count(here, 'visit')} at this address{days}, this one included"
        told = strong(f"{words}: for the clinic to look at") if often else plain(words)
        found.append(_sum("address", told, entry=past.id))
    return tuple(found)


def _sum(name: str, words: Cell, *, entry: str) -> Row:
    return Row(cells=(strong(name), words, (), (), (), ()), entry=entry, about=name)
