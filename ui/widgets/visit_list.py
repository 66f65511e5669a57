"""The list of visits: who, when, what for, which of the series, and how far it is."""

from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from ui import theme
from ui.language import shown
from ui.widgets.opened_list import OpenedList
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
            return shown(self._lines[index.row()].spoken())
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


class VisitList(OpenedList):
    """Arrows choose a visit, Enter or a double click opens it; headings are passed over."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._visits = VisitModel()
        self._delegate = _Painter(self)
        self.take(self._visits, self._delegate)

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Show these; the chosen visit stays chosen if it is still there."""
        if lines == self._visits.lines():
            return
        kept = self.current_key()
        self._visits.set_lines(lines)
        self.choose(kept)
        self.bring_into_sight()

    def keys_shown(self) -> tuple[str, ...]:
        """The visits shown, from the top."""
        return tuple(line.key for line in self._visits.lines() if isinstance(line, VisitLine))

    def height_of_all(self) -> int:
        """The height in pixels at which nothing has to scroll."""
        width, look = self.viewport().width(), theme.look()
        lines = self._visits.lines()
        return sum(height_of_line(line, width, look) for line in lines) + 2 * self.frameWidth()

    def bring_into_sight(self) -> None:
        """From the top, and no further down than the chosen line needs."""
        self.scrollToTop()
        super().bring_into_sight()

    def key_at(self, row: int) -> str:
        """The visit of a line; a heading has none."""
        line = self._visits.line(row)
        return line.key if isinstance(line, VisitLine) else ""
