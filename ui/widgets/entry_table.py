"""The entry log: everything that was written, and what was struck can still be read."""

from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from ui import theme, tokens
from ui.language import labelled
from ui.language import spoken as language
from ui.language.saying import SaysAgain, say_name
from ui.theme import Dressed, Look
from ui.widgets.spans import Span, Spans, draw, height_of, spoken, width_of

COLUMNS: Final = ("Time", "Entry", "Detail", "Charted", "By")
_DETAIL: Final = 2
_FEW: Final = 8  # rows that may go without the table being laid out anew
_Index = QModelIndex | QPersistentModelIndex


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

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - as above
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
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


@lru_cache(maxsize=4096)
def _widths(row: EntryRow, look: Look, _language: str) -> tuple[int, ...]:
    """How wide each cell would like to be; a visit's rows are measured once, not at every entry."""
    return tuple(width_of(row.cell(column), look) for column in range(len(COLUMNS)))


@lru_cache(maxsize=4096)
def _height(row: EntryRow, detail: int, look: Look, _language: str) -> int:
    """The height of a row whose detail has that width; the other columns never wrap."""
    rest = (column for column in range(len(COLUMNS)) if column != _DETAIL)
    high = max(
        height_of(row.cell(column), width_of(row.cell(column), look), look) for column in rest
    )
    high = max(high, height_of(row.cell(_DETAIL), detail, look))
    return max(high + 2 * look.px(tokens.S2), look.px(tokens.ROW))


class _Painter(QStyledItemDelegate):
    """Draws one cell."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        look, model, box = theme.look(), index.model(), option.rect
        if not isinstance(model, EntryModel):
            return
        inset = look.px(tokens.S2)
        spans = model.row(index.row()).cell(index.column())
        width = box.width() - 2 * inset
        top = box.top() + (box.height() - height_of(spans, width, look)) / 2
        painter.save()
        painter.fillRect(
            box.left(), box.bottom(), box.width(), look.px(tokens.HAIR), look.colour("line")
        )
        draw(painter, spans, at=QPointF(box.left() + inset, top), width=width, look=look)
        painter.restore()


class EntryTable(QTableView, Dressed, SaysAgain):
    """The log as a table: arrows choose a row, Enter opens it; the wheel only scrolls."""

    chosen = Signal(str)  # entry_id, when another row is chosen
    opened = Signal(str)  # entry_id, on Enter or a double click

    def __init__(self, name: str) -> None:
        super().__init__()
        say_name(self, name)
        self._entries = EntryModel()
        self._wide: list[tuple[int, ...]] = []  # of each row, how wide its cells would like to be
        self.setModel(self._entries)
        self._delegate = _Painter(self)
        self.setItemDelegate(self._delegate)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        self.selectionModel().currentRowChanged.connect(self._tell)
        self.doubleClicked.connect(lambda index: self.opened.emit(self._id(index.row())))
        self.dress(theme.look())

    def show_rows(self, rows: tuple[EntryRow, ...]) -> None:
        """Show these entries; the chosen one stays chosen if it is still there."""
        kept = self.current_id()
        changed = self._entries.set_rows(rows, self.currentIndex().row())
        come, look = rows[changed.place : changed.place + changed.come], theme.look()
        self._wide[changed.place : changed.place + changed.gone] = [
            _widths(row, look, language()) for row in come
        ]
        before = self.columnWidth(_DETAIL)
        self._set_columns()
        if self.columnWidth(_DETAIL) == before:
            self._set_heights(changed.place, come)
        else:
            self._set_heights(0, rows)
        if kept:
            self.choose(kept)

    def current_id(self) -> str:
        """The chosen entry, or nothing."""
        row = self.currentIndex().row()
        return self._id(row) if row >= 0 else ""

    def choose(self, entry_id: str) -> None:
        """Choose an entry and bring it into sight; nothing happens if it is not shown."""
        number = self._entries.number_of(entry_id)
        if number >= 0:
            self.selectRow(number)

    def height_of_all(self) -> int:
        """The height in pixels at which nothing has to scroll."""
        frame = 2 * self.frameWidth()
        return self.horizontalHeader().height() + self.verticalHeader().length() + frame

    def dress(self, look: Look) -> None:
        """Measure every row again."""
        del look  # asked for at every measure
        self._measure()

    def say_again(self) -> None:
        """Measure every row again: another language is longer."""
        self._measure()
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the chosen row."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.current_id():
                self.opened.emit(self.current_id())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the details wrap in the new width; a new height changes nothing."""
        super().resizeEvent(event)
        before = self.columnWidth(_DETAIL)
        self._set_columns()
        if self.columnWidth(_DETAIL) != before:
            self._set_heights(0, self._entries.rows())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, and round the chosen one an accent outline under its own words."""
        row = self.currentIndex().row()
        look = theme.look()
        if row >= 0:
            first = self.visualRect(self._entries.index(row, 0))
            last = self.visualRect(self._entries.index(row, len(COLUMNS) - 1))
            thick = look.px(tokens.HAIR)
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(look.colour("accent"), thick))
            painter.setBrush(look.colour("accent_soft"))
            inset = thick / 2
            box = QRectF(first.united(last)).adjusted(inset, inset, -inset, -inset - thick)
            painter.drawRoundedRect(box, look.px(tokens.RADIUS_SMALL), look.px(tokens.RADIUS_SMALL))
            painter.end()
        super().paintEvent(event)

    def _id(self, row: int) -> str:
        return self._entries.row(row).entry_id

    def _tell(self, now: QModelIndex) -> None:
        self.viewport().update()
        if now.isValid():
            self.chosen.emit(self._id(now.row()))

    def _measure(self) -> None:
        look = theme.look()
        rows = self._entries.rows()
        self._wide = [_widths(row, look, language()) for row in rows]
        self._set_columns()
        self._set_heights(0, rows)

    def _set_columns(self) -> None:
        """Each column as wide as its widest cell; the details have what is left."""
        look = theme.look()
        inset = 2 * look.px(tokens.S2)
        titles = [width_of((Span(title, strong=True),), look) for title in COLUMNS]
        wide = [
            max(map(itemgetter(column), self._wide), default=0) for column in range(len(COLUMNS))
        ]
        wide = [max(both) + inset for both in zip(wide, titles, strict=True)]
        for column, width in enumerate(wide):
            if column != _DETAIL:
                self.setColumnWidth(column, width)
        taken = sum(width for column, width in enumerate(wide) if column != _DETAIL)
        detail = max(self.viewport().width() - taken, look.px(tokens.QUESTION_ROOM))
        self.setColumnWidth(_DETAIL, detail)
        self.verticalHeader().setDefaultSectionSize(look.px(tokens.ROW))

    def _set_heights(self, first: int, rows: tuple[EntryRow, ...]) -> None:
        """Each of these rows as high as its text, from a row on."""
        look = theme.look()
        detail = self.columnWidth(_DETAIL) - 2 * look.px(tokens.S2)
        for number, row in enumerate(rows, start=first):
            high = _height(row, detail, look, language())
            if self.rowHeight(number) != high:
                self.setRowHeight(number, high)
