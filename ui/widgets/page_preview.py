"""The pages of the report as they will print, to be read before signing; dimmed in a dim room."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui import theme, tokens
from ui.language.saying import say_name
from ui.theme import Dressed, Look
from ui.widgets.boxes import Column, Scroller
from ui.widgets.card import Heading


def dimmed(page: QImage, *, paper: QColor, ink: QColor) -> QImage:
    """The page with its white shown as ``paper`` and its black as ``ink``; greys lie between."""
    grey = page.convertToFormat(QImage.Format.Format_Grayscale8)
    grey.reinterpretAsFormat(QImage.Format.Format_Indexed8)
    ends = ((ink.red(), paper.red()), (ink.green(), paper.green()), (ink.blue(), paper.blue()))
    grey.setColorTable(
        [
            QColor(*(dark + (bright - dark) * level // 255 for dark, bright in ends)).rgb()
            for level in range(256)
        ]
    )
    return grey.convertToFormat(QImage.Format.Format_RGB32)


class _Page(QWidget, Dressed):
    """One page, as wide as there is room."""

    def __init__(self, page: QImage, name: str) -> None:
        super().__init__()
        say_name(self, name)
        self._page = page
        self._shown = QImage()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(1, width * self._page.height() // max(1, self._page.width()))

    def dress(self, look: Look) -> None:
        del look  # asked for when it is painted
        self._shown = QImage()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        ratio = self.devicePixelRatioF()
        size = self.size() * ratio
        if self._shown.size() != size:
            smooth = Qt.TransformationMode.SmoothTransformation
            scaled = self._page.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
            look = theme.look()
            if look.name != "light":
                scaled = dimmed(scaled, paper=look.colour("field"), ink=look.colour("text"))
            scaled.setDevicePixelRatio(ratio)
            self._shown = scaled
        painter = QPainter(self)
        painter.drawImage(0, 0, self._shown)
        painter.end()
        event.accept()


class PagePreview(QWidget, Dressed):
    """Pages one below the other with *Page 1 of 4* above; Page Up and Page Down go through them."""

    page_reached = Signal(int)  # the page that is in sight, counted from 1
    read_through = Signal()  # once, when the end of the last page has been in sight

    def __init__(self, name: str) -> None:
        super().__init__()
        say_name(self, name)
        self._pages: list[_Page] = []
        self._at = 0
        self._read = False
        self._head = Heading("No pages yet")
        self._sheet = Column(gap=tokens.S3)
        self._scroller = Scroller(name, self._sheet)
        self._scroller.verticalScrollBar().valueChanged.connect(self._look_where)
        self._scroller.verticalScrollBar().rangeChanged.connect(self._look_where)
        self._line = QVBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.addWidget(self._head)
        self._line.addWidget(self._scroller, 1)
        self._scroller.setMinimumHeight(1)  # in a low window the heading keeps its height
        self.setFocusProxy(self._scroller)
        self.dress(theme.look())

    def show_pages(self, pages: tuple[QImage, ...]) -> None:
        """Show these pages, from the first; none of them counts as read."""
        self._sheet.empty()
        self._pages = [
            _Page(page, f"Page {n} of {len(pages)}") for n, page in enumerate(pages, start=1)
        ]
        for page in self._pages:
            self._sheet.add(page)
        self._sheet.add_room()
        self._at, self._read = 0, False
        self._scroller.verticalScrollBar().setValue(0)
        self._look_where()

    def head(self) -> Heading:
        """The line above, to put a button at its right."""
        return self._head

    def page_count(self) -> int:
        """How many pages there are."""
        return len(self._pages)

    def has_been_read(self) -> bool:
        """Whether the end of the last page has been in sight."""
        return self._read

    def showEvent(self, event: QShowEvent) -> None:
        """What is in sight at once counts as seen."""
        super().showEvent(event)
        self._look_where()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More may have come into sight."""
        super().resizeEvent(event)
        self._look_where()

    def dress(self, look: Look) -> None:
        """Scale the gap."""
        self._line.setSpacing(look.px(tokens.S2))

    def _look_where(self) -> None:
        if not self._pages:
            self._head.set_title("No pages yet")
            return
        bar = self._scroller.verticalScrollBar()
        middle = bar.value() + self._scroller.viewport().height() // 2
        at = sum(top <= middle for top in self._tops()[:-1]) or 1
        self._head.set_title(f"Page {at} of {len(self._pages)}")
        if at != self._at:
            self._at = at
            self.page_reached.emit(at)
        foot = bar.value() + self._scroller.viewport().height()
        if self.isVisible() and not self._read and foot >= self._tops()[-1]:
            self._read = True
            self.read_through.emit()

    def _tops(self) -> list[int]:
        """Where each page begins and the last one ends, worked out and not asked of the layout.

        The scroll bar speaks before the layout has put the pages where they belong.
        """
        gap, tops = theme.look().px(tokens.S3), [0]
        for page in self._pages:
            tops.append(tops[-1] + page.heightForWidth(self._sheet.width()) + gap)
        tops[-1] -= gap
        return tops
