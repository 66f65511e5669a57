"""A notice across the work area: what happened, what still works, and one thing to do.

Red needs an act, amber is to know. It pushes content down, never floats, never closes by itself.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui import tokens
from ui.language.saying import describe
from ui.theme import Look
from ui.tokens import Tone
from ui.widgets.boxes import Column, Row
from ui.widgets.buttons import Button
from ui.widgets.flow import Ends
from ui.widgets.mark import Mark
from ui.widgets.notice import SIGNS, Notice
from ui.widgets.words import Words


class Banner(Notice):
    """``pressed`` is sent when its own button is; without words for it there is none."""

    pressed = Signal()

    def __init__(self, tone: Tone, happened: str, *, detail: str, act: str = "") -> None:
        self._ends = Ends()
        super().__init__(happened, tone=tone, inset=(tokens.S4, tokens.S2))
        describe(self, detail)
        words = Column(gap=tokens.S1)
        words.add(Words(happened, tone=tone, weight=tokens.SEMIBOLD))
        words.add(Words(detail, size="small"))
        left = Row(gap=tokens.S4)
        left.add_level(Mark(SIGNS[tone], colour=tone, size=tokens.ICON_LARGE))
        left.add(words, stretch=1)
        inside = QWidget()
        inside.setLayout(self._ends)
        self._ends.add(left)
        self._buttons = Row(gap=tokens.S2)
        self._ends.add(self._buttons)  # shown before it has its place, it would be a window
        self._buttons.setVisible(bool(act))
        if act:
            button = Button(act)
            button.clicked.connect(self.pressed)
            self._buttons.add_level(button)
        self.add(inside)

    def add_button(self, button: Button) -> None:
        """One more button after its own."""
        self._buttons.add_level(button)
        self._buttons.show()
        button.show()

    def give_back(self, button: Button, home: QWidget) -> None:
        """Let go of a button that was added, for another banner to take."""
        if button.parentWidget() is self._buttons:
            button.hide()
            button.setParent(home)
            self._buttons.setVisible(self._buttons.findChild(Button) is not None)

    def dress(self, look: Look) -> None:
        """Scale; the sentence keeps room to be read before the button goes beneath it."""
        super().dress(look)
        self._ends.set_gaps(look.px(tokens.S4), look.px(tokens.S2))
        self._ends.set_left_room(look.px(tokens.QUESTION_ROOM))
