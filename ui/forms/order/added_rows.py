"""Rows that only some orders have: none is shown until one is asked for."""

from collections.abc import Iterable
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ketachart.errors import Refused
from ui import tokens
from ui.forms.amounts import AmountField, CountField
from ui.widgets.boxes import Column
from ui.widgets.choices import Choices
from ui.widgets.field import LineField
from ui.widgets.keeping import Kept, kept_in, put_back
from ui.widgets.words import Words

T = TypeVar("T")


class AddedRow(Column, Generic[T]):
    """One row: fields, and what they say. An empty one counts for nothing."""

    changed = Signal()

    def listen(self) -> None:
        """Hear every field and choice of this row; called once all of them are in it."""
        for line in self.findChildren(LineField):
            line.typed.connect(lambda _value: self.changed.emit())
        for choices in self.findChildren(Choices):
            choices.changed.connect(lambda _chosen: self.changed.emit())

    def begun(self) -> bool:
        """Whether anything was typed or chosen in it."""
        lines = any(line.text().strip() for line in self.findChildren(LineField))
        return lines or any(choices.chosen() for choices in self.findChildren(Choices))

    def read(self) -> T:
        """What the row says.

        Raises:
            Refused: something is missing or cannot be read; its field is named.
        """
        raise NotImplementedError

    def show_row(self, value: T) -> None:
        """Fill the row in from an order on file."""
        raise NotImplementedError

    def named(self) -> dict[str, QWidget]:
        """The widgets of the row by the names that a refusal uses."""
        lines = self.findChildren(LineField)
        return {line.key: line for line in lines if isinstance(line, (AmountField, CountField))}


class AddedRows(Column, Kept, Generic[T]):
    """A list of such rows under a small title, both out of sight while there is no row."""

    changed = Signal()
    grown = Signal()  # a row more: Tab has to be led through it

    def __init__(self, title: str, *, one_only: bool = False) -> None:
        super().__init__(gap=tokens.S3)
        self._title, self._one_only = title, one_only
        self._rows: list[AddedRow[T]] = []
        self.add(Words(title, size="label", weight=tokens.MEDIUM))
        self.hide()

    def make_row(self, place: int) -> AddedRow[T]:
        """A new, empty row; ``place`` counts from 1."""
        raise NotImplementedError

    def add_row(self) -> None:
        """One more row, and the focus in it; an empty one at the end is used first."""
        if not self._rows or (self._rows[-1].begun() and not self._one_only):
            self._more()
        _first_stop(self._rows[-1]).setFocus(Qt.FocusReason.OtherFocusReason)

    def _more(self) -> AddedRow[T]:
        row = self.make_row(len(self._rows) + 1)
        row.changed.connect(self.changed)
        self._rows.append(row)
        self.add(row)
        self.show()
        self.grown.emit()
        return row

    def values(self) -> tuple[T, ...]:
        """What the rows say.

        Raises:
            Refused: a row that was begun lacks something, or cannot be read.
        """
        return tuple(row.read() for row in self._rows if row.begun())

    def show_values(self, values: Iterable[T]) -> None:
        """The rows of an order on file in place of what stands here."""
        for row in self._rows:
            row.setParent(None)
            row.deleteLater()
        self._rows = []
        for value in values:
            self._more().show_row(value)
        self.setVisible(bool(self._rows))
        self.changed.emit()

    def kept(self) -> object:
        """What stands in each row that was begun."""
        return [kept_in(row) for row in self._rows if row.begun()]

    def take_back(self, kept: object) -> None:
        """The rows as they stood, in place of what stands here."""
        wanted = kept if isinstance(kept, list) else []
        self.show_values(())
        for place, fields in enumerate(wanted):
            while len(self._rows) <= place:
                self._more()
            put_back(self._rows[place], fields)
        self.changed.emit()

    def kept_name(self) -> str:
        """The title of the list."""
        return self._title

    def field(self, key: str) -> QWidget | None:
        """What a refusal points at: in the first row that does not read, else the first row."""
        for row in self._rows:
            if row.begun():
                try:
                    row.read()
                except Refused:
                    return row.named().get(key)
        return None

    def first(self) -> QWidget | None:
        """The first row's first field, for a refusal of the rows as a whole."""
        return _first_stop(self._rows[0]) if self._rows else None


def _first_stop(row: QWidget) -> QWidget:
    """Where typing begins in a row."""
    inside = row.findChildren(QWidget)
    return next(w for w in inside if w.focusPolicy() & Qt.FocusPolicy.TabFocus)
