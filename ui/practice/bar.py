"""The bar that says PRACTICE on every screen, with what comes next and what only practice has."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme, tokens
from ui.actions import key_of
from ui.language.saying import describe, say_name
from ui.theme import Dressed, Look
from ui.widgets.boxes import Column, Row, Scroller
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.flow import Ends, Flow
from ui.widgets.mark import Mark
from ui.widgets.notice import Notice
from ui.widgets.words import Words

_MOST = 3  # of the window's height: a third
_LEFT = 420  # what the words keep before the buttons go beneath them


class PracticeBar(QWidget, Dressed):
    """A sign, the word, the colour; ``wanted`` names the act that was pressed."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        say_name(self, "Practice")
        self._box = Notice("PRACTICE, nothing here is real", tone="warn", inset=(tokens.S3, 4))
        self._next = Words(size="small")
        self._drill = Column(gap=tokens.S1)
        self._buttons = Flow()
        self._ends = Ends()
        left, right, line = Row(gap=tokens.S3), QWidget(), QWidget()
        left.add_level(Mark("clipboard-list", colour="warn", size=tokens.ICON_LARGE))
        left.add_level(Words("PRACTICE", tone="warn", weight=tokens.BOLD, wraps=False))
        left.add(self._next, stretch=1)
        for words, act in (
            ("A minute", "practice-minute"),
            ("Next due", "practice-later"),
            ("Again", "practice-again"),
            ("Leave", "practice"),
        ):
            self._add_button(words, act)
        right.setLayout(self._buttons)
        line.setLayout(self._ends)
        self._ends.add(left)
        self._ends.add(right)
        self._box.add(line)
        self._box.add(self._drill)
        self._drill.hide()
        self._scroller = Scroller("Practice", self._box)
        self._around = QVBoxLayout(self)
        self._around.addWidget(self._scroller)
        self.dress(theme.look())

    def _add_button(self, words: str, act: str) -> None:
        names = {
            "practice-minute": "Let a minute go by",
            "practice-later": "Let time go by to what comes next",
            "practice-again": "Begin the practice again",
            "practice": "Leave practice",
        }
        button = Button(names[act], words=words, key=key_of(act), kind=Kind.QUIET)
        button.set_compact()
        button.clicked.connect(lambda: self.wanted.emit(act))
        self._buttons.add(button)

    def say(self, words: str) -> None:
        """The next step, or nothing."""
        if words != self._next.text():
            self._next.setText(words)
            describe(self._box, words)

    def said(self) -> str:
        """What it says now."""
        return self._next.text()

    def put_in(self, part: QWidget) -> None:
        """A drill, under the line of the bar."""
        self._drill.add(part)
        self._drill.show()

    def fit(self) -> None:
        """As high as what it says, and never more than a third of the window: then it scrolls."""
        window = self.window()
        edges = self._around.contentsMargins()
        wide = self.width() - edges.left() - edges.right()
        wanted = self._box.heightForWidth(wide)
        most = max(window.height() // _MOST, theme.look().px(tokens.TARGET))
        low = wanted > most
        if low:  # a scroll bar takes some of the width
            wanted = self._box.heightForWidth(wide - theme.look().px(tokens.S3))
        high = min(wanted, most)
        if high != self._scroller.height() or high != self._scroller.minimumHeight():
            self._scroller.setFixedHeight(high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow the buttons stand beneath the words."""
        super().resizeEvent(event)
        self.dress(theme.look())

    def dress(self, look: Look) -> None:
        """Scale the gaps."""
        gap = look.px(tokens.S2)
        self._around.setContentsMargins(gap, look.px(tokens.S1), gap, 0)
        self._buttons.set_gaps(look.px(tokens.S1), look.px(tokens.S1))
        self._ends.set_gaps(gap, look.px(tokens.S1))
        self._ends.set_left_room(min(look.px(_LEFT), max(self.width() // 2, 1)))
        self.fit()
