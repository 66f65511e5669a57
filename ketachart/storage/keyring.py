"""Keeps the ledger's key locked away, once for each nurse, under her own passphrase."""

import secrets
from dataclasses import dataclass, replace
from pathlib import Path

from ketachart.clock import Clock
from ketachart.errors import LedgerDamaged, LedgerError, LedgerForeign, LedgerMissing, Refused
from ketachart.storage import attempts, keyfile
from ketachart.storage import folder as place
from ketachart.storage.attempts import counted
from ketachart.storage.fitting import fitting
from ketachart.storage.kdf import FAST_FOR_TESTS, STANDARD, KdfParameters
from ketachart.storage.keyfile import Kept
from ketachart.storage.passphrase import passphrase_fault
from ketachart.storage.recovery_slot import RecoverySlot
from ketachart.storage.slot import Belonging, Person, Slot, blank_slot, seal, unseal
from ketachart.storage.unwrapped import Emergency, Unwrapped

__all__ = [
    "FAST_FOR_TESTS",
    "STANDARD",
    "Emergency",
    "KdfParameters",
    "Keyring",
    "Person",
    "Slot",
    "Unwrapped",
    "opened",
    "passphrase_fault",
    "seconds_to_wait",
    "unlock",
]

seconds_to_wait = attempts.seconds_to_wait

_KEY_AND_SALT = (32, 16)  # bytes


@dataclass(frozen=True, slots=True)
class Keyring:
    """Everyone who may unlock the ledger of one laptop; each change gives a new keyring to write.

    ``practice`` marks a ledger that protects nothing and is for tests and practice only.
    """

    ledger_id: str
    practice: bool
    slots: tuple[Slot, ...]
    recovery: RecoverySlot | None = None

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
            dek=secrets.token_bytes(_KEY_AND_SALT[0]),
            salt=secrets.token_bytes(_KEY_AND_SALT[1]),
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
        contents = keyfile.copies(folder)
        if all(content is None for content in contents):
            raise LedgerMissing(
                "There is no keyring in this folder. If a ledger was kept here, restore "
                "keyring.json from the backup; without it the ledger cannot be opened."
            )
        for content in contents:
            kept = None if content is None else keyfile.parsed(content)
            if kept is not None:
                whose = kept.belonging
                return cls(whose.ledger_id, whose.practice, kept.slots, kept.recovery)
        raise LedgerDamaged(
            "Both copies of the keyring are damaged. The ledger itself is untouched: restore "
            "keyring.json from the backup."
        )

    def write(self, folder: Path) -> None:
        """Write both copies, one after the other, each whole or not at all.

        Raises:
            DiskFull, FolderReadOnly, NotSaved: at least one whole copy, old or new, still stands.
        """
        content = keyfile.written(self.kept)
        for path in place.keyring_files(folder):
            place.write_whole(path, content)

    def mend(self, folder: Path) -> None:
        """Write both copies again if either is not this keyring; otherwise write nothing.

        A keyring of format 1 stays as it is until something in it changes.
        """
        if any(
            not content or keyfile.parsed(content) != self.kept
            for content in keyfile.copies(folder)
        ):
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
        return self.with_slot(self.slot_for(unwrapped, person, passphrase=passphrase, kdf=kdf))

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
        return self.with_slot(self.slot_for(unwrapped, old.person, passphrase=passphrase, kdf=kdf))

    def locked_anew(
        self, unwrapped: Unwrapped, *, passphrase: str, kdf: KdfParameters = STANDARD
    ) -> "Keyring":
        """The slot of the person who unlocked, under the same passphrase but at this cost.

        It brings a slot of format 1 its own key pair, too. Call it only with the passphrase that
        just opened the slot.

        Raises:
            LedgerForeign: the session belongs to another ledger.
        """
        old = self.slot(unwrapped.person.staff_id)
        blank = blank_slot(old.person, epoch=old.epoch, cost=kdf)
        return self.with_slot(self._locked(blank, unwrapped, passphrase))

    def with_slot(self, slot: Slot) -> "Keyring":
        """The keyring with that slot in the place of the same person's, or as one more.

        A slot is made slowly, in a worker, and put in place on the ledger's own thread.
        """
        others = {each.staff_id: each for each in self.slots}
        return replace(self, slots=tuple({**others, slot.staff_id: slot}.values()))

    def slot_for(
        self, unwrapped: Unwrapped, person: Person, *, passphrase: str, kdf: KdfParameters
    ) -> Slot:
        """A slot of that person, new or to stand in the place of hers; nothing is changed yet.

        Raises:
            Refused: the passphrase will not do.
            LedgerForeign: the session belongs to another ledger.
        """
        epochs = [each.epoch for each in self.slots if each.staff_id == person.staff_id]
        blank = blank_slot(person, epoch=max(epochs, default=0) + 1, cost=kdf)
        fault = passphrase_fault(passphrase)
        if fault is not None:
            raise Refused(fault, rule="passphrase", field="passphrase")
        return self._locked(blank, unwrapped, passphrase)

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

    @property
    def belonging(self) -> Belonging:
        """What every slot and box is bound to."""
        return Belonging(self.ledger_id, self.practice)

    @property
    def kept(self) -> Kept:
        """Everything that its file holds."""
        return Kept(self.belonging, self.slots, self.recovery)

    def _locked(self, blank: Slot, unwrapped: Unwrapped, passphrase: str) -> Slot:
        self.require_own(unwrapped)
        if not blank.cost.fits(practice=self.practice):
            raise ValueError("these parameters are too weak, or too costly, for this keyring")
        return seal(blank, unwrapped.secret, passphrase=passphrase, belonging=self.belonging)

    def require_own(self, unwrapped: Unwrapped) -> None:
        """Let only a session of this very ledger pass.

        Raises:
            LedgerForeign: the session belongs to another ledger.
        """
        if unwrapped.ledger_id != self.ledger_id:
            raise LedgerForeign(
                "This keyring belongs to another ledger. Nothing was changed: restore both from "
                "the same backup."
            )


def opened(keyring: Keyring, staff_id: str, passphrase: str) -> tuple[Unwrapped, ...] | None:
    """The ledger's key, after the ones it had before; None where the passphrase is wrong.

    Nothing is read, counted or written: also for the keyring of a backup.

    Raises:
        LedgerError: she is not enrolled, or the keyring was altered.
    """
    slot = keyring.slot(staff_id)
    found = unseal(slot, passphrase, belonging=keyring.belonging)
    if found is None:
        return None
    return Unwrapped.each_of(found, slot.person, keyring.belonging)


def unlock(folder: Path, staff_id: str, passphrase: str, clock: Clock) -> Unwrapped:
    """Open one person's slot. Slow on purpose: not on the window's thread.

    The guess is counted on the disk before it is made. A right passphrase clears the count, and
    makes both copies of the keyring whole again if one was not.

    Raises:
        WrongPassphrase: nothing was changed; ``wait_s`` says when to try again.
        TooSoon: the wait after earlier guesses is not over.
        LedgerMissing, LedgerDamaged, LedgerNewer, LedgerError: see ``Keyring.read`` and ``slot``.
        DiskFull, FolderReadOnly, NotSaved: the guess could not be counted.
    """
    keyring = Keyring.read(folder)
    keyring.slot(staff_id)
    with counted(folder, staff_id, clock) as guess:
        found = opened(keyring, staff_id, passphrase)
        if found is None:
            raise guess.wrong(
                "That is not the passphrase. Nothing is lost: check Caps Lock and the keyboard, "
                "and try again."
            )
    keyring.mend(folder)
    secret = fitting(folder, [each.secret for each in found])
    return next(each for each in found if each.secret == secret)
