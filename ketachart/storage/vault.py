"""Opens the encrypted file, lets nothing be changed in it that is charted, and words its faults.

The only module that knows which library does the encrypting.
"""

import enum
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2

from ketachart.errors import (
    DiskFull,
    FolderReadOnly,
    LedgerDamaged,
    LedgerError,
    LedgerInUse,
    NotSaved,
)
from ketachart.storage import folder as place
from ketachart.storage.database import Database

__all__ = [
    "Database",
    "Doing",
    "as_it_stands",
    "bare_rows",
    "copy_pages",
    "in_memory",
    "open_database",
    "open_to_read",
    "translated",
    "unguarded",
]

_BUSY_MS = 5000
_PAGES_AT_ONCE = 256  # 1 MiB: so often a copy may be broken off

# storage.md, section 8, R3. Each is set and read back: SQLite answers an unknown or refused pragma
# with silence.
_SETTINGS: dict[str, tuple[str, object]] = {
    "journal_mode": ("WAL", "wal"),
    "synchronous": ("FULL", 2),
    "fullfsync": ("1", 1),
    "checkpoint_fullfsync": ("1", 1),
    "foreign_keys": ("1", 1),
    "temp_store": ("MEMORY", 2),
    "secure_delete": ("1", 1),
    "trusted_schema": ("0", 0),
    "recursive_triggers": ("1", 1),
    "cell_size_check": ("1", 1),
    "mmap_size": ("0", 0),
    "journal_size_limit": ("16777216", 16_777_216),
    "busy_timeout": (str(_BUSY_MS), _BUSY_MS),
    "cache_size": ("-16384", -16_384),
}

# Of a ledger that is only read; what concerns writing would be refused.
_READ_SETTINGS = (
    "foreign_keys", "temp_store", "trusted_schema", "cell_size_check", "mmap_size", "busy_timeout",
    "cache_size",
)  # fmt: skip

_ASKED = {*_SETTINGS, "application_id", "user_version", "cipher_version", "cipher_salt"}
_DONE = {"wal_checkpoint", "quick_check", "cipher_integrity_check"}
_DESCRIBED = {"table_info", "table_xinfo", "index_list", "index_info", "foreign_key_list"}
_APPENDED = {"entry", "body", "spare", "document", "credential", "departed"}
_REWRITTEN = {"shelf", "sought", "setting"}
# What goes when a signed visit leaves the laptop; the triggers let nothing else pass.
_EMPTIED = {("entry", "body"), ("entry", "body_in"), ("entry", "gone")}
_LEAVING = {"document", "body", "spare"}
_ALWAYS = {
    dbapi2.SQLITE_SELECT,
    dbapi2.SQLITE_READ,
    dbapi2.SQLITE_TRANSACTION,
    dbapi2.SQLITE_SAVEPOINT,
    dbapi2.SQLITE_RECURSIVE,
    dbapi2.SQLITE_FUNCTION,
}


_UNREAD = (
    "The disk could not be read. Nothing was changed: close KetaChart, check that the disk is not "
    "full, and try again."
)
_DAMAGED = (
    "A part of the ledger cannot be read. Chart on paper, change nothing in the folder, and "
    "restore the last good backup."
)
_IN_USE = (
    "Another program is using the ledger. Everything shown as saved is safe; close the other "
    "program and do the last step again."
)
_WORDS: dict[int, tuple[type[LedgerError], str]] = {
    dbapi2.SQLITE_FULL: (DiskFull, place.DISK_FULL),
    dbapi2.SQLITE_READONLY: (FolderReadOnly, place.READ_ONLY),
    dbapi2.SQLITE_CANTOPEN: (FolderReadOnly, place.READ_ONLY),
    dbapi2.SQLITE_PERM: (FolderReadOnly, place.READ_ONLY),
    dbapi2.SQLITE_IOERR: (NotSaved, place.NOT_SAVED),
    dbapi2.SQLITE_NOTADB: (LedgerDamaged, _DAMAGED),
    dbapi2.SQLITE_CORRUPT: (LedgerDamaged, _DAMAGED),
    dbapi2.SQLITE_BUSY: (LedgerInUse, _IN_USE),
    dbapi2.SQLITE_LOCKED: (LedgerInUse, _IN_USE),
}


class Doing(enum.Enum):
    """What was under way when the disk answered: it decides what the nurse must be told."""

    WRITING = enum.auto()
    READING = enum.auto()


def open_database(path: Path, key_hex96: str) -> Database:
    """The encrypted file, opened for charting: durable, guarded, each setting read back.

    ``key_hex96`` is key and salt in hex (``Unwrapped.key_hex96``). The connection commits nothing
    by itself and belongs to the thread that opened it.

    Raises:
        LedgerDamaged: the key does not fit, or the first page is not as it was written.
        FolderReadOnly, LedgerInUse, LedgerError: by what the library answered.
    """
    with translated(Doing.READING):
        connection = _connected(path, key_hex96)
        try:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            for name, (value, expected) in _SETTINGS.items():
                _set(connection, name, value, expected=expected)
            database = Database(connection)
            connection.set_authorizer(_decide)
        except BaseException:
            connection.close()
            raise
    return database


def open_to_read(path: Path, key_hex96: str, *, alone: bool = False) -> Database:
    """The encrypted file, opened so that no byte of it can be changed.

    With ``alone`` neither a log nor a lock is looked for: right where the folder cannot be written,
    and wrong wherever a log holds entries that were not yet folded in.

    Raises:
        LedgerDamaged: the key does not fit, or the first page is not as it was written.
        FolderReadOnly, LedgerInUse, LedgerError: by what the library answered.
    """
    how = "mode=ro&immutable=1" if alone else "mode=ro"
    with translated(Doing.READING):
        connection = _connected(path, key_hex96, how=how)
        try:
            # A file that was cut short would be given up whole (sqlite.org, btree.c, lockBtree).
            connection.execute("PRAGMA writable_schema = ON")
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            for name in _READ_SETTINGS:
                value, expected = _SETTINGS[name]
                _set(connection, name, value, expected=expected)
            database = Database(connection)
            connection.set_authorizer(_decide)
        except BaseException:
            connection.close()
            raise
    return database


def in_memory() -> Database:
    """An empty file that is none: in memory alone, made by one thread for another."""
    connection = dbapi2.connect(":memory:", isolation_level=None, check_same_thread=False)
    return Database(connection)


def bare_rows(path: Path, key_hex96: str, sql: str) -> list[tuple[object, ...]]:
    """What one statement answers on a file that may be too damaged to be opened as a ledger.

    ``key_hex96`` may be cut to its first 64 digits: then the salt is the one in the file.

    Raises:
        LedgerDamaged, LedgerError: by what the library answered.
    """
    with translated(Doing.READING), closing(_connected(path, key_hex96)) as connection:
        connection.set_authorizer(_decide)
        rows: list[tuple[object, ...]] = connection.execute(sql).fetchall()
        return rows


@contextmanager
def as_it_stands(path: Path, key_hex96: str) -> Iterator[Database]:
    """A finished copy, to be read: nothing is set in it, and no file is made beside it.

    Raises:
        LedgerDamaged, LedgerError: by what the library answered.
    """
    with translated(Doing.READING), closing(_connected(path, key_hex96)) as connection:
        database = Database(connection)
        connection.set_authorizer(_decide)
        yield database


def copy_pages(
    source: Path,
    target: Path,
    key_hex96: str,
    on_progress: Callable[[int, int], None],
    *,
    target_key_hex96: str = "",
) -> None:
    """Copies a ledger page by page into an empty file, as at one moment.

    Under the same key, unless ``target_key_hex96`` is another.

    Others may go on writing to ``source``: it is read on a connection of its own, in one read
    transaction, so that what is written meanwhile neither enters the copy nor makes it begin anew
    (sqlite.org, backup.c, sqlite3_backup_step). ``on_progress`` is told how many pages are done,
    and of how many; what it raises ends the copy. The copy is a single file that needs no log
    beside it, since a log may not work where a backup is kept.

    Raises:
        DiskFull, FolderReadOnly, NotSaved, LedgerDamaged, LedgerError: by what the library
            answered; ``target`` is no copy then.
    """

    def told(_state: int, left: int, total: int) -> None:
        on_progress(total - left, total)

    with closing(open_database(source, key_hex96)) as database, translated():
        database.execute("BEGIN")
        database.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        with closing(_connected(target, target_key_hex96 or key_hex96)) as written:
            # A copy that is cut short is thrown away: no step back is ever needed.
            written.execute("PRAGMA journal_mode = MEMORY").fetchall()
            with _coded():
                database.conn.backup(written, pages=_PAGES_AT_ONCE, progress=told, sleep=0.01)
            _set(written, "journal_mode", "DELETE", expected="delete")


@contextmanager
def _coded() -> Iterator[None]:
    """What a copy fails with carries no code: full, or else a fault of one of the two disks."""
    try:
        yield
    except dbapi2.Error as error:
        is_full = "disk is full" in str(error)
        code = dbapi2.SQLITE_FULL if is_full else dbapi2.SQLITE_IOERR
        raise _in_words(code, doing=Doing.WRITING) from error


def _connected(path: Path, key_hex96: str, *, how: str = "mode=rw") -> dbapi2.Connection:
    # mode=rw: a missing ledger is a fault to report, never a reason to begin an empty one.
    where = f"{path.absolute().as_uri()}?{how}"
    connection = dbapi2.connect(where, uri=True, isolation_level=None, timeout=_BUSY_MS / 1000)
    try:
        connection.set_key(f"x'{key_hex96}'")
        # Otherwise the library writes its own words to the standard error output.
        connection.execute("PRAGMA cipher_log_level = NONE")
    except BaseException:
        connection.close()
        raise
    return connection


def _set(connection: dbapi2.Connection, name: str, value: str, *, expected: object) -> None:
    connection.execute(f"PRAGMA {name} = {value}").fetchall()
    kept = connection.execute(f"PRAGMA {name}").fetchone()
    if kept is None or kept[0] != expected:
        raise LedgerError(
            f"The ledger cannot be opened safely here ({name} is not {value}). Nothing was "
            "changed: keep the ledger on the laptop's own disk, not on a network or a stick."
        )


@contextmanager
def unguarded(database: Database) -> Iterator[None]:
    """Lets the tables be made or changed; only ``schema.py`` and ``shape.py`` may ask for this."""
    connection: dbapi2.Connection = database.conn
    connection.set_authorizer(None)
    try:
        yield
    finally:
        connection.set_authorizer(_decide)


def _decide(action: int, first: str | None, second: str | None, *_where: str | None) -> int:
    """SQLite asks this before each statement (sqlite.org/c3ref/set_authorizer.html).

    What is not listed as needed is refused: the triggers that protect the entries cannot be
    dropped, no other file can be attached, the key cannot be changed.
    """
    return int(dbapi2.SQLITE_OK if _is_needed(action, first, second) else dbapi2.SQLITE_DENY)


def _is_needed(action: int, first: str | None, second: str | None) -> bool:
    if action == dbapi2.SQLITE_INSERT:
        return first in _APPENDED or first in _REWRITTEN
    if action == dbapi2.SQLITE_UPDATE:
        return first in _REWRITTEN or (first, second) in _EMPTIED
    if action == dbapi2.SQLITE_DELETE:
        return first in _REWRITTEN or first in _LEAVING
    if action == dbapi2.SQLITE_PRAGMA:
        return first in _DONE or first in (_ASKED if second is None else _DESCRIBED)
    return action in _ALWAYS


@contextmanager
def translated(doing: Doing = Doing.WRITING) -> Iterator[None]:
    """Turns what the library raises into an error with a sentence for the nurse.

    An error that carries no code is a fault of our own and passes unchanged.

    Raises:
        DiskFull, FolderReadOnly, NotSaved, LedgerDamaged, LedgerInUse, LedgerError: by the code.
    """
    try:
        yield
    except dbapi2.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        if code is None:
            raise
        # The upper bits only say more of the same (sqlite.org/rescode.html).
        raise _in_words(code & 0xFF, doing=doing) from error


def _in_words(code: int, *, doing: Doing) -> LedgerError:
    if code == dbapi2.SQLITE_IOERR and doing is Doing.READING:
        return LedgerError(_UNREAD)
    if code in _WORDS:
        error, sentence = _WORDS[code]
        return error(sentence)
    return LedgerError(
        "The ledger refused this step, and nothing of it was saved. Everything shown as "
        "saved is safe: try again, or lock and unlock."
    )
