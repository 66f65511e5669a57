"""One entry of a visit's record, and entries in the order in which things happened."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from ketachart.domain.facts import Fact, Gone, Unknown

F_co = TypeVar("F_co", bound=Fact, covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Generic[F_co]):
    """A fact with who wrote it and when; its number is its place in the visit's record.

    ``body`` and ``version`` are the fact as it was written, in canonical JSON, where it was read
    from a ledger or a report: the chain is worked out over them, whatever today's shape is.
    """

    number: int
    id: str
    author: str
    recorded_at: datetime
    elapsed: timedelta
    session: str
    fact: F_co
    chain: str = ""
    stream: str = ""
    body: str = field(default="", repr=False, compare=False)
    version: int = field(default=0, repr=False, compare=False)

    @property
    def at(self) -> datetime:
        """When it happened, as the nurse says."""
        return self.fact.at

    @property
    def lag(self) -> timedelta:
        """How long after the event it was written."""
        return self.recorded_at - self.fact.at

    @property
    def kind(self) -> str:
        """The kind's word, a newer KetaChart's too."""
        return self.fact.kind if isinstance(self.fact, Unknown | Gone) else self.fact.KIND


def when(entry: Entry[Fact]) -> datetime:
    """When it happened; by this the standing entries are searched."""
    return entry.fact.at


def happened(entry: Entry[Fact]) -> tuple[datetime, int]:
    """By this the standing entries are sorted: two at the same minute as they were written."""
    return entry.at, entry.number


def inserted(
    standing: Sequence[Entry[Fact]], more: Iterable[Entry[Fact]]
) -> tuple[Entry[Fact], ...]:
    """The same entries with more of them, each in the place of its time."""
    entries = list(standing)
    for entry in more:
        insort(entries, entry, key=happened)
    return tuple(entries)


def sorted_in(
    by_kind: Mapping[type[Fact], tuple[Entry[Fact], ...]], more: Iterable[Entry[Fact]]
) -> dict[type[Fact], tuple[Entry[Fact], ...]]:
    """The same with more entries, each among those of its kind."""
    found = dict(by_kind)
    for entry in more:
        kind = type(entry.fact)
        found[kind] = inserted(found.get(kind, ()), (entry,))
    return found
