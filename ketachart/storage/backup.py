"""Makes a copy of the ledger on a stick while it is charted into, and reads all of it back.

A copy gets its name only after it was read back from the medium, opened with the ledger's key and
found whole (storage.md, section 6). Until then it is a ``.partial`` that counts for nothing.
"""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ketachart.errors import DiskFull, Fault, LedgerDamaged, LedgerError, NotSaved
from ketachart.storage import checkup, generations, records, stick
from ketachart.storage import folder as place
from ketachart.storage import manifest as manifests
from ketachart.storage.entry import Head
from ketachart.storage.keyring import Keyring, Unwrapped
from ketachart.storage.manifest import Manifest
from ketachart.storage.unfolded import log_file
from ketachart.storage.vault import Doing, as_it_stands, copy_pages, translated

Progress = Callable[[int, int], None]
"""Told how many steps of a hundred are done; what it raises breaks the copy off."""

_DAMAGED = (
    "No backup was made: a part of the ledger cannot be read. What was backed up before is kept. "
    "Check the ledger, and restore the last good backup."
)
_STEPS = 100
_COPIED, _READ = 40, 60  # of these hundred: once the pages are copied, once they were read back


class BrokenOff(LedgerError):
    """Whoever asked for the backup broke it off."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be copied and where to: the ledger's folder, the chosen place, and its key."""

    folder: Path
    chosen: Path
    unwrapped: Unwrapped
    item: str
    now: datetime
    program: str
    newest: str = ""  # id of the backup that was verified last: it is never taken away


def make(wanted: Wanted, on_progress: Progress) -> Manifest:
    """Make one backup; on the medium, read back and found whole when this returns.

    Works on a connection of its own, so it may run on any thread while the ledger is open.

    Raises:
        DiskFull, FolderReadOnly, NotSaved: no backup was made, at most a ``.partial`` is left.
        LedgerDamaged: the ledger, or the copy as it was read back, is not whole.
        LedgerError: the place is not there, or cannot hold it.
    """
    if not stick.is_there(wanted.chosen):
        raise NotSaved(stick.NOT_THERE)
    size = _size(wanted.folder)
    stick.require_fit(wanted.chosen, size)
    home = generations.home(wanted.chosen, wanted.unwrapped.ledger_id)
    with stick.writing_there():
        home.mkdir(mode=0o700, exist_ok=True)
        generations.clean(home)
        _make_room(wanted, home, size)
        name = generations.name_of(wanted.item, wanted.now)
        partial = home / f"{name}{generations.UNFINISHED}"
        partial.mkdir(mode=0o700)
        try:
            made = _write(wanted, partial, on_progress)
            partial.rename(home / name)
        except BaseException:
            shutil.rmtree(partial, ignore_errors=True)
            raise
        stick.flush_names(home)
        stick.flush_names(wanted.chosen)
    with suppress(OSError):  # one too many does no harm, and the new one stands
        never = wanted.item
        generations.thin_out(home, made.ledger_id, leave=generations.MOST, never=never)
    on_progress(_STEPS, _STEPS)
    return made


def _size(folder: Path) -> int:
    """How large the copy may become: the ledger, and what is not yet folded into it; bytes."""
    ledger = place.ledger_file(folder)
    checkup.require_content(ledger)
    log = log_file(ledger)
    return ledger.stat().st_size + (log.stat().st_size if log.exists() else 0)


def _make_room(wanted: Wanted, home: Path, size: int) -> None:
    if stick.has_room(home, size):
        return
    ledger_id, never = wanted.unwrapped.ledger_id, wanted.newest
    generations.thin_out(home, ledger_id, leave=generations.LEAST, never=never)
    if not stick.has_room(home, size):
        raise DiskFull(stick.FULL)


def _write(wanted: Wanted, partial: Path, on_progress: Progress) -> Manifest:
    """The three files of a copy, each flushed, and the ledger in it read back and found whole."""
    copy, key = place.ledger_file(partial), wanted.unwrapped.key_hex96
    place.create_empty(copy)
    with _said_of_the_stick():
        copy_pages(
            place.ledger_file(wanted.folder),
            copy,
            key,
            lambda done, total: on_progress(_part(done, total, 0, _COPIED), _STEPS),
        )
    stick.flush_file(copy)
    Keyring.read(wanted.folder).write(partial)
    stick.flush_names(partial)
    size, sha256 = _read_back(copy, on_progress)
    try:
        head = require_whole(
            copy,
            wanted.unwrapped,
            lambda done, total: on_progress(_part(done, total, _READ, _STEPS - 1), _STEPS),
        )
    except LedgerDamaged as error:
        # A page that cannot be read is copied as an empty one, and nothing is said of it.
        if checkup.examine(wanted.folder, wanted.unwrapped):
            raise LedgerDamaged(_DAMAGED) from error
        raise
    made = Manifest(
        item=wanted.item,
        ledger_id=wanted.unwrapped.ledger_id,
        made_at=wanted.now,
        program=wanted.program,
        head=head,
        size=size,
        sha256=sha256,
    )
    place.write_whole(partial / manifests.NAME, manifests.written(made, wanted.unwrapped))
    return made


def _read_back(copy: Path, on_progress: Progress) -> tuple[int, str]:
    """Size and SHA-256 of the copy as the medium gives it back."""
    hasher, size, total = hashlib.sha256(), 0, max(1, copy.stat().st_size)
    for block in stick.blocks(copy):
        hasher.update(block)
        size += len(block)
        on_progress(_part(size, total, _COPIED, _READ), _STEPS)
    return size, hasher.hexdigest()


def require_whole(copy: Path, unwrapped: Unwrapped, on_progress: Progress) -> Head:
    """Open a copy with its key, read all of it, and give its last entry.

    Raises:
        LedgerDamaged: names the first page or entry that is not as it was written.
        LedgerError: it cannot be read.
    """
    with as_it_stands(copy, unwrapped.key_hex96) as database:
        faults = checkup.faults_in(database, copy, unwrapped, on_progress)
        if faults:
            raise LedgerDamaged(
                f"The backup was read back and is not whole: {_first_line(faults[0])} "
                "It was not kept. "
                "Check the ledger, and back up to another stick."
            )
        with translated(Doing.READING):
            return records.head_of(database)


@contextmanager
def _said_of_the_stick() -> Iterator[None]:
    """What the library says of writing is said of the stick; damage is said of the ledger."""
    try:
        yield
    except BrokenOff:
        raise
    except LedgerDamaged as error:
        raise LedgerDamaged(_DAMAGED) from error
    except DiskFull as error:
        raise DiskFull(stick.FULL) from error
    except LedgerError as error:
        raise NotSaved(stick.BROKEN) from error


def _first_line(fault: Fault) -> str:
    """SQLite tells of every page; the first says enough."""
    return fault.sentence.split("\n", maxsplit=1)[0]


def _part(done: int, total: int, first: int, last: int) -> int:
    """So many of the hundred steps: ``done`` of ``total`` lies between the first and the last."""
    return first + (last - first) * done // max(1, total)
