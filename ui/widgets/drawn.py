"""Words, boxes and signs drawn in the colour of a token, without a pen.

A pen would have all of Qt's names made before the first paint (`ui/numbers.py`). What reads the
signs takes as long as a twentieth of a bare window's start: they come in the turn after it.
"""

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QPainter,
    QPainterPath,
    QPalette,
    QTextCharFormat,
    QTextLayout,
)

_MOST = 12  # a widget has a few texts in a few colours
_ROLE = QPalette.ColorRole.Text


_left_out: Final[list[bool]] = []


def leave_signs_out() -> None:
    """Until ``draw_signs``: the place of each stays free."""
    _left_out[:] = [True]


def draw_signs() -> bool:
    """From now on; whether anything was drawn without them."""
    were = bool(_left_out)
    _left_out.clear()
    return were


def sign(painter: QPainter, box: QRect, name: str, colour: str, ratio: float) -> None:
    """One from ``resources/icons`` in ``#rrggbb`` in a square box.

    Raises:
        FileNotFoundError: there is no such sign.
    """
    if _left_out:
        return
    from ui import icons

    made = icons.image(name, colour, box.width(), ratio)
    painter.drawImage(QPoint(box.left(), box.top()), made)


@lru_cache(maxsize=256)
def _holding(colour: str) -> QPalette:
    holder = QPalette()
    holder.setColor(_ROLE, QColor(colour))
    return holder


def brush(colour: str) -> QBrush:
    """A plain brush in ``#rrggbb``; it is a palette's, since to make one takes Qt's names."""
    return _holding(colour).brush(_ROLE)


def fill_box(painter: QPainter, box: QRectF, radius: float, colour: str) -> None:
    """A box with round corners."""
    path = QPainterPath()
    path.addRoundedRect(box, radius, radius)
    painter.fillPath(path, brush(colour))


def line_box(painter: QPainter, box: QRectF, radius: float, colour: str, thick: float) -> None:
    """Its outline, as thick, with its middle on the edge of the box."""
    half = thick / 2
    path = QPainterPath()
    for out in (half, -half):  # what lies between the two is filled
        round_ = max(0.0, radius + out)
        path.addRoundedRect(box.adjusted(-out, -out, out, out), round_, round_)
    painter.fillPath(path, brush(colour))


class Lettering:
    """What is written on one widget: laid out once, drawn as often as it is painted."""

    def __init__(self) -> None:
        self._laid: dict[tuple[object, ...], tuple[QTextLayout, float]] = {}

    def write(  # noqa: PLR0913 - what, where and how
        self,
        painter: QPainter,
        box: QRect,
        text: str,
        font: QFont,
        colour: str,
        *,
        across: float = 0.0,
        level: bool = False,
    ) -> None:
        """Words that wrap in a box; ``across`` is 0 for the left, 0.5 the middle, 1 the right.

        They begin at the top of the box, or with ``level`` stand half way down.
        """
        if not text:
            return
        key = (text, font.pixelSize(), font.weight(), colour, box.width(), across)
        if key not in self._laid:
            if len(self._laid) >= _MOST:
                self._laid.clear()
            self._laid[key] = _laid_out(text, font, colour, box.width(), across)
        layout, high = self._laid[key]
        top = box.top() + ((box.height() - high) / 2 if level else 0)
        layout.draw(painter, QPointF(box.left(), round(top)))


def _laid_out(
    text: str, font: QFont, colour: str, width: int, across: float
) -> tuple[QTextLayout, float]:
    layout = QTextLayout(text.replace("\n", "\u2028"), font)
    span = QTextLayout.FormatRange()
    span.start, span.length, span.format = 0, len(text), QTextCharFormat()
    span.format.setForeground(brush(colour))
    layout.setFormats([span])
    layout.setCacheEnabled(True)
    layout.beginLayout()
    down = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF((width - line.naturalTextWidth()) * across, down))
        down += line.height()
    layout.endLayout()
    return layout, down
