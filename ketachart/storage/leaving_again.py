"""A backup holds visits that left the laptop after it was made: restored from it, they leave again.

No restore may bring back what a laptop was to tell no more. The entries by which they left are
taken over from the ledger before; here what they say is done once more.
"""

import json
from collections.abc import Callable, Sequence

from ketachart.storage import bodies, departing, seeking
from ketachart.storage.canonical import canonical
from ketachart.storage.departing import Leaving
from ketachart.storage.entry import Row, Shelved
from ketachart.storage.vault import Database

Asked = Callable[..., Sequence[tuple[object, ...]]]
"""Asks the ledger before, which answers as far as it can be read."""

LINE = "SELECT stream, day, label, status, summary, mrn FROM shelf WHERE stream = ?"
_ELSEWHERE = "SELECT entry_id FROM entry WHERE gone = ? AND kind = 'visit-planned'"
_KIND = "visit-left"
_NO_WORD = ("patient", "mrn", "birth_date", "sex", "goal", "series", "address", "place")


def leave(asked: Asked, rows: Sequence[Row], database: Database, stays: tuple[str, ...]) -> None:
    """Take away what left by one of these entries; the caller makes it one act."""
    for row in rows:
        if row.kind == _KIND:
            _leave(asked, row, database, stays)
    bodies.drop_unused(database)


def _leave(asked: Asked, row: Row, database: Database, stays: tuple[str, ...]) -> None:
    told = json.loads(row.body)
    stream = str(told["stream"])
    leaving = Leaving(
        stream=stream,
        by=row.entry_id,
        stays=stays,
        also=tuple(str(each[0]) for each in asked(_ELSEWHERE, row.entry_id)),
        shelved=_line(asked, stream, str(told.get("visit", "")), database),
    )
    departing.take_away(database, leaving, again=True)


def _line(asked: Asked, stream: str, number: str, database: Database) -> Shelved:
    """The line that the ledger before had; else the backup's own, without a word of the patient."""
    for found in asked(LINE, stream):
        line = Shelved(*found)  # type: ignore[arg-type]
        if line.status == "left":
            return line
    known = seeking.line_of(database, stream)
    told = json.loads(known.summary) if known else {"opened_at": "", "practice": False}
    blank = {**dict.fromkeys(_NO_WORD, ""), "number": number, "calls": []}
    kept = {name: told[name] for name in ("opened_at", "practice") if name in told}
    day = known.day if known else _first_day(stream, database)
    return Shelved(stream, day, number, "left", canonical({**blank, **kept}))


def _first_day(stream: str, database: Database) -> str:
    """The day on which a stream begins, ISO 8601."""
    sql = "SELECT substr(at, 1, 10) FROM entry WHERE stream = ? ORDER BY number LIMIT 1"
    return str(database.execute(sql, [stream]).fetchone()[0])
