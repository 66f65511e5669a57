"""What keeps a new ledger from being lost: the recovery key and a place for backups."""

from typing import Final

from PySide6.QtCore import Signal

from ui import tokens
from ui.actions import key_of
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.ways import Ways
from ui.widgets.words import Words

_SAID: Final = (
    "Without a recovery key, charts stay closed for ever once every passphrase is forgotten. "
    "Without a place for backups, what is on this laptop is gone with it. Both can be done later, "
    "under People and This laptop; charting does not wait for them."
)


class KeptSafe(Card):
    """Two ways, each to its own screen and back; ``wanted`` names the act of the window."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__("Before the first patient", gap=tokens.S2)
        self.as_inset()
        self.recovery = Button("Recovery key", sign="key-round", key=key_of("people"))
        self.backup = Button("Place for backups", sign="usb", key=key_of("laptop"))
        self.add(Words("Before the first patient", weight=tokens.SEMIBOLD))
        self.add(Words(_SAID, size="small", tone="muted"))
        self.add(Ways(self.recovery, self.backup))
        self.recovery.clicked.connect(lambda: self.wanted.emit("recovery"))
        self.backup.clicked.connect(lambda: self.wanted.emit("laptop"))
