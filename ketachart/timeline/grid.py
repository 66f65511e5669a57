"""Draws what lies under the readings: squares, the numbers of a scale, limits and their words."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from ketachart.domain.wording import number
from ketachart.timeline.board import Spot
from ketachart.timeline.columns import Columns
from ketachart.timeline.contents import LaneSign, LimitLine
from ketachart.timeline.easel import Easel
from ketachart.timeline.manner import CAP
from ketachart.timeline.scene_parts import Box
from ketachart.timeline.span import ceiling
from ketachart.timeline.strip import Strip

HALF_HOUR: Final = timedelta(minutes=30)
_STEPS: Final = tuple(timedelta(minutes=m) for m in (1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 1440))
CLOSE: Final = timedelta(hours=1)  # a part of the visit no longer than this has finer numbers
_HEAVY: Final = 1.8  # how much thicker than a hair the half hours and edges are on paper


def clock_step(easel: Easel) -> timedelta:
    """How far apart the numbers of the clock stand: as close as they can be read."""
    columns = easel.columns
    least = easel.tick.width("00:00") + 2 * easel.sizes.pad
    per_second = (columns.right - columns.left) / (columns.end - columns.start).total_seconds()
    for step in _STEPS:
        if step >= _finest(easel) and step.total_seconds() * per_second >= least:
            return step
    return _STEPS[-1]


def _finest(easel: Easel) -> timedelta:
    if easel.manner.paper:
        return timedelta(minutes=15)
    return line_step(easel.columns)


def line_step(columns: Columns) -> timedelta:
    """How far apart the lines of the clock stand in the window at least."""
    return timedelta(minutes=1) if columns.end - columns.start <= CLOSE else HALF_HOUR


def full_steps(columns: Columns, step: timedelta) -> list[datetime]:
    """The full steps of the clock that lie on the plot."""
    moment = ceiling(columns.start, step)
    found = []
    while moment <= columns.end:
        found.append(moment)
        moment += step
    return found


def draw_columns(strip: Strip) -> None:
    """The upright lines of a lane: every five minutes on paper, heavier every half hour."""
    columns, box, hair = strip.columns, strip.box, strip.sizes.hair

    def upright(step: timedelta) -> list[tuple[float, float, float, float]]:
        places = (columns.x(moment) for moment in full_steps(columns, step))
        return [(x, box.top, x, box.bottom) for x in places]

    easel = strip.easel
    if not strip.paper:
        step = max(line_step(columns), clock_step(easel))
        easel.lines(upright(step), colour="grid", width=hair)
        return
    easel.lines(upright(timedelta(minutes=5)), colour="grid", width=hair)
    easel.lines(upright(HALF_HOUR), colour="line", width=hair * _HEAVY)


def draw_frame(strip: Strip) -> None:
    """The edges of a lane on paper; in the window its foot."""
    box, hair = strip.box, strip.sizes.hair
    edges = [box.bottom, box.top] if strip.paper else [box.bottom]
    strip.easel.lines(
        [(box.left, y, box.right, y) for y in edges],
        colour="line",
        width=hair * (_HEAVY if strip.paper else 1),
    )


def draw_levels(strip: Strip) -> None:
    """The squares of a lane; its numbers are drawn last, by `draw_numbers`."""
    draw_columns(strip)
    box = strip.box
    shown = strip.scale.levels(strip.scale.unit) if strip.paper else _ticks(strip)
    strip.easel.lines(
        [(box.left, strip.y(value), box.right, strip.y(value)) for value in shown],
        colour="grid",
        width=strip.sizes.hair,
    )
    draw_frame(strip)


def _ticks(strip: Strip) -> tuple[float, ...]:
    tick = strip.sizes.tick
    return strip.scale.ticks(strip.box.height - CAP * tick, tick)


def draw_numbers(strip: Strip, *, limits: Sequence[float] = ()) -> None:
    """The numbers of the scale at the left, and those of limits that have no words in the plot.

    A number that would meet another is left out, limits last.
    """
    tick, box = strip.easel.tick, strip.box
    half = CAP * tick.size / 2
    kept: list[float] = []
    for value in (*limits, *_ticks(strip)):  # at the edges they keep clear of the next lane's
        middle = min(max(strip.y(value), box.top + half), box.bottom - half)
        if all(abs(middle - other) >= tick.size * 0.9 for other in kept):
            kept.append(middle)
            spot = Spot(box.left - strip.sizes.pad, tick.centred(middle), "end")
            text = number(Decimal(str(value)), 2)
            colour = "danger" if value in limits else "axis"
            strip.easel.words(spot, text, face=tick, colour=colour)


def draw_limits(strip: Strip, lane: LaneSign) -> None:
    """The words of a lane's limits, and all its numbers; to be called once its marks stand."""
    wordless = [
        float(limit.value)
        for limit in limits_of(strip, lane)
        if strip.level_words(strip.y(limit.value), *limit.texts, colour="danger") is None
    ]
    draw_numbers(strip, limits=wordless)


def limits_of(strip: Strip, lane: LaneSign) -> list[LimitLine]:
    """The limits of a lane that lie on its scale."""
    return [
        limit
        for limit in strip.timeline.limits
        if limit.lane == lane and not strip.scale.off(float(limit.value))
    ]


def draw_limit(strip: Strip, y: float, *, colour: str = "danger_line") -> None:
    """A dashed line across the whole plot; labels keep clear of it."""
    columns, sizes = strip.columns, strip.sizes
    strip.easel.lines(
        [(columns.left, y, columns.right, y)],
        colour=colour,
        width=sizes.stroke * 0.9,
        dash=(sizes.dash, sizes.dash * 0.7),
    )
    _keep_clear(strip, y)


def draw_dotted(strip: Strip, y: float) -> None:
    """A dotted line across the whole plot; labels keep clear of it."""
    columns, sizes = strip.columns, strip.sizes
    strip.easel.lines(
        [(columns.left, y, columns.right, y)],
        colour="muted",
        width=sizes.stroke * 0.8,
        dash=(sizes.stroke, sizes.dash * 0.8),
    )
    _keep_clear(strip, y)


def _keep_clear(strip: Strip, y: float) -> None:
    half = strip.sizes.hair / 2
    strip.easel.board.add_line(Box(strip.columns.left, y - half, strip.columns.right, y + half))
