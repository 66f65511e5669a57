"""The acts that were found, one below the other: words, key, and why not here."""

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import theme, tokens
from ui.palette.finding import Offer
from ui.theme import Look
from ui.widgets.opened_list import OpenedList
from ui.widgets.spans import Span, draw, height_of, width_of

_Index = QModelIndex | QPersistentModelIndex


def _words(offer: Offer) -> tuple[Span, ...]:
    tone = "muted" if offer.why_not else "text"
    return (Span(offer.words, tone=tone, verbatim=offer.is_name),)


def _under(offer: Offer) -> tuple[Span, ...]:
    said = f"Not here: {offer.why_not}" if offer.why_not else offer.goes
    return (Span(said, tone="muted"),) if said else ()


def _key(offer: Offer) -> tuple[Span, ...]:
    return (Span(offer.key, tone="muted"),)


def spoken(offer: Offer) -> str:
    """The row as a screen reader says it."""
    under = "".join(span.text for span in _under(offer))
    return ". ".join(part for part in (offer.words, offer.key, under) if part)


class _Model(QAbstractListModel):
    """The offers, for the view and for a screen reader."""

    def __init__(self) -> None:
        super().__init__()
        self.offers: tuple[Offer, ...] = ()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.offers)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return spoken(self.offers[index.row()])
        return None

    def show(self, offers: tuple[Offer, ...]) -> None:
        """Show these and no others."""
        self.beginResetModel()
        self.offers = offers
        self.endResetModel()


def _inner(offer: Offer, width: int, look: Look) -> tuple[int, int]:
    """The widths of the words and of the key beside them, px."""
    cap = width_of(_key(offer), look) + 2 * look.px(tokens.S2)
    return max(1, width - 2 * look.px(tokens.S3) - look.px(tokens.S3) - cap), cap


def _heights(offer: Offer, width: int, look: Look) -> tuple[int, int]:
    wide, _ = _inner(offer, width, look)
    under = _under(offer)
    below = height_of(under, wide, look, size="small") if under else 0
    return height_of(_words(offer), wide, look), below


class _Painter(QStyledItemDelegate):
    """Draws one row and says how high it must be."""

    def __init__(self, view: QListView, model: _Model) -> None:
        super().__init__(view)
        self._view, self._model = view, model

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        del option  # its place is not known yet; the view's is
        look, width = theme.look(), self._view.viewport().width()
        high = sum(_heights(self._model.offers[index.row()], width, look))
        return QSize(width, max(high + 2 * look.px(tokens.S2), look.px(tokens.TARGET)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        look, box, offer = theme.look(), option.rect, self._model.offers[index.row()]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            thick = look.px(tokens.RING)
            painter.setPen(QPen(look.colour("focus"), thick))
            painter.setBrush(look.colour("accent_soft"))
            inset, radius = thick / 2, look.px(tokens.RADIUS)
            around = QRectF(box).adjusted(inset, inset, -inset, -inset)
            painter.drawRoundedRect(around, radius, radius)
        wide, cap = _inner(offer, box.width(), look)
        first, below = _heights(offer, box.width(), look)
        left = box.left() + look.px(tokens.S3)
        top = box.top() + (box.height() - first - below) / 2
        draw(painter, _words(offer), at=QPointF(left, top), width=wide, look=look)
        under = QPointF(left, top + first)
        draw(painter, _under(offer), at=under, width=wide, look=look, size="small")
        edge = box.right() - look.px(tokens.S3) - cap
        self._paint_key(painter, offer, QRectF(edge, top, cap, first), look)
        painter.restore()

    @staticmethod
    def _paint_key(painter: QPainter, offer: Offer, box: QRectF, look: Look) -> None:
        painter.setPen(QPen(look.colour("line"), look.px(tokens.HAIR)))
        painter.setBrush(look.colour("raised"))
        radius = look.px(tokens.RADIUS_SMALL)
        painter.drawRoundedRect(box, radius, radius)
        at = QPointF(box.left() + look.px(tokens.S2), box.top())
        draw(painter, _key(offer), at=at, width=int(box.width()), look=look)


class FoundList(OpenedList):
    """Arrows choose an act, Enter or a press does it; the focus may stay in the field above."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._offers = _Model()
        self.take(self._offers, _Painter(self, self._offers))
        self.clicked.connect(lambda index: self.opened.emit(self.key_at(index.row())))

    def show_offers(self, offers: tuple[Offer, ...]) -> None:
        """Show these; the first is chosen."""
        self._offers.show(offers)
        if offers:
            self.setCurrentIndex(self._offers.index(0, 0))
        self.scrollToTop()

    def offers(self) -> tuple[Offer, ...]:
        """What is shown."""
        return self._offers.offers

    def key_at(self, row: int) -> str:
        """The name of the act in a row."""
        return self._offers.offers[row].name

    def current(self) -> Offer | None:
        """The act that is chosen."""
        row = self.currentIndex().row()
        return self._offers.offers[row] if 0 <= row < len(self._offers.offers) else None

    def step(self, by: int) -> None:
        """Choose a row further down or up, as far as there are rows."""
        last = len(self._offers.offers) - 1
        row = min(max(self.currentIndex().row() + by, 0), last)
        if row >= 0:
            self.setCurrentIndex(self._offers.index(row, 0))
