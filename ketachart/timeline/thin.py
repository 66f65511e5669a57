"""Leaves out readings that would fall on the same pixel, but never the highest and the lowest."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ketachart.timeline.scene_parts import Point

MOST = 500  # up to here every reading is drawn


def thin(points: Sequence[Point], *, bucket: float, most: int = MOST) -> tuple[Point, ...]:
    """The points as they are, or for each bucket only the first, lowest, highest and last.

    Args:
        points: in the order of ``x``.
        bucket: the width in which points are taken together, in the scene's unit.
        most: up to so many points nothing is left out.
    """
    if len(points) <= most:
        return tuple(points)
    return tuple(_kept(points, bucket))


def _kept(points: Sequence[Point], bucket: float) -> Iterator[Point]:
    columns = [x // bucket for x, _ in points]
    start = 0
    for end, (column, after) in enumerate(pairwise((*columns, None)), start=1):
        if column != after:
            yield from _extremes(points[start:end])
            start = end


def _extremes(points: Sequence[Point]) -> Iterator[Point]:
    if len(points) <= 4:
        yield from points
        return
    heights = [point[1] for point in points]
    keep = {0, heights.index(min(heights)), heights.index(max(heights)), len(points) - 1}
    for place in sorted(keep):
        yield points[place]
