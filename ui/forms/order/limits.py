"""Limits that the order sets itself: they replace the protocol's for the same sign and act."""

from decimal import Decimal
from typing import Any, Final, cast

from PySide6.QtWidgets import QWidget

from ketachart.domain.limits import BY_THE_ORDER
from ketachart.domain.policy import Limit
from ketachart.domain.protocol import Protocol
from ketachart.domain.wording import decimal_text
from ui import tokens
from ui.forms.amounts import BoundField, CountField
from ui.forms.order.added_rows import AddedRow, AddedRows
from ui.forms.timed import must_choose
from ui.widgets.choices import Choice, Choices
from ui.widgets.field_grid import FieldGrid

_LEVELS: Final = (
    Choice("ask-before", "Ask before", sub="before the start"),
    Choice("no-start", "No start", sub="before the start"),
    Choice("pause", "Pause", sub="while it runs"),
    Choice("emergency", "Emergency", sub="while it runs"),
)
_BEFORE: Final = ("ask-before", "no-start")
_BOUNDS: Final = (
    Choice("above", "Above"),
    Choice("at_least", "This or more"),
    Choice("below", "Below"),
    Choice("at_most", "This or less"),
    Choice("above_baseline_percent", "% over baseline"),
)


class LimitRow(AddedRow[Limit]):
    """A sign, what it asks for, and from which number on."""

    def __init__(self, protocol: Protocol, place: int) -> None:
        super().__init__(gap=tokens.S2)
        name = f"Limit {place}"
        signs = tuple(Choice(sign.code, sign.short) for sign in protocol.signs)
        self._sign = Choices(f"{name}, sign", signs, columns=6)
        self._sign.set_label(f"{name}: which sign")
        self._level = Choices(f"{name}, asks for", _LEVELS, columns=2)
        self._level.set_label("What it asks for")
        self._bound = Choices(f"{name}, from where", _BOUNDS, columns=3)
        self._bound.wrap_words()
        self._bound.set_label("From which number on")
        self._number = BoundField(f"{name}, number", "limit-number", label="Number")
        self._readings = CountField(
            f"{name}, readings in a row", "limit-readings", label="Readings in a row"
        )
        self._apart = CountField(
            f"{name}, at least apart", "limit-apart", unit="min", label="At least apart"
        )
        self._readings.set_hint("1, unless named")
        for part in (self._sign, self._level, self._bound):
            self.add(part)
        self.add(FieldGrid(self._number, self._readings, self._apart, columns=3))
        self.listen()

    def read(self) -> Limit:
        """The limit as typed."""
        sign = must_choose(self._sign, "Which sign has the limit?", "limit-sign")
        level = must_choose(self._level, "What does the limit ask for?", "limit-level")
        bound = must_choose(self._bound, "Above or below which number?", "limit-bound")
        number: dict[str, Decimal] = {bound: self._number.needed()}
        return Limit(
            sign=cast(Any, sign),
            when="before" if level in _BEFORE else "during",
            level=cast(Any, level),
            readings=self._readings.count() or 1,
            apart_min=self._apart.count() or 0,
            source=BY_THE_ORDER,
            **cast(Any, number),
        )

    def show_row(self, value: Limit) -> None:
        """A limit of an order on file."""
        self._sign.choose(value.sign)
        self._level.choose(value.level)
        for choice in _BOUNDS:
            number = getattr(value, choice.value)
            if number is not None:
                self._bound.choose(choice.value)
                self._number.set_text(decimal_text(number))
        if value.readings > 1:
            self._readings.set_text(str(value.readings))
        if value.apart_min:
            self._apart.set_text(str(value.apart_min))

    def named(self) -> dict[str, QWidget]:
        """The fields of the limit."""
        own = {"limit-sign": self._sign, "limit-level": self._level, "limit-bound": self._bound}
        return {**super().named(), **own, "limit-number": self._number}


class LimitRows(AddedRows[Limit]):
    """What is not named here stays as the protocol has it."""

    def __init__(self, protocol: Protocol) -> None:
        super().__init__("Limits of this order, in place of the protocol’s")
        self._protocol = protocol

    def make_row(self, place: int) -> LimitRow:
        """One more limit."""
        return LimitRow(self._protocol, place)
