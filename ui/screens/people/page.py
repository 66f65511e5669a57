"""How the people are laid out: the list at the left, the chosen one or a sheet beside it."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from ui import theme, tokens
from ui.actions import key_of
from ui.screens.people.sheet import TaskSheet
from ui.theme import Dressed, Look
from ui.widgets.boxes import Column, Scroller
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Heading
from ui.widgets.column_width import keep_width
from ui.widgets.key_value import FactColumns, KeyValue
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.row_list import ListRow, RowList
from ui.widgets.trouble import Trouble
from ui.widgets.ways import Ways
from ui.widgets.words import Words

_WIDTH, _WIDEST = 400, 960  # of the list, and of what is read and typed beside it
_WAYS: Final = {
    "passphrase": ("Change my passphrase", "key-round"),
    "privacy": ("Cover and PIN", "eye-off"),
    "let-in": ("Let in again", "lock-open"),
    "issue": ("Give a certificate", "signature"),
    "certificates": ("Certificates", "shield-check"),
    "shut-out": ("Shut out", "lock"),
    "recovery-key": ("Make a recovery key", "key-round"),
    "try-key": ("Rehearse", "rotate-ccw"),
    "take-key": ("Use one that the clinic has", "folder"),
    "go-without": ("Go without", "x"),
    "new-key": ("Give it a new key", "rotate-ccw"),
}
"""What can be done about a row, by the name of its act."""
_UNBOUND: Final = ("issue", "try-key")  # reached by the main button, or by Tab


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What stands beside the list: the first way is the main button."""

    title: str
    said: str = ""
    facts: tuple[KeyValue, ...] = ()
    ways: tuple[str, ...] = ()


class ListCard(Card):
    """Everybody, the recovery key and the ledger's own key; letting in; where else to look."""

    def __init__(self) -> None:
        super().__init__("People", inset=tokens.S3)
        self.list = RowList("People and keys")
        self.heading = Heading("People")
        self.let_in = Button("Let somebody in", sign="plus", key=key_of("let-in"))
        self.laptop = Button(
            "This laptop", sign="hard-drive", key=key_of("laptop"), kind=Kind.QUIET
        )
        self.add(self.heading)
        self.add(self.list)
        self.add_room()
        for way in (self.let_in, self.laptop):
            way.set_left()
            self.add(way)

    def show_rows(self, rows: tuple[ListRow, ...]) -> None:
        """These rows; the page scrolls, the list does not."""
        self.list.show_rows(rows)
        self.fit()

    def fit(self) -> None:
        """As high as its rows are in the width there is."""
        self.list.setFixedHeight(self.list.height_of_all())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other lines in another width."""
        super().resizeEvent(event)
        self.fit()


class OneCard(Card):
    """The chosen row, and what can be done about it."""

    def __init__(self) -> None:
        super().__init__("The chosen one", inset=tokens.S4, gap=tokens.S3)
        self.heading = Heading("")
        self._said = Words()
        self._facts = Column()
        self.primary = PrimaryButton("Go on", key=key_of("primary"))
        self.buttons: dict[str, Button] = {}
        for act, (words, sign) in _WAYS.items():
            key = "" if act in _UNBOUND else key_of(act)
            self.buttons[act] = Button(words, sign=sign, key=key)
        self.shown = Shown(title="")
        ways = Ways(self.primary, *self.buttons.values())
        for part in (self.heading, self._said, self._facts, ways):
            self.add(part)
        self.add_room()

    def show_one(self, shown: Shown) -> None:
        """This one; a way that is not open is out of sight."""
        self.shown = shown
        self.heading.set_title(shown.title)
        self._said.setText(shown.said)
        self._said.setVisible(bool(shown.said))
        self._facts.empty()
        self._facts.setVisible(bool(shown.facts))
        if shown.facts:
            self._facts.add(FactColumns("How it stands", shown.facts))
        first, rest = shown.ways[:1], shown.ways[1:]
        self.primary.setVisible(bool(first))
        if first:
            self.primary.set_words(_WAYS[first[0]][0])
        for act, button in self.buttons.items():
            button.setVisible(act in rest)


class PeoplePage(Scroller, Dressed):
    """List and card side by side, or one below the other; a sheet takes the card's place."""

    def __init__(self, sheets: tuple[TaskSheet, ...]) -> None:
        self.card, self.one = ListCard(), OneCard()
        self.said = Trouble("What came of it")
        self.sheets = sheets
        self._page = QWidget()
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._page)
        main = self._main = Column(gap=tokens.GUTTER)
        main.add(self.said)
        for each in (self.one, *sheets):
            main.add(each)
            each.setVisible(each is self.one)
        main.add_room()
        self._line.addWidget(self.card)
        self._line.addWidget(main, 1000)
        self._line.addStretch(1)
        super().__init__("People", self._page)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it takes the focus
        self.setProperty("bare", "true")
        # once the list has its height, and the focus was followed
        self.card.list.chosen.connect(lambda _key: QTimer.singleShot(0, self, self.show_chosen))
        self.dress(theme.look())

    def show_chosen(self) -> None:
        """In one column the list does not scroll: the page brings the chosen row into sight."""
        rows = self.card.list
        place = rows.visualRect(rows.currentIndex())
        for corner in (place.bottomLeft(), place.topLeft()):
            point = rows.mapTo(self._page, corner)
            self.ensureVisible(point.x(), point.y(), 0, theme.look().px(tokens.S3))

    @property
    def sheet(self) -> TaskSheet | None:
        """The sheet that is open; None where none is."""
        return next((sheet for sheet in self.sheets if not sheet.isHidden()), None)

    def open_sheet(self, sheet: TaskSheet | None) -> None:
        """This sheet, or the chosen row."""
        for each in self.sheets:
            each.setVisible(each is sheet)
        self.one.setVisible(sheet is None)
        self.verticalScrollBar().setValue(0)

    def dress(self, look: Look) -> None:
        """Two columns, or one where the window is narrow for its letters."""
        gutter = look.px(tokens.GUTTER)
        self._line.setContentsMargins(gutter, gutter, gutter, gutter)
        self._line.setSpacing(gutter)
        beside = self.width() / look.scale >= tokens.MIDDLE
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._line.setDirection(across if beside else down)
        keep_width(self.card, look.px(_WIDTH), fills=not beside)
        self._main.setMaximumWidth(look.px(_WIDEST))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column or two."""
        super().resizeEvent(event)
        self.dress(theme.look())
