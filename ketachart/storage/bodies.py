"""Long bodies, kept once: every visit begins with the same protocol, and it is 133 kB long."""

import hashlib

from ketachart.storage.vault import Database

LONG = 8_000
"""Characters from which on a body is kept once; all but the protocol are far shorter."""


def keep_body(database: Database, text: str) -> str:
    """Keep a long body where it is not kept yet; gives the hash that it is found by."""
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    known = database.execute("SELECT 1 FROM body WHERE sha256 = ?", [sha256]).fetchone()
    if known is None:
        database.execute("INSERT INTO body (sha256, text) VALUES (?, ?)", [sha256, text])
    return sha256


def drop_unused(database: Database) -> None:
    """Take away the long bodies that no entry needs any more."""
    database.execute(
        "DELETE FROM body WHERE NOT EXISTS (SELECT 1 FROM entry WHERE body_in = body.sha256)"
    )
