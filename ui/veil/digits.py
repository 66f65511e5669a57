"""Ten digits to press, for whoever lifts the veil with a finger."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui import theme, tokens
from ui.language.saying import say_name
from ui.theme import Dressed, Look
from ui.widgets.buttons import Button
from ui.widgets.flow import EvenGrid

ERASE: Final = "erase"
_ACROSS: Final = 6


class Digits(QWidget, Dressed):
    """``struck`` carries a digit, or that the last one is to go. The focus stays in the field."""

    struck = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        say_name(self, "Digits")
        self._grid = EvenGrid(_ACROSS)
        self.setLayout(self._grid)
        for digit in "1234567890":
            self._add(digit, digit, digit)
        self._add("Erase a digit", "⌫", ERASE)
        self.dress(theme.look())

    def _add(self, name: str, words: str, what: str) -> None:
        button = Button(name, words=words)
        button.set_compact()
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda: self.struck.emit(what))
        self._grid.add(button)

    def dress(self, look: Look) -> None:
        """Scale the gaps."""
        self._grid.set_gaps(look.px(tokens.S1), look.px(tokens.S1))
