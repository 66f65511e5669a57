"""The open file of a ledger: read from, and written in one whole act at a time, or only read."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import Concatenate, Literal, ParamSpec, TypeVar

from ketachart.errors import DiskFull, Fault, LedgerDamaged, LedgerError, LedgerReadOnly
from ketachart.storage import ballast
from ketachart.storage import folder as place
from ketachart.storage.bodies import Bodies
from ketachart.storage.presence import Presence
from ketachart.storage.vault import Database, Doing, translated

T = TypeVar("T")
P = ParamSpec("P")
Why = Literal["newer", "damaged", "folder", "full"]


@dataclass(frozen=True, slots=True)
class ReadOnly:
    """Why nothing may be written in a ledger, and what was found wrong in it."""

    why: Why
    sentence: str
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """A ledger's file as it was opened; ``again`` opens it anew in the same way."""

    database: Database
    again: Callable[[], Database]
    read_only: ReadOnly | None = None


class Access:
    """What the ledger reads and writes through; it belongs to the thread that opened it."""

    def __init__(self, folder: Path, opened: Opened) -> None:
        """Takes over a file that was opened, and closes it in the end."""
        self.database = opened.database
        self.read_only = opened.read_only
        self.on_freed: Callable[[], None] = _nobody
        self._folder = folder
        self._again = opened.again
        self._presence = Presence(place.ledger_file(folder))

    @contextmanager
    def reading(self) -> Iterator[Database]:
        """The file to read from, until the block ends.

        Raises:
            LedgerDamaged: a part of it cannot be read; what stands elsewhere still can be.
            LedgerError: by what the library answered.
        """
        try:
            with translated(Doing.READING):
                yield self.database
        except LedgerDamaged:
            self._renew()
            raise

    @contextmanager
    def one_act(self) -> Iterator[Database]:
        """The file to write in: all that the block wrote is on the disk at its end, or nothing.

        Raises:
            LedgerReadOnly: nothing may be written; the sentence says why.
            LedgerMissing: the file was moved or deleted meanwhile; nothing was kept.
            DiskFull, FolderReadOnly, LedgerInUse, NotSaved, LedgerError: as ``Ledger.append``.
        """
        if self.read_only is not None:
            raise LedgerReadOnly(self.read_only.sentence)
        self._presence.require()
        try:
            with translated(), _whole_act(self.database):
                yield self.database
        except LedgerDamaged:
            self._renew()
            raise

    def freed(self) -> bool:
        """Give the reserve free, now that the disk is full; whether there was one."""
        is_freed = ballast.release(self._folder)
        if is_freed:
            self.on_freed()
        return is_freed

    def stop_writing(self, read_only: ReadOnly, opened: Callable[[], Database]) -> None:
        """From now on the file is only read, through a connection that cannot write."""
        fresh = opened()
        self.read_only, self._again = read_only, opened
        self._put(fresh)

    def say_beside(self, words: str) -> None:
        """The sentence of a ledger that may only be read says this, too."""
        if self.read_only is not None:
            sentence = f"{self.read_only.sentence} {words}"
            self.read_only = replace(self.read_only, sentence=sentence)

    def settle(self, *, whole: bool = False) -> None:
        """Fold what was written into the main file; ``whole`` waits and leaves nothing beside it.

        A ledger that is only read stays as it is.
        """
        if self.read_only is not None:
            return
        how = "TRUNCATE" if whole else "PASSIVE"
        with translated():
            self.database.execute(f"PRAGMA wal_checkpoint({how})").fetchall()

    def close(self) -> None:
        """Let go of the file."""
        self.database.close()

    def _renew(self) -> None:
        """A connection that met a damaged page answers nothing any more, whatever is asked."""
        with suppress(LedgerError):
            self._put(self._again())

    def _put(self, fresh: Database) -> None:
        worn, self.database = self.database, fresh
        self._presence = Presence(place.ledger_file(self._folder))
        with suppress(LedgerError), translated():
            worn.close()


class Accessed:
    """Whatever reads and writes through an `Access`."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self.reserve_freed = False

    @property
    def read_only(self) -> ReadOnly | None:
        """Why nothing may be written; None where charting goes on as always."""
        return self._access.read_only

    def settle(self) -> None:
        """Fold what was written into the main file while nothing else is going on; never waits.

        Raises:
            DiskFull, NotSaved, LedgerError: everything charted is safe where it is.
        """
        self._access.settle()

    def when_freed(self, told: Callable[[], None]) -> None:
        """``told`` is called when the reserve is given free; the thread is the ledger's own."""
        self._access.on_freed = told

    def free_reserve(self) -> bool:
        """Give the reserve free, now that the disk is full; whether there was one."""
        freed = self._access.freed()
        self.reserve_freed = self.reserve_freed or freed
        return freed

    @property
    def _database(self) -> Database:
        return self._access.database

    def _reading(self) -> AbstractContextManager[Database]:
        return self._access.reading()

    def _one_act(self) -> AbstractContextManager[Database]:
        return self._access.one_act()

    def _with_spare(self, look: Callable[[Database, Bodies], T]) -> T:
        """What was asked; where a long body cannot be read, its spare is."""
        try:
            with self._reading() as database:
                return look(database, "body")
        except LedgerDamaged:
            with self._reading() as database:
                return look(database, "spare")


W = TypeVar("W", bound=Accessed)


def again_with_reserve(
    method: Callable[Concatenate[W, P], T],
) -> Callable[Concatenate[W, P], T]:
    """For a method that writes one act: where the disk is full, the reserve is given free and the
    act is done once more; so a visit can be charted to its end."""

    @wraps(method)
    def written(self: W, /, *args: P.args, **told: P.kwargs) -> T:
        try:
            return method(self, *args, **told)
        except DiskFull:
            if not self.free_reserve():
                raise
        return method(self, *args, **told)

    return written


@contextmanager
def _whole_act(database: Database) -> Iterator[None]:
    connection = database.conn
    if connection.in_transaction:
        # A fault of the disk may have kept even the last rollback from ending.
        connection.rollback()
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.commit()
    except BaseException:
        if connection.in_transaction:
            connection.rollback()
        raise


def _nobody() -> None:
    """Nobody listens."""
