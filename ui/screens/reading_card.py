"""All pages of the report in place, to be read through; Esc goes back to the points."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage

from ui import tokens
from ui.theme import Look
from ui.widgets.boxes import Row
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.page_preview import PagePreview


class ReadingCard(Card):
    """Page Up and Page Down go through them."""

    left = Signal()
    read_through = Signal()

    def __init__(self) -> None:
        self._preview = PagePreview("The report, all pages")
        super().__init__("The report, all pages", inset=tokens.S3)
        self._close = Button("Back to the points", words="Back", key="Esc", kind=Kind.QUIET)
        self._close.set_compact()
        self._close.clicked.connect(self.left)
        self._preview.head().set_right(self._close)
        self._preview.head().set_aside("Page Up, Page Down")
        self._preview.read_through.connect(self.read_through)
        middle = Row()
        middle.add_room()
        middle.add(self._preview, stretch=100)  # all there is, up to its greatest width
        middle.add_room()
        self.add(middle, stretch=1)

    def dress(self, look: Look) -> None:
        """A page wider than this is harder to read, not easier."""
        super().dress(look)
        self._preview.setMaximumWidth(look.px(tokens.PAGE_WIDTH))

    def show_pages(self, pages: tuple[QImage, ...]) -> None:
        """Show these pages from the first; none of them counts as read."""
        self._preview.show_pages(pages)

    def has_been_read(self) -> bool:
        """Whether the end of the last page has been in sight."""
        return self._preview.has_been_read()

    def begin(self) -> None:
        """Puts the keyboard on the pages."""
        self._preview.setFocus()

    def cannot_be_left(self) -> None:
        """There is nothing to go back to: the visit is signed."""
        self._close.hide()

    def leave(self) -> bool:
        """Goes back to the points; False where these pages are not looked at."""
        if not self.isVisible() or self._close.isHidden():
            return False
        self.left.emit()
        return True
