"""The rows of the entry log: what each cell says, and which rows came and went."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ui.language import labelled
from ui.widgets.spans import Span, Spans, spoken

COLUMNS: Final = ("Time", "Entry", "Detail", "Charted", "By")
_FEW: Final = 8  # rows that may go without the table being laid out anew
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry as it is read: plain text, or spans where a piece of it was corrected.

    ``charted`` says how much later than it happened it was written, ``+8 min``; ``struck`` draws
    the whole row through; ``late`` writes the entry in amber, and its words must say so too.
    """

    entry_id: str
    time: str | Spans
    entry: str | Spans
    detail: str | Spans
    charted: str = ""
    by: str = ""
    struck: bool = False
    late: bool = False

    def cell(self, column: int) -> Spans:
        """One cell as it is drawn."""
        given = (self.time, self.entry, self.detail, self.charted, self.by)[column]
        if not isinstance(given, str):
            return given
        tones = ("muted", "warn" if self.late else "text", "text", "warn", "muted")
        tone = "faint" if self.struck else tones[column]
        return (Span(given, struck=self.struck, tone=tone),)


@dataclass(frozen=True, slots=True)
class Changed:
    """From which row on how many went, and how many came in their place."""

    place: int
    gone: int
    come: int


def _same_at_top(before: tuple[EntryRow, ...], after: tuple[EntryRow, ...]) -> int:
    """How many rows are the same before the first that is not."""
    number = 0
    for old, new in zip(before, after, strict=False):
        if old is not new and old != new:
            break
        number += 1
    return number


class EntryModel(QAbstractTableModel):
    """The rows, for the view and for a screen reader."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[EntryRow, ...] = ()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as above
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return spoken(self._rows[index.row()].cell(index.column()))
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return labelled(COLUMNS[section])
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def rows(self) -> tuple[EntryRow, ...]:
        """All of them, from the top."""
        return self._rows

    def row(self, number: int) -> EntryRow:
        """The entry of a row."""
        return self._rows[number]

    def set_rows(self, rows: tuple[EntryRow, ...], kept: int) -> Changed:
        """Show these rows and no others; what stands as it stood is not touched.

        Args:
            rows: all of them.
            kept: the number of the chosen row, which never goes by a change of a few; or -1.
        """
        before, after = self._rows, rows
        top = _same_at_top(before, after)
        end = _same_at_top(before[top:][::-1], after[top:][::-1])
        gone, come = len(before) - top - end, len(after) - top - end
        if gone > _FEW or top <= kept < top + gone:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
            return Changed(0, len(before), len(after))
        if gone:
            self.beginRemoveRows(QModelIndex(), top, top + gone - 1)
            self._rows = (*before[:top], *before[top + gone :])
            self.endRemoveRows()
        if come:
            self.beginInsertRows(QModelIndex(), top, top + come - 1)
            self._rows = rows
            self.endInsertRows()
        return Changed(top, gone, come)

    def number_of(self, entry_id: str) -> int:
        """The row of an entry, or -1."""
        ids = [row.entry_id for row in self._rows]
        return ids.index(entry_id) if entry_id in ids else -1
