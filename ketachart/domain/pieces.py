"""What was made of single entries, kept: one entry more costs that entry, not all of them again."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from ketachart.domain.entry import Entry
    from ketachart.domain.facts import Fact

F = TypeVar("F", bound="Fact")
T = TypeVar("T")

KEPT = 4096  # of one name; trials that are never written are forgotten from time to time


class Pieces:
    """What was made of the entries of one visit, by name; shared with those that grow out of it.

    Whoever makes a piece looks at the entry alone; what it depends on besides belongs in the name.
    """

    def __init__(self) -> None:
        self._of_one: dict[str, dict[int, tuple[object, object]]] = {}
        self._of_all: dict[str, tuple[Sequence[object], tuple[object, ...]]] = {}
        self._of_them: dict[str, tuple[Sequence[object], object]] = {}
        self._last_made: dict[str, dict[str, object]] = {}

    def of_one(self, name: str, entry: Entry[F], work: Callable[[Entry[F]], T], most: int) -> T:
        """The piece of one entry; with more than ``most`` and some trials, all are forgotten."""
        known = self._of_one.setdefault(name, {})
        made = known.get(id(entry))
        if made is None:
            if len(known) > most + KEPT:
                known.clear()
            # the entry is kept with it, so that no other one is ever found at its address
            made = known[id(entry)] = (entry, work(entry))
        return cast(T, made[1])

    def of_all(
        self, name: str, entries: Sequence[Entry[F]], work: Callable[[Entry[F]], T]
    ) -> tuple[T, ...]:
        """The pieces of all of these, in their order; those before the first new one stand."""
        before, made = self._of_all.get(name, ((), ()))
        same = same_at_first(before, entries)
        most = len(entries)
        pieces = cast(tuple[T, ...], made[:same]) + tuple(
            self.of_one(name, entry, work, most) for entry in entries[same:]
        )
        self._of_all[name] = entries, pieces
        return pieces

    def as_before(self, name: str, entry: Entry[Fact], made: T) -> T:
        """What was made of the entry last time, where it says the same: no copy takes its place.

        So whoever holds on to what was made sees at once what changed and what did not.
        """
        known = self._last_made.setdefault(name, {})
        before = known.get(entry.id)
        if before == made:
            return before
        known[entry.id] = made
        return made

    def of_them(self, name: str, entries: Sequence[object], work: Callable[[], T]) -> T:
        """What was made of all of these together; it stands while they are the very same."""
        before, made = self._of_them.get(name, (None, None))
        if before is None or len(before) != len(entries) or not _same(before, entries):
            made = work()
            self._of_them[name] = entries, made
        return cast(T, made)


def _same(before: Sequence[object], after: Sequence[object]) -> bool:
    return before is after or all(map(operator.is_, before, after))


def same_at_first(before: Sequence[object], after: Sequence[object]) -> int:
    """How many are the very same, from the first on."""
    if all(map(operator.is_, before, after)):
        return min(len(before), len(after))
    pairs = enumerate(zip(before, after, strict=False))
    return next(number for number, (old, new) in pairs if old is not new)
