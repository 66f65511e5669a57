"""Notes that a prescriber signed for what was ordered by phone, or refused to."""

from datetime import date
from typing import Final, cast

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent

from ketachart.domain.facts.post import HowAcknowledged
from ketachart.errors import KetaChartError, Refused
from ui import theme, tokens
from ui.actions import key_of
from ui.forms.day_field import DayField
from ui.screens.supervision.order_rows import Orders
from ui.widgets import tab_order
from ui.widgets.boxes import Column, Scroller
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Heading
from ui.widgets.choices import Choice, Choices
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.text_field import NoteField
from ui.widgets.trouble import Trouble
from ui.widgets.words import Words

_LOW: Final = 420  # below this height all of the sheet scrolls as one
_HOW: Final[dict[HowAcknowledged, str]] = {
    "signed on paper": "Signed on paper",
    "by fax or portal": "Signed by fax or portal",
    "in person": "Confirmed in person",
    "refused": "Refused to sign",
}


class _WhichOrders(Choices):
    """Each order with its time and kind; what was ordered stands under it."""

    def __init__(self, orders: Orders) -> None:
        told = ((one.needs.entry, one.needs.row.partition(": ")) for one in orders)
        choices = tuple(Choice(entry, title, sub) for entry, (title, _, sub) in told)
        super().__init__("Which order", choices, columns=1, several=True)
        self.wrap_words()
        for option in self._options:
            option.set_left()
        self.choose(*(choice.value for choice in choices))


class OrderSheet(Card):
    """``noted`` asks for it to be kept; it clears only once that is on the disk."""

    noted = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__("The prescriber's signature", inset=tokens.S3)
        self.as_sheet()
        self._orders: Orders = ()
        self._heading = Heading("The prescriber's signature")
        self._close = Button("Back", key="Esc", kind=Kind.QUIET)
        self._close.set_compact()
        self._heading.set_right(self._close)
        self._whose = Words(size="label")
        self._holder = Column(gap=0)
        self.rows = _WhichOrders(())
        self._holder.add(self.rows)
        self.how = Choices(
            "How", tuple(Choice(name, words) for name, words in _HOW.items()), columns=1
        )
        self.how.set_label("How the prescriber answered")
        self.on = DayField("The day; empty means today", label="On, a day")
        self.on.set_hint("empty means today")
        self.words = NoteField("In your words", label="In your words", lines=2)
        self._trouble = Trouble("Why it is not noted")
        self.primary = PrimaryButton("Note it", key=key_of("primary"))
        self._body, parts = Column(gap=tokens.S2), Column(gap=tokens.S2)
        for part in (self._whose, self._holder, self.how, self.on, self.words, self._trouble):
            parts.add(part)
        parts.add_room()
        self._body.add(parts, stretch=1)
        self.add(self._heading)
        self.add(Scroller("The prescriber's signature", self._body), stretch=1)
        self.add(self.primary)
        self._connect()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The button stays in sight; in a low window it scrolls with the rest."""
        super().resizeEvent(event)
        low = self.height() < theme.look().px(_LOW)
        if low != (self.primary.parentWidget() is not self):
            (self._body if low else self).add(self.primary)

    def _connect(self) -> None:
        self._close.clicked.connect(self.left)
        self.how.changed.connect(lambda _chosen: self._renew())
        self.words.typed.connect(lambda _text: self._renew())
        self.primary.clicked.connect(self._note)
        self.primary.refused.connect(lambda _why: self._to_what_is_missing())

    def about(self, orders: Orders) -> None:
        """The orders of one prescriber that may be noted; what was typed for the same ones stays.

        Those of the first prescriber who did not sign yet; each is chosen until it is left out.
        """
        if orders == self._orders:
            return
        self._orders = orders
        name = orders[0].needs.prescriber if orders else ""
        self._whose.setText(f"Ordered by {name}")
        self.how.set_label(f"How {name} answered")
        self.settle()
        self._holder.empty()
        self.rows = _WhichOrders(orders)
        self.rows.changed.connect(lambda _chosen: self._renew())
        self._holder.add(self.rows)
        self._renew()

    def settle(self) -> None:
        """Empty again: it is on the disk, or another report is read."""
        self.how.choose()
        self.on.clear()
        self.words.clear()
        self._trouble.settle()

    def begin(self) -> None:
        """To the orders; Enter goes on to how the prescriber answered."""
        tab_order.settle(self)
        self.rows.setFocus()

    def answer(self) -> tuple[tuple[str, ...], HowAcknowledged, date | None, str]:
        """The entries, how, on which day (None is today), and the words.

        Raises:
            Refused: the day cannot be read.
        """
        how = cast("HowAcknowledged", self.how.chosen()[0])
        return self.rows.chosen(), how, self.on.day("The day", "when"), self.words.text().strip()

    def refuse(self, error: KetaChartError) -> None:
        """It was not noted; the sentence says why, and what was typed stays."""
        self._trouble.say("It was not noted", str(error), tone="warn")
        if isinstance(error, Refused) and error.field == "when":
            self.on.setFocus()

    def _note(self) -> None:
        self._trouble.settle()
        if not self._missing():
            self.noted.emit()

    def _missing(self) -> str:
        if not self.rows.chosen():
            return "Choose an order"
        if not self.how.chosen():
            return "Choose how"
        if self.how.chosen() == ("refused",) and not self.words.text().strip():
            return "Write what was said"
        return ""

    def _to_what_is_missing(self) -> None:
        if not self.rows.chosen():
            self.rows.setFocus()
        elif not self.how.chosen():
            self.how.setFocus()
        else:
            self.words.setFocus()

    def _renew(self) -> None:
        missing = self._missing()
        self.primary.set_words(missing or "Note it")
        if missing:
            self.primary.close_because("")
        else:
            self.primary.reopen()
