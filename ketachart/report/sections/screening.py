"""The screening on paper: every question with its answer, asks and stops in heavy letters."""

from ketachart.domain.facts import Fact, ScreeningAnswered, ScreeningConcluded
from ketachart.domain.screening import ItemState, progress, screening
from ketachart.domain.visit import Entry
from ketachart.domain.wording import clock, day
from ketachart.report.sections.pieces import (
    Cell,
    Column,
    Divider,
    Line,
    Look,
    Row,
    Run,
    Table,
    faint,
    plain,
    strong,
)
from ketachart.report.sections.record import Record

ANSWERS = {"clear": "Clear", "ask": "Ask", "stop": "Stop", None: "Open"}


def screening_table(record: Record) -> Table:
    """Every question that applies, as it was answered last."""
    state = screening(record.visit, record.now)
    rows: list[Line] = []
    for section in state.sections:
        rows.append(Divider(section))
        rows += [_row(record, item) for item in state.section(section)]
    return Table(
        code="screening",
        heading="Screening",
        says=_says(record, progress(state)),
        columns=(Column("time", 24), Column("answer", 24), Column("question: what was said")),
        rows=tuple(rows),
        across=2,
        empty="The protocol of this visit asks no questions.",
    )


def _says(record: Record, answered: str) -> str:
    concluded = record.visit.last(ScreeningConcluded)
    if concluded is None:
        return f"{answered}, not closed. No time: worked out by the chart."
    verdict = "go" if concluded.fact.verdict == "go" else "NO GO"
    return f"{answered}, closed {clock(concluded.at)}: {verdict}. No time: worked out by the chart."


def shown_in_screening(record: Record) -> frozenset[str]:
    """The answers that the table shows; earlier ones and others stand among the events."""
    state = screening(record.visit, record.now)
    return frozenset(item.entry for item in state.items if item.entry)


def _row(record: Record, item: ItemState) -> Row:
    entry = record.visit.entry(item.entry) if item.entry else None
    heavy = item.answer != "clear"
    more = bool(item.note or item.override or item.dated)
    look: Look = "strong" if heavy else "plain"
    said: Cell = (Run(item.item.question + (":" if more else ""), look),)
    if item.dated is not None:
        said = (*said, Run(f"dated {day(item.dated)}", look))
    if item.note:
        said = (*said, Run(item.note, look))
    return Row(
        cells=(
            _time(record, entry),
            strong(ANSWERS[item.answer]) if heavy else plain(ANSWERS[item.answer]),
            (*said, *_source(item), *_corrected(record, entry), *_authorised(item)),
        ),
        entry=item.entry,
        about=f"question: {item.item.question}",
        bar="override" if heavy else "",
    )


def _source(item: ItemState) -> Cell:
    """Where a question comes from, where its answer stood against the start."""
    return faint(f"({item.cited})") if item.answer in ("ask", "stop") and item.cited else ()


def _time(record: Record, entry: Entry[Fact] | None) -> Cell:
    if entry is None:
        return ()
    *older, _ = record.time_cell(entry)
    return (*older, *faint(clock(entry.at)))


def _corrected(record: Record, entry: Entry[Fact] | None) -> Cell:
    """What the answer was before it was corrected, drawn through."""
    found: list[Run] = []
    for older in record.before(entry) if entry is not None else ():
        if isinstance(older.fact, ScreeningAnswered):
            gone = f"{ANSWERS[older.fact.answer]} {older.fact.note}".strip()
            found.append(Run(gone, "struck"))
    if not found or entry is None:
        return ()
    return (*found, Run(record.mark(entry), "mark"))


def _authorised(item: ItemState) -> Cell:
    override = item.override
    if override is None or item.answer == "clear":
        return ()
    back = "read back" if override.read_back else "NOT read back"
    condition = f"; {override.condition}" if override.condition else ""
    phone = f", phone {override.phone}" if override.phone else ""
    when = f"{override.by}{phone}, {clock(override.at)}, {back}"
    words = f"Authorised by {when}: {override.reason}{condition}"
    return (Run(f"\n{words}", "strong"),)
