"""What keeps a new ledger from being lost: the recovery key and a place for backups."""

from typing import Final

from PySide6.QtCore import Signal

from ketachart.errors import LedgerError
from ui import tokens
from ui.actions import key_of
from ui.desk import Desk
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.point_row import PointRow
from ui.widgets.words import Words

_KEY: Final = "Opens the charts when every passphrase is forgotten. It is kept elsewhere."
_BACKUP: Final = "A second copy, encrypted, on a stick: this laptop may be lost or break."


class KeptSafe(Card):
    """One row each: what it is for, whether it is there, and the way; ``wanted`` names the act."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__("Before the first patient", gap=tokens.S2)
        self.as_inset()
        self.recovery = Button("Recovery key", words="Make the key", key=key_of("recovery-key"))
        self.backup = Button("Place for backups", words="Choose a place", key=key_of("laptop"))
        self.key_row, self.backup_row = PointRow("Recovery key"), PointRow("Backups")
        self.add(Words("Before the first patient", weight=tokens.SEMIBOLD))
        self.key_row.add_button(self.recovery)
        self.backup_row.add_button(self.backup)
        for row in (self.key_row, self.backup_row):
            self.add(row)
        self._show(key=False, place=False)
        self.recovery.clicked.connect(lambda: self.wanted.emit("recovery"))
        self.backup.clicked.connect(lambda: self.wanted.emit("laptop"))

    def show_desk(self, desk: Desk) -> None:
        """What is there by now; a ledger that cannot be read is told of elsewhere."""
        try:
            people = desk.keeping.people
            key = people.recovery() is not None or people.declined() is not None
            self._show(key=key, place=desk.keeping.backups.place() is not None)
        except LedgerError:
            return

    def _show(self, *, key: bool, place: bool) -> None:
        for row, title, missing, note, done in (
            (self.key_row, "Recovery key", "No recovery key yet", _KEY, key),
            (self.backup_row, "Place for backups", "No place for backups yet", _BACKUP, place),
        ):
            sign = "circle-check" if done else "triangle-alert"
            row.show_point(
                title if done else missing, note=note, sign=sign, tone="ok" if done else "warn"
            )
