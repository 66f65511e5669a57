"""The clinic's own stream, read one kind at a time.

Over the years it grows with every vial, count, plan and package. Who works here and what the
protocol says is a few entries of it: they are read first, and the rest when it is asked for.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TypeVar, cast

from ketachart.domain.facts import FACTS, EntryStruck, Fact
from ketachart.domain.visit import Entry, Visit, fold
from ketachart.storage import codec
from ketachart.storage.entry import Row
from ketachart.storage.ledger import Ledger

F = TypeVar("F", bound=Fact)


class Register(Visit):
    """The stream as a visit is one; it belongs to the thread that opened the ledger.

    What is handed to a worker is taken out of it with `only`.
    """

    def __init__(
        self, ledger: Ledger, stream: str, known: Mapping[type[Fact], tuple[Entry[Fact], ...]]
    ) -> None:
        self.__dict__.update(_ledger=ledger, _stream=stream, _read=dict(known))

    _ledger: Ledger
    _stream: str
    _read: dict[type[Fact], tuple[Entry[Fact], ...]]

    @cached_property
    def entries(self) -> tuple[Entry[Fact], ...]:
        """Every entry, in the order of writing."""
        return tuple(codec.entry_of(row) for row in self._ledger.stream(self._stream))

    @cached_property
    def strikes(self) -> Mapping[str, Entry[EntryStruck]]:
        """The strike of each struck entry, by the struck entry's id; the first one counts."""
        return fold(self._written(EntryStruck)).strikes

    def of(self, kind: type[F]) -> tuple[Entry[F], ...]:
        """The standing entries of one kind, in the order in which they happened."""
        if kind not in self._read:
            self._read[kind] = self._standing_of(kind)
        return cast(tuple[Entry[F], ...], self._read[kind])

    def _standing_of(self, kind: type[Fact]) -> tuple[Entry[Fact], ...]:
        if kind not in FACTS:  # unknown, or gone, of whatever kind
            return fold(self.entries).of(kind)
        kept = (entry for entry in self._written(kind) if entry.id not in self.strikes)
        return tuple(sorted(kept, key=lambda entry: (entry.at, entry.number)))

    def _written(self, kind: type[Fact]) -> tuple[Entry[Fact], ...]:
        rows = self._ledger.stream_of(self._stream, (kind.KIND,))
        entries = (codec.entry_of(row) for row in rows)
        return tuple(entry for entry in entries if isinstance(entry.fact, kind))

    def entry(self, entry_id: str) -> Entry[Fact] | None:
        """An entry by its id, struck or not."""
        row = self._ledger.entry(entry_id)
        return codec.entry_of(row) if row is not None and row.stream == self._stream else None

    def only(self, *kinds: type[Fact]) -> Visit:
        """Some kinds of it as they were written, with every strike; it may go to a worker."""
        told = [entry for kind in (*kinds, EntryStruck) for entry in self._written(kind)]
        return fold(sorted(told, key=lambda entry: entry.number))

    def grown(self, rows: Iterable[Row]) -> "Register":
        """The same with new entries, which are kept already: their kinds are read anew."""
        kinds = {row.kind for row in rows}
        if EntryStruck.KIND in kinds:
            return Register(self._ledger, self._stream, {})
        known = {
            kind: found
            for kind, found in self._read.items()
            if kind in FACTS and kind.KIND not in kinds
        }
        return Register(self._ledger, self._stream, known)
