"""The right of the drug count: what the day asks, the acts, and one sheet at a time."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget

from ketachart.domain.custody.book import Book
from ketachart.domain.custody.count import Counted
from ui import theme, tokens
from ui.actions import key_of
from ui.desk import Desk
from ui.forms.stock.count import CountSheet
from ui.forms.stock.explain import ExplainSheet
from ui.forms.stock.lost import LostSheet
from ui.forms.stock.move import MoveSheet
from ui.forms.stock.receive import ReceiveSheet
from ui.forms.stock.sheet import StockSheet
from ui.theme import Look
from ui.widgets.boxes import Column
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Heading
from ui.widgets.column_width import keep_width
from ui.widgets.words import Words

SHEETS: Final[dict[str, Callable[[Desk], StockSheet]]] = {
    "waste": CountSheet,
    "receive": ReceiveSheet,
    "move": MoveSheet,
    "explain": ExplainSheet,
    "lost": LostSheet,
}
STOCK: Final = "stock/"  # before the name by which a draft of such a sheet is opened again
_BUTTONS: Final = {
    "waste": ("Count the drug", "list-checks"),
    "receive": ("Receive vials", "plus"),
    "move": ("Move vials", "arrow-right"),
    "explain": ("Explain a difference", "pencil"),
    "lost": ("Broken, missing, expired", "triangle-alert"),
}


class StockSide(Column):
    """Five acts as buttons; a sheet takes their place until it is recorded or left."""

    _fills = False
    turned = Signal(str)  # the name of the sheet that is open, or empty
    recorded = Signal(str)  # the name of the sheet whose entry is on the disk

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._sheets: dict[str, StockSheet] = {}
        self._open = ""
        self._known: tuple[Book, tuple[Counted, ...]] = (Book(), ())
        self.state = Words(size="label", weight=tokens.MEDIUM)
        self.panel = Card("Drug count: what can be done", inset=tokens.S3)
        self.panel.add(Heading("Drug count"))
        self.panel.add(self.state)
        self.buttons: dict[str, Button] = {}
        for name, (words, sign) in _BUTTONS.items():
            button = Button(words, sign=sign, key=key_of(name))
            button.set_left()
            button.clicked.connect(lambda _on=False, name=name: self.open_sheet(name))
            self.buttons[name] = button
            self.panel.add(button)
        self.panel.add_room()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.panel)
        self.add(self._stack, stretch=1)
        self.dress(theme.look())

    def dress(self, look: Look) -> None:
        """The width of a column, or all there is."""
        super().dress(look)
        keep_width(self, look.px(tokens.ACTION_WIDTH), fills=self._fills)

    def take_width(self, *, all_of_it: bool) -> None:
        """Take all the width there is, or that of a column."""
        self._fills = all_of_it
        self.dress(theme.look())

    @property
    def open_name(self) -> str:
        """The sheet that is open; empty while the acts show."""
        return self._open

    def open_sheet(self, name: str) -> StockSheet:
        """Opens a sheet with what was typed in it last, if that was not recorded."""
        if name not in self._sheets:
            made = self._sheets[name] = SHEETS[name](self._desk)
            made.draft_name = f"{STOCK}{name}"
            made.as_sheet()
            made.left.connect(self.close_sheet)
            made.recorded.connect(self._recorded)
            self._stack.addWidget(made)
        sheet = self._sheets[name]
        self._open = name
        with self._desk.drafts.opening(sheet):
            sheet.show_book(*self._known)
            sheet.tick(self._desk.now())
            self._stack.setCurrentWidget(sheet)
            self.turned.emit(name)
            sheet.begin()
        return sheet

    def close_sheet(self) -> None:
        """Back to the acts; what was typed stays on the sheet."""
        self._open = ""
        self._stack.setCurrentWidget(self.panel)
        self.turned.emit("")
        self.buttons["waste"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _recorded(self) -> None:
        name = self._open
        self.close_sheet()
        self.recorded.emit(name)

    def show_book(self, known: Book, found: tuple[Counted, ...]) -> None:
        """The book changed: renew the open sheet's offers."""
        self._known = (known, found)
        if self._open:
            sheet = self._sheets[self._open]
            with self._desk.drafts.renewing(sheet):
                sheet.show_book(known, found)

    def tick(self, now: datetime) -> None:
        """The open sheet's time."""
        if self._open:
            self._sheets[self._open].tick(now)

    def press_primary(self) -> bool:
        """Presses the open sheet's button; False while none is open."""
        if not self._open:
            return False
        self._sheets[self._open].primary.press()
        return True
