"""The clinic's recovery key as the proof for a restore: file, passphrase, and who has it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from ui import tokens
from ui.screens.people.key_file import KeyFile
from ui.widgets.boxes import Column
from ui.widgets.text_field import TextField

if TYPE_CHECKING:
    from pathlib import Path

    from ketachart.charting.restoring import CopyInfo, CopyProof
    from ketachart.clock import Clock

_LETS_IN: Final = "the recovery key unlocks the ledger afterwards too"


class KeyProof(Column):
    """Nobody is let in by it; who restored, and with which key, is kept in the laptop's book."""

    changed = Signal()
    committed = Signal()

    def __init__(self) -> None:
        super().__init__(gap=tokens.S3)
        self.file = KeyFile()
        self.secret = TextField(
            "The recovery key's passphrase", label="The recovery key's passphrase"
        )
        self.secret.hide_letters()
        self.secret.set_hint(_LETS_IN)
        self.name = TextField("Your name", label="Your name")
        self.staff = TextField("Your staff id", label="Your staff id")
        self._fields = (self.secret, self.name, self.staff)
        for part in (self.file, *self._fields):
            self.add(part)
        self.file.changed.connect(self._took)
        for field, after in zip(self._fields, (self.name, self.staff, None), strict=True):
            field.typed.connect(lambda _text: self.changed.emit())
            field.commit_on_enter()
            field.committed.connect(after.setFocus if after is not None else self.committed)

    def _took(self) -> None:
        self.changed.emit()
        if self.file.info is not None:
            self.secret.setFocus()

    def named(self) -> str:
        """Which key it is."""
        info = self.file.info
        return f"recovery key {info.fingerprint[:8]}" if info is not None else "the recovery key"

    def missing(self, copy: CopyInfo | None) -> str:
        """What is still to be said, from the top; empty where nothing is."""
        info = self.file.info
        if info is None:
            return "Choose the recovery key's file"
        if copy is not None and info.fingerprint != copy.recovery:
            return f"Not that key: this backup opens with key {copy.recovery[:8]}"
        if not self.secret.text():
            return "Type the recovery key's passphrase"
        if not self.name.text().strip():
            return "Type your name"
        return self._missing_id(copy)

    def _missing_id(self, copy: CopyInfo | None) -> str:
        typed = self.staff.text().strip()
        if not typed:
            return "Type your staff id"
        people = copy.people if copy is not None else ()
        taken = next((each.name for each in people if each.staff_id == typed), "")
        if taken and taken.casefold() != self.name.text().strip().casefold():
            return f"The staff id {typed} is {taken}'s"
        return ""

    def proving(self, place: Path, copy: CopyInfo, clock: Clock) -> Callable[[], CopyProof]:
        """The work for a worker."""
        from ketachart.charting.restoring import prove_copy_by_recovery, who_restores

        who = who_restores(copy, self.staff.text().strip(), self.name.text().strip())
        content, secret = self.file.content, self.secret.text()
        return lambda: prove_copy_by_recovery(place, copy, content, secret, who=who, clock=clock)

    def begin(self, copy: CopyInfo | None) -> bool:
        """To the first thing that is not answered; whether there was one."""
        info = self.file.info
        if info is None or (copy is not None and info.fingerprint != copy.recovery):
            self.file.setFocus()
            return True
        empty = next((field for field in self._fields if not field.text().strip()), None)
        if empty is not None:
            empty.setFocus()
        return empty is not None

    def forget(self) -> None:
        """Nothing of the key is kept here."""
        self.secret.clear()
        self.file.forget()
