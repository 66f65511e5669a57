"""Builds the one drawing of a visit that window and paper share."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from operator import attrgetter
from typing import Final

from ketachart.timeline.axis import clock_layer, draw_axis, draw_clock
from ketachart.timeline.columns import SCALED, Columns, LaneName, columns_of
from ketachart.timeline.contents import SQUARE, Timeline
from ketachart.timeline.draw_bands import draw_bands, draw_vitals
from ketachart.timeline.draw_course import draw_flags, draw_given, draw_phases
from ketachart.timeline.draw_dots import draw_dots
from ketachart.timeline.draw_drug import draw_rate, draw_totals
from ketachart.timeline.draw_paper import draw_paper, draw_paper_edges
from ketachart.timeline.draw_pressure import draw_pressure
from ketachart.timeline.draw_steps import draw_pain, draw_sedation
from ketachart.timeline.easel import Easel
from ketachart.timeline.frame import Lane, Plan, lanes_of, least_in_window, plan_of
from ketachart.timeline.kept import Kept
from ketachart.timeline.lanes import window
from ketachart.timeline.manner import Manner
from ketachart.timeline.placing import now_box
from ketachart.timeline.scales import scale_of
from ketachart.timeline.scene_parts import Box, Hit, Layers, Part, Place, union
from ketachart.timeline.span import ceiling, floor
from ketachart.timeline.strip import Strip

OVERLAP: Final = timedelta(minutes=30)  # what two pages of a long visit share at least
TAIL: Final = timedelta(minutes=45)  # room behind the last pressure, where the page has it
_FINER: Final = 0.25  # by how many points a square shrinks while the page is too full
_HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A drawing: its parts in the order in which they are drawn, and what can be read where.

    ``places`` is what is read out where, in any order.
    """

    width: float
    height: float
    parts: tuple[Part, ...]
    clock: Layers
    places: tuple[Place, ...] = field(compare=False)
    columns: Columns
    lanes: tuple[Lane, ...]
    manner: Manner

    @cached_property
    def hits(self) -> tuple[Hit, ...]:
        """The places that are read out, by time; worked out where they are asked for."""
        found: list[Hit] = []
        for place in self.places:
            found += [place] if isinstance(place, Hit) else place()
        return tuple(sorted(found, key=attrgetter("at")))

    @cached_property
    def row_places(self) -> Mapping[str, Box]:
        """The place of each entry, worked out where it is asked for."""
        boxes: dict[str, list[Box]] = {}
        for hit in self.hits:
            if hit.entry:
                boxes.setdefault(hit.entry, []).append(hit.box)
        return union(boxes)

    @property
    def all(self) -> tuple[Part, ...]:
        """Every part, the line of now included, from the lowest to the uppermost."""
        return (*self.clock.under, *self.parts, *self.clock.over)

    def at(self, now: datetime | None) -> Layers:
        """The parts that move with the clock, for another moment; the rest stays as it is."""
        return clock_layer(self.manner, self.columns, self.lanes, now)


def build(timeline: Timeline, size: tuple[float, float], manner: Manner) -> Scene:
    """The drawing of a timeline.

    Args:
        timeline: what to draw; on paper one of `pages`.
        size: width and height to fill, in the manner's unit. No lane is left out where the height
            is less than `least_height`: the scene is then higher than asked. On paper the height
            follows from the squares and may be less than asked.
        manner: sizes of the medium, and the widths of its letters.
    """
    return Building(timeline, size, manner).scene()


class Building:
    """A drawing that is made lane by lane; with many readings a window waits for one at a time."""

    def __init__(
        self,
        timeline: Timeline,
        size: tuple[float, float],
        manner: Manner,
        kept: Kept | None = None,
    ) -> None:
        self._timeline, self._size, self._manner = timeline, size, manner
        columns, self._plan = _planned(timeline, size, manner)
        self._shown = window(timeline, columns.start, columns.end)
        self._lanes = lanes_of(self._plan, size[1], manner)
        self._easel, self._next = Easel(manner, columns, kept), 0
        line = now_box(timeline.now, columns, manner, self._lanes[-1].box.bottom)
        if line is not None:
            self._easel.board.add_line(line)

    def step(self) -> bool:
        """Draws a lane more; False where nothing is left to be drawn."""
        if self._next < len(self._lanes):
            _draw(self._easel, self._lanes[self._next], self._shown, self._plan)
            self._next += 1
        return self._next < len(self._lanes)

    def scene(self) -> Scene:
        """The whole; what is not drawn yet is drawn at once."""
        while self.step():
            pass
        easel, lanes = self._easel, self._lanes
        return Scene(
            width=self._size[0],
            height=lanes[-1].box.bottom,
            parts=tuple(easel.parts),
            clock=clock_layer(self._manner, easel.columns, lanes, self._timeline.now),
            places=tuple(easel.places),
            columns=easel.columns,
            lanes=lanes,
            manner=self._manner,
        )


def _planned(timeline: Timeline, size: tuple[float, float], manner: Manner) -> tuple[Columns, Plan]:
    """Columns and needs; on paper with the greatest squares that the height allows."""
    columns = columns_of(timeline, size[0], manner)
    plan = plan_of(timeline, columns, manner)
    least, _ = manner.sizes.square
    square = columns.square
    while manner.paper and plan.least > size[1] and square > least:
        square = max(least, square - _FINER)
        columns = columns_of(timeline, size[0], manner, at_most=square)
        plan = plan_of(timeline, columns, manner)
    return columns, plan


def _draw(easel: Easel, lane: Lane, timeline: Timeline, plan: Plan) -> None:
    scaled = SCALED.get(lane.name)
    if scaled is None:
        strip = Strip(easel, lane, timeline)
    else:
        strip = Strip(easel, lane, timeline, scale_of(scaled, timeline, easel.manner))
    drawers: dict[LaneName, Callable[[], None]] = {
        "clock": lambda: draw_clock(strip),
        "phase": lambda: draw_phases(strip),
        "flags": lambda: draw_flags(strip, plan),
        "given": lambda: draw_given(strip, plan),
        "rate": lambda: draw_rate(strip),
        "totals": lambda: draw_totals(strip),
        "pressure": lambda: draw_pressure(strip),
        "pulse": lambda: draw_dots(strip, "pulse"),
        "spo2": lambda: draw_dots(strip, "spo2"),
        "pain": lambda: draw_pain(strip),
        "sedation": lambda: draw_sedation(strip),
        "bands": lambda: draw_bands(strip, plan.bands),
        "vitals": lambda: draw_vitals(strip),
        "axis": lambda: draw_axis(strip),
    }
    draw_paper(strip)  # under everything that was copied from it
    drawers[lane.name]()
    draw_paper_edges(strip)


def least_height(timeline: Timeline, manner: Manner, *, width: float = 0.0) -> float:
    """The height below which a lane would have to be left out.

    Args:
        timeline: what is to be drawn.
        manner: sizes of the medium.
        width: the width to fill; on paper the page's frame where it is not given.
    """
    wide = width or manner.sizes.page or 1000.0
    least, _ = manner.sizes.square
    columns = columns_of(timeline, wide, manner, at_most=least if manner.paper else None)
    if not manner.paper:
        return least_in_window(window(timeline, columns.start, columns.end), columns, manner)
    return plan_of(timeline, columns, manner).least


def pages(timeline: Timeline, manner: Manner) -> tuple[Timeline, ...]:
    """The window of a visit that fits on one page of paper, or several where it is too long.

    One page has some room behind the last pressure, for the words of the limits. Each further page
    begins on a full hour and repeats at least half an hour of the one before; all are equally long,
    so that their squares are equally wide.
    """
    columns = columns_of(timeline, manner.sizes.page, manner)
    least, _ = manner.sizes.square
    most = int((columns.right - columns.left) / least + 1e-6) * SQUARE
    if timeline.end - timeline.start <= most:
        last = max((pressure.at + TAIL for pressure in timeline.pressures), default=timeline.end)
        wish = ceiling(max(timeline.end, last.astimezone(timeline.end.tzinfo)))
        return (window(timeline, timeline.start, min(wish, timeline.start + most)),)
    second = floor(timeline.start + most - OVERLAP, _HOUR)
    length = max(second + OVERLAP - timeline.start, 2 * _HOUR)
    starts = [timeline.start]
    while starts[-1] + length < timeline.end:
        starts.append(floor(starts[-1] + length - OVERLAP, _HOUR))
    return tuple(window(timeline, start, start + length) for start in starts)
