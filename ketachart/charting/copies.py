"""A backup as a list shows it, and the proof that somebody may restore it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from ketachart.charting.people_tasks import WRONG_RECOVERY
from ketachart.clock import Clock
from ketachart.errors import LedgerDamaged, LedgerError
from ketachart.storage import attempts, folder, keyring, recovery
from ketachart.storage import manifest as manifests
from ketachart.storage.fitting import fitting
from ketachart.storage.generations import Found
from ketachart.storage.keyring import Keyring, Person, Unwrapped

_WRONG: Final = (
    "That is not the passphrase of this backup. If yours was changed after it was made, the old "
    "one opens it. Nothing is lost: check Caps Lock and the keyboard, and try again."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyInfo:
    """One backup as a list shows it; ``fault`` says why it cannot be restored, else it is empty.

    ``entries`` is the number of its last entry, ``people`` who may open it with the passphrase of
    that time, ``recovery`` the fingerprint of the recovery key that opens it, if any does.
    """

    item: str
    ledger_id: str
    made_at: datetime | None
    entries: int
    size: int
    program: str
    people: tuple[Person, ...]
    practice: bool
    recovery: str
    fault: str
    found: Found = field(repr=False)

    @classmethod
    def of(cls, found: Found) -> "CopyInfo":
        """What can be told of a backup without a key."""
        manifest, ring = found.manifest, found.keyring
        slots = ring.slots if ring else ()
        return cls(
            item=manifest.item if manifest else "",
            ledger_id=manifest.ledger_id if manifest else "",
            made_at=manifest.made_at if manifest else None,
            entries=manifest.head.seq if manifest else 0,
            size=manifest.size if manifest else 0,
            program=manifest.program if manifest else "",
            people=tuple(slot.person for slot in slots),
            practice=bool(ring and ring.practice),
            recovery=ring.recovery.fingerprint if ring and ring.recovery else "",
            fault=found.fault,
            found=found,
        )


@dataclass(frozen=True, slots=True)
class CopyProof:
    """The backup's key, and that of the ledger that is here, if the same passphrase opens it."""

    copy: Unwrapped
    here: Unwrapped | None


def prove_copy(
    place: Path, copy: CopyInfo, staff_id: str, passphrase: str, clock: Clock
) -> CopyProof:
    """The backup's key, from one person's passphrase of then. Slow: call it from a worker.

    A guess is counted on this laptop, in ``place``: the stick may be write-protected.

    Raises:
        WrongPassphrase: with the wait before the next guess.
        TooSoon: the wait is not over.
        LedgerError: the backup cannot be opened; the sentence says why.
    """
    ring = copy.found.keyring
    if copy.fault or ring is None:
        raise LedgerDamaged(f"{copy.fault} Nothing was changed: choose another backup.")
    ring.slot(staff_id)
    folder.make_private(place)
    with attempts.counted(place, staff_id, clock) as guess:
        keys = keyring.opened(ring, staff_id, passphrase)
        if keys is None:
            raise guess.wrong(_WRONG)
    here = _opened_here(place, ring, lambda own: keyring.opened(own, staff_id, passphrase))
    return CopyProof(_of_copy(copy, keys), here)


def prove_copy_by_recovery(  # noqa: PLR0913 - what is asked of whoever holds the key
    place: Path, copy: CopyInfo, file: bytes, passphrase: str, *, who: Person, clock: Clock
) -> CopyProof:
    """The backup's key, from the clinic's recovery key of then. Slow: call it from a worker.

    Nobody is let in by it: the restored ledger is opened with a passphrase, or with the recovery
    key, which is put in its book. Guesses are counted as in `prove_copy`.

    Raises:
        CannotRead: this is no whole recovery key file.
        WrongPassphrase, TooSoon: it is not the recovery key's passphrase.
        LedgerForeign, LedgerError: the key does not open this backup; the sentence says why.
    """
    ring = copy.found.keyring
    if copy.fault or ring is None:
        raise LedgerDamaged(f"{copy.fault} Nothing was changed: choose another backup.")
    locked = recovery.read(file)
    folder.make_private(place)
    with attempts.counted(place, attempts.RECOVERY, clock) as guess:
        private = locked.opened(passphrase)
        if private is None:
            raise guess.wrong(WRONG_RECOVERY)

    def opened(any_ring: Keyring) -> tuple[Unwrapped, ...]:
        secrets = recovery.secrets_for(any_ring, locked, private)
        return Unwrapped.each_of(secrets, who, any_ring.belonging)

    return CopyProof(_of_copy(copy, opened(ring)), _opened_here(place, ring, opened))


def who_restores(copy: CopyInfo, staff_id: str, name: str) -> Person:
    """Who holds the recovery key, as the book names them: as the backup does, if it knows them."""
    known = (each for each in copy.people if each.staff_id == staff_id)
    return next(known, Person(staff_id, name, ""))


def _of_copy(copy: CopyInfo, keys: Sequence[Unwrapped]) -> Unwrapped:
    """Which of them the backup has: it was sealed with it."""
    sealed = manifests.read(copy.found.folder) or b""
    return manifests.sealed_with(sealed, keys[-1]) or keys[-1]


def _opened_here(
    place: Path, ring: Keyring, opened: Callable[[Keyring], Sequence[Unwrapped] | None]
) -> Unwrapped | None:
    """The key of the ledger that is here, where its keyring is another one than the backup's."""
    try:
        own = Keyring.read(place)
        if own == ring or own.ledger_id != ring.ledger_id:
            return None
        keys = opened(own)
    except LedgerError:
        return None
    if not keys:
        return None
    secret = fitting(place, [key.secret for key in keys])
    return next(key for key in keys if key.secret == secret)
