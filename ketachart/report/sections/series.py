"""The series and what came before: each infusion with its dose and how pain answered, the sums."""

from ketachart.domain.earlier.address import often_here
from ketachart.domain.earlier.outcome import (
    after_words,
    measures_words,
    outcome_words,
    outcomes,
)
from ketachart.domain.earlier.past import past_infusion
from ketachart.domain.earlier.series import (
    effect_words,
    known_past,
    note_words,
    pain_words,
    position_words,
    since_words,
    total_words,
    totals,
)
from ketachart.domain.facts import (
    InfusionElsewhere,
    InfusionStarted,
    PastInfusion,
    PastRecorded,
)
from ketachart.domain.visit import Entry
from ketachart.domain.wording import DASH, clock, count, day
from ketachart.report.sections.order import exact
from ketachart.report.sections.pieces import (
    Cell,
    Chart,
    Column,
    Line,
    Row,
    Table,
    faint,
    plain,
    strong,
)
from ketachart.report.sections.record import Record

COLUMNS = (
    Column("day", 64),
    Column("which"),
    Column("dose", 106),
    Column("pain", 64),
    Column("worst effect", 76),
    Column("how it ended", 76),
)
# A row, not an empty table: the sums and the count of visits stand under it all the same.
NONE = Row(cells=(plain(DASH), plain("no infusion on file"), (), (), (), ()), about="no infusion")


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
        rows=_infusions(record) or (NONE,),
        closing=_sums(record),
    )


def outcome_charts(record: Record) -> tuple[Chart, ...]:
    """Pain over the series, drawn; nothing where there is nothing to compare."""
    shown = outcomes(record.visit)
    if not shown:
        return ()
    words = "; ".join(outcome_words(one) for one in shown)
    return (
        Chart(
            code="outcome",
            heading="Pain over the series",
            says="as charted and as told at the calls; a gap was not asked; no promise for later",
            outcomes=shown,
            words=plain(f"{words}."),
        ),
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
            plain("; ".join(filter(None, [pain_words(one), after_words(one)])) or DASH),
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
    measures = measures_words(record.visit.protocol, one)
    visit = one.visit and f"visit {one.visit}"
    parts = [number, goal.label if goal else one.goal, visit, measures, who]
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


def _sums(record: Record) -> Cell:
    """What it comes to in the protocol's days, and how often one was at this address."""
    visit, past = record.visit, known_past(record.visit)
    words = [
        f"Last {count(total.days, 'day')}: {total_words(total)}."
        for total in totals(visit, record.now)
    ]
    cell = plain(" ".join(words))
    if visit.of(InfusionStarted) and words:
        cell = (*cell, *faint("This infusion is included."))
    here = past.visits_here if past is not None else None
    window = visit.protocol.known("address.window")
    if here is None or window is None:
        return cell
    told = f"{count(here, 'visit')} at this address in {window.value} days, this one included"
    often = often_here(visit)
    return (*cell, *(strong(f"{told}: for the clinic to look at.") if often else plain(f"{told}.")))
