"""Paints the timeline's parts in the window; the report paints the same ones on paper."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from operator import le
from typing import Final, assert_never

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from ketachart.timeline.outlines import Outline, outline
from ketachart.timeline.scene_parts import Box, Lines, Marks, Part, Point, Poly, Rect, Text
from ketachart.timeline.spoken import Stop
from ui import fonts, tokens
from ui.language import shown
from ui.theme import Look
from ui.widgets.pixels import Pixels, goes_straight

_REACH: Final = 8  # widths of a line; no corner and no end of it is seen so far away


@lru_cache(maxsize=64)
def _letters(size: float, weight: int) -> tuple[QFont, QFontMetricsF]:
    font = fonts.font(round(size), weight)
    return font, QFontMetricsF(font)


def measure(text: str, size: float, weight: int) -> float:
    """How wide a text is as it is shown, in device-independent pixels; needs the application."""
    return _measured(shown(text), size, weight)


@lru_cache(maxsize=4096)
def _measured(text: str, size: float, weight: int) -> float:
    return _letters(size, weight)[1].horizontalAdvance(text)


def rectangle(box: Box) -> QRectF:
    """A box of the scene for Qt."""
    return QRectF(box.left, box.top, box.width, box.height)


def paint(
    painter: QPainter, parts: Iterable[Part], look: Look, *, within: Box | None = None
) -> None:
    """Paints parts in the order in which they come, in the colours of a theme.

    With ``within`` marks and ends of lines beside it may be left out: nothing there is seen.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    grid = Pixels.of(painter)
    for part in parts:
        match part:
            case Rect():
                _rect(painter, part, look)
            case Lines():
                painter.setPen(_pen(look, part.colour, grid.thick(part.width), part.dash))
                painter.drawLines([grid.line(ends, part.width) for ends in part.ends])
            case Poly():
                _poly(painter, part, look, grid, within)
            case Marks():
                _marks(painter, part if within is None else _near(part, within), look)
            case Text():
                painter.setPen(look.colour(part.colour))
                painter.setFont(_letters(part.size, part.weight)[0])
                painter.drawText(QPointF(part.box.left, part.y), shown(part.text))
            case other:
                assert_never(other)


def _pen(look: Look, colour: str, width: float, dash: tuple[float, float] | None) -> QPen:
    pen = QPen(look.colour(colour), width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    if dash is not None:  # Qt counts dashes in widths of the pen
        pen.setDashPattern([length / width for length in dash])
    return pen


def _rect(painter: QPainter, part: Rect, look: Look) -> None:
    no_pen = Qt.PenStyle.NoPen
    painter.setPen(_pen(look, part.line, part.width, None) if part.line else no_pen)
    painter.setBrush(look.colour(part.fill) if part.fill else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rectangle(part.box), part.radius, part.radius)


def _near(part: Marks, within: Box) -> Marks:
    """Only the marks that lie in a place or touch it."""
    left, right = within.left - part.size, within.right + part.size
    return replace(part, points=tuple(p for p in part.points if left <= p[0] <= right))


def _poly(
    painter: QPainter, part: Poly, look: Look, grid: Pixels, within: Box | None = None
) -> None:
    places = grid.corners(part.points, part.width) if part.line else part.points
    if within is not None and not part.fill and part.dash is None:
        places = _cut(places, within.left - _REACH * part.width, within.right + _REACH * part.width)
    points = QPolygonF([QPointF(x, y) for x, y in places])
    if part.fill:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(part.fill))
        painter.drawPolygon(points)
    if part.line:
        width = grid.thick(part.width) if goes_straight(part.points) else part.width
        painter.setPen(_pen(look, part.line, width, part.dash))
        painter.drawPolyline(points)


def _cut(points: Sequence[Point], left: float, right: float) -> Sequence[Point]:
    """The part of a line that goes from left to right between two ends, and a point beyond each."""
    xs = [x for x, _ in points]
    if not all(map(le, xs, xs[1:])):
        return points
    return points[max(0, bisect_left(xs, left) - 1) : bisect_right(xs, right) + 1]


def _marks(painter: QPainter, part: Marks, look: Look) -> None:
    if part.shape == "dot":
        _dots(painter, part, look)
        return
    if part.shape == "ring":
        painter.setPen(_pen(look, part.colour, part.width, None))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        radius = (part.size - part.width) / 2
        for x, y in part.points:
            painter.drawEllipse(QPointF(x, y), radius, radius)
        return
    lines = [line for point in part.points for line in outline(part.shape, point, part.size)]
    if lines and lines[0].full:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(part.colour))
    else:
        painter.setPen(_pen(look, part.colour, part.width, None))
        painter.setBrush(Qt.BrushStyle.NoBrush)
    for line in lines:
        _outline(painter, line)


def _dots(painter: QPainter, part: Marks, look: Look) -> None:
    """Round points of a thick pen: one call for all of them, however many there are."""
    pen = QPen(look.colour(part.colour), part.size)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawPoints([QPointF(x, y) for x, y in part.points])


def _outline(painter: QPainter, line: Outline) -> None:
    points = QPolygonF([QPointF(x, y) for x, y in line.points])
    if line.closed:
        painter.drawPolygon(points)
    else:
        painter.drawPolyline(points)


def paint_ring(painter: QPainter, seen: QRectF, look: Look) -> None:
    """The ring of what has the keyboard, around the part of it that is in sight."""
    width = look.px(tokens.RING)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.colour("focus"), width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    radius, inset = look.px(tokens.RADIUS_SMALL), width / 2
    painter.drawRoundedRect(seen.adjusted(inset, inset, -inset, -inset), radius, radius)


def paint_readout(
    painter: QPainter, stop: Stop, seen: QRectF, look: Look, *, hint: str = ""
) -> None:
    """A ring around every place of an entry, and its words beside it, within what is in sight.

    ``hint`` says what a key does with it.
    """
    text = f"{shown(stop.text)}\n{shown(hint)}" if hint else shown(stop.text)
    near, inset, radius = look.px(tokens.RING), look.px(tokens.S2), look.px(tokens.RADIUS)
    painter.setPen(QPen(look.colour("focus"), look.px(tokens.HAIR)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for box in stop.boxes:
        painter.drawRoundedRect(rectangle(box.wider(near)), 2 * near, 2 * near)
    painter.setFont(look.font("label"))
    wide = QRectF(0, 0, look.px(tokens.ACTION_WIDTH), seen.height())
    flags = int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
    words = painter.boundingRect(wide, flags, text)
    words.adjust(-inset, -inset, inset, inset)
    ground = _beside(stop, words, seen, look.px(tokens.S3))
    painter.setPen(QPen(look.colour("control"), look.px(tokens.HAIR)))
    painter.setBrush(look.colour("raised"))
    painter.drawRoundedRect(ground, radius, radius)
    painter.setPen(look.colour("text"))
    painter.drawText(ground.adjusted(inset, inset, -inset, -inset), flags, text)


def _beside(stop: Stop, words: QRectF, seen: QRectF, gap: float) -> QRectF:
    """A place for the words beside the entry: right of it, else left; never cut off."""
    left = min(box.left for box in stop.boxes)
    right = max(box.right for box in stop.boxes)
    place = QRectF(QPointF(right + gap, min(box.top for box in stop.boxes)), words.size())
    if place.right() > seen.right():
        place.moveRight(left - gap)
    place.moveLeft(max(place.left(), seen.left()))
    place.moveTop(max(seen.top(), min(place.top(), seen.bottom() - place.height())))
    return place
