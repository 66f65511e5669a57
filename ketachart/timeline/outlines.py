"""The outlines of the marks, so that window and paper draw the same ones; only circles are theirs.

The font has no filled circle, triangle or diamond: every mark is drawn (paper.md, section 1).
"""

from dataclasses import dataclass

from ketachart.timeline.scene_parts import Point, Shape


@dataclass(frozen=True, slots=True)
class Outline:
    """A line through points; a closed one ends where it began, a full one is filled."""

    points: tuple[Point, ...]
    closed: bool = False
    full: bool = False


def outline(shape: Shape, point: Point, size: float) -> tuple[Outline, ...]:
    """The lines of a mark at a point; none for a dot or a ring, which are circles.

    ``down`` and ``up`` stand on their tip, the arrows hang from theirs; all others have the point
    in their middle.
    """
    x, y = point
    half = size / 2
    match shape:
        case "down":
            tips = ((x - half, y - size * 0.8), (x, y), (x + half, y - size * 0.8))
            return (Outline(tips),)
        case "up":
            tips = ((x - half, y + size * 0.8), (x, y), (x + half, y + size * 0.8))
            return (Outline(tips),)
        case "dot" | "ring":
            return ()
        case "diamond" | "open-diamond" | "square" | "triangle" | "arrow-up" | "arrow-down":
            return (_closed(shape, x, y, half),)
        case "cross" | "slash" | "tick" | "pause":
            return _strokes(shape, x, y, half)


def _closed(shape: Shape, x: float, y: float, half: float) -> Outline:
    if shape in ("diamond", "open-diamond"):
        points = ((x, y - half), (x + half, y), (x, y + half), (x - half, y))
        return Outline(points, closed=True, full=shape == "diamond")
    if shape == "square":
        edge = half * 0.88
        corners = ((x - edge, y - edge), (x + edge, y - edge), (x + edge, y + edge),
                   (x - edge, y + edge))  # fmt: skip
        return Outline(corners, closed=True, full=True)
    tip, foot = y - half, y + half
    if shape == "arrow-up":
        tip, foot = y, y + 2 * half
    elif shape == "arrow-down":
        tip, foot = y, y - 2 * half
    return Outline(((x, tip), (x + half, foot), (x - half, foot)), closed=True, full=True)


def _strokes(shape: Shape, x: float, y: float, half: float) -> tuple[Outline, ...]:
    rising = Outline(((x - half, y + half), (x + half, y - half)))
    if shape == "slash":
        return (rising,)
    if shape == "cross":
        return rising, Outline(((x - half, y - half), (x + half, y + half)))
    if shape == "tick":
        return (Outline(((x, y - half * 0.8), (x, y + half * 0.8))),)
    wide, inner = half * 0.75, half * 0.2
    return tuple(
        Outline(
            ((left, y - half), (left + wide - inner, y - half), (left + wide - inner, y + half),
             (left, y + half)),
            closed=True,
            full=True,
        )
        for left in (x - wide, x + inner)
    )  # fmt: skip
