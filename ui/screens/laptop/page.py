"""How this laptop is laid out: its parts with one line of state each, and the chosen one beside."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from ui import theme, tokens
from ui.actions import key_of
from ui.language.saying import say_name
from ui.screens.laptop.part import Part
from ui.theme import Dressed, Look
from ui.widgets.boxes import Column, Scroller
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.column_width import keep_width
from ui.widgets.flow import EvenGrid
from ui.widgets.key_value import KeyValue, KeyValues
from ui.widgets.words import Words

_WIDTH: Final = 250
_SIGNS: Final = {"warn": "triangle-alert", "danger": "octagon-alert"}  # else the part's own


class Parts(QWidget, Dressed):
    """One button for each part, with how it stands; one below the other, or in a row."""

    opened = Signal(int)

    def __init__(self, parts: tuple[Part, ...]) -> None:
        super().__init__()
        self._parts = parts
        say_name(self, "Parts")
        self._grid = EvenGrid(1)
        self.setLayout(self._grid)
        self.buttons = tuple(self._button(place, part.title) for place, part in enumerate(parts))
        for button in self.buttons:
            self._grid.add(button)
        self.dress(theme.look())

    def _button(self, place: int, title: str) -> Button:
        button = Button(title, key=key_of(f"row-{place + 1}"), kind=Kind.QUIET)
        button.setCheckable(True)
        button.set_left()
        button.set_inset(tokens.S3)
        button.clicked.connect(lambda _on: self.opened.emit(place))
        return button

    def show_state(self, place: int, words: str, tone: str) -> None:
        """How one of them stands, in words and with a sign."""
        self.buttons[place].set_words(self._parts[place].title, sub=words)
        own = self._parts[place].sign
        self.buttons[place].set_sign(_SIGNS.get(tone, own), colour=tone if tone in _SIGNS else "")

    def show_chosen(self, place: int) -> None:
        """Which of them is looked at."""
        for other, button in enumerate(self.buttons):
            button.setChecked(other == place)

    def stand(self) -> None:
        """One below the other."""
        self._grid.set_columns(1)

    def lie(self) -> None:
        """Two in a row, where the window is narrow."""
        self._grid.set_columns(2)

    def dress(self, look: Look) -> None:
        """Scale the gaps."""
        self._grid.set_gaps(look.px(tokens.S1), look.px(tokens.S1))


class LaptopPage(Scroller, Dressed):
    """Parts at the left, the chosen one at the right; one below the other where it is narrow."""

    def __init__(self, parts: tuple[Part, ...]) -> None:
        self.parts = Parts(parts)
        self.facts = KeyValues("Battery, disk, place and clock")
        self.privacy = Button("Cover and PIN", sign="eye-off", key=key_of("privacy"))
        self.stack = QStackedWidget()
        for part in parts:
            self.stack.addWidget(part)
        self._side = Column(gap=tokens.GUTTER)
        self._side.add(self.parts)
        self.ways = Column(gap=tokens.S1)  # to what is looked after on screens of its own
        self.people = Button("People", sign="users", key=key_of("people"))
        for way in (self.people, self.privacy):
            way.set_left()
            self.ways.add(way)
        self._side.add(self.ways)
        self._side.add_room()
        self._known = Card("This laptop", inset=tokens.S3, gap=tokens.S1)
        self._known.add(Words("This laptop", size="label", tone="muted", weight=tokens.MEDIUM))
        self._known.add(self.facts)
        self._side.add(self._known)
        self._page = QWidget()
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._page)
        self._line.addWidget(self._side)
        self._line.addWidget(self.stack, 1)
        super().__init__("This laptop", self._page)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it takes the focus
        self.setProperty("bare", "true")
        self.dress(theme.look())

    def show_facts(self, facts: tuple[KeyValue, ...]) -> None:
        """Battery, disk, place and clock, as they are now."""
        self.facts.show_facts(facts)

    def dress(self, look: Look) -> None:
        """Two columns, or one where the window is narrow for its letters."""
        gutter = look.px(tokens.GUTTER)
        self._line.setContentsMargins(gutter, gutter, gutter, gutter)
        self._line.setSpacing(gutter)
        beside = self.width() / look.scale >= tokens.MIDDLE
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._line.setDirection(across if beside else down)
        keep_width(self._side, look.px(_WIDTH), fills=not beside)
        if beside:
            self.parts.stand()
            self._side.add(self._known)
        else:
            self.parts.lie()
            self._line.addWidget(self._known)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column or two."""
        super().resizeEvent(event)
        self.dress(theme.look())
