"""Reads what can still be read of a ledger with damaged pages: each costs what stands on it.

SQLite gives a row up where one page on the way to it is damaged, be it of an index only. So the
table itself is gone through here, and what cannot be read is passed over.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, fields
from itertools import takewhile
from typing import Final

from ketachart.errors import LedgerDamaged
from ketachart.storage import records
from ketachart.storage.bodies import Bodies
from ketachart.storage.entry import Document, Row, Shelved
from ketachart.storage.vault import Database

Reading = Callable[[], AbstractContextManager[Database]]
"""Gives the file to read from; the next call opens it anew where it met a damaged page."""

UNREADABLE: Final = (
    "This visit cannot be shown whole: a part of the ledger on which it stands is damaged. Other "
    "visits are not touched by it. Nothing was changed: use its signed or printed report, and "
    "restore the last good backup."
)
_UNREADABLE_PAPER: Final = (
    "A paper of this visit cannot be read: a part of the ledger on which it stands is damaged. "
    "Papers that were saved elsewhere are not touched by it: restore the last good backup."
)
_ALTERED: Final = (
    "The kept copy of “{name}” is not as it was written. Do not hand it out: restore the last "
    "good backup."
)
_FARTHEST: Final = 1 << 24  # rows; no damaged page hides more

_ENTRIES: Final = "SELECT seq, stream FROM main.entry NOT INDEXED WHERE seq >= ? ORDER BY seq"
_PLACES: Final = "SELECT seq, stream, kind FROM main.entry NOT INDEXED WHERE seq >= ?"
_LINES: Final = "SELECT rowid, * FROM main.shelf NOT INDEXED WHERE rowid >= ? ORDER BY rowid"
_PAPERS: Final = (
    "SELECT rowid, sha256, stream FROM main.document NOT INDEXED WHERE rowid >= ? ORDER BY rowid"
)
_PAPER: Final = (
    "SELECT sha256, stream, kind, name, made_at, content FROM main.document NOT INDEXED "
    "WHERE rowid = ?"
)


@dataclass(frozen=True, slots=True)
class Found:
    """The rows that could be read, with their names, and where the last gap before the end is."""

    names: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    lost_after: int | None = None


def whole_stream(reading: Reading, stream: str) -> tuple[Row, ...]:
    """All entries of a stream, although an index or another page is damaged.

    Raises:
        LedgerDamaged: one of them cannot be read, or it cannot be told whether there are more.
    """
    found = _readable(reading, _ENTRIES)
    own = [int(str(seq)) for seq, name in found.rows if name == stream]
    rows = tuple(rows_at(reading, own))
    complete = len(rows) == len(own) and [row.number for row in rows] == [*range(1, len(own) + 1)]
    may_go_on = found.lost_after is not None and (not own or found.lost_after >= own[-1])
    if not complete or may_go_on:
        raise LedgerDamaged(UNREADABLE)
    return rows


def readable_of(reading: Reading, stream: str) -> tuple[Row, ...]:
    """Those entries of a stream that can still be read; some may be missing among them."""
    found = _readable(reading, _ENTRIES)
    own = [int(str(seq)) for seq, name in found.rows if name == stream]
    return tuple(rows_at(reading, own))


def shelf(reading: Reading, *, newest: int | None = None) -> tuple[tuple[Shelved, ...], bool]:
    """Those lines of the list of visits that can still be read, and whether those are all.

    With ``newest`` no more than about so many, those written last.
    """
    found = _readable(reading, _LINES, start=_far(reading, newest) if newest else 0)
    known = {each.name for each in fields(Shelved)}
    told = [dict(zip(found.names, row, strict=True)) for row in found.rows]
    lines = tuple(
        Shelved(**{name: str(value) for name, value in line.items() if name in known})
        for line in told
    )
    return lines, found.lost_after is None


def _far(reading: Reading, newest: int) -> int:
    try:
        with reading() as database:
            found = database.execute("SELECT max(rowid) FROM main.shelf NOT INDEXED").fetchone()
    except LedgerDamaged:
        return 0
    return max(0, int(found[0] or 0) - newest + 1)


def places_of(reading: Reading, kind: str, *, after: int, upto: int) -> tuple[tuple[int, str], ...]:
    """Place and stream of the entries of a kind between two places, where they can be read."""
    found = _readable(reading, f"{_PLACES} AND seq <= {upto:d} ORDER BY seq", start=after + 1)
    return tuple((int(str(seq)), str(name)) for seq, name, of in found.rows if of == kind)


def documents(reading: Reading, *, sha256: str = "", stream: str = "") -> Iterator[Document]:
    """The papers with that hash or of that stream, although an index or another page is damaged.

    Raises:
        LedgerDamaged: one of them cannot be read.
    """
    found = _readable(reading, _PAPERS)
    for place, own, of in found.rows:
        if sha256 in ("", own) and stream in ("", of):
            with reading() as database:
                kept = database.execute(_PAPER, [place]).fetchone()
            document = Document(*kept)
            if not records.is_whole(document):
                raise LedgerDamaged(_ALTERED.format(name=document.name))
            yield document
    if found.lost_after is not None:
        raise LedgerDamaged(_UNREADABLE_PAPER)


def readable_documents(reading: Reading, stream: str) -> tuple[Document, ...]:
    """Those papers of a stream that can be read and are as they were written, oldest first."""
    papers: list[Document] = []
    for place, _, of in _readable(reading, _PAPERS).rows:
        if of != stream:
            continue
        with suppress(LedgerDamaged), reading() as database:
            papers.append(Document(*database.execute(_PAPER, [place]).fetchone()))
    return tuple(paper for paper in papers if records.is_whole(paper))


def rows_at(reading: Reading, seqs: Iterable[int]) -> Iterator[Row]:
    """Those of these entries that can be read, their long bodies from wherever they stand."""
    for seq in seqs:
        row = _row_at(reading, seq, "body") or _row_at(reading, seq, "spare")
        if row is not None and row.seq == seq:
            yield row


def _row_at(reading: Reading, seq: int, kept: Bodies) -> Row | None:
    try:
        with reading() as database:
            return next(records.entries_after(database, seq - 1, kept), None)
    except LedgerDamaged:
        return None


def _readable(reading: Reading, sql: str, *, start: int | None = 0) -> Found:
    names: tuple[str, ...] = ()
    rows: list[tuple[object, ...]] = []
    lost_after: int | None = None
    while start is not None:
        begun = start
        try:
            with reading() as database:
                cursor = database.execute(sql, [begun])
                names = tuple(column[0] for column in cursor.description)
                for row in cursor:
                    rows.append(row)
                    begun = int(row[0]) + 1
            start = None
        except LedgerDamaged:
            lost_after = begun - 1
            start = _past_the_gap(reading, sql, begun)
    return Found(names, tuple(rows), lost_after)


def _past_the_gap(reading: Reading, sql: str, start: int) -> int | None:
    """The first row that can be read again after a damaged page; None where none can."""
    steps = (1 << power for power in range(_FARTHEST.bit_length()))
    tried = list(takewhile(lambda step: not _can_read(reading, sql, start + step), steps))
    low = start + (tried[-1] if tried else 0)
    high = start + (tried[-1] * 2 if tried else 1)
    if high - start > _FARTHEST:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        if _can_read(reading, sql, middle):
            high = middle
        else:
            low = middle
    return high


def _can_read(reading: Reading, sql: str, start: int) -> bool:
    try:
        with reading() as database:
            database.execute(f"{sql} LIMIT 1", [start]).fetchall()
    except LedgerDamaged:
        return False
    return True
