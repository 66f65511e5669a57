"""The reports that wait for review: arrows choose, Enter opens; folded it is a rail of ages."""

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import theme
from ui.language import shown
from ui.widgets.opened_list import OpenedList
from ui.widgets.queue_row import QueueRow, height_of_row, paint_row

_Index = QModelIndex | QPersistentModelIndex


class QueueModel(QAbstractListModel):
    """The rows, for the view and for a screen reader."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[QueueRow, ...] = ()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return shown(row.spoken())
        if role == Qt.ItemDataRole.ToolTipRole:
            return shown(row.spoken())
        return None

    def show(self, rows: tuple[QueueRow, ...]) -> None:
        """Show these and no others."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()


class _Painter(QStyledItemDelegate):
    """Draws one row and says how high it must be."""

    def __init__(self, view: "QueueList", model: QueueModel) -> None:
        super().__init__(view)
        self._view, self._model = view, model

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        del option  # its place is not known yet; the view's is
        width = self._view.viewport().width()
        row = self._model.rows[index.row()]
        return QSize(width, height_of_row(row, width, theme.look(), folded=self._view.folded))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_row(
            painter,
            self._model.rows[index.row()],
            option.rect,
            chosen=chosen,
            focused=chosen and self._view.hasFocus(),
            folded=self._view.folded,
        )
        painter.restore()


class QueueList(OpenedList):
    """Left and Right open the report before and the next one, as on the pages."""

    stepped = Signal(int)  # -1 the report before, 1 the next

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.folded = False
        self._queue = QueueModel()
        self._delegate = _Painter(self, self._queue)
        self.take(self._queue, self._delegate)
        self.setResizeMode(QListView.ResizeMode.Adjust)

    def show_rows(self, rows: tuple[QueueRow, ...]) -> None:
        """Show these; the chosen one stays chosen if it is still there, else the first is."""
        if rows == self._queue.rows:
            return
        kept = self.current_key()
        self._queue.show(rows)
        if kept not in self.keys_shown():
            kept = rows[0].key if rows else ""
        self.choose(kept)
        self.bring_into_sight()

    def keys_shown(self) -> tuple[str, ...]:
        """The reports shown, from the top."""
        return tuple(row.key for row in self._queue.rows)

    def rows(self) -> tuple[QueueRow, ...]:
        """What is shown, from the top."""
        return self._queue.rows

    def fold(self, *, folded: bool) -> None:
        """Only ages and the first flag, or all of it."""
        if folded != self.folded:
            self.folded = folded
            self.scheduleDelayedItemsLayout()
            self.viewport().update()

    def key_at(self, row: int) -> str:
        """The report of a row."""
        return self._queue.rows[row].key

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right go from report to report."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.stepped.emit(step)
            return
        super().keyPressEvent(event)
