"""The open file as the storage asks it: plain statements, and tables by name where rows are few.

Statements go straight to the library that encrypts. What makes and fills tables by their columns
is sqlite-utils, which takes 13 MB and a third of a second: it is brought in with the first table
that is asked for, which no opening and no entry does.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import sqlcipher3
from sqlcipher3 import dbapi2

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import sqlite_utils
    from sqlite_utils.db import Table, Trigger

# sqlite-utils takes whatever is named pysqlite3, and catches that library's errors only. Handed a
# connection of another library it misses a failure and leaves later entries in a transaction that
# is never committed: they are lost without a word (storage.md, section 1.2).
sys.modules["pysqlite3"] = sqlcipher3
sys.modules["pysqlite3.dbapi2"] = dbapi2

_WITHIN: Final = "ketachart_within"


def _look_at_it() -> None:
    """Stops the program where sqlite-utils speaks to another library."""
    there = sys.modules.get("sqlite_utils.db")
    if there is not None and vars(there)["sqlite3"] is not sqlcipher3:
        raise ImportError("sqlite_utils was imported before ketachart.storage.vault")


_look_at_it()


class Database:
    """One connection; it commits nothing by itself, and belongs to the thread that opened it."""

    __slots__ = ("__weakref__", "_by_name", "conn")

    def __init__(self, connection: dbapi2.Connection) -> None:
        self.conn = connection
        self._by_name: sqlite_utils.Database | None = None
        connection.execute("PRAGMA recursive_triggers = ON").fetchall()

    def execute(
        self, sql: str, parameters: Sequence[object] | Mapping[str, object] = ()
    ) -> dbapi2.Cursor:
        """One statement, and a cursor on what it answers."""
        return self.conn.execute(sql, parameters)

    def close(self) -> None:
        """Close the file."""
        self.conn.close()

    def rollback(self) -> None:
        """Undo what the open transaction changed; nothing where none is open."""
        if self.conn.in_transaction:
            self.conn.execute("ROLLBACK")

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """All of it or nothing. An error may have ended the transaction already, and passes."""
        inner = self.conn.in_transaction
        self.conn.execute(f"SAVEPOINT {_WITHIN}" if inner else "BEGIN")
        try:
            yield
            self.conn.execute(f"RELEASE {_WITHIN}" if inner else "COMMIT")
        except BaseException:
            if not inner:
                self.rollback()
            elif self.conn.in_transaction:
                self.conn.execute(f"ROLLBACK TO {_WITHIN}")
                self.conn.execute(f"RELEASE {_WITHIN}")
            raise

    def table(self, name: str) -> Table:
        """One table, to be filled by the names of its columns."""
        return self._asked_by_name().table(name)

    @property
    def triggers(self) -> list[Trigger]:
        """What watches over the tables."""
        return self._asked_by_name().triggers

    def _asked_by_name(self) -> sqlite_utils.Database:
        if self._by_name is None:
            import sqlite_utils

            _look_at_it()
            # Plug-ins of sqlite-utils would be handed the open ledger.
            self._by_name = sqlite_utils.Database(
                self.conn, recursive_triggers=False, execute_plugins=False
            )
        return self._by_name
