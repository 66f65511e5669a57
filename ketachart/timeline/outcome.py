"""The outcome over the series as parts to draw: four marks for each infusion, joined where known.

The marks differ by their shape, so that grey paper tells the same; each has its number beside it.
"""

from collections.abc import Iterator
from itertools import pairwise

from ketachart.domain.earlier.outcome import MOMENTS, Outcome
from ketachart.domain.wording import short_day
from ketachart.timeline.manner import CAP, HANG, REGULAR, SEMIBOLD, Manner
from ketachart.timeline.scene_parts import Anchor, Box, Lines, Marks, Part, Point, Shape, Text

SHAPES: tuple[Shape, ...] = ("diamond", "dot", "ring", "open-diamond")
MOST, HALF = 10, 5  # pain is told from 0 to 10
ROWS = 6.5  # height of the plot, in lines of small text


def height_of(manner: Manner) -> float:
    """How high the drawing is: the legend, the plot, the days under it."""
    row = manner.sizes.row
    return row * (ROWS + 3.4)


def outcome_parts(shown: tuple[Outcome, ...], width: float, manner: Manner) -> tuple[Part, ...]:
    """The drawing, its top left corner at 0, 0."""
    return tuple(_Drawing(width, manner).parts(shown)) if shown else ()


class _Drawing:
    """Where pain and the infusions stand."""

    def __init__(self, width: float, manner: Manner) -> None:
        self._manner, sizes = manner, manner.sizes
        self._row = sizes.row
        self._left = manner.measure("10", sizes.tick, REGULAR) + 2 * sizes.pad
        self._right = width - sizes.pad
        self._top = self._row * 2
        self._bottom = self._top + self._row * ROWS

    def parts(self, shown: tuple[Outcome, ...]) -> Iterator[Part]:
        """Legend, grid, and each infusion in its own share of the width."""
        yield from self._legend()
        yield from self._grid()
        wide = (self._right - self._left) / len(shown)
        for place, one in enumerate(shown):
            yield from self._infusion(one, self._left + place * wide, wide)

    def _y(self, pain: int) -> float:
        return self._bottom - (self._bottom - self._top) * pain / MOST

    def _legend(self) -> Iterator[Part]:
        sizes, x = self._manner.sizes, self._left
        base = self._row * 0.9
        yield self._text("Pain", 0, base, weight=SEMIBOLD)
        x = max(x, self._manner.measure("Pain", sizes.small, SEMIBOLD) + 3 * sizes.pad)
        for shape, words in zip(SHAPES, MOMENTS, strict=True):
            yield self._mark(shape, (x + sizes.mark / 2, base - sizes.small * CAP / 2))
            x += sizes.mark + sizes.pad
            yield self._text(words, x, base, colour="muted")
            x += self._manner.measure(words, sizes.small, REGULAR) + 4 * sizes.pad

    def _grid(self) -> Iterator[Part]:
        sizes = self._manner.sizes
        ends = [(self._left, self._y(n), self._right, self._y(n)) for n in (0, HALF, MOST)]
        yield Lines(ends=tuple(ends), colour="grid", width=sizes.hair)
        for pain in (0, HALF, MOST):
            y = self._y(pain) + sizes.tick * CAP / 2
            yield self._text(str(pain), self._left - sizes.pad, y, anchor="end", colour="muted")

    def _infusion(self, one: Outcome, left: float, wide: float) -> Iterator[Part]:
        sizes, step = self._manner.sizes, wide / (len(MOMENTS) + 1)
        points = [
            None if score is None else (left + step * (slot + 1), self._y(score))
            for slot, score in enumerate(one.pain)
        ]
        for first, second in pairwise(points):
            if first is not None and second is not None:
                line = (*first, *second)
                yield Lines(ends=(line,), colour="c_pain", width=sizes.stroke)
        for shape, point, score in zip(SHAPES, points, one.pain, strict=True):
            if point is not None:
                yield self._mark(shape, point)
                above = point[1] - sizes.mark
                yield self._text(str(score), point[0], above, anchor="middle", weight=SEMIBOLD)
        middle, base = left + wide / 2, self._bottom + self._row
        day = "this one" if one.this else short_day(one.on).split(" ", 1)[1]
        weight = SEMIBOLD if one.this else REGULAR
        yield self._text(day, middle, base, anchor="middle", weight=weight)

    def _mark(self, shape: Shape, point: Point) -> Marks:
        sizes = self._manner.sizes
        return Marks(
            shape=shape, points=(point,), size=sizes.mark, colour="c_pain", width=sizes.stroke
        )

    def _text(  # noqa: PLR0913 - a word has a place, a side, a weight and a colour
        self,
        words: str,
        x: float,
        y: float,
        *,
        anchor: Anchor = "start",
        weight: int = REGULAR,
        colour: str = "text",
    ) -> Text:
        size = self._manner.sizes.small
        wide = self._manner.measure(words, size, weight)
        left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
        box = Box(left, y - size * CAP, left + wide, y + size * HANG)
        return Text(
            x=x, y=y, text=words, size=size, weight=weight, colour=colour, anchor=anchor, box=box
        )
