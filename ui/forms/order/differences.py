"""What an order says otherwise than the one before it, and the letters to read aloud for it."""

from PySide6.QtWidgets import QWidget

from ketachart.domain.telling.order_changes import Difference
from ui import tokens
from ui.language.saying import say_name
from ui.widgets.boxes import Column, Row
from ui.widgets.mark import Mark
from ui.widgets.words import Words


class OrderDifferences(Column):
    """Each value that differs: what it was, drawn through, and what it becomes."""

    def __init__(self) -> None:
        super().__init__(gap=tokens.S2)
        self._shown: tuple[Difference, ...] | None = None
        self._heading = Words("What changes", size="label", weight=tokens.MEDIUM)
        self._none = Words(size="small", tone="muted")
        self._list = Column(gap=tokens.S2)
        for part in (self._heading, self._none, self._list):
            self.add(part)

    def show_differences(self, found: tuple[Difference, ...]) -> None:
        """The values that differ, in the order of the form."""
        self._none.setVisible(not found)
        self._none.setText("Nothing yet: every value reads as before.")
        if found == self._shown:
            return
        self._shown = found
        self._list.empty()
        for one in found:
            self._list.add(_row(one))

    def show_unread(self, sentence: str) -> None:
        """What cannot be compared yet, and why."""
        self._shown = None
        self._list.empty()
        self._none.setText(f"Not yet: {sentence}")
        self._none.show()


def _row(one: Difference) -> QWidget:
    row = Column(gap=0)
    say_name(row, one.words)
    row.add(Words(one.name, size="small", weight=tokens.SEMIBOLD))
    was = Words(one.was, size="small", tone="muted")
    was.set_struck()
    row.add(was)
    line = Row(gap=tokens.S2)
    line.add_level(Mark("arrow-right", colour="muted", size=tokens.ICON_SMALL))
    line.add(Words(one.becomes, size="small", weight=tokens.SEMIBOLD), stretch=1)
    row.add(line)
    return row
