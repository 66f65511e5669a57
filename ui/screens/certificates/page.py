"""How the certificates are laid out: the list at the left, the chosen one or a sheet beside it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from ui import theme, tokens
from ui.actions import key_of
from ui.desk import Desk
from ui.screens.certificates.sheet import ActSheet
from ui.theme import Dressed, Look
from ui.widgets.boxes import Column, Scroller
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Heading
from ui.widgets.column_width import keep_width
from ui.widgets.flow import Flow
from ui.widgets.key_value import FactColumns, KeyValue
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.row_list import RowList
from ui.widgets.trouble import Trouble
from ui.widgets.words import Words

if TYPE_CHECKING:
    from ui.widgets.row_list import ListRow

_WIDTH = 380
_LEAST = 150  # the list is never lower; the page scrolls


class ListCard(Card):
    """Every certificate with how it stands, what asks for one, and the files that go out."""

    def __init__(self) -> None:
        self.list = RowList("Certificates")
        super().__init__("Certificates", inset=tokens.S3)
        self.heading = Heading("Certificates")
        self.warning = Trouble("What ends")
        self._lists = Words(size="small", tone="muted")
        self.sign_list = Button("Sign the list again", sign="list", key=key_of("sign-list"))
        self.trust = Button("Save the trust file", sign="shield-check", key=key_of("trust-file"))
        self.guide = Button("Save the guide for Acrobat", sign="file-text", key=key_of("guide"))
        self.card = Button("Make a card for a new laptop", sign="usb", key=key_of("card"))
        self._ways = (self.trust, self.guide, self.sign_list, self.card)
        for part in (self.heading, self.warning):
            self.add(part)
        self.add(self.list, stretch=1)
        self.add(self._lists)
        for way in self._ways:
            way.set_left()
            self.add(way)

    def dress(self, look: Look) -> None:
        """A few rows are always seen."""
        super().dress(look)
        self.list.setMinimumHeight(look.px(_LEAST))

    def show_all(self, rows: "tuple[ListRow, ...]", *, lists: str, authority: bool) -> None:
        """These rows; the authority's acts only where it is."""
        self.list.show_rows(rows)
        self._lists.setText(lists)
        for way in (self.sign_list, self.card):
            way.setVisible(authority)


class OneCard(Card):
    """The chosen certificate, and what can be done about it."""

    def __init__(self) -> None:
        super().__init__("The chosen certificate", inset=tokens.S4, gap=tokens.S3)
        self._flow = Flow()
        self.heading = Heading("")
        self._said = Words()
        self._facts = Column()
        self.primary = PrimaryButton("Go on", key=key_of("primary"))
        self.renew = Button("Renew", sign="rotate-ccw", key=key_of("renew"))
        self.withdraw = Button("Withdraw", sign="x", key=key_of("withdraw"), kind=Kind.QUIET)
        ways = QWidget()
        ways.setLayout(self._flow)
        for way in (self.primary, self.renew, self.withdraw):
            self._flow.add(way)
        for part in (self.heading, self._said, self._facts, ways):
            self.add(part)
        self.add_room()
        self.dress(theme.look())

    def dress(self, look: Look) -> None:
        """Scale the gaps between the buttons."""
        super().dress(look)
        if self._line.count():  # the parts are there
            self._flow.set_gaps(look.px(tokens.S3), look.px(tokens.S2))

    def show_one(  # noqa: PLR0913 - what it is, and each of its three ways
        self, title: str, said: str, facts: tuple[KeyValue, ...], *, does: str, renews: bool,
        withdraws: bool,
    ) -> None:  # fmt: skip
        """One certificate; a way that is not open is out of sight."""
        self.heading.set_title(title)
        self._said.setText(said)
        self._said.setVisible(bool(said))
        self._facts.empty()
        self._facts.setVisible(bool(facts))
        if facts:
            self._facts.add(FactColumns("How it stands", facts))
        self.primary.set_words(does or "Nothing to do")
        for way, open_ in (
            (self.primary, bool(does)),
            (self.renew, renews),
            (self.withdraw, withdraws),
        ):
            way.setVisible(open_)


class CertificatesPage(Scroller, Dressed):
    """List and card side by side, or one below the other."""

    def __init__(self, desk: Desk) -> None:
        self.card, self.one, self.sheet = ListCard(), OneCard(), ActSheet(desk)
        self.said = Trouble("What came of it")
        self.seen = Button("I have read this", key=key_of("seen"), kind=Kind.QUIET)
        self.seen.set_compact()
        self.said.add(self.seen)
        self.seen.clicked.connect(self.said.settle)
        self._page = QWidget()
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._page)
        main = Column(gap=tokens.GUTTER)
        main.add(self.said)
        for each in (self.one, self.sheet):  # the one out of sight takes no room either
            main.add(each, stretch=1)
        self.sheet.hide()
        self._line.addWidget(self.card)
        self._line.addWidget(main, 1)
        super().__init__("Certificates", self._page)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it takes the focus
        self.setProperty("bare", "true")
        self.dress(theme.look())

    @property
    def asks(self) -> bool:
        """Whether a sheet is open."""
        return not self.sheet.isHidden()

    def open_sheet(self, *, opened: bool) -> None:
        """The sheet, or the chosen certificate."""
        self.one.setVisible(not opened)
        self.sheet.setVisible(opened)

    def dress(self, look: Look) -> None:
        """Two columns, or one where the window is narrow for its letters."""
        gutter = look.px(tokens.GUTTER)
        self._line.setContentsMargins(gutter, gutter, gutter, gutter)
        self._line.setSpacing(gutter)
        beside = self.width() / look.scale >= tokens.MIDDLE
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._line.setDirection(across if beside else down)
        keep_width(self.card, look.px(_WIDTH), fills=not beside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column or two."""
        super().resizeEvent(event)
        self.dress(theme.look())
