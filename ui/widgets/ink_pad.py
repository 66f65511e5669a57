"""A place to sign with mouse, finger or pen; the ink is kept as lines, not as a picture.

Ink is a tuple of strokes, a stroke a tuple of points, a point two whole numbers from 0 to 10 000
across and down a box four times as wide as high. So it can be drawn at any size, on screen and on
paper, and always comes out the same.
"""

from itertools import pairwise
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme, tokens
from ui.language.saying import describe, say_name
from ui.theme import Dressed, Look
from ui.widgets.finger import draws_by_finger

Point = tuple[int, int]
Stroke = tuple[Point, ...]
Ink = tuple[Stroke, ...]

EDGE: Final = 10_000
ASPECT: Final = 4
_APART: Final = 15  # points nearer than this add weight to the record and nothing to the line


def ink_box(place: QRectF) -> QRectF:
    """The largest box of the ink's shape in the middle of a place."""
    width = min(place.width(), place.height() * ASPECT)
    box = QRectF(0, 0, width, width / ASPECT)
    box.moveCenter(place.center())
    return box


def _path(stroke: Stroke, box: QRectF) -> QPainterPath:
    spots = [
        QPointF(box.left() + x * box.width() / EDGE, box.top() + y * box.height() / EDGE)
        for x, y in stroke
    ]
    path = QPainterPath(spots[0])
    if len(spots) == 1:
        path.lineTo(spots[0] + QPointF(0.1, 0))  # a dot: a line too short to see, with round ends
        return path
    for spot, after in pairwise(spots[1:]):
        path.quadTo(spot, (spot + after) / 2)
    path.lineTo(spots[-1])
    return path


def draw_ink(painter: QPainter, ink: Ink, *, place: QRectF, colour: QColor, width: float) -> None:
    """Draw ink as large as a place allows, with lines so many pixels wide."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for stroke in ink:
        painter.drawPath(_path(stroke, ink_box(place)))
    painter.restore()


class InkPad(QWidget, Dressed):
    """Takes a signature. It cannot be signed by keyboard: *cannot sign* stands beside it."""

    changed = Signal()  # after each stroke, and when it was cleared

    def __init__(self, name: str) -> None:
        super().__init__()
        say_name(self, name)
        draws_by_finger(self)
        self._strokes: list[list[Point]] = []
        self._drawing = False
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._speak()
        self.dress(theme.look())

    def strokes(self) -> Ink:
        """What was drawn."""
        return tuple(tuple(stroke) for stroke in self._strokes)

    def set_strokes(self, ink: Ink) -> None:
        """Show ink that was drawn before."""
        self._strokes = [list(stroke) for stroke in ink]
        self._speak()
        self.update()

    def clear(self) -> None:
        """Take all ink away."""
        self.set_strokes(())
        self.changed.emit()

    def hasHeightForWidth(self) -> bool:
        """It keeps its shape."""
        return True

    def heightForWidth(self, width: int) -> int:
        """A quarter of the width."""
        return max(width // ASPECT, self.minimumHeight())

    def dress(self, look: Look) -> None:
        """Room enough for a hand."""
        self.setMinimumSize(look.px(tokens.INK_HEIGHT) * 2, look.px(tokens.INK_HEIGHT))
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The pen touches down; Qt tells of fingers and pens in the same way."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._drawing = True
            self._strokes.append([])
            self._add(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The pen is drawn across."""
        if self._drawing:
            self._add(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The pen is lifted."""
        if self._drawing and event.button() == Qt.MouseButton.LeftButton:
            self._drawing = False
            self._speak()
            self.changed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A field, a line to sign on, and the ink."""
        look = theme.look()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        thick = look.px(tokens.HAIR)
        painter.setPen(QPen(look.colour("control"), thick))
        painter.setBrush(look.colour("field"))
        frame = QRectF(self.rect()).adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2)
        painter.drawRoundedRect(frame, look.px(tokens.RADIUS), look.px(tokens.RADIUS))
        painter.setPen(QPen(look.colour("line"), thick))
        across, down = look.px(tokens.S4), look.px(tokens.S6)
        foot = self.height() - down + 0.5
        painter.drawLine(QPointF(across, foot), QPointF(self.width() - across, foot))
        draw_ink(
            painter,
            self.strokes(),
            place=QRectF(self.rect()),
            colour=look.colour("text"),
            width=look.px(tokens.INK_STROKE),
        )
        painter.end()
        event.accept()

    def _add(self, spot: QPointF) -> None:
        box = ink_box(QRectF(self.rect()))
        x = round((spot.x() - box.left()) * EDGE / box.width())
        y = round((spot.y() - box.top()) * EDGE / box.height())
        point = (min(EDGE, max(0, x)), min(EDGE, max(0, y)))
        stroke = self._strokes[-1]
        if stroke and abs(point[0] - stroke[-1][0]) + abs(point[1] - stroke[-1][1]) < _APART:
            return
        stroke.append(point)
        self.update()

    def _speak(self) -> None:
        describe(self, "Signed" if self._strokes else "Not signed")
