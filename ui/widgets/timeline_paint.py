"""Paints the timeline's parts in the window; the report paints the same ones on paper."""

from collections.abc import Iterable
from functools import lru_cache
from typing import assert_never

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from ketachart.timeline.outlines import Outline, outline
from ketachart.timeline.scene_parts import Box, Lines, Marks, Part, Point, Poly, Rect, Text
from ui import fonts
from ui.theme import Look


@lru_cache(maxsize=64)
def _letters(size: float, weight: int) -> tuple[QFont, QFontMetricsF]:
    font = fonts.font(round(size), weight)
    return font, QFontMetricsF(font)


@lru_cache(maxsize=4096)
def measure(text: str, size: float, weight: int) -> float:
    """How wide a text is, in device-independent pixels; needs the application object."""
    return _letters(size, weight)[1].horizontalAdvance(text)


def rectangle(box: Box) -> QRectF:
    """A box of the scene for Qt."""
    return QRectF(box.left, box.top, box.width, box.height)


def paint(painter: QPainter, parts: Iterable[Part], look: Look) -> None:
    """Paints parts in the order in which they come, in the colours of a theme."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for part in parts:
        match part:
            case Rect():
                _rect(painter, part, look)
            case Lines():
                painter.setPen(_pen(look, part.colour, part.width, part.dash))
                painter.drawLines([QLineF(*ends) for ends in part.ends])
            case Poly():
                _poly(painter, part, look)
            case Marks():
                _marks(painter, part, look)
            case Text():
                painter.setPen(look.colour(part.colour))
                painter.setFont(_letters(part.size, part.weight)[0])
                painter.drawText(QPointF(part.box.left, part.y), part.text)
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


def _poly(painter: QPainter, part: Poly, look: Look) -> None:
    points = QPolygonF([QPointF(x, y) for x, y in part.points])
    if part.fill:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(part.fill))
        painter.drawPolygon(points)
    if part.line:
        painter.setPen(_pen(look, part.line, part.width, part.dash))
        painter.drawPolyline(points)


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
    for line in (line for point in part.points for line in outline(part.shape, point, part.size)):
        _outline(painter, line, part, look)


def _dots(painter: QPainter, part: Marks, look: Look) -> None:
    """Round points of a thick pen: one call for all of them, however many there are."""
    pen = QPen(look.colour(part.colour), part.size)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawPoints([QPointF(x, y) for x, y in part.points])


def _outline(painter: QPainter, line: Outline, part: Marks, look: Look) -> None:
    if line.full:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(part.colour))
    else:
        painter.setPen(_pen(look, part.colour, part.width, None))
        painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(_path(line.points, closed=line.closed))


def _path(points: tuple[Point, ...], *, closed: bool) -> QPainterPath:
    path = QPainterPath(QPointF(*points[0]))
    for point in points[1:]:
        path.lineTo(QPointF(*point))
    if closed:
        path.closeSubpath()
    return path
