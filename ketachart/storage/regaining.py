"""Takes over from the ledger before whatever was charted after the backup, byte for byte.

An entry is taken over only if it follows on: its place, its number and both its hashes must be
those that come next after the backup's last entry. At the first that cannot be read, or does not
follow, it ends: what came after rests on that one.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ketachart.errors import LedgerError
from ketachart.storage import departing, leaving_again, records, schema, seeking
from ketachart.storage.bodies import EACH, Bodies
from ketachart.storage.chain import chain_of, link_of
from ketachart.storage.entry import Document, Head, KeptCredential, Row, Shelved
from ketachart.storage.keyring import Unwrapped
from ketachart.storage.vault import Database, Doing, open_database, translated

Shelve = Callable[[str, Sequence[Row]], Shelved | None]
"""The line in the list of visits for a stream's entries; None where it is no visit."""

_DOCUMENT = "SELECT sha256, stream, kind, name, made_at, content FROM document WHERE sha256 = ?"
_CREDENTIAL_PARTS = ("holder", "kind", "made_at", "certificate_pem", "pkcs12")
_CREDENTIAL = (
    "SELECT holder, kind, made_at, certificate_pem, pkcs12 FROM credential WHERE serial = ?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Regained:
    """How much was taken over; ``last`` is the old ledger's last entry, None if it is unknown."""

    entries: int = 0
    papers: int = 0
    last: int | None = None


def regain(
    old: Path,
    database: Database,
    unwrapped: Unwrapped,
    shelve: Shelve,
    stays: tuple[str, ...] = (),
) -> Regained:
    """Take over into ``database``, restored from a backup, what the old ledger has beyond it.

    A visit that left the laptop after the backup leaves again, but for the kinds in ``stays``.
    ``old`` is a copy of its file, its log beside it, that may be changed and thrown away. All of it
    is written in one step, or nothing.

    Raises:
        DiskFull, FolderReadOnly, NotSaved, LedgerError: nothing was taken over.
    """
    before = _Before(old, unwrapped.key_hex96)
    try:
        with translated():
            head = records.head_of(database)
        rows = _following(before, database, head)
        with translated():
            database.execute("BEGIN IMMEDIATE")
            departing.take_over(database, rows)
            leaving_again.leave(before.asked, rows, database, stays)
            papers = _papers(before, database)
            _credentials(before, database)
            _settings(before, database)
            _lines(before, rows, database, shelve)
            database.conn.commit()
        last = before.asked("SELECT coalesce(max(seq), 0) FROM entry")
    finally:
        before.close()
    known = int(str(last[0][0])) if last else None
    return Regained(entries=len(rows), papers=papers, last=known)


class _Before:
    """The old ledger, as far as it can be read.

    A connection that met a damaged page answers nothing any more: a new one is opened then.
    """

    def __init__(self, path: Path, key_hex96: str) -> None:
        self._path = path
        self._key = key_hex96
        self._database = self._opened()
        if self._database is not None:
            try:
                schema.upgrade(self._database)
            except LedgerError:
                self._renew()

    def asked(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        """What it answers, up to the first row that cannot be read."""
        found: list[tuple[object, ...]] = []
        if self._database is not None:
            try:
                with translated(Doing.READING):
                    found.extend(self._database.execute(sql, values))
            except LedgerError:
                self._renew()
        return found

    def entries_after(self, seq: int) -> Iterator[Row]:
        """The entries that follow, up to the first that cannot be read."""
        begun = None
        while begun != seq:
            begun = seq
            for kept in EACH:
                for row in self._run_after(seq, kept):
                    yield row
                    seq = row.seq

    def _run_after(self, seq: int, kept: Bodies) -> Iterator[Row]:
        if self._database is not None:
            try:
                with translated(Doing.READING):
                    yield from records.entries_after(self._database, seq, kept)
            except LedgerError:
                self._renew()

    def close(self) -> None:
        """Let go of the file."""
        if self._database is not None:
            with suppress(LedgerError), translated():
                self._database.close()

    def _renew(self) -> None:
        self.close()
        self._database = self._opened()

    def _opened(self) -> Database | None:
        try:
            return open_database(self._path, self._key)
        except LedgerError:
            return None


def _following(before: _Before, database: Database, head: Head) -> list[Row]:
    """The old ledger's entries that follow on the head, up to the first that does not."""
    ends: dict[str, tuple[int, str]] = {}
    rows: list[Row] = []
    for row in before.entries_after(head.seq):
        if row.stream not in ends:
            with translated(Doing.READING):
                ends[row.stream] = records.end_of(database, row.stream)
        number, chain = ends[row.stream]
        if not _follows(row, head, number, chain):
            break
        rows.append(row)
        ends[row.stream] = (row.number, row.chain)
        head = Head(row.seq, row.link)
    # The content of a visit that left is in no chain: it may stay away only if the entry is here
    # that says so.
    known = {row.entry_id for row in rows}
    left = next((place for place, row in enumerate(rows) if row.gone not in {"", *known}), None)
    return rows[:left]


def _follows(row: Row, head: Head, number: int, chain: str) -> bool:
    if row.seq != head.seq + 1 or row.number != number + 1:
        return False
    if not row.gone and row.chain != chain_of(row, row.number, chain):
        return False
    return row.link == link_of(row.seq, row.chain, head.link)


def _papers(before: _Before, database: Database) -> int:
    """The papers that the backup lacks and that are what their hash says."""
    known = {str(each[0]) for each in database.execute("SELECT sha256 FROM document")}
    taken = 0
    for (sha256,) in before.asked("SELECT sha256 FROM document ORDER BY rowid"):
        for found in [] if sha256 in known else before.asked(_DOCUMENT, sha256):
            paper = Document(*found)  # type: ignore[arg-type]
            if records.is_whole(paper):
                records.insert_document(database, paper)
                taken += 1
    return taken


def _credentials(before: _Before, database: Database) -> None:
    (most,) = database.execute("SELECT coalesce(max(serial), 0) FROM credential").fetchone()
    for (serial,) in before.asked("SELECT serial FROM credential WHERE serial > ?", most):
        for found in before.asked(_CREDENTIAL, serial):
            told = dict(zip(_CREDENTIAL_PARTS, found, strict=True))
            records.insert_credential(database, KeptCredential(**told), relocked=True)  # type: ignore[arg-type]


def _settings(before: _Before, database: Database) -> None:
    for key, value in before.asked("SELECT key, value FROM setting"):
        records.put_setting(database, str(key), str(value))


def _lines(before: _Before, rows: Sequence[Row], database: Database, shelve: Shelve) -> None:
    """The list of visits is made again from the entries, for each visit that has new ones.

    The line of a visit that left is taken over as it was: its entries tell nothing any more.
    """
    for stream in dict.fromkeys(row.stream for row in rows):
        line = shelve(stream, records.entries_of(database, stream))
        for found in [] if line else before.asked(leaving_again.LINE, stream):
            line = Shelved(*found)  # type: ignore[arg-type]
        if line is not None:
            seeking.put(database, line)
