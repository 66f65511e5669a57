"""What is slow when people and their passphrases change: it runs in a worker, and writes nothing.

What a task made is put in place by `PeopleDesk`, on the ledger's own thread.
"""

from dataclasses import dataclass, field, replace
from pathlib import Path

from ketachart.charting.task_words import Told, silent
from ketachart.clock import Clock
from ketachart.domain.facts import NurseRecorded
from ketachart.errors import Refused
from ketachart.storage import attempts, calibrate, recovery
from ketachart.storage.entry import KeptCredential
from ketachart.storage.keyring import Keyring, Person, Slot, Unwrapped, unlock
from ketachart.storage.passphrase import passphrase_fault

WRONG_RECOVERY = (
    "That is not the recovery key's passphrase. Nothing is lost: check Caps Lock and the keyboard, "
    "and try again."
)


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Who is to unlock this ledger from now on, with licence and passphrase."""

    nurse: NurseRecorded
    passphrase: str = field(repr=False)


def require_good(passphrase: str, *about: str) -> None:
    """Lets only a passphrase pass that may be used by that person.

    Raises:
        Refused: the sentence says what is wrong with it.
    """
    fault = passphrase_fault(passphrase, about=about)
    if fault:
        raise Refused(fault, rule="passphrase", field="passphrase")


@dataclass(frozen=True, slots=True)
class Admitted:
    """Somebody's place in the keyring, made and not yet written."""

    nurse: NurseRecorded
    slot: Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class AdmitTask:
    """Somebody is to be let in."""

    ring: Keyring
    proof: Unwrapped
    new: NewPerson

    def work(self, told: Told = silent) -> Admitted:
        """Locks the ledger's key under the new person's passphrase; may run in a worker.

        Raises:
            LedgerError: the laptop has not the memory for it; nothing was changed.
        """
        told("Locking the key away")
        nurse = self.new.nurse
        slot = self.ring.slot_for(
            self.proof,
            Person(nurse.staff_id, nurse.name, nurse.credential),
            passphrase=self.new.passphrase,
            kdf=calibrate.chosen(practice=self.ring.practice),
        )
        return Admitted(nurse, slot)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A new passphrase in the keyring, and the keys that were locked under it anew.

    ``left`` counts the keys that the old passphrase did not open: they keep the one they have.
    """

    slot: Slot
    credentials: tuple[KeptCredential, ...]
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeTask:
    """A passphrase is to be changed."""

    folder: Path
    clock: Clock
    staff_id: str
    old: str = field(repr=False)
    new: str = field(repr=False)
    credentials: tuple[KeptCredential, ...]
    rounds: int

    def work(self, told: Told = silent) -> Changed:
        """Proves the old passphrase and locks everything of hers under the new one.

        May run in a worker.

        Raises:
            WrongPassphrase, TooSoon: the old one is not right; nothing was changed.
            LedgerError: the keyring cannot be read, or the memory is short; nothing was changed.
        """
        from ketachart.report.relocking import relocked

        told("Checking the old passphrase")
        proof = unlock(self.folder, self.staff_id, self.old, self.clock)
        told("Locking the key away")
        ring = Keyring.read(self.folder)
        slot = ring.slot_for(
            proof,
            proof.person,
            passphrase=self.new,
            kdf=calibrate.chosen(practice=ring.practice),
        )
        told("Locking your signing key")
        made = [
            (kept, relocked(kept.pkcs12, self.old, self.new, rounds=self.rounds))
            for kept in self.credentials
        ]
        return Changed(
            slot=slot,
            credentials=tuple(replace(kept, pkcs12=new) for kept, new in made if new),
            left=sum(1 for kept, new in made if not new and kept.holder == self.staff_id),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeRecoveryTask:
    """A recovery key is to be made; nothing of it stays on the laptop but the public half."""

    passphrase: str = field(repr=False)
    practice: bool

    def work(self, told: Told = silent) -> recovery.RecoveryFile:
        """Makes the key and locks it in its file; may run in a worker."""
        told("Making the recovery key")
        cost = calibrate.chosen(practice=self.practice)
        return recovery.make(self.passphrase, kdf=cost, practice=self.practice)


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """The recovery key with that fingerprint was shown to open this ledger."""

    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearseTask:
    """The recovery key is to be tried, and nothing changed."""

    folder: Path
    clock: Clock
    locked: recovery.LockedRecovery
    passphrase: str = field(repr=False)
    proof: Unwrapped

    def work(self, told: Told = silent) -> Rehearsed:
        """Opens the ledger's key with the recovery key and compares; may run in a worker.

        Raises:
            WrongPassphrase, TooSoon: it is not the recovery key's passphrase.
            LedgerForeign, LedgerError: the key would not open this ledger; the sentence says why.
        """
        told("Opening the recovery key")
        secrets = opened_with(self.folder, self.clock, self.locked, self.passphrase)
        if self.proof.secret not in secrets:
            raise recovery.altered()
        return Rehearsed(self.locked.fingerprint)


def opened_with(
    folder: Path, clock: Clock, locked: recovery.LockedRecovery, passphrase: str
) -> tuple[bytes, ...]:
    """The ledger's keys, the oldest first, as the recovery key opens them; guesses are counted.

    Raises:
        WrongPassphrase, TooSoon: it is not the recovery key's passphrase.
        LedgerForeign, LedgerError: the key does not open this ledger.
    """
    ring = Keyring.read(folder)
    with attempts.counted(folder, attempts.RECOVERY, clock) as guess:
        private = locked.opened(passphrase)
        if private is None:
            raise guess.wrong(WRONG_RECOVERY)
    return recovery.secrets_for(ring, locked, private)
