"""The bar that says PRACTICE on every screen, with what comes next and what only practice has."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import numbers, theme, tokens
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

_MOST, _MOST_LARGE = 3, 4  # of the window's height: a third; a quarter where letters are large
_LEFT = 420  # what the words keep before the buttons go beneath them


class PracticeBar(QWidget, Dressed):
    """A sign, the word, the colour; ``wanted`` names the act that was pressed."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        say_name(self, "Practice")
        self._box = Notice("PRACTICE, nothing here is real", tone="warn", inset=(tokens.S3, 4))
        self._next = Words(size="small")
        self._drill, self._foot = Column(gap=tokens.S1), Column()
        self._buttons = Flow()
        self._ends = Ends()
        self._said, self._ways, line = Row(gap=tokens.S3), QWidget(), QWidget()
        left = self._said
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
        self._ways.setLayout(self._buttons)
        line.setLayout(self._ends)
        self._ends.add(left)
        self._ends.add(self._ways)
        for part in (line, self._drill, self._foot):
            self._box.add(part)
        self._part: QWidget | None = None
        self._foot.hide()
        self._scroller = Scroller("Practice", self._box)
        self._scroller.setProperty("bare", "true")
        numbers.take_no_focus(self._scroller)  # its buttons take it
        self._box.installEventFilter(self)
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
            self.fit()

    def said(self) -> str:
        """What it says now."""
        return self._next.text()

    def put_in(self, part: QWidget) -> None:
        """A drill, under the line of the bar."""
        self._drill.add(part)
        self._part = part

    def fit(self) -> None:
        """As high as what it says, and never more than a third of the window: then it scrolls.

        Where letters are large only the next step is in sight: the buttons scroll, their keys act.
        """
        window = self.window()
        narrow = self.width() < theme.look().px(tokens.MIDDLE)
        self._drill.setVisible(self._part is not None and not self._part.isHidden())
        self._next.setVisible(self._drill.isHidden() or not narrow)  # a drill needs the room
        edges = self._around.contentsMargins()
        wide = self.width() - edges.left() - edges.right()
        wanted = self._wanted(wide)
        beneath = not self._foot.isHidden()
        most = window.height() // (_MOST_LARGE if narrow else _MOST)
        most = max(most - edges.top(), theme.look().px(tokens.TARGET))
        if beneath and self._drill.isHidden():
            inset = 2 * theme.look().px(tokens.S1)
            most = min(most, self._said.heightForWidth(wide - 4 * inset) + inset)
        low = wanted > most
        if low:  # a scroll bar takes some of the width
            wanted = self._wanted(wide - theme.look().px(tokens.S3))
        high = min(wanted, most)
        if high != self._scroller.height() or high != self._scroller.minimumHeight():
            self._scroller.setFixedHeight(high)

    def _wanted(self, wide: int) -> int:
        """What the box needs in a width; a layout may want more than it says for that width."""
        return max(self._box.heightForWidth(wide), self._box.minimumSizeHint().height())

    def _place_ways(self, *, beneath: bool) -> None:
        """Beside the words; where those need the whole width, after all that is read."""
        if beneath == (self._ways.parentWidget() is self._foot):
            return
        if beneath:
            self._ends.removeWidget(self._ways)
            self._foot.add(self._ways)
        else:
            self._ends.add(self._ways)
        self._foot.setVisible(beneath)
        self._ways.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What it says has come to another size: fit it, once all of it is laid out."""
        if watched is self._box and event.type() is QEvent.Type.LayoutRequest:
            QTimer.singleShot(0, self, self.fit)
        return super().eventFilter(watched, event)

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
        drills, narrow = self._part is not None, self.width() < look.px(tokens.MIDDLE)
        self._place_ways(beneath=narrow or (drills and self.width() < look.px(tokens.WIDE)))
        self.fit()
