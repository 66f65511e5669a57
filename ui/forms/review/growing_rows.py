"""Rows that grow by themselves: there is always one more, empty, and an empty one says nothing."""

from typing import TypeVar

from ui.forms.order.added_rows import AddedRows

T = TypeVar("T")


class GrowingRows(AddedRows[T]):
    """Typing in the last row makes the next one, so that Tab goes on into it."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.changed.connect(self.grow)

    def grow(self) -> None:
        """One empty row at the end; first called once the sheet holds the rows."""
        if not self._rows or self._rows[-1].begun():
            self._more()
