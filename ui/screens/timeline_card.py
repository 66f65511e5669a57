"""The timeline of the visit as a card: arrows step through it, Enter corrects what is read out."""

from datetime import datetime

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent

from ketachart.domain.visit import Visit
from ketachart.timeline.contents import Timeline
from ketachart.timeline.lanes import timeline_of
from ui import tokens
from ui.theme import Look
from ui.widgets.card import Card
from ui.widgets.timeline_plot import TimelinePlot

LEAST_ROWS = 5  # as high as so many rows of the log
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TimelineCard(Card):
    """The plot; drawn anew with every entry, while the line of now moves by itself."""

    opened = Signal(str)  # the id of the entry that is to be corrected

    def __init__(self) -> None:
        super().__init__("Timeline", inset=0)
        self.plot = TimelinePlot()
        self._reached = ""
        self._waiting: tuple[Visit, datetime] | None = None
        self._drawing: Timeline | None = None
        self.plot.reached.connect(self._reach)
        self.add(self.plot, stretch=1)
        self.setFocusProxy(self.plot)

    def dress(self, look: Look) -> None:
        """A few lanes stay in sight, whatever the window."""
        super().dress(look)
        self.setMinimumHeight(look.px(tokens.ROW) * LEAST_ROWS)

    def sizeHint(self) -> QSize:
        """No higher than it must be: it takes what is left, and scrolls where lanes need more."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def show_visit(self, visit: Visit, now: datetime) -> None:
        """The visit as it stands, drawn in the next turn: the form that was recorded clears first.

        A card that is out of sight is drawn when it is seen again.
        """
        self._waiting = (visit, now)
        QTimer.singleShot(0, self, self._draw)

    def showEvent(self, event: QShowEvent) -> None:
        """What was charted meanwhile."""
        super().showEvent(event)
        self._draw()
        self._set()

    def _draw(self) -> None:
        if self._waiting is not None and self.isVisible():
            visit, now = self._waiting
            self._waiting = None
            self._drawing = timeline_of(visit, now)
            QTimer.singleShot(0, self, self._set)

    def _set(self) -> None:
        """A turn of its own, and the painting another: keys that are pressed meanwhile go first."""
        if self._drawing is not None:
            self.plot.show_timeline(self._drawing)
            self._drawing = None
            self.plot.scene()

    def tick(self, now: datetime) -> None:
        """The line of now moves on."""
        self.plot.set_now(now)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens what is read out."""
        if event.key() in _ENTER and self._reached:
            self.opened.emit(self._reached)
            return
        super().keyPressEvent(event)

    def _reach(self, entry_id: str) -> None:
        self._reached = entry_id
