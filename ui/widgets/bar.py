"""A thin bar that shows how far something is; the number beside it says it in figures."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme, tokens
from ui.theme import Dressed, Look


class Bar(QWidget, Dressed):
    """From 0.0, nothing, to 1.0, all of it."""

    def __init__(self) -> None:
        super().__init__()
        self._part, self._colour = 0.0, "accent"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.dress(theme.look())

    def show_part(self, part: float, *, colour: str = "accent") -> None:
        """Fill so much of it; what lies outside 0 to 1 is shown as empty or full."""
        self._part, self._colour = min(1.0, max(0.0, part)), colour
        self.update()

    def dress(self, look: Look) -> None:
        """Scale its height."""
        self.setFixedHeight(look.px(tokens.BAR))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A quiet track and the part that is full."""
        look = theme.look()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        radius = self.height() / 2
        for colour, wide in (("line", self.width()), (self._colour, self.width() * self._part)):
            painter.setBrush(look.colour(colour))
            painter.drawRoundedRect(QRectF(0, 0, wide, self.height()), radius, radius)
        painter.end()
        event.accept()
