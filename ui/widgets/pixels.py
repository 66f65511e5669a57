"""Level and upright lines on whole pixels of the screen, so that they are crisp at every ratio."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor
from typing import Self

from PySide6.QtCore import QLineF
from PySide6.QtGui import QPainter

from ketachart.timeline.scene_parts import Point


@dataclass(frozen=True, slots=True)
class Pixels:
    """How the painter's unit lies on the pixels: their number in one unit, and the first offset."""

    ratio: float
    left: float
    top: float

    @classmethod
    def of(cls, painter: QPainter) -> Self:
        """The pixels of what is painted on, as the painter stands now."""
        turned = painter.deviceTransform()
        return cls(turned.m11() or 1.0, turned.dx(), turned.dy())

    def line(self, ends: tuple[float, float, float, float], width: float) -> QLineF:
        """A line; a level or an upright one stands on whole pixels."""
        x1, y1, x2, y2 = ends
        if x1 == x2:
            x = self._middle(x1, self.left, width)
            return QLineF(x, y1, x, y2)
        if y1 == y2:
            y = self._middle(y1, self.top, width)
            return QLineF(x1, y, x2, y)
        return QLineF(x1, y1, x2, y2)

    def thick(self, width: float) -> float:
        """A width in whole pixels; never none."""
        return max(1, round(width * self.ratio)) / self.ratio

    def corners(self, points: Sequence[Point], width: float) -> Sequence[Point]:
        """The points of a line that goes level and upright only, on whole pixels; else as given."""
        if not goes_straight(points):
            return points
        return [
            (self._middle(x, self.left, width), self._middle(y, self.top, width)) for x, y in points
        ]

    def _middle(self, place: float, offset: float, width: float) -> float:
        """The nearest place at which both edges of a line that wide fall between two pixels."""
        thick = max(1, round(width * self.ratio))
        device = place * self.ratio + offset
        snapped = floor(device) + 0.5 if thick % 2 else round(device)
        return (snapped - offset) / self.ratio


def goes_straight(points: Sequence[Point]) -> bool:
    """Whether a line through points goes level and upright only."""
    return all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(points))
