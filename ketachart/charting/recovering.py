"""Opens a ledger with the clinic's recovery key, when nobody there knows a passphrase.

Emergency access (45 CFR 164.312(a)(2)(ii)): whoever comes in this way says who and why, and the
ledger's book says so before anything else can be done. The person is given a new passphrase; a
signing key that the old one locked stays locked, and the clinic issues a new certificate.
"""

from dataclasses import dataclass, field, replace
from pathlib import Path

from ketachart.charting.people_office import Office
from ketachart.charting.people_tasks import opened_with, require_good
from ketachart.charting.task_words import Told, silent
from ketachart.clock import Clock
from ketachart.domain.facts import NurseRecorded
from ketachart.domain.facts.safekeeping import EmergencyAccess
from ketachart.errors import Refused
from ketachart.storage import attempts, calibrate, recovery
from ketachart.storage.fitting import fitting
from ketachart.storage.keyring import Emergency, Keyring, Person, Unwrapped

NO_SIGNING_KEY = (
    "You may chart at once. Your old signing key stays locked with the passphrase that nobody "
    "knows: ask the clinic for a new certificate before you sign."
)


@dataclass(frozen=True, slots=True)
class RecoveryFileInfo:
    """What a recovery key file says of itself without its passphrase."""

    fingerprint: str


def read_recovery_file(content: bytes) -> RecoveryFileInfo:
    """Which recovery key a file holds.

    Raises:
        CannotRead: it is no recovery key file, or was damaged.
    """
    return RecoveryFileInfo(recovery.read(content).fingerprint)


def recovery_of(folder: Path) -> str:
    """The fingerprint of the recovery key that opens the ledger there; empty where it has none.

    Raises:
        LedgerError: the keyring cannot be read.
    """
    kept = Keyring.read(folder).recovery
    return kept.fingerprint if kept else ""


def seconds_to_wait(folder: Path, clock: Clock) -> int:
    """How long the next guess at the recovery key's passphrase has to wait, seconds."""
    return attempts.seconds_to_wait(folder, attempts.RECOVERY, clock)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoverTask:
    """Somebody holds the clinic's recovery key, and is to be given a new passphrase.

    ``nurse`` is given for somebody whose licence is not on file in this ledger.
    """

    folder: Path
    clock: Clock
    file: bytes = field(repr=False)
    passphrase: str = field(repr=False)
    staff_id: str
    name: str
    new_passphrase: str = field(repr=False)
    reason: str
    credential: str = ""
    nurse: NurseRecorded | None = None

    def work(self, told: Told = silent) -> Unwrapped:
        """The ledger's key, with what is to be put in its book; may run in a worker.

        Nothing is changed but the count of guesses: the new passphrase counts once `enter` has
        put the emergency access in the book.

        Raises:
            Refused: who, why or the new passphrase are missing or will not do.
            CannotRead: this is no whole recovery key file.
            WrongPassphrase, TooSoon: it is not the recovery key's passphrase.
            LedgerForeign, LedgerError: the key does not open this ledger; the sentence says why.
        """
        self._require_said()
        locked = recovery.read(self.file)
        told("Opening the recovery key")
        secrets = opened_with(self.folder, self.clock, locked, self.passphrase)
        ring = Keyring.read(self.folder)
        person = next(
            (slot.person for slot in ring.slots if slot.staff_id == self.staff_id),
            Person(self.staff_id, self.name, self.credential),
        )
        proof = Unwrapped.of(fitting(self.folder, secrets), person, ring.belonging)
        told("Locking the key away")
        slot = ring.slot_for(
            proof,
            person,
            passphrase=self.new_passphrase,
            kdf=calibrate.chosen(practice=ring.practice),
        )
        used = Emergency(
            name=self.name,
            reason=self.reason,
            fingerprint=locked.fingerprint,
            slot=slot,
            nurse=self.nurse,
        )
        return Unwrapped.of(proof.secret, person, ring.belonging, emergency=used)

    def _require_said(self) -> None:
        for name, value, asked in (
            ("staff_id", self.staff_id, "your staff id"),
            ("name", self.name, "your name"),
            ("reason", self.reason, "why you open the ledger with the recovery key"),
        ):
            if not value.strip():
                raise Refused(
                    f"Say {asked}: it is kept.", rule="emergency without reason", field=name
                )
        require_good(self.new_passphrase, self.name, self.staff_id)


def take_in(office: Office, used: Emergency) -> None:
    """Puts the emergency access in the book, and only then the new passphrase in the keyring.

    Raises:
        Refused, LedgerError: nobody was let in; close the ledger again.
    """
    if used.nurse is not None:
        office.register(replace(used.nurse, at=office.time.now()))
    office.keeping.record(
        EmergencyAccess(
            at=office.time.now(),
            staff_id=used.slot.staff_id,
            name=used.name,
            reason=used.reason,
            fingerprint=used.fingerprint,
        )
    )
    Keyring.read(office.folder).with_slot(used.slot).write(office.folder)
