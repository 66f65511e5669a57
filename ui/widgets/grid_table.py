"""The visit as a grid: lanes at the left, times above, arrows go from cell to cell."""

from datetime import datetime

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from ketachart.domain.wording import clock
from ketachart.timeline.manner import REGULAR, SEMIBOLD
from ketachart.timeline.table import Grid
from ui import theme, tokens
from ui.language import shown
from ui.language.saying import SaysAgain, say_name
from ui.theme import Dressed, Look
from ui.widgets.finger import scrolls_by_finger
from ui.widgets.timeline_paint import measure

_Index = QModelIndex | QPersistentModelIndex
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Cells(QAbstractTableModel):
    """The grid, for the view and for a screen reader."""

    def __init__(self) -> None:
        super().__init__()
        self.grid = Grid(times=(), rows=())

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.grid.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - as above
        return 0 if parent.isValid() else len(self.grid.times)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.grid.rows[row].cells[column].text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return shown(self.grid.said(row, column))
        if role == Qt.ItemDataRole.ForegroundRole:
            ahead = column >= len(self.grid.times) - self.grid.ahead
            return theme.look().colour("muted" if ahead else "text")
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Vertical:
            return shown(self.grid.rows[section].name)
        return clock(self.grid.times[section])

    def show(self, grid: Grid) -> None:
        """Show this grid and no other."""
        self.beginResetModel()
        self.grid = grid
        self.endResetModel()


class _Painter(QStyledItemDelegate):
    """Draws the words of one cell, under the time above it."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        look = theme.look()
        inset = look.px(tokens.S2)
        box = QRectF(option.rect).adjusted(inset, 0, 0, 0)
        painter.setFont(look.font("body"))
        painter.setPen(index.data(Qt.ItemDataRole.ForegroundRole))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(box, int(middle), shown(index.data()))


class GridTable(QTableView, Dressed, SaysAgain):
    """Enter opens what stands in the cell, else its time; it changes nothing by itself."""

    entry_wanted = Signal(str)
    place_wanted = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        say_name(self, name)
        self._cells = _Cells()
        self.setModel(self._cells)
        self._painter = _Painter(self)
        self.setItemDelegate(self._painter)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        scrolls_by_finger(self)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        for head in (self.horizontalHeader(), self.verticalHeader()):
            head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            head.setHighlightSections(False)
            head.setSectionsClickable(False)
        self.doubleClicked.connect(lambda _index: self._open(anew=False))
        self.dress(theme.look())

    def show_grid(self, grid: Grid) -> None:
        """Show a grid; the chosen cell stays chosen, the newest is brought into sight."""
        if grid == self._cells.grid:
            return
        here = self._chosen()
        self._cells.show(grid)
        self._measure()
        self._choose(here)

    def begin(self) -> None:
        """The keyboard goes to the cells, to the newest column where none was chosen."""
        if not self.currentIndex().isValid():
            self._choose(None)
        self.setFocus()

    def grid(self) -> Grid:
        """What is shown."""
        return self._cells.grid

    def dress(self, look: Look) -> None:
        """Measure every column again."""
        del look  # asked for at every measure
        self._measure()

    def say_again(self) -> None:
        """Measure every column in the words of the language."""
        self._measure()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the chosen cell; with Shift something else is charted at its time."""
        if event.key() not in _ENTER:
            super().keyPressEvent(event)
        elif self.currentIndex().isValid():
            self._open(anew=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cells, and round the chosen one an accent outline under its own words."""
        index, look = self.currentIndex(), theme.look()
        if index.isValid():
            thick = look.px(tokens.HAIR)
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(look.colour("accent"), thick))
            painter.setBrush(look.colour("accent_soft"))
            inset = thick / 2
            box = QRectF(self.visualRect(index)).adjusted(inset, inset, -inset, -inset)
            painter.drawRoundedRect(box, look.px(tokens.RADIUS_SMALL), look.px(tokens.RADIUS_SMALL))
            painter.end()
        super().paintEvent(event)

    def currentChanged(self, now: _Index, before: _Index) -> None:
        """Another cell is chosen: its outline moves."""
        super().currentChanged(now, before)
        self.viewport().update()

    def _open(self, *, anew: bool) -> None:
        index, grid = self.currentIndex(), self._cells.grid
        cell = grid.rows[index.row()].cells[index.column()]
        if cell.entry and not anew:
            self.entry_wanted.emit(cell.entry)
        elif index.column() < len(grid.times) - grid.ahead:
            self.place_wanted.emit(grid.times[index.column()])

    def _chosen(self) -> tuple[str, datetime] | None:
        index, grid = self.currentIndex(), self._cells.grid
        if not index.isValid():
            return None
        return grid.rows[index.row()].name, grid.times[index.column()]

    def _choose(self, wanted: tuple[str, datetime] | None) -> None:
        """The cell of that lane and time, or of the newest time."""
        grid = self._cells.grid
        if not grid.times:
            return
        names = [row.name for row in grid.rows]
        newest = max(0, len(grid.times) - grid.ahead - 1)
        row, column = 0, newest
        if wanted is not None:
            row = names.index(wanted[0]) if wanted[0] in names else 0
            column = grid.times.index(wanted[1]) if wanted[1] in grid.times else newest
        index = self._cells.index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def _measure(self) -> None:
        look, grid = theme.look(), self._cells.grid
        inset, size = 2 * look.px(tokens.S2), float(look.px(tokens.TYPE["body"]))

        def width(text: str, weight: int = REGULAR) -> int:
            return round(measure(text, size, weight) + 0.5) + inset

        for column, time in enumerate(grid.times):
            texts = [row.cells[column].text for row in grid.rows]
            wide = max([width(clock(time), SEMIBOLD), *map(width, texts)])
            if self.columnWidth(column) != wide:
                self.setColumnWidth(column, wide)
        self.verticalHeader().setDefaultSectionSize(look.px(tokens.S6 + tokens.S1))
        names = [width(row.name, SEMIBOLD) for row in grid.rows]
        self.verticalHeader().setFixedWidth(max(names, default=inset))
        self.horizontalHeader().setFixedHeight(look.px(tokens.ROW))
