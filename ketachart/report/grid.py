"""The timeline's pages: the grid, as high as it may be, with the list of its flags under it."""

from collections.abc import Callable
from dataclasses import replace

from reportlab.pdfgen.canvas import Canvas

from ketachart.report import plot
from ketachart.report.alternatives import timeline_words
from ketachart.report.flow import Flow
from ketachart.report.sections.pieces import Table
from ketachart.report.sheet import Drawing
from ketachart.report.styles import PaperName
from ketachart.report.tables import (
    ABOVE,
    draw_again,
    draw_heading,
    heading_height,
    height_of,
    set_table,
)
from ketachart.timeline.columns import columns_of
from ketachart.timeline.contents import Timeline
from ketachart.timeline.frame import plan_of
from ketachart.timeline.manner import Manner
from ketachart.timeline.scene import Scene, build, least_height, pages

BELOW_HEADING = 4.0
STEP = 0.25  # by which the grid's squares are made smaller until all lanes fit
SAYS = "one square = 5 minutes × 10 mmHg; T = minutes after the start; numbers: see the flags"


def set_timeline(flow: Flow, timeline: Timeline, flags: Table, paper: PaperName) -> None:
    """Draws the timeline from a fresh page on; tables begin on another page than the grid's."""
    manner = plot.manner(paper)
    windows = pages(timeline, manner)
    flow.began("timeline")
    together = False
    for number, window in enumerate(windows):
        name = "Timeline, continued" if number else "Timeline"
        heading = heading_height(flow.sheet, "Timeline", SAYS) + BELOW_HEADING
        room = flow.room - heading
        beside = ABOVE + height_of(flow, flags)
        last = number == len(windows) - 1
        together = last and least_height(window, manner) + beside <= room
        height = room - beside if together else room
        scene = _scene(window, flow.paper.inner, height, manner)
        draw = draw_again if number else draw_heading
        flow.y += draw(flow.sheet, flow.y, name, SAYS) + BELOW_HEADING
        # A long list of allergies above and every side effect below may leave too little room even
        # for the least lanes. The grid is then drawn smaller: its values stand in the tables.
        share = min(height / scene.height, 1.0)
        with flow.sheet.part("Figure", alt=timeline_words(window)):
            flow.sheet.ops.append(Drawing(_drawer(scene, flow, share)))
        flow.y += scene.height * share
        if not together:
            flow.turn()
    set_table(flow, flags)
    if together and not flow.fresh:
        flow.turn()


def _scene(window: Timeline, width: float, height: float, manner: Manner) -> Scene:
    """The drawing with the greatest squares with which its lanes are no higher than the room."""
    least, square = manner.sizes.square
    while True:
        tried = replace(manner, sizes=replace(manner.sizes, square=(least, square)))
        needed = plan_of(window, columns_of(window, width, tried), tried).least
        if needed <= height or square <= least:
            return build(window, (width, max(height, needed)), tried)
        square = max(square - STEP, least)


def _drawer(scene: Scene, flow: Flow, share: float) -> Callable[[Canvas], None]:
    """Draws a scene with its corner where the flow stands now, at a share of its size."""
    left, top = flow.paper.left, flow.paper.height - flow.y

    def draw(canvas: Canvas) -> None:
        canvas.translate(left, top)
        canvas.scale(share, share)
        plot.draw(canvas, scene, 0, 0)

    return draw
