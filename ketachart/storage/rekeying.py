"""Gives the ledger a new key, so that whoever was shut out opens nothing with an old keyring.

First the ledger is copied whole under the new key; then the keyring learns the way from the old
key to the new one; then the copy takes the ledger's name. A cut at any point leaves a pair that
opens: the keyring leads to both keys, and `fitting` sees which of them the ledger has.
"""

import secrets
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from ketachart.errors import LedgerDamaged, LedgerInUse, Refused
from ketachart.storage import boxes, checkup, vault
from ketachart.storage import folder as place
from ketachart.storage.instance import Hold
from ketachart.storage.keyring import Keyring, Unwrapped
from ketachart.storage.slot import MOST_RENEWALS, SECRET_BYTES, Belonging, Slot
from ketachart.storage.unfolded import log_file

_ALIKE = (
    "SELECT seq, link FROM entry ORDER BY seq DESC LIMIT 1",
    "SELECT * FROM setting ORDER BY key",
    "SELECT * FROM credential ORDER BY serial",
    "SELECT * FROM meta ORDER BY key",
    "SELECT count(*) FROM document",
    "SELECT count(*) FROM body",
    "SELECT count(*) FROM spare",
    "SELECT count(*) FROM departed",
    "SELECT count(*) FROM shelf",
)
"""What must be the same in ledger and copy; the entries rest on the last one's link."""

_SUFFIXES = ("", "-wal", "-shm", "-journal")

CHARTED_SINCE = (
    "Something was charted while the copy was made. Nothing was changed: renew the key again."
)
DAMAGED = (
    "A damaged ledger is given no new key. {fault} Nothing was changed, and the old key counts: "
    "chart on paper, and restore the last good backup."
)
NOT_ALIKE = (
    "The copy under the new key is not like the ledger. Nothing was changed, and the old key "
    "counts: check the ledger, then try again."
)


def as_of(ring: Keyring, unwrapped: Unwrapped) -> Keyring:
    """The keyring without a renewal that was begun after this key, and cut off."""
    secret = unwrapped.secret
    slots = tuple(replace(slot, renewals=boxes.up_to(slot.renewals, secret)) for slot in ring.slots)
    kept = ring.recovery
    box = kept and replace(kept, renewals=boxes.up_to(kept.renewals, secret))
    return replace(ring, slots=slots, recovery=box)


def fresh_key(unwrapped: Unwrapped) -> Unwrapped:
    """A new key and salt for the same ledger, and for the person who unlocked."""
    belonging = Belonging(unwrapped.ledger_id, unwrapped.practice)
    return Unwrapped.of(secrets.token_bytes(SECRET_BYTES), unwrapped.person, belonging)


def require_renewable(ring: Keyring) -> None:
    """Lets only a keyring pass in which everybody can be left a new key.

    Raises:
        Refused: somebody's slot is of the first format, or was left too many keys.
    """
    for slot in ring.slots:
        if not slot.public:
            raise Refused(
                f"{slot.name} has not unlocked since KetaChart was updated. The key can be "
                "renewed once everybody has: let them unlock, or shut them out.",
                rule="slot of the first format",
            )
        if len(slot.renewals) >= MOST_RENEWALS:
            raise Refused(
                f"{slot.name} must choose a new passphrase before the key is renewed again.",
                rule="too many renewals",
            )


def copy_under(
    folder: Path, old: Unwrapped, fresh: Unwrapped, on_progress: Callable[[int, int], None]
) -> None:
    """Copies the ledger whole under its new key; both are read from end to end; on any thread.

    A page that cannot be read is copied as an empty one, and the library says nothing of it: so a
    damaged ledger is given no new key, and the copy is looked at like any ledger.

    Raises:
        LedgerDamaged: the ledger is not whole, or the copy is not.
        LedgerInUse: it is being written without a pause; try again.
        DiskFull, FolderReadOnly, NotSaved, LedgerError: the ledger is as it was.
    """
    forget_copy(folder)
    faults = checkup.examine(folder, old, on_progress)
    if faults:
        raise LedgerDamaged(DAMAGED.format(fault=faults[0].sentence))
    path = place.renewed_file(folder)
    place.create_empty(path)
    vault.copy_pages(
        place.ledger_file(folder),
        path,
        old.key_hex96,
        on_progress,
        target_key_hex96=fresh.key_hex96,
    )
    with place.writing_files(), path.open("rb+") as file:
        place.flush(file.fileno())
    with vault.as_it_stands(path, fresh.key_hex96) as database:
        if checkup.faults_in(database, path, fresh, on_progress):
            raise LedgerDamaged(NOT_ALIKE)


def switch(folder: Path, old: Unwrapped, fresh: Unwrapped) -> None:
    """Puts the copy in the ledger's place; the ledger must be closed.

    Raises:
        LedgerInUse: somebody has it open; nothing was changed.
        Refused: something was charted since, or somebody cannot be left the new key.
        DiskFull, FolderReadOnly, NotSaved, LedgerError: the old key or the new one counts; which
            one is seen at the next unlocking.
    """
    hold = Hold(folder)
    try:
        ledger, copy = place.ledger_file(folder), place.renewed_file(folder)
        for sql in _ALIKE:
            here = vault.bare_rows(ledger, old.key_hex96, sql)
            if here != vault.bare_rows(copy, fresh.key_hex96, sql):
                raise Refused(CHARTED_SINCE, rule="charted since")
        log = log_file(ledger)
        if log.exists() and log.stat().st_size:
            raise LedgerInUse("The ledger is still open. Nothing was changed: close it first.")
        with_new_key(Keyring.read(folder), old, fresh).write(folder)
        place.put_in_place(copy, ledger)
    finally:
        hold.release()


def with_new_key(ring: Keyring, old: Unwrapped, fresh: Unwrapped) -> Keyring:
    """The keyring that leads everybody, and the recovery key, from the old key to the new one.

    Raises:
        LedgerForeign: one of the keys is another ledger's.
        Refused: somebody cannot be left the new key.
    """
    ring.require_own(old)
    ring.require_own(fresh)
    ring = as_of(ring, old)
    require_renewable(ring)

    def led(slot: Slot) -> Slot:
        about = ring.belonging.about(slot.staff_id)
        step = boxes.renewal(old.secret, fresh.secret, slot.public, about=about)
        return replace(slot, renewals=(*slot.renewals, step))

    kept = ring.recovery
    box = kept and kept.renewed(old.secret, fresh.secret, belonging=ring.belonging)
    return replace(ring, slots=tuple(led(slot) for slot in ring.slots), recovery=box)


def forget_copy(folder: Path) -> None:
    """Removes what is left of a copy under a key that never counted."""
    path = place.renewed_file(folder)
    with place.writing_files():
        for suffix in _SUFFIXES:
            path.with_name(path.name + suffix).unlink(missing_ok=True)
