"""Where one drawing differs from the one before it: only there it has to be painted again."""

import operator
from collections.abc import Hashable, Iterable, Sequence
from typing import Final

from ketachart.timeline.rows import mark_box
from ketachart.timeline.scene_parts import Box, Lines, Marks, Part, Poly, Rect, Text

Points = Sequence[tuple[float, ...]]
_AIR: Final = 2.0  # pixels of light around what is drawn


def changes(before: Sequence[Part], after: Sequence[Part]) -> tuple[Box, ...] | None:
    """The places that are painted otherwise; None where what lies over what may be another."""
    old, new = _by_hash(before), _by_hash(after)
    gone = [part for key, part in old.items() if new.get(key) != part]
    come = [part for key, part in new.items() if old.get(key) != part]
    kept = [key for key, part in old.items() if new.get(key) == part]
    if kept != [key for key, part in new.items() if old.get(key) == part]:
        return None
    found: list[Box] = []
    for part in gone:
        like = _alike(part)
        other = next((one for one in come if like is not None and _alike(one) == like), None)
        if other is None:
            found.append(place_of(part))
        else:
            come.remove(other)
            found += _between(part, other)
    return tuple(found + [place_of(part) for part in come])


def _by_hash(parts: Sequence[Part]) -> dict[int, Part]:
    """Each part once: the same drawn twice looks as one, and it is hashed once."""
    return {hash(part): part for part in parts}


def _alike(part: Part) -> Hashable:
    """What two parts share that only differ in some of their points; nothing for single shapes."""
    match part:
        case Marks():
            return part.shape, part.size, part.colour, part.width
        case Lines():
            return part.colour, part.width, part.dash
        case Poly() if not part.fill:
            return part.line, part.width, part.dash
        case _:
            return None


def _between(part: Part, other: Part) -> list[Box]:
    """The places of the points that differ, between those that are the same at both ends."""
    one, two = _points(part), _points(other)
    first = _same(one, two)
    last = _same(one[first:][::-1], two[first:][::-1])
    if isinstance(part, Poly):  # the lines to the points that stay move too
        first, last = max(0, first - 1), max(0, last - 1)
    sides = (one[first : len(one) - last], two[first : len(two) - last])
    return [_around(part, points) for points in sides if points]


def _points(part: Part) -> Points:
    if isinstance(part, Lines):
        return part.ends
    return part.points if isinstance(part, Marks | Poly) else ()


def _same(one: Points, two: Points) -> int:
    """How many points are the same, from the first on."""
    if all(map(operator.eq, one, two)):
        return min(len(one), len(two))
    return next(n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b)


def place_of(part: Part) -> Box:
    """The place that a part takes, with a little air."""
    match part:
        case Rect():
            return part.box.wider(part.width + _AIR)
        case Text():
            return part.box.wider(part.size / 2)
        case _:
            return _around(part, _points(part))


def _around(part: Part, points: Points) -> Box:
    """Around some of the points of a part."""
    xs = [x for point in points for x in point[::2]]
    ys = [y for point in points for y in point[1::2]]
    box = Box(min(xs), min(ys), max(xs), max(ys))
    width = 0.0 if isinstance(part, Rect | Text) else part.width
    if not isinstance(part, Marks):
        return box.wider(2 * width + _AIR)
    ends = [mark_box(part.shape, end, part.size) for end in (box[:2], box[2:])]
    return ends[0].around(ends[1]).wider(2 * width + _AIR)


def merged(boxes: Iterable[Box], most: int = 6) -> list[Box]:
    """Few boxes that hold them all; those that meet are one."""
    found: list[Box] = []
    for box in sorted(boxes):
        whole = box
        for other in [one for one in found if one.meets(box)]:
            found.remove(other)
            whole = whole.around(other)
        found.append(whole)
    while len(found) > most:
        first, second, *rest = sorted(found)
        found = [first.around(second), *rest]
    return found
