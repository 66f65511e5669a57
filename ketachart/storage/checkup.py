"""Reads the whole ledger and names whatever in it is not as it was written."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from time import sleep

from ketachart.errors import (
    Fault,
    LedgerDamaged,
    LedgerForeign,
    LedgerInUse,
    LedgerMissing,
)
from ketachart.storage import bodies, records, shape, unfolded
from ketachart.storage import folder as place
from ketachart.storage.chain import START, verify_both
from ketachart.storage.entry import Document, Head, Row
from ketachart.storage.instance import Hold
from ketachart.storage.keyring import Unwrapped
from ketachart.storage.vault import Database, Doing, bare_rows, open_database, translated

Progress = Callable[[int, int], None]
"""Told how many entries were read, and of how many."""

RECENT = 5000
"""Entries looked at each time the ledger is opened: about 10 ms (storage.md, section 4)."""

ADVICE = "Chart on paper, change nothing in the folder, and restore the last good backup."

LOG_DAMAGED = (
    "A part of ledger.db-wal, which holds what was charted last, cannot be read. " + ADVICE
)

_PAGE_BYTES = 4096
_PINNING_TRIES = 40
_PINNING_REST_S = 0.005  # between two tries, so that whoever writes comes to an end; 0.2 s in all
_PROGRESS_STEP = 500
_SEALS = "PRAGMA cipher_integrity_check"


def examine(
    folder: Path, unwrapped: Unwrapped, on_progress: Progress | None = None
) -> tuple[Fault, ...]:
    """Everything found wrong in the ledger; nothing found means it is as it was written.

    Reads the pages' own seals, SQLite's structure, both chains and every kept paper. Works on a
    connection of its own, so it may run on any thread while the ledger is open, and on a ledger too
    damaged to be opened. What it cannot see is said in ``chain.py``.

    Raises:
        LedgerInUse: something else kept writing; ask again.
        LedgerMissing, FolderReadOnly, LedgerError: the ledger could not be read at all.
    """
    path = place.ledger_file(folder)
    try:
        require_content(path)
        require_whole_log(folder)
        with _pinned(path, unwrapped.key_hex96) as database, translated(Doing.READING):
            return faults_in(database, path, unwrapped, on_progress)
    except LedgerDamaged as error:
        return unreadable(path, unwrapped) or (Fault("ledger-unreadable", str(error)),)


def examine_still(
    folder: Path,
    unwrapped: Unwrapped,
    reader: Callable[[], Database],
    on_progress: Progress | None = None,
) -> tuple[Fault, ...]:
    """The same of a ledger that is only read: nothing is folded in, not a byte is changed.

    ``reader`` opens it so. Nobody writes in it meanwhile: this KetaChart holds the folder.

    Raises:
        LedgerError: the ledger could not be read at all.
    """
    path = place.ledger_file(folder)
    log = (Fault("log", LOG_DAMAGED),) if unfolded.is_damaged(path) else ()
    try:
        with closing(reader()) as database, translated(Doing.READING):
            return (*log, *faults_in(database, path, unwrapped, on_progress))
    except LedgerDamaged as error:
        faults = (*log, *unreadable(path, unwrapped))
        return faults or (Fault("ledger-unreadable", str(error)),)


def faults_in(
    database: Database, path: Path, unwrapped: Unwrapped, on_progress: Progress | None = None
) -> tuple[Fault, ...]:
    """Everything found wrong in a file that is open and that nobody writes meanwhile.

    Raises:
        LedgerError: it could not be read at all.
    """
    faults = (*_beginning_faults(path, unwrapped), *_seal_faults(database.execute(_SEALS)))
    # A page that cannot be read would stop every look that follows.
    faults = faults or tuple(_structure_faults(database))
    if faults:
        return faults
    chains = _chain_faults(database, on_progress)
    return (*chains, *_body_faults(database, chains), *_document_faults(database))


def require_content(path: Path) -> None:
    """Let no empty file pass: SQLite would take it for a new ledger and begin writing.

    To SQLite a file of one byte is empty too (os_unix.c, unixFileSize).

    Raises:
        LedgerMissing: there is no such file.
        LedgerDamaged: there is not even one page in it.
    """
    if not path.exists():
        raise LedgerMissing(
            "There is no ledger in this folder. If one was kept here, restore ledger.db from the "
            "backup; KetaChart does not begin an empty one in its place."
        )
    if path.stat().st_size < _PAGE_BYTES:
        raise LedgerDamaged(
            "ledger.db was cut short. Chart on paper, change nothing in the folder, and restore "
            "the last good backup."
        )


def require_whole_log(folder: Path) -> None:
    """Let no ledger pass whose log lacks a step that was acknowledged; leaves the log as it is.

    A ledger that is open now was looked at when it was opened.

    Raises:
        LedgerDamaged: a part of the log cannot be read.
        FolderReadOnly: the folder cannot be written.
    """
    try:
        hold = Hold(folder)
    except LedgerInUse:
        return
    hold.release()
    if unfolded.is_damaged(place.ledger_file(folder)):
        raise LedgerDamaged(LOG_DAMAGED)


def recent_faults(database: Database) -> tuple[Fault, ...]:
    """What is wrong among the last entries, looked at each time the ledger is opened."""
    with translated(Doing.READING):
        before = max(0, records.head_of(database).seq - RECENT)
        found = database.execute("SELECT seq, link FROM entry WHERE seq = ?", [before]).fetchone()
        # The last entry before these, of each stream that goes on in them. Without “NOT INDEXED”
        # all entries are gone through in the order of their streams: a second with 5 million.
        ends = database.execute(
            "SELECT earlier.stream, earlier.number, earlier.chain FROM entry AS earlier JOIN "
            "(SELECT stream, min(number) - 1 AS number FROM entry NOT INDEXED WHERE seq > ? "
            "GROUP BY stream) "
            "AS later ON earlier.stream = later.stream AND earlier.number = later.number",
            [before],
        )
        return verify_both(
            records.entries_after(database, before, as_it_stands=True),
            after=Head(*found) if found else START,
            streams={stream: (number, chain) for stream, number, chain in ends},
        )


def require_some_page(path: Path, faults: Sequence[Fault]) -> None:
    """Let no file pass of which not one page can be read: then it is no ledger of this keyring.

    Raises:
        LedgerForeign: it is another ledger, or none at all.
    """
    seals = [fault for fault in faults if fault.code == "page"]
    if seals and len(seals) * _PAGE_BYTES >= path.stat().st_size:
        raise LedgerForeign(
            "ledger.db does not belong to this keyring, or is not a ledger at all. Nothing was "
            "changed: restore ledger.db and keyring.json from the same backup."
        )


@contextmanager
def _pinned(path: Path, key_hex96: str) -> Iterator[Database]:
    """Holds the file still: everything committed is folded into it, and no page is rewritten.

    The seals are read from the file itself, behind SQLite's back; half-way through a checkpoint
    they would tell of damage that is none (storage.md, section 3.3). Charting goes on meanwhile.
    """
    with closing(open_database(path, key_hex96)) as database:
        for _ in range(_PINNING_TRIES):
            if _is_pinned(database, path, key_hex96):
                break
            sleep(_PINNING_REST_S)
        else:
            raise LedgerInUse("The ledger is being written. Nothing is wrong: check again soon.")
        yield database


def _is_pinned(database: Database, path: Path, key_hex96: str) -> bool:
    with closing(open_database(path, key_hex96)) as gate, translated(Doing.READING):
        # For a moment nothing is appended, so that all of the log can be folded in. A reader that
        # begins on a log folded in whole keeps every checkpoint out (sqlite.org, wal.c,
        # walTryBeginRead and walCheckpoint).
        gate.execute("BEGIN IMMEDIATE")
        database.rollback()
        _, logged, folded = database.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        database.execute("BEGIN")
        database.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        gate.rollback()
    return bool(logged == folded)


def unreadable(path: Path, unwrapped: Unwrapped) -> tuple[Fault, ...]:
    """The pages of a file that are not as they were written; it may be too damaged to be opened."""
    return (
        *_beginning_faults(path, unwrapped),
        *_seal_faults(bare_rows(path, unwrapped.key_hex96, _SEALS)),
    )


def _beginning_faults(path: Path, unwrapped: Unwrapped) -> tuple[Fault, ...]:
    """Whether the file begins with its own salt: these 16 bytes are in no page's seal.

    Asked through SQLite: to open and close the file by other means would drop its locks
    (sqlite.org/howtocorrupt.html, section 2.2). A key without salt makes it read the file's.
    """
    salt = bare_rows(path, unwrapped.dek.hex(), "PRAGMA cipher_salt")
    if salt == [(unwrapped.salt.hex(),)]:
        return ()
    return (Fault("beginning", "The first 16 bytes of ledger.db are not as they were written."),)


def _seal_faults(seals: Iterable[tuple[object, ...]]) -> tuple[Fault, ...]:
    return tuple(_seal_fault(str(seal[0])) for seal in seals)


def _seal_fault(said: str) -> Fault:
    page = re.search(r"page (\d+)", said)
    if page is None:
        return Fault("page", f"A page of ledger.db is not as it was written ({said}).")
    return Fault("page", f"Page {page[1]} of ledger.db is not as it was written.")


def _structure_faults(database: Database) -> Iterator[Fault]:
    if not shape.is_as_shipped(database):
        yield Fault("protection", "The ledger's tables or their protection were altered.")
    for (said,) in database.execute("PRAGMA quick_check"):
        if said != "ok":
            yield Fault("structure", f"The ledger's structure is damaged ({said}).")


def _chain_faults(database: Database, on_progress: Progress | None) -> tuple[Fault, ...]:
    rows = records.entries_after(database, 0, as_it_stands=True)
    if on_progress is not None:
        rows = _told(rows, on_progress, total=records.head_of(database).seq)
    return verify_both(rows)


def _body_faults(database: Database, chains: Sequence[Fault]) -> Iterator[Fault]:
    """Of the long bodies, kept twice: what the entries' own chain does not name already."""
    for table in bodies.altered(database).values():
        if table == "spare" or not chains:
            which = "first" if table == "body" else "second"
            yield Fault("body", f"The {which} copy of a protocol in the ledger was altered.")


def _told(rows: Iterator[Row], on_progress: Progress, *, total: int) -> Iterator[Row]:
    done = 0
    for done, row in enumerate(rows, start=1):
        yield row
        if done % _PROGRESS_STEP == 0:
            on_progress(done, total)
    on_progress(done, total)


def _document_faults(database: Database) -> Iterator[Fault]:
    kept = database.execute("SELECT sha256, stream, kind, name, made_at, content FROM document")
    for each in kept:
        document = Document(*each)
        if not records.is_whole(document):
            yield Fault("document", f"The kept copy of “{document.name}” was altered.")
