"""The scales on paper: each with its day, items where they are kept, its total, and whose it is."""

from collections.abc import Iterator

from ketachart.domain.facts import ScaleScored
from ketachart.domain.policy_care import Scale
from ketachart.domain.scales.scoring import NOT_ASKED, band_of, heeded
from ketachart.domain.scales.wanted import missing_scales
from ketachart.domain.visit import Entry
from ketachart.domain.wording import clock, day
from ketachart.report.sections.pieces import Cell, Column, Line, Row, Table, faint, plain, strong
from ketachart.report.sections.record import Record

COLUMNS = (
    Column("time", 40),
    Column("scale and items"),
    Column("answer", 170),
)


def scale_tables(record: Record) -> tuple[Table, ...]:
    """One table of all scales; none where none is scored and the goal asks for none."""
    rows = tuple(_rows(record))
    if not rows:
        return ()
    return (
        Table(
            code="scales",
            heading="Scales",
            says="Each as it was asked. A scale whose text is protected has its total only.",
            columns=COLUMNS,
            rows=rows,
        ),
    )


def _rows(record: Record) -> Iterator[Line]:
    protocol = record.visit.protocol
    whose: dict[str, Scale] = {}
    for entry in record.visit.of(ScaleScored):
        scale = protocol.score(entry.fact.scale)
        yield _head(record, entry, scale)
        yield from _items(record, entry, scale)
        if scale is not None:
            whose[scale.code] = scale
    for scale in missing_scales(record.visit):
        yield Row(
            cells=((), plain(f"{scale.label}: {scale.about}"), strong("not scored")),
            about=f"{scale.label}, not scored",
        )
    for scale in whose.values():
        line = f"{scale.label}. {scale.credit or scale.licence}"
        yield Row(cells=((), faint(line), ()), about=f"whose {scale.label} is")


def _head(record: Record, entry: Entry[ScaleScored], scale: Scale | None) -> Row:
    fact = entry.fact
    band = band_of(scale, fact.total) if scale is not None else None
    label = f"{scale.label}: {scale.about}" if scale is not None else fact.scale
    beside = (
        "asked in Spanish" if fact.asked_in == "es" else "",
        f"form of {day(fact.filled_on)}" if fact.filled_on is not None else "",
        fact.note,
    )
    total = f"{fact.total}, {band.label}" if band is not None else str(fact.total)
    said = "; ".join(filter(None, beside))
    acts = any(item.act == "stop" for item, _ in heeded(record.visit.protocol, fact))
    return Row(
        cells=(
            record.time_cell(entry),
            (*strong(label), *plain(said)),
            strong(total),
        ),
        entry=entry.id,
        about=f"{scale.label if scale else fact.scale} {clock(entry.at)}",
        bar="limit" if acts else "",
    )


def _items(record: Record, entry: Entry[ScaleScored], scale: Scale | None) -> Iterator[Row]:
    if scale is None:
        return
    protocol, fact = record.visit.protocol, entry.fact
    labels = {option.value: option.label for option in scale.options}
    acted = {item.number for item, _ in heeded(protocol, fact)}
    for item, answer in zip(protocol.items_of(fact.scale), fact.answers, strict=False):
        text: Cell = plain(f"{item.number}  {item.text}")
        if answer == NOT_ASKED:
            said: Cell = faint("not asked")
        else:
            words = f"{answer}  {labels.get(answer, '')}".strip()
            said = strong(words) if item.number in acted else plain(words)
        yield Row(
            cells=((), text, said),
            about=f"{scale.label} item {item.number}",
            bar="limit" if item.number in acted else "",
        )
