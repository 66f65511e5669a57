"""The order that was charted wrong: the whole form with all of its values, and what differs."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ketachart.domain.facts import OrderRecorded
from ketachart.domain.telling.order_changes import Difference, all_differences
from ketachart.errors import Refused
from ui import tokens
from ui.desk import Desk
from ui.forms.order.differences import OrderDifferences
from ui.forms.order.form import OrderForm
from ui.widgets.boxes import Column


class OrderCorrection(Column):
    """As it was charted; what is typed otherwise is listed with both values."""

    changed = Signal()

    def __init__(self, desk: Desk, order: OrderRecorded) -> None:
        super().__init__(gap=tokens.S3)
        self._protocol, self._order = desk.visit.protocol, order
        self._form = OrderForm(self._protocol)
        self._changes = OrderDifferences()
        self.add(self._form)
        self.add(self._changes)
        self._form.show_record(order)
        self._form.changed.connect(self._renew)
        self._renew()

    def _renew(self) -> None:
        try:
            self._changes.show_differences(self.differences())
        except Refused as refusal:
            self._changes.show_unread(str(refusal))
        self.changed.emit()

    def differences(self) -> tuple[Difference, ...]:
        """What is typed otherwise than it was charted.

        Raises:
            Refused: something is missing or cannot be read.
        """
        return all_differences(self._protocol, self._order, self.fact(self._order.at))

    def fact(self, at: datetime) -> OrderRecorded:
        """The order as it should have read.

        Raises:
            Refused: something is missing or cannot be read; its field is named.
        """
        return self._form.fact(at)

    def field(self, key: str) -> QWidget | None:
        """What a refusal points at."""
        return self._form.field(key)

    def act(self, name: str) -> bool:
        """The keys that add a row to the order."""
        return self._form.more.act(name)
