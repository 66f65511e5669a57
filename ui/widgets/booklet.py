"""A card in the middle of the window with two pages: side by side, or the right one on top."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui import numbers, theme, tokens
from ui.language.saying import say_name
from ui.theme import Dressed, Look
from ui.widgets.boxes import Rule, Scroller


class Booklet(Scroller, Dressed):
    """What stands alone in the window: unlocking, first start. It scrolls where it does not fit.

    ``sizes`` are the widths of the two pages and the least height of the card, all tokens.
    """

    def __init__(
        self, name: str, left: QWidget, right: QWidget, *, sizes: tuple[int, int, int]
    ) -> None:
        self._left, self._right, self._sizes = left, right, sizes
        self._card = QFrame()
        self._card.setProperty("panel", "card")
        say_name(self._card, name)
        self._pages = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._card)
        self._pages.setContentsMargins(0, 0, 0, 0)
        self._pages.setSpacing(0)
        self._fold = Rule(upright=True)
        self._pages.addWidget(left)
        self._pages.addWidget(self._fold)
        self._pages.addWidget(right, 1)
        table = QWidget()
        self._table = QVBoxLayout(table)
        across = QHBoxLayout()  # not an alignment: that would forget how high wrapped words are
        across.addStretch(1)
        across.addWidget(self._card)
        across.addStretch(1)
        self._table.addStretch(1)
        self._table.addLayout(across)
        self._table.addStretch(1)
        super().__init__(name, table)
        numbers.take_no_focus(self)  # what is in it takes the focus
        self.dress(theme.look())

    def is_open(self) -> bool:
        """Whether the pages stand side by side."""
        return self._pages.direction() is QBoxLayout.Direction.LeftToRight

    def dress(self, look: Look) -> None:
        """Scale the pages, and see whether both still fit."""
        gutter = look.px(tokens.GUTTER)
        self._table.setContentsMargins(gutter, gutter, gutter, gutter)
        left, right, high = (look.px(size) for size in self._sizes)
        room = self.viewport().width() - 2 * gutter
        if left + right <= room:
            self._pages.setDirection(QBoxLayout.Direction.LeftToRight)
            self._fold.setVisible(True)
            self._left.setFixedWidth(left)
            self._card.setFixedWidth(left + right)
            self._card.setMinimumHeight(high)
        else:
            # the right page is what is typed in: it comes first
            self._pages.setDirection(QBoxLayout.Direction.BottomToTop)
            self._fold.setVisible(False)
            self._left.setMinimumWidth(0)
            self._left.setMaximumWidth(left + right)
            self._card.setFixedWidth(max(1, min(room, right)))
            self._card.setMinimumHeight(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold or unfold."""
        super().resizeEvent(event)
        self.dress(theme.look())
