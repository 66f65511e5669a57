"""The few shapes that a scene is made of; window and paper each know how to draw all of them.

Lengths are in the unit of the manner: device-independent pixels in the window, points on paper.
``x`` grows to the right and ``y`` downwards from the scene's top left corner. Colours are the names
of the tokens in ``ui/tokens.py``.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

Shape = Literal[
    "dot", "ring", "square", "diamond", "open-diamond", "down", "up", "cross", "slash", "triangle",
    "arrow-up", "arrow-down", "pause", "tick",
]  # fmt: skip
Anchor = Literal["start", "middle", "end"]
Point = tuple[float, float]


class Box(NamedTuple):
    """A rectangle from its left and top to its right and bottom."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    @property
    def middle(self) -> Point:
        """Its middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def meets(self, other: "Box") -> bool:
        """Whether the two share more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def inside(self, other: "Box", slack: float = 0.01) -> bool:
        """Whether nothing of it leaves another box."""
        return (
            self.left >= other.left - slack
            and self.right <= other.right + slack
            and self.top >= other.top - slack
            and self.bottom <= other.bottom + slack
        )

    def around(self, other: "Box") -> "Box":
        """The smallest box that holds both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def wider(self, by: float) -> "Box":
        """The box with so much more on every side."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rect:
    """A rectangle, filled, outlined or both; an empty colour draws nothing."""

    box: Box
    fill: str = ""
    line: str = ""
    width: float = 0.0
    radius: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Straight lines of one colour and width; ``dash`` is the length of a dash and of a gap."""

    ends: tuple[tuple[float, float, float, float], ...]
    colour: str
    width: float
    dash: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Poly:
    """A line through points, or the area that they enclose."""

    points: tuple[Point, ...]
    line: str = ""
    width: float = 0.0
    fill: str = ""
    dash: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """The same mark at one or more points, its middle on the point; ``size`` is its width."""

    shape: Shape
    points: tuple[Point, ...]
    size: float
    colour: str
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One line of text on a baseline; ``weight`` is 400 to 700."""

    x: float
    y: float
    text: str
    size: float
    weight: int
    colour: str
    anchor: Anchor
    box: Box


Part = Rect | Lines | Poly | Marks | Text


class Hit(NamedTuple):
    """A place that is read out: the mark of an entry, its words, and when it happened.

    ``entry`` is empty for what no entry stands for: a phase, or a set that is due.
    """

    box: Box
    entry: str
    text: str
    at: datetime


Place = Hit | Callable[[], Iterable[Hit]]  # many are worked out when they are first asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Layers:
    """What moves with the clock: drawn under everything else, and over it."""

    under: tuple[Part, ...] = ()
    over: tuple[Part, ...] = ()


def union(boxes: Mapping[str, list[Box]]) -> dict[str, Box]:
    """One box around all the boxes of each entry."""
    found = {}
    for entry, several in boxes.items():
        whole = several[0]
        for box in several[1:]:
            whole = whole.around(box)
        found[entry] = whole
    return found
