"""A ledger as it was before an update takes its place again; the newer one is kept aside, whole.

Nothing is taken over from the newer one: its shape is one that the older KetaChart cannot write.
What was charted in it since stays in it, beside the ledger, and can be read and printed there.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final

from ketachart.errors import DiskFull, LedgerDamaged
from ketachart.storage import checkup, keeping_aside, putting_back, reader, records, stick
from ketachart.storage import folder as place
from ketachart.storage import manifest as manifests
from ketachart.storage.generations import Found
from ketachart.storage.instance import Hold
from ketachart.storage.keyring import Unwrapped
from ketachart.storage.manifest import Manifest
from ketachart.storage.restore import require_true
from ketachart.storage.vault import Doing, translated

_FULL: Final = (
    "There is not room enough on this disk to put the ledger of before in its place and to keep the"
    " newer one. Nothing was changed: make room, and go back again."
)
_NOT_WHOLE: Final = (
    "The ledger that was kept before the update is not whole any more. Nothing was changed: go on "
    "with the newer KetaChart, and check the disk."
)


def shape_of(folder: Path, unwrapped: Unwrapped) -> int:
    """In which shape the ledger is kept now.

    Raises:
        LedgerError: it cannot be read.
    """
    with closing(reader.open_reader(folder, unwrapped)) as database, translated(Doing.READING):
        return int(database.execute("PRAGMA user_version").fetchone()[0])


def entries_since(folder: Path, unwrapped: Unwrapped, manifest: Manifest) -> int:
    """How many entries the ledger holds that came after the one that was kept.

    Raises:
        LedgerError: it cannot be read.
    """
    with closing(reader.open_reader(folder, unwrapped)) as database, translated(Doing.READING):
        return max(0, records.head_of(database).seq - manifest.head.seq)


def put_former_back(
    folder: Path,
    former: Found,
    unwrapped: Unwrapped,
    now: datetime,
    before_it_counts: Callable[[Path], None] = lambda _kept: None,
) -> Path:
    """Puts the ledger of before in its place; gives the folder where the newer one is kept.

    ``before_it_counts`` is called when all is ready and nothing counts yet. Ended at any moment it
    leaves the newer ledger in its place, or the one of before.

    Raises:
        LedgerInUse: the ledger is open; lock it first.
        LedgerDamaged, LedgerForeign: what was kept is not whole, or not of this ledger.
        DiskFull, FolderReadOnly, NotSaved: the newer ledger is in its place.
    """
    hold = Hold(folder)
    try:
        putting_back.finish(folder)
        manifest = require_true(former, unwrapped)
        if shutil.disk_usage(folder).free < 2 * (manifest.size + _size(folder)):
            raise DiskFull(_FULL)
        work = putting_back.unfinished(folder)
        try:
            key = _make(former, work, unwrapped, manifest)
            kept = keeping_aside.keep_aside(folder, keeping_aside.kept_name(now))
            keyring_too = key != unwrapped or _versions_differ(folder, work)
            before_it_counts(kept)
            putting_back.declare_ready(folder, keyring_too=keyring_too)
        except BaseException:
            shutil.rmtree(work, ignore_errors=True)
            raise
        putting_back.finish(folder)
    finally:
        hold.release()
    return kept


def is_in_place(folder: Path, manifest: Manifest) -> bool:
    """Whether the ledger of before is in its place, byte for byte, or counts already."""
    if putting_back.ready(folder).exists():
        return True
    ledger = place.ledger_file(folder)
    if not ledger.is_file() or ledger.stat().st_size != manifest.size:
        return False
    with ledger.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == manifest.sha256


def _make(former: Found, work: Path, unwrapped: Unwrapped, manifest: Manifest) -> Unwrapped:
    """A copy of what was kept, read from end to end in the shape that it has; gives its key."""
    with place.writing_files():
        work.mkdir(mode=0o700)
    ledger = place.ledger_file(work)
    _copy(place.ledger_file(former.folder), ledger, manifest)
    if former.keyring is not None:
        former.keyring.write(work)
    sealed = manifests.read(former.folder) or b""
    key = manifests.sealed_with(sealed, unwrapped) or unwrapped
    with closing(reader.open_reader(work, key)) as database, translated(Doing.READING):
        faults = checkup.faults_in(database, ledger, key)
        head = records.head_of(database)
    if faults or head != manifest.head:
        raise LedgerDamaged(_NOT_WHOLE)
    with place.writing_files():
        place.flush_names(work)
    return key


def _copy(source: Path, target: Path, manifest: Manifest) -> None:
    hasher = hashlib.sha256()
    with place.writing_files():
        descriptor = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "wb") as written:
            for block in stick.blocks(source):
                written.write(block)
                hasher.update(block)
            written.flush()
            place.flush(written.fileno())
    if hasher.hexdigest() != manifest.sha256:
        raise LedgerDamaged(_NOT_WHOLE)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in keeping_aside.files_of(folder))


def _versions_differ(folder: Path, work: Path) -> bool:
    """Whether the keyring that is here is written as the older KetaChart may not read."""
    try:
        here, before = (
            json.loads(place.keyring_files(each)[0].read_bytes())["version"]
            for each in (folder, work)
        )
    except (OSError, ValueError, TypeError, KeyError):
        return True
    return bool(here != before)
