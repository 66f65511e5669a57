"""Draws the timeline on paper: vectors and selectable words, in inks that survive a fax."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal, assert_never

from ketachart.report import fonts
from ketachart.report.pen import Colour, Pen
from ketachart.timeline.manner import PAPER_A4, PAPER_LETTER, Manner
from ketachart.timeline.outlines import outline
from ketachart.timeline.scene import Scene
from ketachart.timeline.scene_parts import (
    Box,
    Lines,
    Marks,
    Part,
    Point,
    Poly,
    Rect,
    Shape,
    Text,
)

Paper = Literal["letter", "a4"]

# Greys but for two: the area of the infusion, and the red of limit lines, which in grey is dark
# and dashed (paper.md, section 1: red never carries meaning alone).
INKS: Final[Mapping[str, str]] = {
    "surface": "#ffffff",
    "raised": "#f2f1ee",
    "accent_soft": "#e9dfca",
    "future": "#f7f7f7",
    "line": "#b3b3b3",
    "grid": "#e2e2e2",
    "axis": "#404040",
    "text": "#111111",
    "muted": "#484848",
    "accent": "#111111",
    "danger": "#111111",
    "danger_line": "#9e2419",
    "warn": "#111111",
    "ok": "#111111",
    "c_rate": "#111111",
    "c_rate_fill": "#e9dfca",
    "c_cum": "#333333",
    "c_bp": "#111111",
    "c_hr": "#111111",
    "c_spo2": "#111111",
    "c_pain": "#111111",
    "c_fx": "#333333",
    "c_now": "#111111",
}
_SIZES: Final = {"letter": PAPER_LETTER, "a4": PAPER_A4}
WEIGHTS: Final[Mapping[int, fonts.Weight]] = {
    400: "regular",
    500: "medium",
    600: "semibold",
    700: "bold",
}


def manner(paper: Paper) -> Manner:
    """How the timeline is laid out on a kind of paper; its frame is 536 or 519 pt wide.

    Raises:
        CannotPrint: from the measuring, where a text holds a character that the font lacks.
    """
    return Manner(_SIZES[paper], _measure)


def _measure(text: str, size: float, weight: int) -> float:
    return fonts.width(text, size, WEIGHTS[weight], field="timeline")


def draw(canvas: Any, scene: Scene, x: float, y: float) -> None:  # noqa: ANN401 - reportlab is untyped
    """Draws a scene with its top left corner at a point of the page.

    Args:
        canvas: a reportlab canvas whose ``y`` grows upwards; it is left as it was.
        scene: built in a manner of `manner`, so that every letter in it can be printed.
        x: the left edge, pt from the left of the page.
        y: the top edge, pt from the foot of the page.
    """
    draw_parts(canvas, scene.all, x, y)


def draw_parts(canvas: Any, parts: Iterable[Part], x: float, y: float) -> None:  # noqa: ANN401 - as above
    """Draws parts with the corner that they are measured from at a point of the page."""
    fonts.load()
    canvas.saveState()
    pen = Pen(canvas)
    pen.join(round_=True)
    drawer = _Drawer(pen, x, y)
    for part in parts:
        drawer.draw(part)
    canvas.restoreState()


def place_on_page(box: Box, x: float, y: float) -> tuple[float, float, float, float]:
    """A place of the scene on the page: left, foot, right and top, pt from the lower left corner.

    ``x`` and ``y`` are the corner that the scene was drawn at.
    """
    return x + box.left, y - box.bottom, x + box.right, y - box.top


@dataclass(frozen=True, slots=True)
class _Drawer:
    """Draws parts of a scene whose top left corner stands at a point."""

    pen: Pen
    x: float
    y: float

    def draw(self, part: Part) -> None:
        """One part, whatever it is."""
        match part:
            case Rect():
                self._rect(part)
            case Lines():
                self._stroke(part.colour, part.width, part.dash)
                self.pen.lines([self._ends(ends) for ends in part.ends])
            case Poly():
                self._poly(part)
            case Marks():
                self._marks(part)
            case Text():
                self._text(part)
            case other:
                assert_never(other)

    def _stroke(self, colour: str, width: float, dash: tuple[float, float] | None) -> None:
        self.pen.stroke(_rgb(colour), width, dash=dash or ())

    def _at(self, point: Point) -> Point:
        return self.x + point[0], self.y - point[1]

    def _ends(self, ends: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        return (*self._at(ends[:2]), *self._at(ends[2:]))

    def _rect(self, part: Rect) -> None:
        if part.line:
            self._stroke(part.line, part.width, None)
        if part.fill:
            self.pen.fill(_rgb(part.fill))
        left, top = self._at((part.box.left, part.box.top))
        place = (left, top - part.box.height, part.box.width, part.box.height)
        stroke, fill = bool(part.line), bool(part.fill)
        if part.radius:
            self.pen.rounded(place, part.radius, stroke=stroke, fill=fill)
        else:
            self.pen.rect(place, stroke=stroke, fill=fill)

    def _poly(self, part: Poly) -> None:
        if part.line:
            self._stroke(part.line, part.width, part.dash)
        if part.fill:
            self.pen.fill(_rgb(part.fill))
        self._path(part.points, stroke=bool(part.line), fill=bool(part.fill), close=bool(part.fill))

    def _path(
        self, points: tuple[Point, ...], *, stroke: bool, fill: bool, close: bool = False
    ) -> None:
        self.pen.path([self._at(point) for point in points], stroke=stroke, fill=fill, closed=close)

    def _marks(self, part: Marks) -> None:
        self._stroke(part.colour, part.width, None)
        self.pen.fill(_rgb(part.colour))
        for point in part.points:
            self._mark(part.shape, point, part.size, part.width)

    def _mark(self, shape: Shape, point: Point, size: float, width: float) -> None:
        if shape in ("dot", "ring"):
            full = shape == "dot"
            radius = size / 2 if full else size / 2 - width / 2
            self.pen.circle(self._at(point), radius, stroke=not full, fill=full)
            return
        for line in outline(shape, point, size):
            self._path(line.points, stroke=not line.full, fill=line.full, close=line.closed)

    def _text(self, part: Text) -> None:
        self.pen.fill(_rgb(part.colour))
        x, y = self._at((part.box.left, part.y))
        self.pen.text(x, y, part.text, WEIGHTS[part.weight], part.size)


@cache
def _rgb(ink: str) -> Colour:
    """An ink as red, green and blue, 0 to 1 each."""
    red, green, blue = (int(INKS[ink][at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue
