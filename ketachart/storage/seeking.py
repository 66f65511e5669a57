"""Reads and writes the list of visits, so that a hundred thousand of them are searched at once.

A clinic's ledger holds 100,000 visits of 20,000 patients. A search looks at each patient once, in
letters without accents and capitals, and then at the newest visits of those who were found.
Measured on 100,000 lines on a busy machine: 3 ms for a key; reading the text of every visit from
an index took 60 ms. A trigram index knows no search of one or two letters, and keeps what was
deleted.
"""

from collections.abc import Sequence

from ketachart.storage.entry import Shelved
from ketachart.storage.plain import plainly
from ketachart.storage.vault import Database

ON_THE_WAY = (
    "kind IN ('report-signed', 'report-taken', 'receipt-taken', 'verdict-given', 'question-asked')"
)
SECOND = (
    # One line for each patient as the list names them; ``last`` is the place of their last visit.
    """CREATE TABLE sought (
  label TEXT NOT NULL PRIMARY KEY,
  found TEXT NOT NULL,
  last TEXT NOT NULL
) STRICT, WITHOUT ROWID""",
    """INSERT INTO sought SELECT label, plainly(label),
  max(day || ' ' || coalesce(summary ->> '$.opened_at', '') || ' ' || stream)
FROM shelf WHERE label <> '' GROUP BY label""",
    "ALTER TABLE shelf ADD COLUMN mrn TEXT NOT NULL DEFAULT ''",
    "UPDATE shelf SET mrn = coalesce(summary ->> '$.mrn', '')",
    "DROP INDEX shelf_day",
    "CREATE INDEX shelf_newest ON shelf (day, coalesce(summary ->> '$.opened_at', ''), stream)",
    "CREATE INDEX shelf_mrn ON shelf (mrn, day)",
    "CREATE INDEX shelf_place ON shelf (summary ->> '$.place', day)",
    """CREATE INDEX shelf_plan ON shelf (summary ->> '$.plan')
WHERE summary ->> '$.plan' IS NOT NULL""",
    "CREATE INDEX shelf_open ON shelf (day, label) WHERE status NOT IN ('signed', 'left')",
    "CREATE INDEX shelf_call ON shelf (day, label) WHERE summary ->> '$.calls[0]' IS NOT NULL",
    # A clinic's own book holds each plan, vial and package of years; one kind of it is read alone.
    "CREATE INDEX entry_of_clinic ON entry (kind, number) WHERE stream = 'clinic'",
    # Which visits were signed, came in, are asked about: without reading one of them.
    f"""CREATE INDEX entry_on_the_way ON entry (kind, stream, body ->> '$.sha256')
WHERE {ON_THE_WAY}""",
    """CREATE INDEX entry_reported ON entry (body ->> '$.plan', stream)
WHERE kind = 'report-taken' AND body ->> '$.plan' <> ''""",
    """CREATE INDEX entry_planned ON entry (body ->> '$.item', body ->> '$.day')
WHERE kind = 'visit-planned'""",
    # A clinic's figures are of some months, and its queue the newest reviewed ones.
    """CREATE INDEX entry_taken
ON entry (kind, body ->> '$.signed_at', stream, body ->> '$.certificate')
WHERE kind = 'report-taken'""",
)
"""The tables and indexes of the search, for the second version of the ledger."""

_LINE = "SELECT stream, day, label, status, summary, mrn FROM shelf"
_OPENED = "coalesce(summary ->> '$.opened_at', '')"
_NEWEST = f"ORDER BY day DESC, {_OPENED} DESC, stream DESC"
_PLACE = f"day || ' ' || {_OPENED} || ' ' || stream"
_SEEK = (
    f"INSERT INTO sought (label, found, last) SELECT label, ?, {_PLACE} FROM shelf "  # noqa: S608 - no value is put in
    "WHERE stream = ? ON CONFLICT (label) DO UPDATE SET last = excluded.last "
    "WHERE excluded.last > last"
)
_SEEN = (
    "UPDATE sought SET last = "  # noqa: S608 - no value is put in
    f"coalesce((SELECT max({_PLACE}) FROM shelf WHERE label = ?1), '') WHERE label = ?1"
)
_BY_NAME = "ORDER BY day, label, stream"
_MOST_WORDS = 8  # of a search; a name, a birth date and a number are fewer


# ---------------------------------------------------------------- writing


def put(database: Database, shelved: Shelved) -> None:
    """Write a line of the list of visits, over the old one of the same stream.

    Most entries change nothing in their line: then nothing is written.
    """
    before = line_of(database, shelved.stream)
    if before == shelved:
        return
    # Not table.upsert(): it tries the statement out on a table that it creates and drops again.
    database.execute(
        "INSERT INTO shelf (stream, day, label, status, summary, mrn) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (stream) DO UPDATE SET day = excluded.day, label = excluded.label, "
        "status = excluded.status, summary = excluded.summary, mrn = excluded.mrn",
        [
            shelved.stream,
            shelved.day,
            shelved.label,
            shelved.status,
            shelved.summary,
            shelved.mrn,
        ],
    )
    if shelved.label:
        database.execute(_SEEK, [plainly(shelved.label), shelved.stream])
    if before is not None and before.label != shelved.label:
        _forget(database, before.label)


def _forget(database: Database, label: str) -> None:
    """Nothing is left of a name that stands in no line any more."""
    database.execute(_SEEN, [label])
    database.execute("DELETE FROM sought WHERE label = ? AND last = ''", [label])


# ---------------------------------------------------------------- reading


def shelf(
    database: Database, *, day: str | None = None, search: str = "", limit: int | None = None
) -> tuple[Shelved, ...]:
    """The lines of a day (any, if None) whose label holds every word of ``search``.

    By day and label; with a ``limit`` no more than that, the newest first. Capitals and accents
    make no difference.
    """
    words = _words(search)
    if day is None:
        found = _of_any_day(database, words, limit)
    else:
        lines = _lines(database, f"{_LINE} WHERE day = ? {_NEWEST}", day)
        found = tuple(line for line in lines if _holds(line, words))[:limit]
    return _by_name(found) if limit is None else found


def _of_any_day(database: Database, words: Sequence[str], limit: int | None) -> tuple[Shelved, ...]:
    some = "" if limit is None else f"LIMIT {limit:d}"
    where = ""
    if words:
        wanted = " AND ".join(["instr(found, ?) > 0"] * len(words))
        # The newest visits of all who are found are visits of those who were last seen.
        known = f"SELECT label FROM sought WHERE {wanted} ORDER BY last DESC {some}"  # noqa: S608 - question marks and a whole number
        where = f"WHERE label IN ({known})"
    return _lines(database, f"{_LINE} {where} {_NEWEST} {some}", *words)


def _words(search: str) -> tuple[str, ...]:
    return tuple(plainly(search).replace(",", " ").split()[:_MOST_WORDS])


def _holds(line: Shelved, words: Sequence[str]) -> bool:
    text = plainly(line.label)
    return all(word in text for word in words)


def _by_name(lines: Sequence[Shelved]) -> tuple[Shelved, ...]:
    return tuple(sorted(lines, key=lambda line: (line.day, line.label, line.stream)))


def of_mrn(
    database: Database, mrn: str, *, since: str = "", limit: int | None = None
) -> tuple[Shelved, ...]:
    """The visits of one patient from that day on, the newest first; two of a day by number."""
    some = "" if limit is None else f" LIMIT {limit:d}"
    order = f"ORDER BY day DESC, summary ->> '$.number' DESC, stream DESC{some}"
    return _lines(database, f"{_LINE} WHERE mrn = ? AND day >= ? {order}", mrn, since)


def line_of(database: Database, stream: str) -> Shelved | None:
    """The line of one visit."""
    found = _lines(database, f"{_LINE} WHERE stream = ?", stream)
    return found[0] if found else None


def unsigned(database: Database) -> tuple[Shelved, ...]:
    """The lines of the visits that are neither signed nor gone, by day and label."""
    return _lines(database, f"{_LINE} WHERE status NOT IN ('signed', 'left') {_BY_NAME}")


def signed_after(database: Database, day: str, stream: str, *, limit: int) -> tuple[Shelved, ...]:
    """The next lines of signed visits after that one, by day and stream; no more than so many."""
    where = "WHERE status = 'signed' AND day >= ? AND (day > ? OR stream > ?)"
    some = f"ORDER BY day, stream LIMIT {limit:d}"
    return _lines(database, f"{_LINE} {where} {some}", day, day, stream)


def called(database: Database) -> tuple[Shelved, ...]:
    """The visits after which somebody is still to be called, by day and label."""
    where = "WHERE summary ->> '$.calls[0]' IS NOT NULL"
    return _lines(database, f"{_LINE} {where} {_BY_NAME}")


def of_plan(database: Database, plan: str) -> tuple[Shelved, ...]:
    """The visits that were opened from a plan of the clinic."""
    return _lines(database, f"{_LINE} WHERE summary ->> '$.plan' = ? {_BY_NAME}", plan)


def at_place(database: Database, place: str, since: str) -> tuple[Shelved, ...]:
    """The visits at an address after that day; those too whose line does not tell it so."""
    here = _lines(database, f"{_LINE} WHERE summary ->> '$.place' = ? AND day > ?", place, since)
    untold = _lines(database, f"{_LINE} WHERE summary ->> '$.place' IS NULL AND day > ?", since)
    return _by_name((*here, *untold))


def since(database: Database, day: str, *, practice: bool) -> tuple[tuple[str, str], ...]:
    """Stream and status of the visits from that day on, the newest first; practice ones or not."""
    found = database.execute(
        "SELECT stream, status FROM shelf WHERE day >= ? "
        "AND (? OR NOT coalesce(summary ->> '$.practice', 0)) "
        "ORDER BY day DESC, summary ->> '$.number' DESC, stream DESC",
        [day, practice],
    )
    return tuple((str(stream), str(status)) for stream, status in found)


def count(database: Database) -> int:
    """How many visits the list holds."""
    return int(database.execute("SELECT count(*) FROM shelf").fetchone()[0])


def _lines(database: Database, sql: str, *values: str) -> tuple[Shelved, ...]:
    return tuple(Shelved(*line) for line in database.execute(sql, list(values)))
