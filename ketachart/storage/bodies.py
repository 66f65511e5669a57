"""Long bodies, kept once: every visit begins with the same protocol, and it is 133 kB long.

Once, and once more on other pages: all visits of one edition rest on these few pages, and one
damaged page among them would hide them all.
"""

import hashlib
from typing import Literal

from ketachart.storage.vault import Database

LONG = 8_000
"""Characters from which on a body is kept once; all but the protocol are far shorter."""

Bodies = Literal["body", "spare"]
"""Which of the two tables long bodies are read from."""

EACH: tuple[Bodies, Bodies] = ("body", "spare")


def keep_body(database: Database, text: str) -> str:
    """Keep a long body where it is not kept yet; gives the hash that it is found by."""
    sha256 = hash_of(text)
    for table in EACH:
        known = database.execute(f"SELECT 1 FROM {table} WHERE sha256 = ?", [sha256])  # noqa: S608 - a name of ours
        if known.fetchone() is None:
            sql = f"INSERT INTO {table} (sha256, text) VALUES (?, ?)"  # noqa: S608 - a name of ours
            database.execute(sql, [sha256, text])
    return sha256


def hash_of(text: str) -> str:
    """The hash that a long body is found by."""
    return hashlib.sha256(text.encode()).hexdigest()


def drop_unused(database: Database) -> None:
    """Take away the long bodies that no entry needs any more."""
    for table in EACH:
        database.execute(
            f"DELETE FROM {table} "  # noqa: S608 - a name of ours
            f"WHERE NOT EXISTS (SELECT 1 FROM entry WHERE body_in = {table}.sha256)"
        )


def altered(database: Database) -> dict[str, str]:
    """Which long bodies are not as they were written, by hash: kept where."""
    wrong: dict[str, str] = {}
    for table in EACH:
        for sha256, text in database.execute(f"SELECT sha256, text FROM {table}"):  # noqa: S608 - a name of ours
            if hash_of(str(text)) != sha256:
                wrong[str(sha256)] = table
        other: Bodies = "spare" if table == "body" else "body"
        lone = f"SELECT sha256 FROM {table} WHERE sha256 NOT IN (SELECT sha256 FROM {other})"  # noqa: S608 - names of ours
        wrong.update((str(sha256), other) for (sha256,) in database.execute(lone))
    return wrong
