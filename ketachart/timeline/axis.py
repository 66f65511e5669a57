"""Draws the clock: the numbers on the axes, minutes since the start, and the line of now."""

from datetime import datetime, timedelta
from typing import Final

from ketachart.domain.wording import clock, short_day, since_start
from ketachart.timeline.board import Face, Spot
from ketachart.timeline.columns import Columns
from ketachart.timeline.easel import Easel
from ketachart.timeline.frame import Lane
from ketachart.timeline.grid import HALF_HOUR, clock_step, full_steps, line_step
from ketachart.timeline.manner import BOLD, SEMIBOLD, Manner
from ketachart.timeline.scene_parts import Box, Layers, Lines, Part, Rect, Text
from ketachart.timeline.strip import Strip

_DAY: Final = timedelta(days=1)


def draw_clock(strip: Strip) -> None:
    """On paper, above the lanes: the clock, and under it the minutes since the start."""
    easel, sizes, columns = strip.easel, strip.sizes, strip.columns
    y = strip.box.top + sizes.row
    bold = Face(easel.manner, sizes.small, BOLD)
    for moment in full_steps(columns, clock_step(easel)):
        on_half = moment.minute % 30 == 0
        face = bold if on_half else easel.tick
        easel.words(Spot(columns.x(moment), y, "middle"), clock(moment), face=face,
                    colour="text" if on_half else "muted")  # fmt: skip
    if strip.timeline.begun is not None:
        _draw_since(strip, strip.timeline.begun, y + sizes.row)


def _draw_since(strip: Strip, begun: datetime, y: float) -> None:
    columns, easel = strip.columns, strip.easel
    step = max(HALF_HOUR, clock_step(easel))
    moment = begun - (begun - columns.start) // step * step
    while moment <= columns.end:
        x = columns.x(moment)
        text = "T" if moment == begun else since_start(moment, begun)
        easel.words(Spot(x, y, "middle"), text, face=easel.tick, colour="muted")
        size = strip.sizes.pad
        easel.lines(
            [(x, strip.box.bottom - size / 2, x, strip.box.bottom)], colour="muted",
            width=strip.sizes.stroke * 0.7,
        )  # fmt: skip
        moment += step


def clock_layer(
    manner: Manner, columns: Columns, lanes: tuple[Lane, ...], now: datetime | None
) -> Layers:
    """What moves with the clock: the shaded future, the line of now, and the numbers below.

    A number that the badge of now would cover is left out.
    """
    axis = next(lane.box for lane in lanes if lane.name == "axis")
    foot = axis.top + manner.sizes.row / 2
    x = columns.x(now) if now is not None and columns.shows(now) else None
    badge = None if now is None or x is None else _badge(manner, columns, x, foot, clock(now))
    taken = badge[0].box.wider(manner.sizes.pad) if badge else None
    over: list[Part] = [
        text
        for text in _numbers(manner, columns, axis, foot)
        if taken is None or not text.box.meets(taken)
    ]
    if badge is None or x is None:
        return Layers(over=tuple(over))
    top = next(lane.box.top for lane in lanes if lane.name == "rate")
    line = Lines(
        ends=((x, lanes[0].box.bottom, x, axis.top),), colour="c_now", width=manner.sizes.stroke
    )
    future = Rect(box=Box(x, top, columns.right, axis.top), fill="future")
    return Layers(under=(future,), over=(*over, line, *badge))


def _badge(manner: Manner, columns: Columns, x: float, y: float, text: str) -> tuple[Rect, Text]:
    """The time of now on a ground of its own colour, never beyond the plot's ends."""
    face = Face(manner, manner.sizes.small, SEMIBOLD)
    half = face.width(text) / 2 + manner.sizes.pad
    middle = min(max(x, columns.left + half), columns.width - half)
    tall = manner.sizes.row / 2
    box = Box(middle - half, y - tall, middle + half, y + tall)
    spot = Spot(middle, face.centred(y), "middle")
    ground = Rect(box=box, fill="c_now", radius=manner.sizes.pad * 0.75)
    return ground, _text(face, spot, text, colour="surface")


def _text(face: Face, spot: Spot, text: str, *, colour: str) -> Text:
    return Text(
        x=spot.x, y=spot.y, text=text, size=face.size, weight=face.weight, colour=colour,
        anchor=spot.anchor, box=face.box(spot, text),
    )  # fmt: skip


def _numbers(manner: Manner, columns: Columns, axis: Box, y: float) -> list[Text]:
    """The clock below the lanes; a new day stands under its midnight and under the first number."""
    face = Face(manner, manner.sizes.tick, BOLD if manner.paper else 400)
    step = clock_step(Easel(manner, columns))
    if manner.paper:
        step = max(step, HALF_HOUR)
    moments = full_steps(columns, step)
    colour = "text" if manner.paper else "axis"
    found = [
        _text(
            face, Spot(columns.x(moment), face.centred(y), "middle"), clock(moment), colour=colour
        )
        for moment in moments
    ]
    if axis.height < 2 * manner.sizes.row - 1:
        return found
    lower = face.centred(y + manner.sizes.row)
    days = [moments[0]] if moments else []
    days += [moment for moment in full_steps(columns, _DAY) if moment not in days]
    return found + [
        _text(face, Spot(columns.x(day), lower, "middle"), short_day(day.date()), colour=colour)
        for day in days
    ]


def draw_axis(strip: Strip) -> None:
    """Small strokes where the numbers stand."""
    easel, sizes = strip.easel, strip.sizes
    least = HALF_HOUR if strip.paper else line_step(strip.columns)
    step = max(least, clock_step(easel))
    top = strip.box.top
    ends = [(strip.columns.x(m), top, strip.columns.x(m), top + sizes.pad * 0.6)
            for m in full_steps(strip.columns, step)]  # fmt: skip
    easel.lines(ends, colour="axis", width=sizes.hair)
    easel.lines(
        [(strip.columns.left, top, strip.columns.right, top)], colour="line", width=sizes.hair
    )
