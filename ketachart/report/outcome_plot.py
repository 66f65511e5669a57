"""Sets the drawing of the series: pain before and after each infusion, and the same in words."""

from reportlab.pdfgen.canvas import Canvas

from ketachart.report import plot
from ketachart.report.flow import Flow
from ketachart.report.sections.pieces import Chart, words_of
from ketachart.report.sheet import Drawing
from ketachart.report.styles import TABLE
from ketachart.report.tables import ABOVE, draw_heading, heading_height
from ketachart.report.wrap import draw_line, lines_of, looks
from ketachart.timeline.outcome import height_of, outcome_parts

LEAD = 10.4
WIDE = 96.0  # of one infusion at most: a few are not drawn apart as wide as the page


def set_chart(flow: Flow, chart: Chart) -> None:
    """The drawing with its words under it; it stays together on one page."""
    manner = plot.manner("letter")
    words = lines_of(chart.words, looks(TABLE), flow.paper.inner, field=chart.heading)
    heading = heading_height(flow.sheet, chart.heading, chart.says)
    drawn = height_of(manner)
    height = heading + drawn + len(words) * LEAD + 4
    if not flow.fresh:
        if ABOVE + height > flow.room:
            flow.turn()
        else:
            flow.y += ABOVE
    flow.began(chart.code)
    top = flow.y
    draw_heading(flow.sheet, top, chart.heading, chart.says)
    width = min(flow.paper.inner, (len(chart.outcomes) + 1) * WIDE)
    parts = outcome_parts(chart.outcomes, width, manner)
    left, foot = flow.paper.left, flow.paper.height - (top + heading + 2)

    def draw(canvas: Canvas) -> None:
        plot.draw_parts(canvas, parts, left, foot)

    with flow.sheet.part("Figure", alt=f"{chart.heading}: {words_of(chart.words)}"):
        flow.sheet.ops.append(Drawing(draw))
    y = top + heading + drawn
    with flow.sheet.part("P"):
        for line in words:
            y += LEAD
            draw_line(flow.sheet, left, y, line)
    flow.y = top + height
