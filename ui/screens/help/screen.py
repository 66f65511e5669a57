"""Help: every page, found as one types; it opens at the page for the screen that one is on."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout

from ui import theme, tokens
from ui.actions import key_of
from ui.desk import Desk
from ui.help.finding import find
from ui.help.pages import Page, page_for, pages
from ui.language import spoken
from ui.screens.base import Screen, Window
from ui.screens.help.reader import PageReader
from ui.theme import Dressed, Look
from ui.widgets.boxes import Column, Row
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.row_list import ListRow, RowList
from ui.widgets.text_field import TextField

_LIST, _BESIDE = 372, 900  # the list's width; in a narrower window one shows at a time
_STEPS: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_SCROLLS: Final = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class HelpScreen(Screen, Dressed):
    """The search keeps the keyboard: arrows choose a page, Enter goes into it, “/” comes back."""

    title = "Help"
    keys = (("/", "search"), ("↑ ↓", "page"), ("Enter", "go on"), ("Esc", "back"))

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(desk)
        self._window = window
        self._told_in = spoken()
        self._choosing = False  # where one shows at a time: the list, and not the page
        self._trail: list[str] = []  # the pages that links led away from
        self.search = TextField("Search the help", placeholder="Search the help   /")
        self.search.commit_on_enter()
        self.list = RowList("Pages of the help")
        self.reader = PageReader()
        self._none = EmptyState(
            "search",
            "No page has these words",
            explained="Try one word that you see on the screen, such as pump.",
            small=True,
        )
        self.back = Button("Back", sign="arrow-left", key=key_of("back"), kind=Kind.QUIET)
        head = Row(gap=tokens.S2)
        head.add(self.search, stretch=1)
        head.add_level(self.back)
        self._side = Column(gap=tokens.S2)
        self._side.add(head)
        self._side.add(self._none, stretch=1)
        self._side.add(self.list, stretch=1)
        self._card = Card("Page of the help", inset=tokens.S1)
        self._card.add(self.reader, stretch=1)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.addWidget(self._side)
        self._line.addWidget(self._card, 1)
        self._connect()
        self._type()
        self.dress(theme.look())

    def _connect(self) -> None:
        for part in (self.search.editor(), self.list, self.reader):
            part.installEventFilter(self)
        self.search.typed.connect(lambda _text: self._type())
        self.search.committed.connect(self._read)
        self.list.chosen.connect(self._show)
        self.list.opened.connect(lambda _name: self._read())
        self.reader.followed.connect(self._follow)
        self.back.clicked.connect(lambda: self.act("back"))

    # ------------------------------------------------ the list

    def _page(self, name: str) -> Page:
        return next(page for page in pages(spoken()) if page.name == name)

    def _type(self) -> None:
        """What was typed, found; the best page is shown at once."""
        found = find(self.search.text(), spoken())
        searched = bool(self.search.text().strip())
        self.list.show_rows(
            tuple(
                ListRow(one.page.name, one.page.title, "", under=one.line if searched else "")
                for one in found
            )
        )
        self._none.setVisible(not found)
        self._lay_out()
        if found and self.search.text():
            self.list.choose(found[0].page.name)
        if self.search.editor().hasFocus():
            self._turn(choosing=True)

    def _show(self, name: str) -> None:
        if name:
            page = self._page(name)
            self.reader.show_page(page.title, page.text)

    def _turn(self, *, choosing: bool) -> None:
        self._choosing = choosing
        self._lay_out()

    # ------------------------------------------------ the page

    def open_at(self, places: tuple[str, ...]) -> None:
        """At the page for where one was; a search of before is put away."""
        self._trail.clear()
        self.search.clear()
        self._go_to(page_for(places, spoken()).name)
        self._turn(choosing=False)
        self.arrive()

    def _go_to(self, name: str) -> None:
        self.list.choose(name)
        self._show(name)

    def _read(self) -> None:
        """Into the page, where Tab goes along its links."""
        if self.list.current_key():
            self._turn(choosing=False)
            self.reader.setFocus()

    def _follow(self, name: str) -> None:
        """To the page that a link names; Backspace comes back."""
        self._trail.append(self.list.current_key())
        self.search.clear()
        self._go_to(name)
        self._read()

    def _before(self) -> None:
        if self._trail:
            self._go_to(self._trail.pop())

    # ------------------------------------------------ keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows choose a page and page keys scroll it, while the search has the keyboard."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if watched is self.search.editor():
            return self._key_in_search(event)
        if event.text() == "/":
            self._to_search()
            return True
        if watched is self.reader and event.key() == Qt.Key.Key_Backspace:
            self._before()
            return True
        return super().eventFilter(watched, event)

    def _key_in_search(self, event: QKeyEvent) -> bool:
        step = _STEPS.get(Qt.Key(event.key()), 0)
        if step:
            self._turn(choosing=True)
            row = self.list.currentIndex().row() + step
            if 0 <= row < self.list.model().rowCount():
                self.list.choose(self.list.key_at(row))
            return True
        if event.key() in _SCROLLS:
            bar = self.reader.verticalScrollBar()
            back = event.key() == Qt.Key.Key_PageUp
            bar.setValue(bar.value() + (-1 if back else 1) * bar.pageStep())
            return True
        return False

    def _to_search(self) -> None:
        self._turn(choosing=True)
        self.search.setFocus()
        self.search.editor().selectAll()

    # ------------------------------------------------ how it is laid out

    def dress(self, look: Look) -> None:
        """Scale the gutters and the list."""
        gutter = look.px(tokens.GUTTER)
        self._line.setContentsMargins(gutter, gutter, gutter, gutter)
        self._line.setSpacing(gutter)
        if self._told_in != spoken():  # the window was turned to the other language
            self._told_in = spoken()
            self._type()
            self._show(self.list.current_key())
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side, or one at a time."""
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        look = theme.look()
        beside = self.width() >= look.px(_BESIDE)
        ways = QBoxLayout.Direction
        self._line.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
        self._line.setStretch(0, 0 if beside or not self._choosing else 1)
        if beside:
            self._side.setFixedWidth(look.px(_LIST))
        else:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(16_777_215)  # Qt's own word for no limit
        self._card.setVisible(beside or not self._choosing)
        self.list.setVisible((beside or self._choosing) and self._none.isHidden())

    # ------------------------------------------------ what every screen has

    def strip(self) -> tuple[str, str]:
        """What this is, and whence it came."""
        return (self.title, "It lies on this laptop and needs no network")

    def arrive(self) -> None:
        """To the search: a letter typed is looked for at once."""
        self.search.setFocus()

    def act(self, name: str) -> bool:
        """Back to where one was; the key that opened it does the same."""
        if name in ("back", "help"):
            self._window.go_back()
        elif name == "search":
            self._to_search()
        else:
            return False
        return True
