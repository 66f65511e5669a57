"""The offer at the end of first start: a practice visit, before the first patient."""

from typing import Final

from PySide6.QtCore import Signal

from ui import tokens
from ui.actions import key_of
from ui.widgets.boxes import Row
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.words import Words

_SAID: Final = (
    "A made-up patient in a throw-away clinic, with the next step said at the top. Nothing of it "
    "is kept, and your ledger is locked meanwhile; unlock it afterwards with your passphrase."
)


class PractiseFirst(Card):
    """One button; ``wanted`` names the act of the window."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__("Practise first", gap=tokens.S2)
        self.as_inset()
        self.open = Button(
            "Open a practice visit", sign="clipboard-list", key=key_of("practice")
        )
        self.open.clicked.connect(lambda: self.wanted.emit("practice"))
        self.add(Words("Practise first", weight=tokens.SEMIBOLD))
        self.add(Words(_SAID, size="small", tone="muted"))
        line = Row()
        line.add(self.open)
        line.add_room()
        self.add(line)
