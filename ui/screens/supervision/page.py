"""How the review is laid out: queue, report and verdict in three columns, or in turns."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from ui import theme, tokens
from ui.actions import key_of
from ui.desk import Desk
from ui.screens.supervision.intake import IntakeNote
from ui.screens.supervision.order_sheet import OrderSheet
from ui.screens.supervision.question_sheet import QuestionSheet
from ui.screens.supervision.queue_card import QueueCard
from ui.screens.supervision.report_view import ReportView
from ui.screens.supervision.turns import PLACES, QUEUE, REPORT, VERDICT, Turns
from ui.screens.supervision.verdict_card import VerdictCard
from ui.theme import Dressed, Look
from ui.widgets.boxes import Column, Scroller
from ui.widgets.card import Card
from ui.widgets.column_width import keep_width
from ui.widgets.empty_state import EmptyState
from ui.widgets.primary_button import PrimaryButton

_NOTHING: Final = (
    "Open the folder or the USB stick with the nurses' signed reports or packages. Each is "
    "checked, and what comes in waits here for your review."
)
_CHOOSE: Final = (
    "Grave things stand first, then what has waited longest. Arrows choose, Enter opens."
)
_DONE: Final = (
    "Every report here is judged, or waits for the nurse's answer. Arrows choose one to be read "
    "again."
)
_LOW: Final = 460  # below this height what stands above the pages scrolls away with them


@dataclass(frozen=True, slots=True)
class Shown:
    """What there is to lay out: any report at all, one that waits, one that is being read."""

    any_report: bool = False
    waiting: bool = False
    reading: bool = False


class ReviewPage(QWidget, Dressed):
    """While a report is read the queue is a rail; in a narrow window the three take turns."""

    turned_narrow = Signal(bool)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._shown, self._folded = Shown(), False
        self.place = QUEUE
        self.narrow = False
        self.queue, self.view = QueueCard(), ReportView(desk)
        self.verdict, self.sheet = VerdictCard(), QuestionSheet()
        self.orders = OrderSheet()
        self.note, self.turns = IntakeNote(), Turns()
        self.first = PrimaryButton("Open a folder", sign="folder", key=key_of("primary"))
        self.open = PrimaryButton("Open this report", sign="file-text", key=key_of("primary"))
        self.more = PrimaryButton("Open a folder", sign="folder", key=key_of("primary"))
        self._scroller = Scroller("The report", self.view)
        self._scroller.setProperty("bare", "true")
        self._scroller.verticalScrollBar().rangeChanged.connect(self._keep_in_sight)
        self._pages = (
            _empty("clipboard-check", "No report waits here", _NOTHING, self.first),
            _empty("file-text", "Choose a report", _CHOOSE, self.open),
            _empty("circle-check", "Nothing waits for you", _DONE, self.more),
            self._scroller,
        )
        self._right = QStackedWidget()
        for card in (self.verdict, self.sheet, self.orders):
            self._right.addWidget(card)
        self._middle = QStackedWidget()
        for page in self._pages:
            self._middle.addWidget(page)
        self._centre = Column(gap=tokens.S2)
        for part, stretch in ((self.turns, 0), (self.note, 0), (self._middle, 1)):
            self._centre.add(part, stretch=stretch)
        self._line = QHBoxLayout(self)
        self._line.addWidget(self.queue)
        self._line.addWidget(self._centre, 1)
        self._line.addWidget(self._right)
        self.turns.turned.connect(self.turn)
        self.dress(theme.look())

    # ------------------------------------------------ what is shown

    def show_what(self, shown: Shown) -> None:
        """An empty queue, a queue, or a report that is read."""
        self._shown = shown
        nothing, choose, done, report = self._pages
        page = choose if shown.waiting else done if shown.any_report else nothing
        self._middle.setCurrentWidget(report if shown.reading else page)
        self.lay_out()

    def way(self) -> PrimaryButton:
        """The main button while no report is read."""
        shown = self._shown
        return self.open if shown.waiting else self.more if shown.any_report else self.first

    def fold(self, *, folded: bool) -> None:
        """The queue as a rail while one reads."""
        self._folded = folded
        self.lay_out()

    @property
    def folded(self) -> bool:
        """Whether the queue is a rail now."""
        return self._folded

    def turn(self, place: str) -> None:
        """Queue, report or verdict, where there is room for one."""
        self.place = place
        self.lay_out()

    def show_sheet(self, sheet: QuestionSheet | OrderSheet) -> None:
        """A question, or a prescriber's signature, in the place of the verdict."""
        self._right.setCurrentWidget(sheet)

    def close_sheet(self) -> None:
        """Back to the verdict; what was typed stays on the sheet."""
        self._right.setCurrentWidget(self.verdict)

    @property
    def asks(self) -> bool:
        """Whether a question is being written."""
        return self._right.currentWidget() is self.sheet

    @property
    def notes(self) -> bool:
        """Whether a prescriber's signature is being noted."""
        return self._right.currentWidget() is self.orders

    def show_pages(self) -> None:
        """The keyboard goes to what is read; in a low window that is all one sees of it."""
        self.view.begin()
        QTimer.singleShot(0, self, lambda: self._scroller.follow(self.view.focus_part()))

    def _keep_in_sight(self) -> None:
        """What stands above the pages came late and pushed them down while they are read."""
        if self._scroller.isVisible() and self.view.pages.is_read():
            self._scroller.follow(self.view.focus_part())

    # ------------------------------------------------ laying out

    def dress(self, look: Look) -> None:
        """Scale the gutters, and lay the columns out for the width there is."""
        gutter = look.px(tokens.GUTTER)
        self._line.setContentsMargins(gutter, gutter, gutter, gutter)
        self._line.setSpacing(gutter)
        self.lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the columns out anew."""
        super().resizeEvent(event)
        self.lay_out()

    def lay_out(self) -> None:
        """Three columns; one at a time in a narrow window; the queue as a rail while reading."""
        look, shown = theme.look(), self._shown
        narrow = self.width() < look.px(tokens.MIDDLE)
        if narrow != self.narrow:
            self.narrow = narrow
            self.turned_narrow.emit(narrow)
        place = self.place if shown.reading else QUEUE
        self._place(inside=narrow)
        self.turns.setVisible(narrow and shown.reading)
        self.turns.show_place(place)
        self.queue.fold(folded=self._folded and not narrow, fills=narrow)
        self.queue.setVisible(shown.any_report and (not narrow or place == QUEUE))
        beside = not narrow or place == REPORT or not shown.any_report
        self._middle.setVisible(beside)
        self._right.setVisible(shown.reading and (not narrow or place == VERDICT))
        keep_width(self._right, look.px(tokens.ACTION_WIDTH), fills=narrow)
        low = self.height() < look.px(_LOW)
        self.view.fill(self._scroller.viewport().height() if low else 0)

    def _place(self, *, inside: bool) -> None:
        """In a narrow window queue and verdict stand under the buttons that turn to them."""
        focused: QWidget | None = self.focusWidget()
        for card, place in ((self.queue, 0), (self._right, 2)):
            holder: QWidget = self._centre if inside else self
            if card.parentWidget() is holder:
                continue
            if inside:
                self._centre.add(card, stretch=1)
            else:
                self._line.insertWidget(place, card)
            if focused is not None and card.isAncestorOf(focused):
                focused.setFocus()  # what moves keeps the keyboard

    def following(self) -> str:
        """The place that is turned to next."""
        places = PLACES if self._shown.reading else PLACES[:1]
        here = places.index(self.place) if self.place in places else 0
        return places[(here + 1) % len(places)]


def _empty(sign: str, line: str, explained: str, way: PrimaryButton) -> Card:
    empty = EmptyState(sign, line, explained=explained)
    empty.add_way(way)
    card = Card(line)
    card.add(Scroller(line, empty), stretch=1)
    return card
