"""The list of visits: who, when, what for, which of the series, and how far it is."""

from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from ui import theme
from ui.theme import Dressed, Look
from ui.widgets.visit_line import Line, VisitLine, height_of_line, paint_line

_Index = QModelIndex | QPersistentModelIndex
_OPENS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class VisitModel(QAbstractListModel):
    """The lines, for the view and for a screen reader; only visits can be chosen."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[Line, ...] = ()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self._lines[index.row()].spoken()
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if isinstance(self._lines[index.row()], VisitLine):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags

    def line(self, row: int) -> Line:
        """The line of a row."""
        return self._lines[row]

    def lines(self) -> tuple[Line, ...]:
        """All of them."""
        return self._lines

    def set_lines(self, lines: tuple[Line, ...]) -> None:
        """Show these and no others."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()


class _Painter(QStyledItemDelegate):
    """Draws one line and says how high it must be."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        del option  # its place is not known yet; the view's is
        model = index.model()
        width = self._view.viewport().width()
        if not isinstance(model, VisitModel):
            return QSize()
        return QSize(width, height_of_line(model.line(index.row()), width, theme.look()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        if not isinstance(model, VisitModel):
            return
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_line(
            painter,
            model.line(index.row()),
            option.rect,
            chosen=chosen,
            focused=chosen and self._view.hasFocus(),
        )
        painter.restore()


class VisitList(QListView, Dressed):
    """Arrows choose a visit, Enter or a double click opens it; headings are passed over."""

    chosen = Signal(str)  # the key of a line, when another is chosen; empty when none is
    opened = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setProperty("ring", "line")  # the chosen line has the ring, not the whole list
        self._visits = VisitModel()
        self.setModel(self._visits)
        self._delegate = _Painter(self)
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._tell)
        self.doubleClicked.connect(lambda index: self.opened.emit(self._key(index.row())))
        self.dress(theme.look())

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Show these; the chosen visit stays chosen if it is still there."""
        if lines == self._visits.lines():
            return
        kept = self.current_key()
        self._visits.set_lines(lines)
        if kept:
            self.choose(kept)
        self._bring_into_sight()

    def keys_shown(self) -> tuple[str, ...]:
        """The visits shown, from the top."""
        return tuple(line.key for line in self._visits.lines() if isinstance(line, VisitLine))

    def current_key(self) -> str:
        """The chosen visit, or nothing."""
        row = self.currentIndex().row()
        return self._key(row) if row >= 0 else ""

    def choose(self, key: str) -> None:
        """Choose a visit and bring it into sight; nothing happens if it is not shown."""
        for row, line in enumerate(self._visits.lines()):
            if isinstance(line, VisitLine) and line.key == key:
                self.setCurrentIndex(self._visits.index(row, 0))

    def height_of_all(self) -> int:
        """The height in pixels at which nothing has to scroll."""
        width, look = self.viewport().width(), theme.look()
        lines = self._visits.lines()
        return sum(height_of_line(line, width, look) for line in lines) + 2 * self.frameWidth()

    def dress(self, look: Look) -> None:
        """Measure every line again."""
        del look  # asked for at every measure
        self.scheduleDelayedItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the words wrap in the new width; the chosen visit stays in sight."""
        super().resizeEvent(event)
        self.doItemsLayout()
        self._bring_into_sight()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the chosen visit."""
        if event.key() in _OPENS and not event.modifiers():
            if self.current_key():
                self.opened.emit(self.current_key())
            return
        super().keyPressEvent(event)

    def _bring_into_sight(self) -> None:
        """From the top, and no further down than the chosen line needs."""
        self.scrollToTop()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def _key(self, row: int) -> str:
        line = self._visits.line(row)
        return line.key if isinstance(line, VisitLine) else ""

    def _tell(self, now: QModelIndex) -> None:
        self.chosen.emit(self._key(now.row()) if now.isValid() else "")
