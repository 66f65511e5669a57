"""The report as it will print: its first page at a glance, how many pages, and Read."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage

from ketachart.domain.wording import count
from ui import tokens
from ui.actions import key_of
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Heading
from ui.widgets.first_page import FirstPage
from ui.widgets.trouble import Trouble


class PreviewCard(Card):
    """``read_wanted`` asks for the pages in full."""

    read_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("The report as it will print", inset=tokens.S3)
        self._heading = Heading("Report")
        self.read = Button("Read", sign="file-text", key=key_of("read"))
        self.read.set_compact()
        self.read.clicked.connect(self.read_wanted)
        self._heading.set_right(self.read)
        self.page = FirstPage("First page of the report")
        self._trouble = Trouble("Why there is no preview")
        self.add(self._heading)
        self.add(self._trouble)
        self.add(self.page, stretch=1)
        self.show_pages((), read=False)

    def show_pages(self, pages: tuple[QImage, ...], *, read: bool) -> None:
        """Show the first of these pages; none means that they are being drawn."""
        self._trouble.settle()
        self.page.show_page(pages[0] if pages else QImage())
        self.read.setEnabled(bool(pages))
        if not pages:
            self._heading.set_title("Report")
            self._heading.set_aside("is being drawn")
            return
        said = "read" if read else "not read yet"
        self._heading.set_title(count(len(pages), "page"))
        self._heading.set_aside(said)

    def show_front(self, page: QImage, pages: int) -> None:
        """Show the first page; so many there will be, and they cannot be read yet."""
        self._trouble.settle()
        self.page.show_page(page)
        self.read.setEnabled(False)
        self._heading.set_title(count(pages, "page"))
        self._heading.set_aside("being drawn")

    def say_why_not(self, sentence: str) -> None:
        """The report could not be drawn."""
        self._heading.set_title("Report")
        self._heading.set_aside("")
        self._trouble.say("There is no preview", sentence)
