"""How far something slow is, in words and as a bar, and the button that stops it."""

from ui import tokens
from ui.language.saying import describe, say_name
from ui.widgets.bar import Bar
from ui.widgets.boxes import Column, Row
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.words import Words


class Progress(Column):
    """Takes no room while nothing runs."""

    def __init__(self, name: str, *, key: str) -> None:
        super().__init__(gap=tokens.S2)
        say_name(self, name)
        self.words = Words(weight=tokens.MEDIUM)
        self._bar = Bar()
        self.stop = Button("Stop", sign="x", key=key, kind=Kind.QUIET)
        line = Row(gap=tokens.S3)
        line.add(self.words, stretch=1)
        line.add_level(self.stop)
        self.add(line)
        self.add(self._bar)
        self.settle()

    def say(self, words: str, part: float) -> None:
        """What is being done, and how much of it is done, 0 to 1."""
        self.words.setText(words)
        self._bar.show_part(part)
        describe(self, words)
        self.setVisible(True)

    def settle(self) -> None:
        """Nothing runs."""
        describe(self, "")
        self.setVisible(False)
