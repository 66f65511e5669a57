"""Pain over the series as a small drawing; the same words are read out and stand under it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ketachart.domain.earlier.outcome import Outcome, outcome_words
from ketachart.timeline.manner import Manner, screen
from ketachart.timeline.outcome import height_of, outcome_parts
from ui import theme
from ui.language.saying import describe, say_name
from ui.theme import Dressed, Look
from ui.widgets.timeline_paint import measure, paint


class OutcomeChart(QWidget, Dressed):
    """Draws the infusions side by side, as wide as it is."""

    def __init__(self, shown: tuple[Outcome, ...]) -> None:
        super().__init__()
        self._shown = shown
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        say_name(self, "Pain over the series")
        describe(self, "; ".join(outcome_words(one) for one in shown))
        self.dress(theme.look())

    def dress(self, look: Look) -> None:
        """As high as its letters need."""
        del look
        self.setFixedHeight(round(height_of(self._manner())))
        self.update()

    def sizeHint(self) -> QSize:
        """Its height; any width will do."""
        return QSize(0, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it anew."""
        del event
        painter = QPainter(self)
        paint(painter, outcome_parts(self._shown, self.width(), self._manner()), theme.look())
        painter.end()

    def _manner(self) -> Manner:
        return screen(measure, scale=theme.look().scale)
