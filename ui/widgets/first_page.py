"""The top of the report's first page, as wide as there is room: a glance, not to be read."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme, tokens
from ui.language.saying import say_name
from ui.theme import Dressed, Look
from ui.widgets.page_preview import dimmed


class FirstPage(QWidget, Dressed):
    """What does not fit below is left out; nothing is shown until there is a page."""

    def __init__(self, name: str) -> None:
        super().__init__()
        say_name(self, name)
        self._page = QImage()
        self._shown = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.dress(theme.look())

    def show_page(self, page: QImage) -> None:
        """Show this page from now on; an empty one shows nothing."""
        self._page, self._shown = page, QImage()
        self.update()

    def sizeHint(self) -> QSize:
        """Half a page high."""
        wide = theme.look().px(tokens.QUESTION_ROOM)
        return QSize(wide, wide * 2 // 3)

    def dress(self, look: Look) -> None:
        """Room enough to know the page by."""
        self._shown = QImage()
        self.setMinimumSize(look.px(tokens.QUESTION_ROOM) // 2, look.px(tokens.TARGET))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The page in the screen's own light, cut at the lower edge."""
        if self._page.isNull():
            return
        ratio = self.devicePixelRatioF()
        wide = round(self.width() * ratio)
        if self._shown.width() != wide:
            self._shown = self._drawn(wide, ratio)
        painter = QPainter(self)
        high = min(round(self.height() * ratio), self._shown.height())
        painter.drawImage(0, 0, self._shown, 0, 0, wide, high)
        painter.setPen(theme.look().colour("line"))
        painter.drawRect(QRect(0, 0, self.width() - 1, round(high / ratio) - 1))
        painter.end()
        event.accept()

    def _drawn(self, wide: int, ratio: float) -> QImage:
        look = theme.look()
        page = self._page.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation)
        if look.name != "light":
            page = dimmed(page, paper=look.colour("field"), ink=look.colour("muted"))
        page.setDevicePixelRatio(ratio)
        return page
