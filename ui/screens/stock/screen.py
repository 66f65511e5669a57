"""The drug in custody: which vials are where, what was counted, moved, lost, and by whom."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from ketachart.domain.audit import words
from ketachart.domain.custody.book import Book
from ketachart.domain.custody.count import (
    Counted,
    alert_words,
    to_explain,
)
from ketachart.domain.wording import count, day_and_clock
from ketachart.errors import KetaChartError
from ui import theme, tokens
from ui.desk import Desk
from ui.dialogs import Dialogs
from ui.screens.base import Screen, Window
from ui.screens.day_lines import stock_asked, stock_words
from ui.screens.stock.cards import CustodyCard, HistoryCard
from ui.screens.stock.rows import rows_of
from ui.screens.stock.side import SHEETS, StockSide
from ui.stock_reader import StockReader
from ui.theme import Dressed, Look
from ui.widgets.boxes import Column, Scroller
from ui.widgets.trouble import Trouble

_ALL: Final = 1000  # shares of the room, of which what is empty has one


class StockScreen(Screen, Dressed):
    """Custody and history at the left, acts and sheets at the right.

    Visits are read one at a turn of the event loop, so that the window answers meanwhile. While a
    count is asked, or being typed, the book's numbers are out of sight: the count is blind.
    """

    title = "Drug count"
    keys = (("Ctrl+D", "count"), ("Alt+K", "receive"), ("Alt+W", "move"), ("Esc", "back"))

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(desk)
        self._window = window
        self._known, self._found = Book(), tuple[Counted, ...]()
        self._counted = False  # a count was recorded, and what it shows is not told yet
        self._looked = False  # the nurse asked to see the book without a count
        self._custody, self._history = CustodyCard(), HistoryCard()
        self._trouble, self._result = Trouble("What is wrong"), Trouble("What the count shows")
        self.side = StockSide(desk)
        self._left = Column(gap=tokens.S3)
        for part in (self._trouble, self._result, self._custody):
            self._left.add(part)
        self._left.add(self._history, stretch=_ALL)  # where it is seen, the room is its own
        self._left.add_room()
        self._scroller = Scroller("Drug in custody", self._left)
        self._scroller.setProperty("bare", "true")
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.addWidget(self._scroller, 1)
        self._line.addWidget(self.side)
        self._reader = StockReader(desk, self)
        self._connect()
        self.dress(theme.look())

    def _connect(self) -> None:
        self.side.turned.connect(lambda _name: self._show())
        self.side.recorded.connect(self._recorded)
        self._custody.show_all.clicked.connect(lambda: self.act("show-all"))
        self._custody.first.clicked.connect(lambda: self.act("receive"))
        self._history.table.opened.connect(self._strike)
        self._reader.ready.connect(self._take)
        self._reader.failed.connect(self._say_unread)
        self.desk.beat.connect(self._tick)

    # ------------------------------------------------ width

    def dress(self, look: Look) -> None:
        """Two columns; one at a time where it is narrower."""
        gutter = look.px(tokens.GUTTER)
        self._line.setContentsMargins(gutter, gutter, gutter, gutter)
        self._line.setSpacing(gutter)
        self._lay_out(look)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the columns out anew."""
        super().resizeEvent(event)
        self._lay_out(theme.look())

    def _lay_out(self, look: Look) -> None:
        narrow = self.width() < look.px(tokens.MIDDLE)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._line.setDirection(down if narrow else across)
        self.side.take_width(all_of_it=narrow)
        self._scroller.setVisible(not (narrow and self.side.open_name))
        self._place_panel(inside=narrow)

    def _place_panel(self, *, inside: bool) -> None:
        """In one column the acts scroll with the rest; an open sheet has the window to itself."""
        holder: QWidget = self._left if inside and not self.side.open_name else self
        if self.side.parentWidget() is holder:
            return
        focused: QWidget | None = self.focusWidget()
        if holder is self._left:
            self._left.put_first(self.side)
        else:
            self._line.addWidget(self.side)
        self.side.show()
        if focused is not None and self.side.isAncestorOf(focused):
            focused.setFocus()  # what moves keeps the keyboard

    # ------------------------------------------------ what is shown

    def arrive(self) -> None:
        """Visits that may have changed are read anew, a turn at a time."""
        self._result.settle()
        self._looked = False
        self._custody.say_reading()
        self._reader.start()
        self.side.buttons["waste"].setFocus()

    def _say_unread(self, sentence: str) -> None:
        self._trouble.say("The drug count could not be read", sentence)

    def _take(self, known: Book, found: tuple[Counted, ...]) -> None:
        self._known, self._found = known, found
        stock = self.desk.office.stock
        self.side.show_book(known, found)
        today = self.desk.now().date()
        self._history.show_rows(rows_of(stock.entries(), stock.register, today))
        self._show()
        self._tell_result()

    def _show(self) -> None:
        now = self.desk.now()
        due = stock_asked(self._known, self._found, self.desk.office.visits(day=now.date()), now)
        counting = self.side.open_name == "waste"
        blind = counting or (bool(due) and not self._looked)
        self._custody.show_book(self._known, now.date(), blind=blind, counting=counting)
        self._history.setVisible(self._history.has_rows and not blind)  # they tell the numbers too
        state, tone = stock_words(self._known, self._found, now)
        self.side.state.setText(f"{state[:1].upper()}{state[1:]}" + (f". {due}." if due else ""))
        self.side.state.set_tone(tone)
        self._show_faults(now)
        self._lay_out(theme.look())

    def _show_faults(self, now: datetime) -> None:
        """Counts to explain and what is wrong with the book; these stay until they are settled."""
        waiting = [alert_words(each, now.date()) for each in to_explain(self._found)]
        faults = [*waiting, *self._known.faults(now.date())]
        if faults:
            head = f"{count(len(faults), 'point')} to settle in the drug count"
            self._trouble.say(head, "\n".join(faults), tone="danger" if waiting else "warn")
        else:
            self._trouble.settle()

    def _tick(self, now: datetime) -> None:
        if self.isVisible():
            self.side.tick(now)

    # ------------------------------------------------ acts

    def _recorded(self, name: str) -> None:
        self._result.settle()
        self._counted = name == "waste"
        if not self._reader.busy:
            self._tell_result()

    def _tell_result(self) -> None:
        """After a blind count: what it showed, in words, and the way on."""
        if not self._counted or not self._found:
            return
        self._counted = False
        self._looked = True  # counted: there is nothing to hide until the next count
        newest = max(self._found, key=lambda each: each.entry.number)
        if newest.open:  # said above, among the points to settle
            self.side.open_sheet("explain")
        else:
            self._show()
            self._result.say("The count agrees with the book", tone="ok")

    def _strike(self, entry_id: str) -> None:
        """Asks why, and strikes the entry; it stays in the list, drawn through."""
        stock = self.desk.office.stock
        entry = stock.register.entry(entry_id)
        if entry is None or entry_id in stock.register.strikes:
            return
        title, detail = words(stock.register, entry.fact)
        listed = self.desk.office.protocol.listed("strike-reason")
        when = day_and_clock(entry.at)
        reason = Dialogs.ask_reason(
            self, "Strike this entry?", f"{when} {title}: {detail}", tuple(c.label for c in listed)
        )
        if reason is None:
            return
        try:
            self.desk.write_stock(lambda book: book.strike(entry_id, reason))
        except KetaChartError as error:
            self._result.say("It was not struck", str(error), tone="warn")

    def _look(self) -> None:
        self._looked = True
        self._show()

    def _back(self) -> None:
        if self.side.open_name:
            self.side.close_sheet()
        else:
            self._window.show_screen("day")

    def act(self, name: str) -> bool:
        """What the keys of this screen do."""
        acts: dict[str, Callable[[], object]] = {
            "back": self._back,
            "day": lambda: self._window.show_screen("day"),
            "primary": self.side.press_primary,
            "log": self._history.begin,
            "correct": lambda: self._strike(self._history.table.current_id()),
            "show-all": self._look,
        }
        acts |= {sheet: partial(self.side.open_sheet, sheet) for sheet in SHEETS}
        if name not in acts:
            return False
        acts[name]()
        return True

    def strip(self) -> tuple[str, str]:
        """Whose drug this is."""
        return (self.title, f"Ketamine, Schedule III   {self.desk.office.clinic.name}")
