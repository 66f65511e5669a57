"""A small sign beside words; the words carry the meaning, so it is silent to a screen reader."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme, tokens
from ui.theme import Dressed, Look
from ui.widgets import drawn


class Mark(QWidget, Dressed):
    """One sign from ``resources/icons`` in the colour of a token; an empty name draws nothing."""

    def __init__(self, sign: str, *, colour: str = "muted", size: int = tokens.ICON) -> None:
        super().__init__()
        self._sign, self._colour, self._size = sign, colour, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.dress(theme.look())

    def set_sign(self, sign: str, *, colour: str) -> None:
        """Show another sign, or the same in another colour."""
        self._sign, self._colour = sign, colour
        self.update()

    def sign(self) -> str:
        """The name of what is shown."""
        return self._sign

    def dress(self, look: Look) -> None:
        """Scale with the text beside it."""
        self.setFixedSize(look.px(self._size), look.px(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sign at the screen's own resolution."""
        if not self._sign:
            return
        look = theme.look()
        size = look.px(self._size)
        painter, box = QPainter(self), QRect(0, 0, size, size)
        drawn.sign(painter, box, self._sign, look.palette[self._colour], self.devicePixelRatioF())
        painter.end()
        event.accept()
