"""“Covered in 8 s”: the warning before the veil, silent and still, over the status bar."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget

from ui import theme, tokens
from ui.language.saying import describe
from ui.theme import Look
from ui.widgets.boxes import Row
from ui.widgets.mark import Mark
from ui.widgets.notice import Notice
from ui.widgets.words import Words


class Countdown(Notice):
    """It takes neither pointer nor focus, and moves nothing under it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(
            "The screen is about to be covered", tone="muted", inset=(tokens.S4, tokens.S2)
        )
        self.setParent(window)
        self._window = window
        self._words = Words(weight=tokens.SEMIBOLD)
        row = Row(gap=tokens.S3)
        row.add_level(Mark("eye-off", colour="muted", size=tokens.ICON))
        row.add(self._words, stretch=1)
        self.add(row)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        window.installEventFilter(self)
        self.hide()

    def show_left(self, seconds: int) -> None:
        """How long until the veil comes down, seconds."""
        self._words.setText(f"Covered in {seconds} s. Any key or touch keeps it open.")
        describe(self, self._words.text())
        self.show()
        self.place()

    def dress(self, look: Look) -> None:
        """Stay at the bottom at every text size."""
        super().dress(look)
        if self.parentWidget() is not None:
            self.place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep to the bottom of the window."""
        if watched is self._window and event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return super().eventFilter(watched, event)

    def place(self) -> None:
        """In the middle, at the bottom, over whatever lies there."""
        around = theme.look().px(tokens.GUTTER)
        room = self._window.width() - 2 * around
        wide = min(room, theme.look().px(tokens.READING_WIDTH))
        least = theme.look().px(tokens.TARGET)  # its sign is higher than a line of words
        high = max(self.heightForWidth(wide), self.minimumSizeHint().height(), least)
        left = (self._window.width() - wide) // 2
        self.setGeometry(left, self._window.height() - high, wide, high)
        self.raise_()
