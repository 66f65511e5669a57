"""The tables of the ledger, the triggers that refuse change, and the steps from older versions."""

import hashlib
from dataclasses import dataclass

from ketachart.errors import LedgerDamaged, LedgerForeign, LedgerNewer
from ketachart.storage import seeking
from ketachart.storage.plain import plainly
from ketachart.storage.triggers import TRIGGERS
from ketachart.storage.vault import Database, Doing, translated, unguarded

APPLICATION_ID = 0x4B657461
"""Marks the file as KetaChart's: "Keta" in ASCII (sqlite.org/pragma.html, application_id)."""

FINGERPRINT = "0ec72da8fc14a4bcbdb86d4b9f8dd116a58e7df15baaf361cd47ebb4526a45d8"
"""SHA-256 of the tables, indexes and triggers as they must be found at every opening."""

_FIRST = (
    """CREATE TABLE entry (
  seq INTEGER PRIMARY KEY,
  stream TEXT NOT NULL CHECK (stream <> ''),
  number INTEGER NOT NULL,
  entry_id TEXT NOT NULL UNIQUE CHECK (entry_id <> ''),
  kind TEXT NOT NULL CHECK (kind <> ''),
  version INTEGER NOT NULL CHECK (version >= 1),
  body TEXT NOT NULL CHECK (json_valid(body)),
  author TEXT NOT NULL,
  at TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  elapsed_ms INTEGER NOT NULL CHECK (elapsed_ms >= 0),
  session TEXT NOT NULL,
  supersedes TEXT,
  chain TEXT NOT NULL CHECK (length(chain) = 64),
  link TEXT NOT NULL CHECK (length(link) = 64),
  UNIQUE (stream, number)
) STRICT""",
    # Answers "is this chart signed?" without reading the chart.
    "CREATE INDEX entry_signed ON entry (stream) WHERE kind = 'visit-signed'",
    """CREATE TABLE document (
  sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
  stream TEXT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  made_at TEXT NOT NULL,
  content BLOB NOT NULL
) STRICT""",
    "CREATE INDEX document_stream ON document (stream)",
    """CREATE TABLE credential (
  serial INTEGER PRIMARY KEY,
  holder TEXT NOT NULL,
  kind TEXT NOT NULL,
  made_at TEXT NOT NULL,
  certificate_pem TEXT NOT NULL,
  pkcs12 BLOB NOT NULL
) STRICT""",
    "CREATE INDEX credential_holder ON credential (holder, kind)",
    """CREATE TABLE shelf (
  stream TEXT NOT NULL PRIMARY KEY,
  day TEXT NOT NULL,
  label TEXT NOT NULL,
  status TEXT NOT NULL,
  summary TEXT NOT NULL CHECK (json_valid(summary))
) STRICT""",
    "CREATE INDEX shelf_day ON shelf (day)",
    "CREATE INDEX shelf_label ON shelf (label)",
    "CREATE TABLE setting (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT",
    "CREATE TABLE meta (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT",
)

# A long body, such as the protocol that every visit begins with, is kept once. A visit that left
# keeps its entries' places and hashes: `gone` names the entry by which their content went.
_SECOND = (
    """CREATE TABLE body (
  sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
  text TEXT NOT NULL CHECK (json_valid(text))
) STRICT""",
    # Each of them a second time, on other pages.
    """CREATE TABLE spare (
  sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
  text TEXT NOT NULL CHECK (json_valid(text))
) STRICT""",
    "ALTER TABLE entry ADD COLUMN body_in TEXT REFERENCES body (sha256)",
    "ALTER TABLE entry ADD COLUMN gone TEXT",
    "CREATE INDEX entry_body ON entry (body_in) WHERE body_in IS NOT NULL",
    """CREATE TABLE departed (
  stream TEXT NOT NULL PRIMARY KEY,
  by TEXT NOT NULL REFERENCES entry (entry_id)
) STRICT""",
    *seeking.SECOND,
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (_FIRST, _SECOND)
"""Step n brings a ledger of version n - 1 to version n; a released step is never edited."""


@dataclass(frozen=True, slots=True)
class Meta:
    """What a ledger says of itself: its id, when it was made (ISO 8601), by which KetaChart."""

    ledger_id: str
    made_at: str
    made_by: str


def create(database: Database, meta: Meta) -> None:
    """Make the tables in an empty file and write what the ledger says of itself."""
    upgrade(database)
    with translated(), unguarded(database), database.atomic():
        for key in ("ledger_id", "made_at", "made_by"):
            database.table("meta").insert({"key": key, "value": getattr(meta, key)})


def upgrade(database: Database, migrations: tuple[tuple[str, ...], ...] = MIGRATIONS) -> None:
    """Bring the tables to the newest version, all steps in one transaction.

    The triggers are made anew each time: ``table.transform()`` of sqlite-utils drops them without
    a word (storage.md, section 1.2, trap 1).

    Raises:
        LedgerNewer: a newer KetaChart wrote it; nothing was changed.
        DiskFull, NotSaved, LedgerError: nothing was changed.
    """
    version = _pragma(database, "user_version")
    if version > len(migrations):
        raise LedgerNewer(
            "This ledger was written by a newer KetaChart. Nothing was changed: install the newer "
            "version to open it."
        )
    if version == len(migrations):
        return
    database.conn.create_function("plainly", 1, plainly, deterministic=True)
    with translated(), unguarded(database), database.atomic():
        for step in migrations[version:]:
            for statement in step:
                database.execute(statement)
        for name, statement in TRIGGERS.items():
            database.execute(f"DROP TRIGGER IF EXISTS {name}")
            database.execute(statement)
        database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        database.execute(f"PRAGMA user_version = {len(migrations)}")


def require_ours(database: Database) -> None:
    """Let only a ledger of KetaChart pass.

    Raises:
        LedgerForeign: the file opens with the key but was made by another program.
    """
    if _pragma(database, "application_id") != APPLICATION_ID:
        raise LedgerForeign(
            "This file is not a KetaChart ledger. Nothing was changed: restore ledger.db from the "
            "backup."
        )


def require_whole(database: Database) -> None:
    """Let only a ledger pass whose tables and triggers are exactly those that were shipped.

    Raises:
        LedgerDamaged: something was added, changed or taken away; charting would not be safe.
    """
    if fingerprint(database) != FINGERPRINT:
        raise LedgerDamaged(
            "The ledger's protection was altered. Chart on paper, change nothing in the folder, "
            "and restore the last good backup."
        )


def fingerprint(database: Database) -> str:
    """SHA-256 over every table, index and trigger of the file, in hex."""
    hasher = hashlib.sha256()
    with translated(Doing.READING):
        for row in database.execute(
            "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema ORDER BY type, name"
        ):
            hasher.update("\0".join(row).encode() + b"\0\0")
    return hasher.hexdigest()


def meta_of(database: Database) -> Meta:
    """What the ledger says of itself.

    Raises:
        LedgerDamaged: it says nothing.
    """
    with translated(Doing.READING):
        kept = dict(database.execute("SELECT key, value FROM meta").fetchall())
    try:
        return Meta(kept["ledger_id"], kept["made_at"], kept["made_by"])
    except KeyError as error:
        raise LedgerDamaged(
            "The ledger does not say which one it is. Chart on paper, change nothing in the "
            "folder, and restore the last good backup."
        ) from error


def _pragma(database: Database, name: str) -> int:
    with translated(Doing.READING):
        return int(database.execute(f"PRAGMA {name}").fetchone()[0])
