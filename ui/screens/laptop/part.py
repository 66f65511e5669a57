"""What every part of this screen has: a heading, facts, a row of buttons, and one line of state."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui import tokens
from ui.theme import Look
from ui.widgets.boxes import Column
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Heading
from ui.widgets.flow import Flow
from ui.widgets.key_value import FactColumns, KeyValue

ROOM: Final = 100  # how much of the room to spare a list takes, before what is left empty


class Part(Card):
    """One part; ``changed`` is told when what is known of the laptop is another."""

    changed = Signal()
    stated = Signal()  # its one line of state is another

    def __init__(self, title: str, *, sign: str) -> None:
        self._flow: Flow | None = None
        self._facts_shown: tuple[KeyValue, ...] = ()
        super().__init__(title, inset=tokens.S4, gap=tokens.S3)
        self.title, self.sign = title, sign
        self.heading = Heading(title)
        self.facts = Column()
        self.add(self.heading)

    def show_facts(self, facts: tuple[KeyValue, ...]) -> None:
        """These and no others."""
        if facts == self._facts_shown:
            return
        self._facts_shown = facts
        self.facts.empty()
        self.facts.add(FactColumns(self.title, facts))

    def ways(self, *ways: Button) -> QWidget:
        """Buttons side by side, on as many lines as they need."""
        self._flow = Flow()
        row = QWidget()
        row.setLayout(self._flow)
        for way in ways:
            self._flow.add(way)
        return row

    def dress(self, look: Look) -> None:
        """Scale the gaps between the buttons."""
        super().dress(look)
        if self._flow is not None:
            self._flow.set_gaps(look.px(tokens.S3), look.px(tokens.S2))

    # ------------------------------------------------ what each part says and does

    def renew(self) -> None:
        """As it stands now."""

    def state(self) -> tuple[str, str]:
        """One line and its tone, for the list of parts."""
        return "", "muted"

    def press(self) -> None:
        """What the main button does."""

    def begin(self) -> None:
        """The keyboard goes to what is to be done next."""

    def halt(self) -> None:
        """Stop what runs."""

    def back(self) -> bool:
        """Out of something that was begun here; False where nothing was."""
        return False
