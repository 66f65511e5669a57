"""“Backing up. About 3 s”: what covers the window until the last backup of the day is made."""

from datetime import timedelta
from typing import Final

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme, tokens
from ui.language.saying import say_name
from ui.theme import Dressed, Look
from ui.widgets.bar import Bar
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.trouble import Trouble
from ui.widgets.words import Words

_NAME: Final = "Backing up before closing"
_SECOND: Final = timedelta(seconds=1)
_TOLD_FROM: Final = 0.05  # below this share the time left is a guess at random
_SAFE: Final = "Everything charted is saved on this laptop. KetaChart closes by itself."


class BackupPanel(QWidget, Dressed):
    """Lies over all of the window; it ends with the backup, or with its one button."""

    leave_wanted = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        say_name(self, _NAME)
        self._window = window
        self._left = Words("Backing up", size="h1", weight=tokens.SEMIBOLD)
        self._safe = Words(_SAFE, tone="muted")
        self._bar = Bar()
        self._trouble = Trouble("The backup")
        self.button = Button("Close without it", key="Esc")
        self.button.clicked.connect(self.leave_wanted)
        self._card = Card(_NAME, inset=tokens.S6, gap=tokens.S4)
        for part in (self._left, self._safe, self._bar, self._trouble, self.button):
            self._card.add(part)
        self._line = QVBoxLayout(self)
        self._line.addStretch(1)
        self._line.addWidget(self._card)
        self._line.addStretch(1)
        window.installEventFilter(self)
        self.dress(theme.look())
        self.setGeometry(window.rect())
        self.show()
        self.raise_()
        self.button.setFocus()

    def show_part(self, part: float, took: timedelta) -> None:
        """How much of it is done, after how long; from that the time left is worked out."""
        self._bar.show_part(part)
        if part < _TOLD_FROM:
            return
        seconds = -(-(took / part * (1 - part)) // _SECOND)
        self._left.setText(f"Backing up. About {max(1, round(seconds))} s")

    def show_trouble(self, sentence: str) -> None:
        """It was not made; this stays until it was read."""
        self._left.setText("No backup was made")
        for over in (self._bar, self._safe):
            over.hide()
        self._trouble.say("Everything charted is saved on this laptop", sentence, tone="warn")
        self.button.set_words("Close")
        self.button.setFocus()

    def dress(self, look: Look) -> None:
        """As wide as a text is read, at every text size."""
        around = look.px(tokens.GUTTER)
        beside = max(around, (self._window.width() - look.px(tokens.READING_WIDTH)) // 2)
        self._line.setContentsMargins(beside, around, beside, around)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep to the size of the window."""
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._window.rect())
            self.dress(theme.look())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Nothing of a patient shines through."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.look().colour("bg"))
        painter.end()
