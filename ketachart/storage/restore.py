"""Makes a ledger again from a backup, and takes over what was charted after it.

Everything is made beside the ledger that is there, which stays as it is until the new one is whole
(``putting_back.py``); a whole copy of it is kept in any case (``keeping_aside.py``).
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ketachart.errors import DiskFull, LedgerDamaged, LedgerError, LedgerForeign, LedgerMissing
from ketachart.storage import checkup, keeping_aside, putting_back, records, schema, stick
from ketachart.storage import folder as place
from ketachart.storage import manifest as manifests
from ketachart.storage.entry import Draft, Head, Row
from ketachart.storage.generations import Found
from ketachart.storage.instance import Hold
from ketachart.storage.keyring import Keyring, Unwrapped
from ketachart.storage.manifest import Manifest
from ketachart.storage.regaining import Regained, Shelve, regain
from ketachart.storage.vault import Database, open_database, translated

Progress = Callable[[int, int], None]
"""Told how many steps of a hundred are done; what it raises breaks the restore off."""

_STEPS, _COPIED = 100, 40
_OLD = "old"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be restored: into which folder, from which backup, with whose key.

    ``here`` is the key of the ledger that is there now, where it has another. ``told_of`` gives
    the entry that the restored ledger keeps about itself; ``stays`` are the kinds of entry whose
    content stays when a visit leaves.
    """

    folder: Path
    copy: Found
    unwrapped: Unwrapped
    now: datetime
    shelve: Shelve
    told_of: Callable[[Manifest, Regained], Draft]
    here: Unwrapped | None = None
    stays: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What came of it; ``kept`` is the folder of the ledger before, ``keyring_too`` whether the
    backup's keyring counts now (else the one that was there)."""

    manifest: Manifest
    regained: Regained
    kept: Path | None
    keyring_too: bool


def restore(
    wish: Wish,
    told: Callable[[str], None] = lambda _step: None,
    on_progress: Progress = lambda *_: None,
) -> Made:
    """Put a backup in the ledger's place; on the disk when this returns.

    Ended at any moment, it leaves the old ledger whole or the new one whole.

    Raises:
        LedgerDamaged: the backup is not whole; the sentence names what is not.
        LedgerForeign: the key does not belong to this backup.
        LedgerInUse: the ledger is open; lock it first.
        DiskFull, FolderReadOnly, NotSaved, LedgerError: the old ledger still stands.
    """
    place.make_private(wish.folder)
    hold = Hold(wish.folder)
    try:
        putting_back.finish(wish.folder)
        _require_room(wish)
        work = putting_back.unfinished(wish.folder)
        with place.writing_files():
            work.mkdir(mode=0o700)
        made = _make(wish, work, told, on_progress)
        on_progress(_STEPS, _STEPS)  # the last moment at which it may be broken off
        told("Putting it in place")
        putting_back.declare_ready(wish.folder, keyring_too=made.keyring_too)
        putting_back.finish(wish.folder)
    except BaseException:
        _forget(putting_back.unfinished(wish.folder))
        raise
    finally:
        hold.release()
    return made


def _kept(wish: Wish, told: Callable[[str], None]) -> Path | None:
    """A whole copy of the ledger that is there, or None where there is none."""
    if not place.ledger_file(wish.folder).exists():
        return None
    told("Keeping a copy of the ledger that is here")
    return keeping_aside.keep_aside(wish.folder, keeping_aside.kept_name(wish.now))


def _require_room(wish: Wish) -> None:
    # one copy is kept, one is read from and thrown away; the third is the restored ledger
    here = sum(path.stat().st_size for path in keeping_aside.files_of(wish.folder))
    new = wish.copy.manifest.size if wish.copy.manifest else 0
    if shutil.disk_usage(wish.folder).free < 2 * (here + new):
        raise DiskFull(
            "There is not room enough on this disk to restore and to keep the ledger that is here. "
            "Nothing was changed: make room, and restore again."
        )


def _make(
    wish: Wish,
    work: Path,
    told: Callable[[str], None],
    on_progress: Progress,
) -> Made:
    with opened_copy(wish.copy, work, wish.unwrapped, told, on_progress) as (manifest, database):
        kept = _kept(wish, told)
        regained = Regained()
        if kept is not None:
            told("Taking over what was charted since")
            regained = _regained(wish, work, kept, database)
        with translated():
            database.execute("BEGIN IMMEDIATE")
            (row,) = records.numbered(database, [wish.told_of(manifest, regained)])
            records.insert_entry(database, row)
            database.conn.commit()
    keyring_too = not _same_ledger(wish.folder, manifest)
    return Made(manifest=manifest, regained=regained, kept=kept, keyring_too=keyring_too)


def _regained(wish: Wish, work: Path, kept: Path, database: Database) -> Regained:
    """Reads from one more copy: to open a damaged ledger may change it, and the kept one stays."""
    scratch = work / _OLD
    with place.writing_files():
        shutil.copytree(kept, scratch)
    try:
        ledger, key = place.ledger_file(scratch), wish.here or wish.unwrapped
        return regain(ledger, database, key, wish.shelve, wish.stays)
    finally:
        _forget(scratch)


def _same_ledger(folder: Path, manifest: Manifest) -> bool:
    """Whether the keyring that is there opens the restored ledger: then it is the newer one."""
    try:
        return Keyring.read(folder).ledger_id == manifest.ledger_id
    except (LedgerDamaged, LedgerMissing):
        return False


@contextmanager
def opened_copy(
    copy: Found,
    work: Path,
    unwrapped: Unwrapped,
    told: Callable[[str], None],
    on_progress: Progress,
) -> Iterator[tuple[Manifest, Database]]:
    """A backup, copied into the empty folder ``work`` and found whole, open to be written in.

    When the block ends it is folded into one file and on the disk.

    Raises:
        LedgerDamaged, LedgerForeign: it is not whole, or not of this key; the sentence says what.
        DiskFull, FolderReadOnly, NotSaved, LedgerError: by what the disk answered.
    """
    manifest = require_true(copy, unwrapped)
    unwrapped = manifests.sealed_with(manifests.read(copy.folder) or b"", unwrapped) or unwrapped
    told("Copying the backup")
    ledger = place.ledger_file(work)
    _copy(place.ledger_file(copy.folder), ledger, manifest, on_progress)
    if copy.keyring is not None:
        copy.keyring.write(work)
    told("Reading all of it")
    with closing(open_database(ledger, unwrapped.key_hex96)) as database:
        _require_whole(database, ledger, unwrapped, manifest, on_progress)
        yield manifest, database
        with translated():
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    with place.writing_files():
        place.flush_names(work)


def newest_of(database: Database, kind: str) -> tuple[Row, ...]:
    """All entries of the stream in which the newest entry of that kind stands; none without one."""
    with translated():
        found = database.execute(
            "SELECT stream FROM entry WHERE kind = ? AND gone IS NULL ORDER BY seq DESC LIMIT 1",
            [kind],
        ).fetchone()
        return records.entries_of(database, str(found[0])) if found else ()


def require_true(copy: Found, unwrapped: Unwrapped) -> Manifest:
    """Let no backup pass whose list was written without this ledger's key.

    Raises:
        LedgerDamaged: it is damaged, or was altered.
        LedgerForeign: it is of another ledger.
    """
    if copy.fault or copy.manifest is None:
        raise LedgerDamaged(f"{copy.fault} Nothing was changed: choose another backup.")
    if copy.manifest.ledger_id != unwrapped.ledger_id:
        raise LedgerForeign(
            "This backup is of another ledger. Nothing was changed: choose another backup."
        )
    if not manifests.is_sealed(manifests.read(copy.folder) or b"", unwrapped):
        raise LedgerDamaged(
            "The list beside this backup (manifest.json) was altered, or made without the ledger's "
            "key. Nothing was changed: do not trust this backup, choose another one."
        )
    return copy.manifest


def _copy(source: Path, target: Path, manifest: Manifest, on_progress: Progress) -> None:
    hasher, done = hashlib.sha256(), 0
    with place.writing_files():
        descriptor = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "wb") as written:
            for block in _blocks(source):
                written.write(block)
                hasher.update(block)
                done += len(block)
                on_progress(_COPIED * done // max(done, manifest.size, 1), _STEPS)
            written.flush()
            place.flush(written.fileno())
    if (done, hasher.hexdigest()) != (manifest.size, manifest.sha256):
        raise LedgerDamaged(
            "The ledger in this backup is not as it was written: at least one byte was changed. "
            "Nothing was changed here: choose an older backup."
        )


def _blocks(source: Path) -> Iterator[bytes]:
    try:
        yield from stick.blocks(source)
    except OSError as error:
        raise LedgerError(
            "The backup could not be read to its end: the stick was pulled out, or is damaged. "
            "Nothing was changed here: plug it in and restore again, or choose another backup."
        ) from error


def _require_whole(
    database: Database,
    ledger: Path,
    unwrapped: Unwrapped,
    manifest: Manifest,
    on_progress: Progress,
) -> None:
    schema.require_ours(database)
    schema.upgrade(database)
    if schema.meta_of(database).ledger_id != unwrapped.ledger_id:
        raise LedgerForeign(
            "This backup is of another ledger. Nothing was changed: choose another backup."
        )
    with translated():
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        faults = checkup.faults_in(
            database,
            ledger,
            unwrapped,
            lambda done, total: on_progress(
                _COPIED + (_STEPS - 1 - _COPIED) * done // max(1, total), _STEPS
            ),
        )
        head: Head = records.head_of(database)
    if faults:
        raise LedgerDamaged(
            f"This backup is not whole: {faults[0].sentence} Nothing was changed here: choose an "
            "older backup."
        )
    if head != manifest.head:
        raise LedgerDamaged(
            "This backup ends with another entry than its list says. Nothing was changed here: "
            "choose another backup."
        )


def _forget(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
