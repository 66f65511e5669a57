"""Many places of one kind in the order of ``x``: a label is held only against those near it."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from operator import le
from typing import Generic, TypeVar

from ketachart.timeline.scene_parts import Box, Point, Shape

T = TypeVar("T")
Bar = tuple[float, float, float, float]  # x, top, x, bottom


class Row(Generic[T]):
    """Things from ``lefts`` to ``rights``, none above ``high`` or below ``low``.

    ``boxes_of`` gives the places that one of them takes; it is asked once, and only of those that a
    label comes near.
    """

    def __init__(
        self,
        things: Sequence[T],
        across: tuple[Sequence[float], Sequence[float]],
        upright: tuple[float, float],
        boxes_of: Callable[[T], Iterable[Box]],
    ) -> None:
        self._things, self._boxes_of = things, boxes_of
        self._lefts, self._rights = across
        self._high, self._low = upright
        self._boxes: dict[int, tuple[Box, ...]] = {}
        self._sorted = _rising(self._lefts) and _rising(self._rights)

    def meets(self, box: Box) -> bool:
        """Whether one of them shares more than an edge with a box."""
        return self.met(box) is not None

    def met(self, box: Box) -> Box | None:
        """The place of the first of them that does, from the left; None where none does."""
        if box.bottom <= self._high or box.top >= self._low:
            return None
        near = range(len(self._things))
        if self._sorted:
            near = near[bisect_left(self._rights, box.left) : bisect_right(self._lefts, box.right)]
        places = (place for number in near for place in self._places(number))
        return next((place for place in places if place.meets(box)), None)

    def _places(self, number: int) -> tuple[Box, ...]:
        if number not in self._boxes:
            self._boxes[number] = tuple(self._boxes_of(self._things[number]))
        return self._boxes[number]


def _rising(places: Sequence[float]) -> bool:
    return all(map(le, places, places[1:]))


def marks_row(shape: Shape, points: Sequence[Point], size: float) -> Row[Point]:
    """The same mark at some points."""
    heights = [y for _, y in points]
    highest, lowest = (mark_box(shape, (0.0, y), size) for y in (min(heights), max(heights)))
    return Row(
        points,
        ([x - size / 2 for x, _ in points], [x + size / 2 for x, _ in points]),
        (highest.top, lowest.bottom),
        lambda point: (mark_box(shape, point, size),),
    )


def line_row(line: Sequence[Point], step: float) -> Row[tuple[Point, Point]]:
    """A line through points, as small boxes that together lie along it."""
    heights = [y for _, y in line]
    return Row(
        list(pairwise(line)),
        ([x for x, _ in line[:-1]], [x for x, _ in line[1:]]),
        (min(heights) - step / 8, max(heights) + step / 8),
        lambda ends: _along(*ends, step),
    )


def bars_row(bars: Sequence[Bar], half: float) -> Row[Bar]:
    """Upright lines that are so thick to either side."""
    return Row(
        bars,
        ([bar[0] - half for bar in bars], [bar[0] + half for bar in bars]),
        (min(bar[1] for bar in bars), max(bar[3] for bar in bars)),
        lambda bar: (Box(bar[0] - half, bar[1], bar[0] + half, bar[3]),),
    )


def mark_box(shape: Shape, point: Point, size: float) -> Box:
    """The place that a mark takes: a pressure's stands on its tip, all others on their middle."""
    x, y = point
    half = size / 2
    if shape == "down":
        return Box(x - half, y - size * 0.8, x + half, y)
    if shape == "up":
        return Box(x - half, y, x + half, y + size * 0.8)
    if shape == "arrow-up":
        return Box(x - half, y, x + half, y + size)
    if shape == "arrow-down":
        return Box(x - half, y - size, x + half, y)
    return Box(x - half, y - half, x + half, y + half)


def _along(before: Point, after: Point, step: float) -> Iterator[Box]:
    """Small boxes that together lie along a line."""
    length = max(abs(after[0] - before[0]), abs(after[1] - before[1]))
    pieces = max(1, int(length / step))
    for piece in range(pieces):
        xs = [before[0] + (after[0] - before[0]) * (piece + end) / pieces for end in (0, 1)]
        ys = [before[1] + (after[1] - before[1]) * (piece + end) / pieces for end in (0, 1)]
        yield Box(min(xs), min(ys) - step / 8, max(xs), max(ys) + step / 8)
