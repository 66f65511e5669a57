"""Sets the sections one after the other: passages of text, tables, and two tables side by side."""

from collections.abc import Sequence

from ketachart.report.flow import Flow
from ketachart.report.outcome_plot import set_chart
from ketachart.report.sections.pieces import Chart, Passage, Section, Table
from ketachart.report.styles import BAND, FRAME, HAIR, RULE, TABLE, Half, halves
from ketachart.report.tables import (
    ABOVE,
    BESIDE,
    begin,
    draw_heading,
    full_height,
    heading_height,
    set_table,
)
from ketachart.report.wrap import TextLine, draw_line, lines_of, looks

LEAD = 10.4
INSET = 6.0


def set_sections(flow: Flow, sections: Sequence[Section]) -> None:
    """Sets every section; two halves stand side by side, passages that follow stay together."""
    left = list(sections)
    while left:
        first = left.pop(0)
        second = left[0] if left else None
        if _are_halves(first, second) and isinstance(first, Table) and isinstance(second, Table):
            _set_beside(flow, first, second)
            left.pop(0)
            continue
        if isinstance(first, Passage) and isinstance(second, Passage):
            needed = sum(ABOVE + _height(flow, passage) for passage in (first, second))
            if flow.room < needed <= flow.whole and not flow.fresh:
                flow.turn()
        set_section(flow, first)


def _are_halves(first: Section, second: Section | None) -> bool:
    return isinstance(first, Table) and isinstance(second, Table) and first.half and second.half


def set_section(flow: Flow, section: Section) -> None:
    """Sets one section from where the flow stands."""
    match section:
        case Table():
            set_table(flow, section)
        case Passage():
            _set_passage(flow, section)
        case Chart():
            set_chart(flow, section)


# ------------------------------------------------------------------ side by side


def _set_beside(flow: Flow, *tables: Table) -> None:
    """Two tables beside each other; one after the other where they are too long for it."""
    pairs = tuple(zip(halves(flow.paper, BESIDE), tables, strict=True))
    high = max(_height_in(half, flow, table) for half, table in pairs)
    if high > flow.whole:
        for table in tables:
            set_table(flow, table)
        return
    begin(flow, high)
    top, ends = flow.y, []
    for half, table in pairs:
        flow.y = top
        with flow.within(half):
            set_table(flow, table)
        ends.append(flow.y)
    flow.y = max(ends)


def _height_in(half: Half, flow: Flow, table: Table) -> float:
    with flow.within(half):
        return full_height(flow, table)


# ------------------------------------------------------------------ passages


def _lines(flow: Flow, passage: Passage) -> list[TextLine]:
    width = flow.paper.inner - 2 * (INSET if passage.boxed else 0.0)
    lines: list[TextLine] = []
    for paragraph in passage.paragraphs:
        lines += lines_of(paragraph, looks(TABLE), width, field=passage.heading)
    return lines


def _height(flow: Flow, passage: Passage) -> float:
    heading = heading_height(flow.sheet, passage.heading, passage.says)
    return heading + len(_lines(flow, passage)) * LEAD + (6 if passage.boxed else 2)


def _set_passage(flow: Flow, passage: Passage) -> None:
    """A passage stays together on one page."""
    height = _height(flow, passage)
    begin(flow, height)
    flow.began(passage.code)
    top, sheet = flow.y, flow.sheet
    heading = heading_height(sheet, passage.heading, passage.says)
    inset = INSET if passage.boxed else 0.0
    if passage.boxed:
        sheet.box(flow.paper.left, top - 3, flow.paper.inner, height + 3, fill=BAND)
        sheet.rule(top - 3, FRAME, RULE)
        sheet.rule(top + height, FRAME, RULE)
        sheet.about = passage.heading
        with sheet.part("H2"):
            sheet.write(
                flow.paper.left + inset, top + 9, passage.heading, TABLE.heavier("semibold")
            )
    else:
        draw_heading(sheet, top, passage.heading, passage.says)
    y = top + heading - (2 if passage.boxed else 0)
    with sheet.part("P"):
        for line in _lines(flow, passage):
            y += LEAD
            draw_line(sheet, flow.paper.left + inset, y - 1, line)
    flow.y = top + height


__all__ = ["HAIR", "set_section", "set_sections"]
