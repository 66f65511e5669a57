"""Writes entries by the hundred thousand: chained as the ledger chains them, in large steps.

Triggers and durable writing are off meanwhile; at the end the file is as `Ledger` leaves one, and
is opened, checked and verified like any other.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ketachart.domain.chain import GENESIS, chained
from ketachart.storage import folder as place
from ketachart.storage.bodies import LONG, keep_body
from ketachart.storage.chain import link_of
from ketachart.storage.entry import Document, Shelved
from ketachart.storage.keyring import Unwrapped
from ketachart.storage.plain import plainly
from ketachart.storage.records import head_of
from ketachart.storage.triggers import TRIGGERS
from ketachart.storage.vault import Database, open_database, unguarded

AT_ONCE = 20_000
_ENTRY = (
    "INSERT INTO entry (seq, stream, number, entry_id, kind, version, body, author, at, "
    "recorded_at, elapsed_ms, session, supersedes, chain, link, body_in) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_SHELF = "INSERT INTO shelf (stream, day, label, status, summary, mrn) VALUES (?, ?, ?, ?, ?, ?)"
_PAPER = (
    "INSERT INTO document (sha256, stream, kind, name, made_at, content) VALUES (?, ?, ?, ?, ?, ?)"
)


class Bulk:
    """An open file that takes entries without asking."""

    def __init__(self, database: Database) -> None:
        self._database = database
        head = head_of(database)
        self._seq, self._link = head.seq, head.link
        self._entries: list[tuple[object, ...]] = []
        self._lines: list[tuple[object, ...]] = []
        self._papers: list[tuple[object, ...]] = []
        self._bodies: dict[str, str] = {}
        self._sought: dict[str, str] = {}

    def entry(self, end: tuple[int, str], **told) -> tuple[int, str]:
        """One more entry of a stream that ends so; answers where it ends then."""
        number = end[0] + 1
        chain = chained(end[1], number=number, **told)
        self._seq += 1
        self._link = link_of(self._seq, chain, self._link)
        body, kept = self._body(told["body"])
        self._entries.append((
            self._seq, told["stream"], number, told["entry_id"], told["kind"], told["version"],
            body, told["author"], told["at"], told["recorded_at"], told["elapsed_ms"],
            told["session"], told["supersedes"], chain, self._link, kept,
        ))  # fmt: skip
        if len(self._entries) >= AT_ONCE:
            self.flush()
        return number, chain

    def _body(self, body: str) -> tuple[str, str | None]:
        if len(body) <= LONG:
            return body, None
        if body not in self._bodies:
            self._bodies[body] = keep_body(self._database, body)
        return "{}", self._bodies[body]

    @property
    def entries(self) -> int:
        """How many entries the ledger has now."""
        return self._seq

    def line(self, line: Shelved) -> None:
        """A new line of the list of visits, with the mark by which it is newest."""
        told = (line.stream, line.day, line.label, line.status, line.summary, line.mrn)
        self._lines.append(told)

    def paper(self, paper: Document) -> None:
        """A paper beside a visit."""
        told = (paper.sha256, paper.stream, paper.kind, paper.name, paper.made_at, paper.content)
        self._papers.append(told)

    def flush(self) -> None:
        """Writes what was gathered."""
        for sql, rows in ((_ENTRY, self._entries), (_SHELF, self._lines), (_PAPER, self._papers)):
            self._database.conn.executemany(sql, rows)
            rows.clear()

    def end(self, stream: str) -> tuple[int, str]:
        """Where a stream ends that was begun before."""
        self.flush()
        found = self._database.execute(
            "SELECT number, chain FROM entry WHERE stream = ? ORDER BY number DESC LIMIT 1",
            [stream],
        ).fetchone()
        return (found[0], found[1]) if found else (0, GENESIS)


def finish_search(database: Database) -> None:
    """Writes each patient once, as the list is searched."""
    found = database.execute(
        "SELECT label, max(day || ' ' || coalesce(summary ->> '$.opened_at', '') || ' ' || stream) "
        "FROM shelf GROUP BY label"
    ).fetchall()
    database.execute("DELETE FROM sought")
    database.conn.executemany(
        "INSERT INTO sought (label, found, last) VALUES (?, ?, ?)",
        [(label, plainly(label), last) for label, last in found],
    )


def sha256_of(content: bytes) -> str:
    """The hash of a paper."""
    return hashlib.sha256(content).hexdigest()


@contextmanager
def bulk(folder: Path, unwrapped: Unwrapped) -> Iterator[Bulk]:
    """A ledger that is not open anywhere, to be written into by the hundred thousand."""
    database = open_database(place.ledger_file(folder), unwrapped.key_hex96)
    try:
        with unguarded(database):
            for setting in (
                "journal_mode = OFF", "synchronous = OFF", "secure_delete = 0",
                "cache_size = -400000", "foreign_keys = 0",
            ):  # fmt: skip
                database.execute(f"PRAGMA {setting}").fetchall()
            for name in TRIGGERS:
                database.execute(f"DROP TRIGGER {name}")
            database.execute("BEGIN")
            writer = Bulk(database)
            yield writer
            writer.flush()
            finish_search(database)
            for statement in TRIGGERS.values():
                database.execute(statement)
            database.execute("COMMIT")
            database.execute("PRAGMA journal_mode = WAL").fetchall()
    finally:
        database.close()
