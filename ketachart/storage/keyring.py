"""Keeps the ledger's key locked away, once for each nurse, under her own passphrase."""

import secrets
from dataclasses import dataclass, field, replace
from pathlib import Path

from ketachart.clock import Clock
from ketachart.errors import (
    FolderReadOnly,
    LedgerDamaged,
    LedgerError,
    LedgerForeign,
    LedgerMissing,
    Refused,
    TooSoon,
    WrongPassphrase,
)
from ketachart.storage import attempts, keyfile
from ketachart.storage import folder as place
from ketachart.storage.kdf import FAST_FOR_TESTS, STANDARD, KdfParameters
from ketachart.storage.passphrase import passphrase_fault
from ketachart.storage.slot import Belonging, Person, Slot, blank_slot, seal, unseal

__all__ = [
    "FAST_FOR_TESTS",
    "STANDARD",
    "KdfParameters",
    "Keyring",
    "Person",
    "Slot",
    "Unwrapped",
    "passphrase_fault",
    "seconds_to_wait",
    "unlock",
]

seconds_to_wait = attempts.seconds_to_wait

_DEK_BYTES = 32
_SALT_BYTES = 16
_FIRST_EPOCH = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Unwrapped:
    """The ledger's key in the open, and whose passphrase opened it; keep it in memory only."""

    ledger_id: str
    practice: bool
    person: Person
    dek: bytes = field(repr=False)
    salt: bytes = field(repr=False)

    @property
    def key_hex96(self) -> str:
        """Key and salt as SQLCipher takes them: 96 hex digits.

        With the salt from here a torn first page costs nothing; with the salt from the file it
        cost the whole ledger (storage.md, section 3.4).
        """
        return self.dek.hex() + self.salt.hex()


@dataclass(frozen=True, slots=True)
class Keyring:
    """Everyone who may unlock the ledger of one laptop; each change gives a new keyring to write.

    ``practice`` marks a ledger that protects nothing and is for tests and practice only.
    """

    ledger_id: str
    practice: bool
    slots: tuple[Slot, ...]

    @classmethod
    def create(
        cls,
        ledger_id: str,
        *,
        person: Person,
        passphrase: str,
        kdf: KdfParameters = STANDARD,
    ) -> "tuple[Keyring, Unwrapped]":
        """A new ledger's key, and the keyring in which its first nurse can open it.

        Made with ``FAST_FOR_TESTS`` it is a practice keyring. Nothing is written yet.

        Raises:
            Refused: the passphrase or the staff id will not do.
        """
        unwrapped = Unwrapped(
            ledger_id=ledger_id,
            practice=kdf == FAST_FOR_TESTS,
            person=person,
            dek=secrets.token_bytes(_DEK_BYTES),
            salt=secrets.token_bytes(_SALT_BYTES),
        )
        empty = cls(ledger_id=ledger_id, practice=unwrapped.practice, slots=())
        return empty.add_slot(unwrapped, person=person, passphrase=passphrase, kdf=kdf), unwrapped

    @classmethod
    def read(cls, folder: Path) -> "Keyring":
        """The keyring of a folder; if its file is damaged, the second copy.

        Raises:
            LedgerMissing: there is no keyring.
            FolderReadOnly: it may not be read.
            LedgerDamaged: neither copy is whole.
            LedgerNewer: it was written by a newer KetaChart.
        """
        contents = [_content(path) for path in place.keyring_files(folder)]
        if all(content is None for content in contents):
            raise LedgerMissing(
                "There is no keyring in this folder. If a ledger was kept here, restore "
                "keyring.json from the backup; without it the ledger cannot be opened."
            )
        for content in contents:
            told = None if content is None else keyfile.parsed(content)
            if told is not None:
                belonging, slots = told
                return cls(belonging.ledger_id, belonging.practice, slots)
        raise LedgerDamaged(
            "Both copies of the keyring are damaged. The ledger itself is untouched: restore "
            "keyring.json from the backup."
        )

    def write(self, folder: Path) -> None:
        """Write both copies, one after the other, each whole or not at all.

        Raises:
            DiskFull, FolderReadOnly, NotSaved: at least one whole copy, old or new, still stands.
        """
        content = keyfile.written(self._belonging(), self.slots)
        for path in place.keyring_files(folder):
            place.write_whole(path, content)

    def mend(self, folder: Path) -> None:
        """Write both copies again if either is not this keyring; otherwise write nothing."""
        content = keyfile.written(self._belonging(), self.slots)
        if any(_content(path) != content for path in place.keyring_files(folder)):
            self.write(folder)

    def slot(self, staff_id: str) -> Slot:
        """The slot of one person.

        Raises:
            LedgerError: she is not enrolled on this laptop.
        """
        for slot in self.slots:
            if slot.staff_id == staff_id:
                return slot
        raise LedgerError(
            "This person is not enrolled on this laptop. Nothing was changed: choose another name, "
            "or let a colleague who can unlock add her."
        )

    def add_slot(
        self,
        unwrapped: Unwrapped,
        *,
        person: Person,
        passphrase: str,
        kdf: KdfParameters = STANDARD,
    ) -> "Keyring":
        """Let one more person unlock, from a session that is unlocked.

        Raises:
            Refused: the passphrase will not do, or the staff id is empty or enrolled already.
            LedgerForeign: the session belongs to another ledger.
        """
        if not person.staff_id.strip() or not person.name.strip():
            sentence = "Give both the staff id and the name."
            raise Refused(sentence, rule="slot-name", field="staff_id")
        if any(slot.staff_id == person.staff_id for slot in self.slots):
            sentence = "This staff id is enrolled already; remove it first."
            raise Refused(sentence, rule="slot-taken", field="staff_id")
        blank = blank_slot(person, epoch=_FIRST_EPOCH, cost=kdf)
        return replace(self, slots=(*self.slots, self._sealed(blank, unwrapped, passphrase)))

    def change_passphrase(
        self, unwrapped: Unwrapped, *, passphrase: str, kdf: KdfParameters = STANDARD
    ) -> "Keyring":
        """Seal the slot of the person who unlocked under a new passphrase; the ledger stays as is.

        Ask for the old one with ``unlock`` first, which also counts the guesses. A copy of the old
        keyring still opens with the old passphrase.

        Raises:
            Refused: the passphrase will not do.
            LedgerForeign: the session belongs to another ledger.
        """
        old = self.slot(unwrapped.person.staff_id)
        person = Person(old.staff_id, old.name, old.credential)
        new = self._sealed(blank_slot(person, epoch=old.epoch + 1, cost=kdf), unwrapped, passphrase)
        return replace(self, slots=tuple(new if slot is old else slot for slot in self.slots))

    def remove_slot(self, staff_id: str) -> "Keyring":
        """Let a person unlock no longer; what she charted stays.

        Raises:
            LedgerError: she is not enrolled.
            Refused: hers is the only slot, and without one the ledger would be lost.
        """
        leaving = self.slot(staff_id)
        if len(self.slots) == 1:
            raise Refused(
                "She is the only one who can unlock this ledger. Add another person first.",
                rule="last-slot",
                field="staff_id",
            )
        return replace(self, slots=tuple(slot for slot in self.slots if slot is not leaving))

    def _belonging(self) -> Belonging:
        return Belonging(self.ledger_id, self.practice)

    def _sealed(self, blank: Slot, unwrapped: Unwrapped, passphrase: str) -> Slot:
        if unwrapped.ledger_id != self.ledger_id:
            raise LedgerForeign("This keyring belongs to another ledger. Nothing was changed.")
        fault = passphrase_fault(passphrase)
        if fault is not None:
            raise Refused(fault, rule="passphrase", field="passphrase")
        if not blank.cost.fits(practice=self.practice):
            raise ValueError("these parameters are too weak, or too costly, for this keyring")
        secret = unwrapped.dek + unwrapped.salt
        return seal(blank, secret, passphrase=passphrase, belonging=self._belonging())


def unlock(folder: Path, staff_id: str, passphrase: str, clock: Clock) -> Unwrapped:
    """Open one person's slot. Takes about 0.4 s with the standard cost: not on the window's thread.

    The guess is counted on the disk before it is made. A right passphrase clears the count, and
    makes both copies of the keyring whole again if one was not.

    Raises:
        WrongPassphrase: nothing was changed; ``wait_s`` says when to try again.
        TooSoon: the wait after earlier guesses is not over.
        LedgerMissing, LedgerDamaged, LedgerNewer, LedgerError: see ``Keyring.read`` and ``slot``.
        DiskFull, FolderReadOnly, NotSaved: the guess could not be counted.
    """
    keyring = Keyring.read(folder)
    slot = keyring.slot(staff_id)
    wait_s = attempts.seconds_to_wait(folder, staff_id, clock)
    if wait_s:
        raise TooSoon(f"Wait {wait_s} seconds, then try again. Nothing is lost.", wait_s=wait_s)
    failures = attempts.count_one(folder, staff_id, clock)
    secret = unseal(slot, passphrase, belonging=Belonging(keyring.ledger_id, keyring.practice))
    if secret is None:
        raise WrongPassphrase(
            "That is not the passphrase. Nothing is lost: check Caps Lock and the keyboard, and "
            "try again.",
            wait_s=attempts.wait_after(failures),
        )
    attempts.forget(folder, staff_id)
    keyring.mend(folder)
    return Unwrapped(
        ledger_id=keyring.ledger_id,
        practice=keyring.practice,
        person=Person(slot.staff_id, slot.name, slot.credential),
        dek=secret[:_DEK_BYTES],
        salt=secret[_DEK_BYTES:],
    )


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except PermissionError as error:
        raise FolderReadOnly(place.READ_ONLY) from error
    except OSError:
        # There, but the disk cannot read it: the same as damaged, so that the other copy is tried.
        return b""
