"""Makes a ledger's file, and opens it only if it is whole, ours and no newer than this program."""

from contextlib import closing
from pathlib import Path

from ketachart.errors import LedgerDamaged, LedgerForeign
from ketachart.storage import checkup, schema, unfolded
from ketachart.storage import folder as place
from ketachart.storage.keyring import Unwrapped
from ketachart.storage.schema import Meta
from ketachart.storage.vault import Database, open_database, translated

_FOREIGN = (
    "This ledger belongs to another keyring. Nothing was changed: restore ledger.db and "
    "keyring.json from the same backup."
)


def make_unfinished(folder: Path, unwrapped: Unwrapped, meta: Meta) -> None:
    """Make an empty ledger, whole and on the disk, under a name that does not count yet.

    Raises:
        DiskFull, FolderReadOnly, NotSaved, LedgerError: what is left of it is removed next time.
    """
    path = place.unfinished_file(folder)
    with place.writing_files():
        for leftover in folder.glob(path.name + "*"):
            leftover.unlink()
    place.create_empty(path)
    with closing(open_database(path, unwrapped.key_hex96)) as database:
        schema.create(database, meta)
        # With synchronous=FULL a checkpoint returns once the disk has kept the whole file.
        with translated():
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def open_ours(folder: Path, unwrapped: Unwrapped) -> Database:
    """The ledger's file, brought to this version, with its last entries looked at.

    An unfinished ledger whose keyring could be unlocked is whole: only its name was missing when
    the power went, so it gets it now.

    Raises:
        LedgerMissing, LedgerForeign, LedgerNewer: nothing was changed.
        LedgerDamaged: names the first page or entry that is not as it was written.
        FolderReadOnly, DiskFull, LedgerInUse, LedgerError: it could not be opened.
    """
    path = place.ledger_file(folder)
    unfinished = place.unfinished_file(folder)
    if unfinished.exists() and not path.exists():
        place.put_in_place(unfinished, path)
    checkup.require_content(path)
    if unfolded.is_damaged(path):
        raise LedgerDamaged(checkup.LOG_DAMAGED)
    try:
        database = open_database(path, unwrapped.key_hex96)
        try:
            _require_ours(database, unwrapped)
        except BaseException:
            database.close()
            raise
    except LedgerDamaged as error:
        raise checkup.why_unreadable(folder, unwrapped) or error from error
    return database


def _require_ours(database: Database, unwrapped: Unwrapped) -> None:
    schema.require_ours(database)
    schema.upgrade(database)
    schema.require_whole(database)
    if schema.meta_of(database).ledger_id != unwrapped.ledger_id:
        raise LedgerForeign(_FOREIGN)
    faults = checkup.recent_faults(database)
    if faults:
        raise LedgerDamaged(
            f"{faults[0].sentence} Chart on paper, change nothing in the folder, and restore the "
            "last good backup."
        )
