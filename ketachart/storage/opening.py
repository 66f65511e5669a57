"""Makes a ledger's file, and opens it: to be charted into where it is whole, else to be read."""

from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from pathlib import Path

from ketachart.errors import (
    Fault,
    FolderReadOnly,
    LedgerDamaged,
    LedgerError,
    LedgerForeign,
    LedgerNewer,
    LedgerReadOnly,
)
from ketachart.storage import checkup, first_look, reader, renewing, schema, shape, unfolded
from ketachart.storage import folder as place
from ketachart.storage.access import Opened, ReadOnly
from ketachart.storage.instance import Hold
from ketachart.storage.keyring import Unwrapped
from ketachart.storage.schema import Meta
from ketachart.storage.vault import Database, open_database, open_to_read, translated

_FOREIGN = (
    "This ledger belongs to another keyring. Nothing was changed: restore ledger.db and "
    "keyring.json from the same backup."
)
_NEWER = (
    "A newer KetaChart wrote this ledger. Everything in it can be read here, and nothing was "
    "changed: install the newer version to go on charting, and chart on paper until then."
)
_FULL = (
    "The disk is full, so nothing can be charted. Everything charted is safe and can be read: free "
    "some space, then lock and unlock; chart on paper until then."
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


def open_or_read(
    folder: Path, unwrapped: Unwrapped, *, why_not: LedgerError | None = None
) -> Opened:
    """The ledger's file, looked at, brought to this version, and ready to be charted into.

    Where that would not be safe it comes back to be read only, and not a byte of it is changed: a
    damaged page costs only what stands on it. ``why_not`` says why the folder could not be claimed.
    An unfinished ledger whose keyring could be unlocked is whole: only its name was missing when
    the power went, so it gets it now.

    Raises:
        LedgerMissing, LedgerForeign: nothing was changed.
        LedgerDamaged: not even the first page can be read; nothing was changed.
        LedgerInUse, LedgerError: it could not be opened.
    """
    path, unfinished = place.ledger_file(folder), place.unfinished_file(folder)
    if unfinished.exists() and not path.exists():
        place.put_in_place(unfinished, path)
    checkup.require_content(path)
    read_only = _why_not(folder, why_not)
    if read_only is None:
        try:
            return _to_chart(folder, unwrapped)
        except _Kept as kept:
            read_only = kept.read_only
        except LedgerDamaged as error:
            read_only = damaged(folder, unwrapped, error)
    return _to_read(folder, unwrapped, read_only)


def open_made(folder: Path, unwrapped: Unwrapped) -> Opened:
    """A ledger that was made this moment; one that came back otherwise is taken away again.

    Raises:
        LedgerReadOnly: it cannot be charted into; the sentence says why.
        LedgerError: it could not be opened.
    """
    opened = open_or_read(folder, unwrapped)
    if opened.read_only is None:
        return opened
    opened.database.close()
    for path in (*folder.glob(place.ledger_file(folder).name + "*"), *place.keyring_files(folder)):
        with suppress(OSError):
            path.unlink(missing_ok=True)
    raise LedgerReadOnly(f"No ledger was made. {opened.read_only.sentence}")


class _Kept(Exception):
    """It may only be read, and why."""

    def __init__(self, read_only: ReadOnly) -> None:
        super().__init__(read_only.sentence)
        self.read_only = read_only


def _why_not(folder: Path, why_not: LedgerError | None) -> ReadOnly | None:
    """What is known against charting before the file is even opened."""
    path = place.ledger_file(folder)
    if isinstance(why_not, FolderReadOnly) or not place.may_write(path):
        return ReadOnly("folder", place.READ_ONLY)
    if why_not is not None:
        return ReadOnly("full", _FULL)
    if unfolded.is_damaged(path):
        return ReadOnly("damaged", checkup.LOG_DAMAGED, (Fault("log", checkup.LOG_DAMAGED),))
    return None


def _to_chart(folder: Path, unwrapped: Unwrapped) -> Opened:
    again = partial(open_database, place.ledger_file(folder), unwrapped.key_hex96)
    try:
        _renew(folder, unwrapped)
        database = again()
        try:
            _require_ours(database, unwrapped)
            schema.upgrade(database)
            _require_whole(database)
        except BaseException:
            database.close()
            raise
    except LedgerNewer as error:
        raise _Kept(ReadOnly("newer", _NEWER)) from error
    except FolderReadOnly as error:
        raise _Kept(ReadOnly("folder", place.READ_ONLY)) from error
    return Opened(database, again)


def _require_ours(database: Database, unwrapped: Unwrapped) -> None:
    schema.require_ours(database)
    if schema.meta_of(database).ledger_id != unwrapped.ledger_id:
        raise LedgerForeign(_FOREIGN)


def renew_if_older(folder: Path, unwrapped: Unwrapped) -> None:
    """Brings an older ledger to today's shape ahead of opening it: slow, so from a worker.

    Raises:
        LedgerInUse: another KetaChart has it open.
        LedgerError: it stays as it is; opening it says why.
    """
    path = place.ledger_file(folder)
    if not path.exists() or not place.may_write(path) or unfolded.is_damaged(path):
        return
    hold = Hold(folder)
    try:
        with suppress(_Kept):
            _renew(folder, unwrapped)
    finally:
        hold.release()


def _renew(folder: Path, unwrapped: Unwrapped) -> None:
    """An older ledger is brought to today's shape once a whole copy of it is kept."""
    with closing(open_to_read(place.ledger_file(folder), unwrapped.key_hex96)) as database:
        if shape.version_of(database) >= len(schema.MIGRATIONS):
            return
        _require_ours(database, unwrapped)
    try:
        renewing.renew(folder, unwrapped)
    except renewing.NotRenewed as error:
        raise _Kept(ReadOnly(error.why, str(error))) from error


def _require_whole(database: Database) -> None:
    schema.require_whole(database)
    faults = first_look.faults_of(database)
    if faults:
        raise _Kept(ReadOnly("damaged", damage_words(faults), faults))


def damage_words(faults: tuple[Fault, ...]) -> str:
    """What is damaged, and what to do."""
    more = f" ({len(faults) - 1} more faults were found.)" if len(faults) > 1 else ""
    return f"{faults[0].sentence}{more} {checkup.ADVICE}"


def damaged(folder: Path, unwrapped: Unwrapped, error: LedgerDamaged) -> ReadOnly:
    """Why a ledger with a page that cannot be read may only be read.

    Raises:
        LedgerForeign: no page of it can be read: it is another ledger, or none.
    """
    path = place.ledger_file(folder)
    faults = checkup.unreadable(path, unwrapped)
    if faults:
        checkup.require_some_page(path, faults)
        return ReadOnly("damaged", damage_words(faults), faults)
    return ReadOnly("damaged", str(error), (Fault("damaged", str(error)),))


def _to_read(folder: Path, unwrapped: Unwrapped, read_only: ReadOnly) -> Opened:
    again = reading_again(folder, unwrapped)
    try:
        return Opened(again(), again, read_only)
    except LedgerDamaged as error:
        raise LedgerDamaged(read_only.sentence) from error


def reading_again(folder: Path, unwrapped: Unwrapped) -> Callable[[], Database]:
    """How a ledger is opened so that nothing in it can be changed."""
    return partial(reader.open_reader, folder, unwrapped)
