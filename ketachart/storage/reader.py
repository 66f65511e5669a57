"""Opens a ledger that must not be changed: damaged, newer, or on a disk that cannot be written."""

import shutil
import tempfile
import weakref
from pathlib import Path

from ketachart.errors import LedgerDamaged, LedgerError
from ketachart.storage import folder as place
from ketachart.storage import schema, shape, unfolded
from ketachart.storage.keyring import Unwrapped
from ketachart.storage.vault import Database, open_to_read

_NO_ROOM_TO_READ = (
    "What was charted last stands in ledger.db-wal, and it cannot be read where the disk is full "
    "or cannot be written. Nothing is lost: free some space, or copy the whole folder to another "
    "disk and open it there; chart on paper until then."
)


def open_reader(folder: Path, unwrapped: Unwrapped) -> Database:
    """The ledger with all that was charted, by today's names; not a byte of it is changed.

    Raises:
        LedgerDamaged: not even its first page can be read.
        LedgerError: it cannot be read here.
    """
    database = _opened(place.ledger_file(folder), unwrapped.key_hex96)
    try:
        if shape.version_of(database) != len(schema.MIGRATIONS):
            shape.read_as_todays(database)
    except BaseException:
        database.close()
        raise
    return database


def _opened(path: Path, key_hex96: str) -> Database:
    try:
        return open_to_read(path, key_hex96)
    except LedgerDamaged:
        raise
    except LedgerError:
        # SQLite wants to write beside the ledger even to read it (storage.md, section 3.6).
        if not unfolded.has_entries(path):
            return open_to_read(path, key_hex96, alone=True)
    return _copied(path, key_hex96)


def _copied(path: Path, key_hex96: str) -> Database:
    """An encrypted copy elsewhere, with its log; it goes with the connection."""
    elsewhere = Path(tempfile.mkdtemp(prefix="ketachart-"))  # 0700
    copy = elsewhere / path.name
    try:
        for file, target in ((path, copy), (unfolded.log_file(path), unfolded.log_file(copy))):
            shutil.copyfile(file, target)
        database = open_to_read(copy, key_hex96)
    except BaseException as error:
        shutil.rmtree(elsewhere, ignore_errors=True)
        if isinstance(error, OSError):
            raise LedgerError(_NO_ROOM_TO_READ) from error
        raise
    weakref.finalize(database, shutil.rmtree, elsewhere, ignore_errors=True)
    return database
