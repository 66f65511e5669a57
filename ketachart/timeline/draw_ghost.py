"""Draws the last visit behind this one: thin, faint, without marks and without numbers.

Nothing of it is noted to be read out or corrected; paper is never given one.
"""

from typing import Final

from ketachart.timeline.board import Spot
from ketachart.timeline.contents import Ghost, Step
from ketachart.timeline.easel import clipped
from ketachart.timeline.scene_parts import Anchor, Box
from ketachart.timeline.strip import Strip
from ketachart.timeline.thin import thin

_COLOUR: Final = "faint"


def ghost_in(strip: Strip) -> Ghost | None:
    """The visit that lies behind a lane; none on paper."""
    return None if strip.paper else strip.timeline.ghost


def draw_ghost_rate(strip: Strip) -> None:
    """Its rates as a dashed outline."""
    ghost = ghost_in(strip)
    if ghost is None:
        return
    for step in ghost.steps:
        box = _bar(strip, step)
        if box is not None:
            outline = [
                (box.left, box.bottom), (box.left, box.top),
                (box.right, box.top), (box.right, box.bottom),
            ]  # fmt: skip
            strip.easel.poly(outline, line=_COLOUR, width=strip.sizes.hair, dash=_dash(strip))


def _bar(strip: Strip, step: Step) -> Box | None:
    columns = strip.columns
    left = max(columns.left, columns.x(step.start))
    right = min(columns.right, columns.x(step.end))
    if step.state != "running" or step.rate is None or right <= left:
        return None
    return Box(left, strip.y(float(step.rate.amount)), right, strip.box.bottom)


def draw_ghost_pressure(strip: Strip) -> None:
    """Its systolic and its diastolic pressures, each as a dashed line."""
    ghost = ghost_in(strip)
    if ghost is None:
        return
    upper = [(p.at, p.systolic) for p in ghost.pressures if p.systolic is not None]
    lower = [(p.at, p.diastolic) for p in ghost.pressures if p.diastolic is not None]
    for series in (upper, lower):
        points = [strip.point(at, value) for at, value in series]
        kept = thin(points, bucket=strip.sizes.mark / 2)
        line = clipped(kept, strip.columns.left, strip.columns.right)
        if len(line) > 1:
            strip.easel.poly(line, line=_COLOUR, width=strip.sizes.hair, dash=_dash(strip))
            strip.easel.keep_clear(line)


def draw_ghost_band(strip: Strip, row: Box) -> None:
    """Its nausea as an empty band, as thick as its grade."""
    ghost = ghost_in(strip)
    columns, sizes = strip.columns, strip.sizes
    stretches = [one for band in ghost.bands for one in band.stretches] if ghost else []
    if not stretches:
        face = strip.easel.small
        spot = Spot(columns.left + sizes.pad, face.centred(row.middle[1]))
        strip.easel.label("none charted", [spot], face=face, within=row.wider(1), colour=_COLOUR)
    for stretch in stretches:
        left, right = columns.x(stretch.start), columns.x(stretch.end)
        if right < columns.left or left > columns.right:
            continue
        half, y = sizes.bands[stretch.grade - 1] / 2, row.middle[1]
        box = Box(max(left, columns.left), y - half, min(right, columns.right), y + half)
        strip.easel.rect(box, line=_COLOUR, width=sizes.hair)


def draw_ghost_name(strip: Strip) -> None:
    """Whose lines these are, in words, in the lane of the pressure."""
    ghost = ghost_in(strip)
    if ghost is None:
        return
    face, pad = strip.easel.small, strip.sizes.pad
    ends: tuple[tuple[float, Anchor], ...] = (
        (strip.columns.left + pad, "start"),
        (strip.columns.right - pad, "end"),
    )
    first, last = face.below(strip.box.top + pad), face.above(strip.box.bottom - pad)
    steps = max(1, int((last - first) / pad))
    heights = [first + (last - first) * step / steps for step in range(steps + 1)]
    spots = [Spot(x, y, anchor) for x, anchor in ends for y in heights]
    words = f"dashed: {ghost.label}"
    strip.easel.needed_label(words, spots, face=face, within=strip.box, colour=_COLOUR)


def _dash(strip: Strip) -> tuple[float, float]:
    return strip.sizes.dash * 0.8, strip.sizes.dash * 0.6
