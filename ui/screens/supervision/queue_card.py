"""The queue at the left: what waits, how long, what stands out; folded to a rail while reading."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from ketachart.domain.supervision.queue import Counts, QueueLine
from ui import theme, tokens
from ui.actions import key_of
from ui.screens.supervision.lines import FILTERS, Filter, counted, row_of, shown, wait_words
from ui.theme import Look
from ui.widgets.boxes import Column, Scroller
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Heading
from ui.widgets.choices import Choice, Choices
from ui.widgets.column_width import keep_width
from ui.widgets.empty_state import EmptyState
from ui.widgets.queue_list import QueueList
from ui.widgets.words import Words

_WIDTH = 276
_LEAST = 120  # the list is never lower; in a low window the card scrolls
_LOW = 320  # below this height the list takes all of it once one scrolls to it
_NONE: Final[dict[Filter, tuple[str, str]]] = {
    "all": ("Nothing here", "Open a folder of signed reports."),
    "flagged": ("Nothing stands out", "What is still to be judged has no flag."),
    "answered": ("No answer came", "An answer comes as a new version of the report."),
    "mine": ("Nothing of yours", "What you asked about or judged is shown here."),
}


class QueueCard(Card):
    """``opened`` is the stream of the report to be read; ``stepped`` goes to a neighbour."""

    opened = Signal(str)
    stepped = Signal(int)
    unfolded = Signal()

    def __init__(self) -> None:
        self._folded = self._fills = False
        self._scroller: Scroller | None = None
        self.list = QueueList("Reports to review")
        super().__init__("Reports to review", inset=tokens.S2)
        self._lines: tuple[QueueLine, ...] = ()
        self._sorted: tuple[QueueLine, ...] = ()
        self._now: datetime | None = None
        self.heading = Heading("To review")
        self.filter = Choices(
            "Which reports",
            tuple(Choice(name, words) for name, words in FILTERS.items()),
            columns=4,
        )
        self.filter.choose("all")
        self._none = {
            which: EmptyState("search", line, explained=explained)
            for which, (line, explained) in _NONE.items()
        }
        self._stack = QStackedWidget()
        for page in (self.list, *self._none.values()):
            self._stack.addWidget(page)
        for page in self._none.values():  # its longest word is wider than a rail
            page.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._wait = Words(size="small", tone="muted")
        self.folder = Button("Open a folder", sign="folder", key=key_of("open-folder"))
        self.trends = Button("Trends", sign="list", key=key_of("trends"), kind=Kind.QUIET)
        self.unfold = Button("Show the queue", words="", sign="chevron-right", kind=Kind.QUIET)
        self.older = Button("Older reviewed reports", sign="list", kind=Kind.QUIET)
        self.older.setVisible(False)
        self._foot = Column(gap=tokens.S1)
        self._foot.add(self._wait)
        for way in (self.older, self.folder, self.trends):
            self._foot.add(way)
        for button in (self.older, self.folder, self.trends):
            button.set_left()
            button.set_compact()
        body = Column(gap=tokens.S2)
        above: tuple[QWidget, ...] = (self.unfold, self.heading, self.filter)
        for part in above:
            body.add(part)
        body.add(self._stack, stretch=1)
        body.add(self._foot)
        self._scroller = scroller = Scroller("Reports to review", body)
        scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumWidth(1)  # a rail is narrower than Qt's least list
        scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it takes the focus
        self.add(scroller, stretch=1)
        self.filter.changed.connect(self._narrow)
        self.list.opened.connect(self.opened)
        self.list.clicked.connect(lambda index: self.opened.emit(self.list.key_at(index.row())))
        self.list.stepped.connect(self.stepped)
        self.unfold.clicked.connect(self.unfolded)
        self._show_parts()

    def dress(self, look: Look) -> None:
        """The width of a column, of a rail, or all there is."""
        super().dress(look)
        if self._folded:
            inset = look.px(tokens.S1)
            self.setContentsMargins(0, 0, 0, 0)
            self._line.setContentsMargins(inset, inset, inset, inset)
        self._fit()
        width = tokens.QUEUE_WIDTH if self._folded else _WIDTH
        keep_width(self, look.px(width), fills=self._fills)

    def fold(self, *, folded: bool, fills: bool) -> None:
        """To a rail of ages and flags, back, or over the whole window."""
        if (folded, fills) != (self._folded, self._fills):
            self._folded, self._fills = folded, fills
            self._show_parts()
            if not folded:
                self._lines = self._sorted
                self._show()
            self.list.fold(folded=folded)
            self.dress(theme.look())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the rows take all the height that there is."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        look = theme.look()
        high = self._scroller.viewport().height() if self._scroller is not None else 0
        low = high < look.px(_LOW) and not self._folded
        self.list.setMinimumHeight(max(high, look.px(_LEAST)) if low else look.px(_LEAST))

    def _show_parts(self) -> None:
        for part in (self.heading, self.filter, self._foot):
            part.setVisible(not self._folded)
        self.unfold.setVisible(self._folded)

    # ------------------------------------------------ what is shown

    def show_queue(self, lines: tuple[QueueLine, ...], counts: Counts, now: datetime) -> None:
        """These reports, the filters with their counts, and the median wait."""
        self._sorted, self._now = lines, now
        self._lines = self._steady(lines) if self._folded else lines
        for name, how_many in (
            ("all", counts.all),
            ("flagged", counts.flagged),
            ("answered", counts.answered),
            ("mine", counts.mine),
        ):
            self.filter.set_sub(name, str(how_many))
        self.heading.set_aside(counted(lines, now))
        self._wait.setText(wait_words(counts))
        self._wait.setVisible(bool(self._wait.text()))
        self.older.setVisible(counts.older)
        self._show()

    def _steady(self, lines: tuple[QueueLine, ...]) -> tuple[QueueLine, ...]:
        """In the order that is seen while one reads: what is judged does not jump to the end."""
        before = {line.stream: place for place, line in enumerate(self._lines)}
        return tuple(sorted(lines, key=lambda line: before.get(line.stream, len(before))))

    def next_after(self, stream: str, step: int) -> str:
        """The report before or after one, among those shown; empty at the ends."""
        keys = self.list.keys_shown()
        if stream not in keys:
            return keys[0] if keys else ""
        place = keys.index(stream) + step
        return keys[place] if 0 <= place < len(keys) else ""

    def next_waiting(self, after: str) -> str:
        """The next report that waits for this reviewer, from the top; empty where none does."""
        open_ones = {
            line.stream
            for line in self._lines
            if not line.settled and line.state != "asked" and not line.own
        }
        keys = self.list.keys_shown()
        start = keys.index(after) + 1 if after in keys else 0
        turned = (*keys[start:], *keys[:start])
        return next((key for key in turned if key in open_ones and key != after), "")

    def begin(self) -> None:
        """The keyboard goes to the rows."""
        self.list.setFocus()

    def _which(self) -> Filter:
        chosen = self.filter.chosen()
        return next((name for name in FILTERS if name in chosen), "all")

    def _narrow(self, chosen: tuple[str, ...]) -> None:
        if not chosen:  # one of them is always looked at
            self.filter.choose("all")
            return
        self._show()

    def _show(self) -> None:
        now = self._now
        if now is None:
            return
        which, read = self._which(), self.list.current_key() if self._folded else ""
        seen = [line for line in self._lines if shown(line, which) or line.stream == read]
        self.list.show_rows(tuple(row_of(line, now) for line in seen))
        self._stack.setCurrentWidget(self.list if seen else self._none[which])
