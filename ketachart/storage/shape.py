"""Lets the tables of an older or a newer ledger be read by the names of today's."""

from functools import cache

from ketachart.storage import schema
from ketachart.storage.vault import Database, in_memory, translated, unguarded

_FORMER = {1: "d604bac7b4b233aca712f6c984eb45d589b24d5ca47e88c0ddf93d4715053638"}
"""SHA-256 of the tables, indexes and triggers of each shape before today's, as it was shipped."""


def is_as_shipped(database: Database) -> bool:
    """Whether tables and triggers are those that were shipped; of a newer ledger nobody knows."""
    version = version_of(database)
    if version > len(schema.MIGRATIONS):
        return True
    return schema.fingerprint(database) == _FORMER.get(version, schema.FINGERPRINT)


def version_of(database: Database) -> int:
    """Which shape the ledger has: the first that was released is 1."""
    return int(database.execute("PRAGMA user_version").fetchone()[0])


def read_as_todays(database: Database) -> None:
    """Puts today's shape over the tables, for this connection alone; no byte of the file changes.

    A column that today's has not is passed over, one that the ledger has not is empty, and so is a
    table that it has not.
    """
    with translated(), unguarded(database):
        for table, columns in _todays().items():
            found = set(_columns(database, table))
            if found == set(columns):
                continue
            told = [name if name in found else f"NULL AS {name}" for name in columns]
            source = f"main.{table}" if found else "(SELECT 1) WHERE 0"
            names = ", ".join(told)
            database.execute(f"CREATE TEMP VIEW {table} AS SELECT {names} FROM {source}")  # noqa: S608 - names of our own tables


@cache
def _todays() -> dict[str, tuple[str, ...]]:
    blank = in_memory()
    schema.upgrade(blank)
    names = [row[0] for row in blank.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    return {name: _columns(blank, name) for name in names if not name.startswith("sqlite_")}


def _columns(database: Database, table: str) -> tuple[str, ...]:
    return tuple(row[1] for row in database.execute(f"PRAGMA main.table_info({table})"))
