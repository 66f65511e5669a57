"""The glow around the window: seen from the corner of the eye, and not by a patient's closed ones.

It stands still: nothing blinks. Its colour says how grave, its width whether somebody answered.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtWidgets import QFrame, QWidget

from ui import tokens
from ui.theme import Dressed, Look, restyle

if TYPE_CHECKING:
    from ketachart.domain.alert import AlertLevel

_COLOURS: Final[dict[AlertLevel, str]] = {
    "emergency": "danger",
    "pause": "danger",
    "attention": "warn",
}


class Side(Enum):
    """One of the four sides of the window."""

    TOP = "top"
    BOTTOM = "bottom"
    LEFT = "left"
    RIGHT = "right"


class _Bar(QFrame, Dressed):
    """One side of the glow; it takes neither the pointer nor the focus."""

    def __init__(self, edge: Edge, window: QWidget) -> None:
        super().__init__(window)
        self._edge = edge
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def dress(self, look: Look) -> None:
        """Stay on top at every text size."""
        del look
        self._edge.place()


class Edge(QObject):
    """Four thin bars along the inside of a window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._level: AlertLevel | None = None
        self._asks = True
        self._bars: dict[Side, _Bar] = {}
        self._bars = {side: _Bar(self, window) for side in Side}
        window.installEventFilter(self)

    @property
    def level(self) -> AlertLevel | None:
        """How grave what it shows is; None while there is no glow."""
        return self._level

    def glow(self, level: AlertLevel, *, asks: bool) -> None:
        """Show a level; thinner once it was answered."""
        if (level, asks) == (self._level, self._asks):
            return
        self._level, self._asks = level, asks
        for bar in self._bars.values():
            bar.setProperty("glow", _COLOURS[level])
            restyle(bar)
        self.place()

    def rest(self) -> None:
        """No glow."""
        self._level = None
        for bar in self._bars.values():
            bar.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep to the window's edge."""
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self.place()
        return False

    def _width(self) -> int:
        # not scaled with the letters: it is no text, and a wider one would light a dim room
        return tokens.EDGE if self._asks and self._level != "attention" else tokens.EDGE_SEEN

    def place(self) -> None:
        """Along the window's edge as it is now, over whatever lies there."""
        if self._level is None:
            return
        whole, wide = self._window.rect(), self._width()
        places = {
            Side.TOP: QRect(0, 0, whole.width(), wide),
            Side.BOTTOM: QRect(0, whole.height() - wide, whole.width(), wide),
            Side.LEFT: QRect(0, 0, wide, whole.height()),
            Side.RIGHT: QRect(whole.width() - wide, 0, wide, whole.height()),
        }
        for side, bar in self._bars.items():
            bar.setGeometry(places[side])
            bar.show()
            bar.raise_()
