"""A list of rows to be read and opened: what it is, what it says, and where that comes from."""

from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from ui import icons, theme, tokens
from ui.language import shown
from ui.theme import Look
from ui.tokens import Tone, TypeName
from ui.widgets.opened_list import OpenedList
from ui.widgets.spans import Span, draw, height_of

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row: ``sign`` and ``mark`` say the same, once to the eye and once in words.

    A row is read for its value, which is strong; ``names`` has the name before it strong instead.
    """

    key: str
    what: str
    value: str
    under: str = ""
    mark: str = ""
    sign: str = ""
    tone: Tone = "text"
    names: bool = False

    def spoken(self) -> str:
        """The row as a screen reader says it."""
        return ". ".join(part for part in (self.what, self.value, self.mark, self.under) if part)


@dataclass(frozen=True, slots=True)
class _Text:
    """One paragraph of a column."""

    text: str
    size: TypeName = "label"
    tone: Tone = "text"
    strong: bool = False
    sign: str = ""

    def spans(self) -> tuple[Span, ...]:
        return (Span(self.text, strong=self.strong, tone=self.tone),)

    def lead(self, look: Look) -> int:
        return look.px(tokens.ICON_SMALL) + look.px(tokens.S2) if self.sign else 0

    def height(self, width: int, look: Look) -> int:
        high = height_of(self.spans(), max(1, width - self.lead(look)), look, size=self.size)
        return max(high, look.px(tokens.ICON_SMALL) if self.sign else 0)


class RowModel(QAbstractListModel):
    """The rows, for the view and for a screen reader."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[ListRow, ...] = ()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return shown(self.rows[index.row()].spoken())
        return None

    def show(self, rows: tuple[ListRow, ...]) -> None:
        """Show these and no others."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()


def _columns(row: ListRow, width: int, look: Look) -> tuple[tuple[int, int, list[_Text]], ...]:
    """Left edge, width and paragraphs of each column; one below the other where it is narrow."""
    inset, gap = look.px(tokens.S3), look.px(tokens.S4)
    room = max(1, width - 2 * inset)
    what = [_Text(row.what, strong=row.names)]
    says = [_Text(row.value, strong=not row.names)] if row.value else []
    if row.mark:
        says.append(_Text(row.mark, "small", row.tone, sign=row.sign))
    if row.under:
        says.append(_Text(row.under, "small", "muted"))
    if width < look.px(tokens.VISIT_NARROW):
        return ((inset, room, what + says),)
    left = (room - gap) * 46 // 100
    return ((inset, left, what), (inset + left + gap, room - left - gap, says))


def _height(row: ListRow, width: int, look: Look) -> int:
    columns = _columns(row, width, look)
    tallest = max(sum(t.height(wide, look) for t in texts) for _, wide, texts in columns)
    return max(tallest + 2 * look.px(tokens.S2), look.px(tokens.TARGET))


class _Painter(QStyledItemDelegate):
    """Draws one row and says how high it must be."""

    def __init__(self, view: QListView, model: RowModel) -> None:
        super().__init__(view)
        self._view, self._model = view, model

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        del option  # its place is not known yet; the view's is
        width = self._view.viewport().width()
        return QSize(width, _height(self._model.rows[index.row()], width, theme.look()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        look, box = theme.look(), option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hair = look.px(tokens.HAIR)
        painter.fillRect(box.left(), box.bottom(), box.width(), hair, look.colour("line"))
        if chosen:
            _paint_chosen(painter, box, look, focused=self._view.hasFocus())
        columns = _columns(self._model.rows[index.row()], box.width(), look)
        heights = [[t.height(wide, look) for t in texts] for _, wide, texts in columns]
        above = (box.height() - max(sum(column) for column in heights)) // 2
        for (left, width, texts), column in zip(columns, heights, strict=True):
            top = box.top() + above
            for text, high in zip(texts, column, strict=True):
                _paint_text(painter, text, QPointF(box.left() + left, top), width, look)
                top += high
        painter.restore()


def _paint_chosen(painter: QPainter, box: QRect, look: Look, *, focused: bool) -> None:
    thick = look.px(tokens.RING if focused else tokens.HAIR)
    painter.setPen(QPen(look.colour("focus" if focused else "accent"), thick))
    painter.setBrush(look.colour("accent_soft"))
    inset, radius = thick / 2, look.px(tokens.RADIUS)
    painter.drawRoundedRect(QRectF(box).adjusted(inset, inset, -inset, -inset), radius, radius)


def _paint_text(painter: QPainter, text: _Text, at: QPointF, width: int, look: Look) -> None:
    lead = text.lead(look)
    if text.sign:
        side = look.px(tokens.ICON_SMALL)
        ratio = painter.device().devicePixelRatioF()
        drawn = icons.image(text.sign, look.palette[text.tone], side, ratio)
        painter.drawImage(QPointF(at.x(), at.y() + (text.height(width, look) - side) // 2), drawn)
    where = QPointF(at.x() + lead, at.y())
    wide = max(1, width - lead)
    draw(painter, text.spans(), at=where, width=wide, look=look, size=text.size)


class RowList(OpenedList):
    """Arrows choose a row, Enter or a double click opens it."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._rows = RowModel()
        self._delegate = _Painter(self, self._rows)
        self.take(self._rows, self._delegate)

    def show_rows(self, rows: tuple[ListRow, ...]) -> None:
        """Show these; the chosen row stays chosen if it is still there, else the first is."""
        if rows == self._rows.rows:
            return
        kept = self.current_key()
        self._rows.show(rows)
        if kept not in {row.key for row in rows}:
            kept = rows[0].key if rows else ""
        self.choose(kept)

    def height_of_all(self) -> int:
        """The height in pixels at which nothing has to scroll."""
        width, look = self.viewport().width(), theme.look()
        rows = sum(_height(row, width, look) for row in self._rows.rows)
        return rows + 2 * self.frameWidth()

    def key_at(self, row: int) -> str:
        """The key of a row."""
        return self._rows.rows[row].key
