"""Draws heart rate as dots and oxygen as squares, each joined by a line."""

from collections.abc import Sequence
from typing import Final, Literal

from ketachart.domain.wording import decimal_text
from ketachart.timeline.contents import Spot
from ketachart.timeline.grid import draw_levels, draw_limit, draw_limits, limits_of
from ketachart.timeline.rows import mark_box
from ketachart.timeline.scene_parts import Point, Shape
from ketachart.timeline.strip import Strip
from ketachart.timeline.thin import thin

DotLane = Literal["pulse", "spo2"]
Placed = tuple[Point, bool]  # and whether it is off the scale
Shown = tuple[Spot, Placed]
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
    shown: list[Shown] = []
    for number, run in enumerate(runs):
        placed = strip.placed(f"run {number}", run, lambda spot: _placed(strip, spot))
        kept = thin([point for point, _ in placed], bucket=strip.sizes.mark / 2)
        strip.easel.joined(kept, colour=colour, width=strip.sizes.stroke * 0.8)
        sight = strip.in_sight(run)
        shown += zip(run[sight], placed[sight], strict=True)
    _draw_marks(strip, shown, sign)
    size = strip.sizes.mark
    strip.tell_all(
        lambda: [(mark_box("dot", point, size), spot.entry) for spot, (point, _) in shown]
    )
    _draw_numbers(strip, shown, sign)
    last = strip.latest([spot for spot, *_ in shown], [spot for run in runs for spot in run])
    if last is not None:
        text = decimal_text(last.value) + (" %" if sign == "spo2" else "")
        strip.easel.last_at(strip.lane, text, strip.y(last.value), colour=colour)
    draw_limits(strip, sign)


def _placed(strip: Strip, spot: Spot) -> Placed:
    """Where a reading stands, and whether it is off the scale."""
    return strip.point(spot.at, spot.value), bool(strip.scale.off(float(spot.value)))


def _draw_marks(strip: Strip, shown: Sequence[Shown], sign: DotLane) -> None:
    """A mark for each reading; for one off the scale an arrow and its number instead."""
    within = [point for _, (point, off) in shown if not off]
    beyond = [spot for spot, (_, off) in shown if off]
    size = strip.sizes.mark
    kept = thin(within, bucket=size / 2)
    strip.easel.marks(_SHAPES[sign], kept, size=size, colour=_COLOURS[sign])
    for spot in beyond:
        strip.beyond(spot.at, spot.value, decimal_text(spot.value))


def _draw_numbers(strip: Strip, shown: Sequence[Shown], sign: DotLane) -> None:
    """Corrections by their mark; on paper also the number that a reviewer looks for first."""
    size = strip.sizes.mark
    for spot, (point, _) in shown:
        if spot.mark:
            strip.beside(mark_box("dot", point, size), spot.mark)
    if strip.paper and len(shown) > 1:
        furthest = max if sign == "pulse" else min
        spot, (point, off) = furthest(shown, key=lambda one: one[0].value)
        if not off:
            strip.beside(mark_box("dot", point, size), decimal_text(spot.value))
