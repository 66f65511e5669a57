"""The table of vital signs: every set, what was due, what was not done, and what was corrected."""

from collections.abc import Iterable
from datetime import datetime

from ketachart.domain.facts import VitalsMissed, VitalsTaken
from ketachart.domain.monitoring import Due
from ketachart.domain.paper import FROM_PAPER, from_paper
from ketachart.domain.visit import Entry
from ketachart.domain.wording import clock, count, decimal_text, length, plus_minutes
from ketachart.report.sections.pieces import (
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
from ketachart.report.sections.readings import beyond_limits, furthest, landmarks
from ketachart.report.sections.record import Record, with_days
from ketachart.report.sections.signs import (
    SignColumns,
    sign_cell,
    sign_columns,
    sign_value,
    source_legend,
)


def vitals_table(record: Record) -> Table:
    """Every set and every set that was not done, by time."""
    sets = record.visit.of(VitalsTaken)
    columns = sign_columns(record)
    rows = sorted(_rows(record, columns), key=lambda row: row[0])
    return Table(
        code="vitals",
        heading="Vitals",
        says=f"{count(len(sets), 'set')}. Bold: highest or lowest of the visit. "
        "C1, C2: corrected, first value drawn through. Empty: not measured."
        f"{source_legend(record)}",
        columns=(
            Column("time", 31),
            Column("due", 27),
            Column("T", 23, right=True),
            *(Column(one.head, one.width, right=True) for one in columns),
            Column("note"),
        ),
        rows=with_days(rows),
        empty="No vital signs are charted.",
    )


def _rows(record: Record, columns: SignColumns) -> Iterable[tuple[datetime, Row]]:
    due_of = {item.entry: item for item in record.due if item.entry}
    beyond, extremes, places = beyond_limits(record), furthest(record), landmarks(record)
    for entry in record.visit.of(VitalsTaken):
        words = [*beyond.get(entry.id, ())]
        yield (
            entry.at,
            Row(
                cells=(
                    record.time_cell(entry),
                    *_due_cells(record, entry, due_of.get(entry.id)),
                    *(
                        sign_cell(record, entry, one.signs, extremes.get(entry.id, ()))
                        for one in columns
                    ),
                    _note(record, entry, due_of.get(entry.id), words, places.get(entry.id, "")),
                ),
                entry=entry.id,
                about=f"vitals {clock(entry.at)}",
                bar="limit" if words else "",
                shaded=entry.id in places,
            ),
        )
    yield from _not_done(record, ((),) * len(columns))
    yield from _voided(record, columns)


def _due_cells(record: Record, entry: Entry[VitalsTaken], item: Due | None) -> tuple[Cell, Cell]:
    late = item is not None and item.state == "late"
    due = "" if item is None else clock(item.at)
    return (strong(due) if late else faint(due), plain(record.minutes_after(entry.at)))


def _beside(record: Record, fact: VitalsTaken) -> list[str]:
    """What has no column of its own."""
    protocol, found = record.visit.protocol, []
    if fact.temperature_c is not None:
        found.append(f"{decimal_text(fact.temperature_c)}\u00a0°C")
    if fact.etco2 is not None:
        found.append(f"{protocol.sign('etco2').short} {fact.etco2}")
    if fact.oxygen_l_min is not None:
        found.append(f"oxygen {decimal_text(fact.oxygen_l_min)} L/min")
    if fact.oriented is not None:
        found.append(f"oriented ×\u00a0{fact.oriented}")
    if fact.source != "typed":
        found.append(fact.source)
    if fact.confirmed:
        found.append("unusual value read twice")
    if fact.note:
        found.append(fact.note)
    return found


def _note(
    record: Record, entry: Entry[VitalsTaken], item: Due | None, words: list[str], place: str
) -> Cell:
    said = [*words]
    if item is not None and item.state == "late" and item.lag is not None:
        said.append(f"{length(item.lag)} after it was due")
    if record.is_late(entry):
        said.append(f"written {plus_minutes(entry.lag)}")
    if from_paper(record.visit, entry):
        said.append(FROM_PAPER)
    heavy = "; ".join(said)
    here = _beside(record, entry.fact)
    then: Cell = ()
    for older in record.before(entry):
        if isinstance(older.fact, VitalsTaken):
            gone = [text for text in _beside(record, older.fact) if text not in here]
            then = (*then, *struck("; ".join(gone)))
    rest = "; ".join(filter(None, [place, *here]))
    if heavy and (then or rest):
        heavy += ";" if not heavy.endswith(".") else ""
    return (*strong(heavy), *then, *plain(rest))


def _not_done(record: Record, none_here: tuple[Cell, ...]) -> Iterable[tuple[datetime, Row]]:
    """Sets that were due and not done: with the reason, or with none."""
    answers = {item.entry: item for item in record.due if item.state == "not-done"}
    for entry in record.visit.of(VitalsMissed):
        item = answers.get(entry.id)
        due = entry.fact.due_at or (item.at if item else None)
        yield (
            entry.at,
            Row(
                cells=(
                    record.time_cell(entry),
                    faint(clock(due) if due else ""),
                    plain(record.minutes_after(entry.at)),
                    *none_here,
                    (Run("not done:", "strong"), Run(entry.fact.reason)),
                ),
                entry=entry.id,
                about=f"vitals not done {clock(entry.at)}",
            ),
        )
    for item in record.due:
        if item.state == "missed":
            yield (
                item.at,
                Row(
                    cells=(
                        (),
                        strong(clock(item.at)),
                        plain(record.minutes_after(item.at)),
                        *none_here,
                        strong("not done, no reason charted"),
                    ),
                    about=f"vitals due {clock(item.at)}",
                ),
            )


def _voided(record: Record, columns: SignColumns) -> Iterable[tuple[datetime, Row]]:
    for entry in record.voided:
        if not isinstance(entry.fact, (VitalsTaken, VitalsMissed)):
            continue
        fact = entry.fact
        if isinstance(fact, VitalsTaken):
            cells = tuple(struck(sign_value(record, fact, one.signs)) for one in columns)
            said = struck("; ".join(_beside(record, fact)))
        else:
            due = f"due {clock(fact.due_at)}: " if fact.due_at else ""
            cells, said = ((),) * len(columns), struck(f"not done: {due}{fact.reason}")
        yield (
            entry.at,
            Row(
                cells=(
                    record.struck_time(entry),
                    (),
                    plain(record.minutes_after(entry.at)),
                    *cells,
                    (*said, *record.void_words(entry)),
                ),
                entry=entry.id,
                about=f"voided vitals {clock(entry.at)}",
            ),
        )
