"""A wait that is named, counted down and drawn as a bar."""

from ui import tokens
from ui.language.saying import describe, say_name
from ui.widgets.bar import Bar
from ui.widgets.boxes import Column, Row
from ui.widgets.words import Words


class Wait(Column):
    """What is waited for, the time left in figures, and how much of the wait is over."""

    def __init__(self, what: str) -> None:
        super().__init__(gap=tokens.S1)
        say_name(self, what)
        self._whole = self._left = 0
        self._figures = Words(size="h2", weight=tokens.SEMIBOLD, wraps=False)
        self._bar = Bar()
        line = Row(gap=tokens.S3)
        line.add(Words(what, size="label", tone="muted", weight=tokens.MEDIUM), stretch=1)
        line.add(self._figures)
        self.add(line)
        self.add(self._bar)
        self.settle()

    def show_left(self, seconds: int) -> None:
        """Count down from the longest that was shown since the last end; 0 ends the wait."""
        if seconds <= 0:
            self.settle()
            return
        self._left, self._whole = seconds, max(self._whole, seconds)
        self._figures.setText(self.words())
        self._bar.show_part(1 - seconds / self._whole)
        describe(self, self.words())
        self.setVisible(True)

    def settle(self) -> None:
        """The wait is over."""
        self._left = self._whole = 0
        self.setVisible(False)

    def seconds(self) -> int:
        """What is left, seconds; 0 while nothing is waited for."""
        return self._left

    def words(self) -> str:
        """What is left, as a clock shows it: 0:24."""
        return f"{self._left // 60}:{self._left % 60:02d}"
