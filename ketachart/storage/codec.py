"""A fact as the ledger keeps it, and back: a word for its kind, a version, and plain JSON.

How it is read is told in ``domain/folded/reading.py``, where the entries that travel with a report
are read as well.
"""

import dataclasses
import json
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

from ketachart.domain.facts import Fact, Gone, ProtocolAdopted, Unknown
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
    if isinstance(fact, Unknown | Gone):
        raise TypeError("an unknown fact is never written again")
    adopted = isinstance(fact, ProtocolAdopted) and fact.at.tzinfo is not None
    return Draft(
        stream=stream,
        entry_id=entry_id,
        kind=fact.KIND,
        version=fact.VERSION,
        body=_adopted_body(*_parts(fact)) if adopted else _body_of(fact),
        author=author,
        at=moment_text(fact.at),
        recorded_at=moment_text(recorded_at),
        elapsed_ms=elapsed // timedelta(milliseconds=1),
        session=session,
        supersedes=supersedes,
    )


def _body_of(fact: Fact) -> str:
    body = to_plain(fact)
    # What cannot be read back would be shown raw and would lock the visit: refused while it can
    # still be typed again.
    from_plain(type(fact), body, where=fact.KIND)
    del body["at"]
    return canonical(body)


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
    """The fact of a row, brought up to today's version; of a visit that left, only that it did."""
    if row.gone:
        return Gone(at=datetime.fromisoformat(row.at), kind=row.kind, by=row.gone)
    if row.kind == ProtocolAdopted.KIND:
        fact, at = _adopted_fact(row.version, row.body), datetime.fromisoformat(row.at)
        if isinstance(fact, ProtocolAdopted) and at.tzinfo is not None:
            return dataclasses.replace(fact, at=at)
    return fact_from(row.kind, row.version, at=row.at, body=json.loads(row.body))


# ------------------------------------------------------------------ the protocol
#
# It is by far the longest entry, and every visit begins with the same one: an edition is written
# out and read once. Whatever tells of a patient is not kept here, and is gone once it is locked.

_ANY_TIME: Final = datetime(2000, 1, 1, tzinfo=UTC)


class _Same:
    """One thing itself: equal values may be spelled in two ways, as 0.5 and 0.50 are."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.value is self.value


def _parts(fact: Fact) -> tuple[_Same, ...]:
    """All that a fact holds but its time, in the order of the fields."""
    return tuple(_Same(getattr(fact, name)) for name in _names(type(fact)))


def _names(kind: type[Fact]) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind) if field.name != "at")


@lru_cache(maxsize=4)
def _adopted_body(*parts: _Same) -> str:
    values = dict(zip(_names(ProtocolAdopted), (part.value for part in parts), strict=True))
    return _body_of(ProtocolAdopted(at=_ANY_TIME, **values))  # type: ignore[arg-type]


@lru_cache(maxsize=4)
def _adopted_fact(version: int, body: str) -> Fact:
    at = _ANY_TIME.isoformat()
    return fact_from(ProtocolAdopted.KIND, version, at=at, body=json.loads(body))
