"""Sets passages of text, and chooses between a passage and a table."""

from ketachart.report.flow import Flow
from ketachart.report.outcome_plot import set_chart
from ketachart.report.sections.pieces import Chart, Passage, Section, Table
from ketachart.report.styles import BAND, FRAME, HAIR, RULE, TABLE
from ketachart.report.tables import ABOVE, draw_heading, heading_height, set_table
from ketachart.report.wrap import TextLine, draw_line, lines_of, looks

LEAD = 10.4
INSET = 6.0


def set_section(flow: Flow, section: Section) -> None:
    """Sets one section from where the flow stands."""
    match section:
        case Table():
            set_table(flow, section)
        case Passage():
            _set_passage(flow, section)
        case Chart():
            set_chart(flow, section)


def _set_passage(flow: Flow, passage: Passage) -> None:
    """A passage stays together on one page."""
    sheet = flow.sheet
    inset = INSET if passage.boxed else 0.0
    lines: list[TextLine] = []
    for paragraph in passage.paragraphs:
        lines += lines_of(
            paragraph, looks(TABLE), flow.paper.inner - 2 * inset, field=passage.heading
        )
    heading = heading_height(sheet, passage.heading, passage.says)
    height = heading + len(lines) * LEAD + (6 if passage.boxed else 2)
    if not flow.fresh:
        if ABOVE + height > flow.room:
            flow.turn()
        else:
            flow.y += ABOVE
    flow.began(passage.code)
    top, sheet = flow.y, flow.sheet
    if passage.boxed:
        sheet.box(flow.paper.left, top - 3, flow.paper.inner, height + 3, fill=BAND)
        sheet.rule(top - 3, FRAME, RULE)
        sheet.rule(top + height, FRAME, RULE)
        sheet.about = passage.heading
        sheet.write(flow.paper.left + inset, top + 9, passage.heading, TABLE.heavier("semibold"))
    else:
        draw_heading(sheet, top, passage.heading, passage.says)
    y = top + heading - (2 if passage.boxed else 0)
    for line in lines:
        y += LEAD
        draw_line(sheet, flow.paper.left + inset, y - 1, line)
    flow.y = top + height


__all__ = ["HAIR", "set_section"]
