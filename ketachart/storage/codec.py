"""A fact as the ledger keeps it, and back: a word for its kind, a version, and plain JSON.

How it is read is told in ``domain/folded/reading.py``, where the entries that travel with a report
are read as well.
"""

import json
from datetime import datetime, timedelta

from ketachart.domain.facts import Fact, Unknown
from ketachart.domain.folded.reading import fact_from
from ketachart.domain.shape import from_plain, moment_text, to_plain
from ketachart.domain.visit import Entry
from ketachart.storage.canonical import canonical
from ketachart.storage.entry import Draft, Row


def draft_of(  # noqa: PLR0913 - an entry has this many parts
    fact: Fact,
    *,
    stream: str,
    entry_id: str,
    author: str,
    recorded_at: datetime,
    elapsed: timedelta,
    session: str,
    supersedes: str | None = None,
) -> Draft:
    """A new fact as the ledger takes it.

    Raises:
        TypeError: the fact is of an unknown kind, or holds a value that cannot be kept exactly.
        Refused: it could not be read back, as a number with too many digits.
    """
    if isinstance(fact, Unknown):
        raise TypeError("an unknown fact is never written again")
    body = to_plain(fact)
    # What cannot be read back would be shown raw and would lock the visit: refused while it can
    # still be typed again.
    from_plain(type(fact), body, where=fact.KIND)
    del body["at"]
    return Draft(
        stream=stream,
        entry_id=entry_id,
        kind=fact.KIND,
        version=fact.VERSION,
        body=canonical(body),
        author=author,
        at=moment_text(fact.at),
        recorded_at=moment_text(recorded_at),
        elapsed_ms=elapsed // timedelta(milliseconds=1),
        session=session,
        supersedes=supersedes,
    )


def entry_of(row: Row, *, fact: Fact | None = None) -> Entry[Fact]:
    """A kept row as an entry; one that cannot be read is an ``Unknown`` fact, whole.

    ``fact`` is the row's own, where it was read before.
    """
    return Entry(
        number=row.number,
        id=row.entry_id,
        author=row.author,
        recorded_at=datetime.fromisoformat(row.recorded_at),
        elapsed=timedelta(milliseconds=row.elapsed_ms),
        session=row.session,
        fact=fact_of(row) if fact is None else fact,
        chain=row.chain,
        stream=row.stream,
        body=row.body,
        version=row.version,
    )


def fact_of(row: Row) -> Fact:
    """The fact of a row, brought up to today's version."""
    return fact_from(row.kind, row.version, at=row.at, body=json.loads(row.body))
