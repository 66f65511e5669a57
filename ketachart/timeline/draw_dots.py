"""Draws heart rate as dots and oxygen as squares, each joined by a line."""

from collections.abc import Iterator, Sequence
from typing import Final, Literal

from ketachart.domain.wording import decimal_text
from ketachart.timeline.contents import Run, Spot
from ketachart.timeline.easel import mark_box
from ketachart.timeline.grid import draw_levels, draw_limit, draw_limits, limits_of
from ketachart.timeline.scene_parts import Box, Point, Shape
from ketachart.timeline.strip import Strip
from ketachart.timeline.thin import thin

DotLane = Literal["pulse", "spo2"]
Shown = tuple[Spot, Point, Box]
_SHAPES: Final[dict[DotLane, Shape]] = {"pulse": "dot", "spo2": "square"}
_COLOURS: Final[dict[DotLane, str]] = {"pulse": "c_hr", "spo2": "c_spo2"}
_NOTES: Final[dict[DotLane, str]] = {"pulse": "/min, dot", "spo2": "%, square"}


def draw_dots(strip: Strip, sign: DotLane) -> None:
    """One sign: a mark for each reading, and a gap where nothing was measured."""
    timeline, colour = strip.timeline, _COLOURS[sign]
    runs = timeline.pulse if sign == "pulse" else timeline.spo2
    strip.easel.heading(strip.lane, colour=colour)
    if strip.paper:
        strip.note(1, _NOTES[sign])
    draw_levels(strip)
    for limit in limits_of(strip, sign):
        draw_limit(strip, strip.y(limit.value))
    points = [[strip.point(spot.at, spot.value) for spot in run] for run in runs]
    for every in points:
        kept = thin(every, bucket=strip.sizes.mark / 2)
        strip.easel.joined(kept, colour=colour, width=strip.sizes.stroke * 0.8)
    shown = list(_shown(strip, runs, points))
    _draw_marks(strip, shown, sign)
    for spot, _, box in shown:
        strip.tell(box, spot.entry)
    _draw_numbers(strip, shown, sign)
    last = strip.latest([spot for spot, *_ in shown], [spot for run in runs for spot in run])
    if last is not None:
        text = decimal_text(last.value) + (" %" if sign == "spo2" else "")
        strip.easel.last_at(strip.lane, text, strip.y(last.value), colour=colour)
    draw_limits(strip, sign)


def _shown(strip: Strip, runs: Sequence[Run], points: Sequence[Sequence[Point]]) -> Iterator[Shown]:
    """Each reading that lies on the plot, with its point and the place of its mark."""
    size = strip.sizes.mark
    for run, places in zip(runs, points, strict=True):
        for spot, point in zip(run, places, strict=True):
            if strip.columns.shows(spot.at):
                yield spot, point, mark_box("dot", point, size)


def _draw_marks(strip: Strip, shown: Sequence[Shown], sign: DotLane) -> None:
    """A mark for each reading; for one off the scale an arrow and its number instead."""
    within, beyond = [], []
    for spot, point, _ in shown:
        if strip.scale.off(float(spot.value)):
            beyond.append(spot)
        else:
            within.append(point)
    size = strip.sizes.mark
    kept = thin(within, bucket=size / 2)
    strip.easel.marks(_SHAPES[sign], kept, size=size, colour=_COLOURS[sign])
    for spot in beyond:
        strip.beyond(spot.at, spot.value, decimal_text(spot.value))


def _draw_numbers(strip: Strip, shown: Sequence[Shown], sign: DotLane) -> None:
    """Corrections by their mark; on paper also the number that a reviewer looks for first."""
    for spot, _, box in shown:
        if spot.mark:
            strip.beside(box, spot.mark)
    if strip.paper and len(shown) > 1:
        furthest = max if sign == "pulse" else min
        spot, _, box = furthest(shown, key=lambda one: one[0].value)
        if not strip.scale.off(float(spot.value)):
            strip.beside(box, decimal_text(spot.value))
