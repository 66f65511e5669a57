"""Hatches the time that was charted on paper, under everything that was copied from it."""

from typing import Final

from ketachart.timeline.board import Spot
from ketachart.timeline.contents import PaperSpan
from ketachart.timeline.scene_parts import Box
from ketachart.timeline.strip import Strip

_APART: Final = 1.1  # how far the strokes stand apart, in rows of small text
_FREE: Final = ("clock", "phase", "axis")  # lanes that stay as they are


def draw_paper(strip: Strip) -> None:
    """The part of each period that lies in this lane; read out in the lane of the vitals."""
    if strip.lane.name in _FREE:
        return
    for span in strip.timeline.paper:
        box = _place(strip, span)
        if box is not None:
            _hatch(strip, box)
            if strip.lane.name == "vitals":
                strip.tell(box, span.entry)


def draw_paper_edges(strip: Strip) -> None:
    """Where each period begins and ends; in the lane of the pressure its times in words."""
    if strip.lane.name in (*_FREE, "flags"):  # no line through a number
        return
    for span in strip.timeline.paper:
        box = _place(strip, span)
        if box is None:
            continue
        sides = [(x, box.top, x, box.bottom) for x in (box.left, box.right)]
        strip.easel.lines(sides, colour="muted", width=strip.sizes.hair * 1.8)
        if strip.lane.name == "pressure":
            _draw_words(strip, span, box)


def _draw_words(strip: Strip, span: PaperSpan, box: Box) -> None:
    """“paper 14:05–14:40”, at the highest place that is free."""
    face, pad = strip.easel.small, strip.sizes.pad
    first, step = face.below(strip.box.top + pad), face.size / 2
    heights = [first + place * step for place in range(int(strip.box.height / step))]
    for text in (f"paper {span.text}", "paper"):
        spots = [Spot(box.left + pad, y) for y in heights]
        if strip.easel.label(text, spots, face=face, within=strip.box, colour="muted"):
            return


def _place(strip: Strip, span: PaperSpan) -> Box | None:
    left = max(strip.columns.left, strip.columns.x(span.start))
    right = min(strip.columns.right, strip.columns.x(span.end))
    return Box(left, strip.box.top, right, strip.box.bottom) if right > left else None


def _hatch(strip: Strip, box: Box) -> None:
    """Slanted strokes as far apart in every lane, so that they meet across the gaps."""
    step, hair = strip.sizes.row * _APART, strip.sizes.hair
    ends = []
    place = (box.left + box.bottom) // step * step - (box.bottom - box.top)
    while place - box.bottom < box.right:
        # on the line x + y = place, from the foot of the box to its top
        low = max(box.left, place - box.bottom)
        high = min(box.right, place - box.top)
        if low < high:
            ends.append((low, place - low, high, place - high))
        place += step
    strip.easel.lines(ends, colour="line", width=hair)
