"""The tables of the ledger, the triggers that refuse change, and the steps from older versions."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from ketachart.errors import LedgerDamaged, LedgerForeign, LedgerNewer
from ketachart.storage.vault import Database, Doing, translated, unguarded

APPLICATION_ID = 0x4B657461
"""Marks the file as KetaChart's: "Keta" in ASCII (sqlite.org/pragma.html, application_id)."""

FINGERPRINT = "d604bac7b4b233aca712f6c984eb45d589b24d5ca47e88c0ddf93d4715053638"
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

MIGRATIONS: tuple[tuple[str, ...], ...] = (_FIRST,)
"""Step n brings a ledger of version n - 1 to version n; a released step is never edited."""


def _never(table: str, act: str) -> str:
    return (
        f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table}\n"
        f"BEGIN SELECT RAISE(ABORT, '{table}: what is written stays as it is'); END"
    )


# A delete trigger does not fire for INSERT OR REPLACE on a plain connection, so each table also
# refuses every row that is not the next one (storage.md, section 4).
TRIGGERS: Mapping[str, str] = {
    "entry_next_and_new": """CREATE TRIGGER entry_next_and_new BEFORE INSERT ON entry
WHEN new.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM entry)
  OR new.number IS NOT
    (SELECT coalesce(max(number), 0) + 1 FROM entry WHERE stream = new.stream)
  OR EXISTS (SELECT 1 FROM entry WHERE entry_id = new.entry_id)
BEGIN SELECT RAISE(ABORT, 'entry: only the next one, and only once'); END""",
    "entry_not_after_signing": """CREATE TRIGGER entry_not_after_signing BEFORE INSERT ON entry
WHEN new.kind NOT IN ('report-signed', 'addendum-written')
  AND EXISTS (SELECT 1 FROM entry WHERE stream = new.stream AND kind = 'visit-signed')
BEGIN SELECT RAISE(ABORT, 'entry: this visit is signed; write an addendum'); END""",
    "document_new": """CREATE TRIGGER document_new BEFORE INSERT ON document
WHEN EXISTS (SELECT 1 FROM document WHERE sha256 = new.sha256)
BEGIN SELECT RAISE(ABORT, 'document: this one is kept already'); END""",
    "credential_next": """CREATE TRIGGER credential_next BEFORE INSERT ON credential
WHEN new.serial IS NOT (SELECT coalesce(max(serial), 0) + 1 FROM credential)
BEGIN SELECT RAISE(ABORT, 'credential: only the next one'); END""",
    "meta_new": """CREATE TRIGGER meta_new BEFORE INSERT ON meta
WHEN EXISTS (SELECT 1 FROM meta WHERE key = new.key)
BEGIN SELECT RAISE(ABORT, 'meta: what is written stays as it is'); END""",
    **{
        f"{table}_no_{act.lower()}": _never(table, act)
        for table in ("entry", "document", "credential", "meta")
        for act in ("UPDATE", "DELETE")
    },
}


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
