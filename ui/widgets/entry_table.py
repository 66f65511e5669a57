"""The entry log: everything that was written, and what was struck can still be read."""

from functools import lru_cache
from operator import itemgetter
from typing import Final

from PySide6.QtCore import (
    QModelIndex,
    QPointF,
    QRectF,
    Qt,
    QTimer,
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
from ui.language import spoken as language
from ui.language.saying import SaysAgain, say_name
from ui.theme import Dressed, Look
from ui.widgets.entry_model import COLUMNS, EntryModel, EntryRow, Index
from ui.widgets.finger import scrolls_by_finger
from ui.widgets.spans import Span, draw, height_of, width_of

__all__ = ["COLUMNS", "EntryRow", "EntryTable"]

_DETAIL: Final = 2
_MANY: Final = 150  # rows; to measure more takes longer than a key may wait
AFTER_PAINT_MS: Final = 1  # a timer that waits comes after all that is posted, as painting is


@lru_cache(maxsize=4096)
def _widths(row: EntryRow, look: Look, _language: str) -> tuple[int, ...]:
    """How wide each cell would like to be; a visit's rows are measured once, not at every entry.

    The details have whatever room is left, and ask for none.
    """
    return tuple(
        0 if column == _DETAIL else width_of(row.cell(column), look)
        for column in range(len(COLUMNS))
    )


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

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
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
        self._unmeasured: int | None = None  # from this row on, while there are such rows
        self._wide: list[tuple[int, ...]] = []  # of each row, how wide its cells would like to be
        self.setModel(self._entries)
        self._delegate = _Painter(self)
        self.setItemDelegate(self._delegate)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        scrolls_by_finger(self)
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
        self._measure_all()
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
        """Each of these rows as high as its text, from a row on.

        Very many are measured once all around them has its place, for the width may be another by
        then: those at the top first, and the others in turns between which keys come in.
        """
        if self._unmeasured is None and len(rows) <= _MANY:
            self._heighten(first, rows)
            return
        if self._unmeasured is None:
            QTimer.singleShot(0, self, self._measure_some)
        self._unmeasured = 0

    def _measure_some(self) -> None:
        first = self._unmeasured
        if first is None:
            return
        rows = self._entries.rows()
        self._heighten(first, rows[first : first + _MANY])
        self._unmeasured = first + _MANY
        if self._unmeasured < len(rows):
            QTimer.singleShot(AFTER_PAINT_MS, self, self._measure_some)
            return
        self._unmeasured = None
        if self.current_id():
            self.updateGeometries()  # how far it can be scrolled
            self.scrollTo(self.currentIndex())

    def _measure_all(self) -> None:
        if self._unmeasured is not None:
            self._unmeasured = None
            self._heighten(0, self._entries.rows())

    def _heighten(self, first: int, rows: tuple[EntryRow, ...]) -> None:
        look = theme.look()
        detail = self.columnWidth(_DETAIL) - 2 * look.px(tokens.S2)
        for number, row in enumerate(rows, start=first):
            high = _height(row, detail, look, language())
            if self.rowHeight(number) != high:
                self.setRowHeight(number, high)
