"""The list of visits of a damaged ledger: what of it can be read, and which visits it lacks.

The list may be thrown away and made again from the entries; here nothing is written, so it is made
again in memory. It is slow where the ledger is long: on a connection of its own, off the window.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from typing import Final

from ketachart.errors import LedgerDamaged
from ketachart.storage import records, salvage, schema, seeking
from ketachart.storage.access import Access
from ketachart.storage.bodies import EACH
from ketachart.storage.entry import Row, Shelved
from ketachart.storage.vault import Database, in_memory

NEWEST: Final = 500
"""So many visits are looked for, the newest; older ones stay hidden with the page they stood on."""

Line = Callable[[str, tuple[Row, ...]], Shelved | None]
"""The line of a visit, worked out from its entries; from a few of them where not all are there."""

_AT_ONCE: Final = 20_000  # entries that are looked through in one go, from the end on
_BESIDE: Final = 12  # entries of the act that opens a visit, at most


def whole_list(access: Access, opening_kind: str, line: Line) -> tuple[Shelved, ...] | None:
    """Every line that can be read, and those of the newest visits that it lacks.

    None where the list is whole. ``opening_kind`` is the kind of entry that begins a visit.
    """
    with closing(access):
        lines, is_whole = salvage.shelf(access.reading)
        if is_whole:
            return None
        known = {each.stream for each in lines}
        lost = [each for each in _newest(access, opening_kind) if each[1] not in known]
        found = (line(stream, _entries(access, seq, stream)) for seq, stream in lost)
        return (*lines, *(each for each in found if each is not None))


def _newest(access: Access, kind: str) -> Iterator[tuple[int, str]]:
    """Place and name of each of the newest visits, the last one first."""
    left, upper = NEWEST, _last(access)
    while left > 0 and upper > 0:
        lower = max(0, upper - _AT_ONCE)
        found = salvage.places_of(access.reading, kind, after=lower, upto=upper)
        yield from [*reversed(found)][:left]
        left, upper = left - len(found), lower


def _last(access: Access) -> int:
    try:
        with access.reading() as database:
            return records.head_of(database).seq
    except LedgerDamaged:
        with access.reading() as database:  # an index knows it as well
            return int(database.execute("SELECT count(*) FROM entry").fetchone()[0])


def _entries(access: Access, seq: int, stream: str) -> tuple[Row, ...]:
    """The entries of a visit, or those of the act that opened it, as far as they can be read."""
    for kept in EACH:
        try:
            with access.reading() as database:
                return records.entries_of(database, stream, kept)
        except LedgerDamaged:
            continue
    beside = range(max(1, seq - _BESIDE), seq + _BESIDE)
    return tuple(row for row in salvage.rows_at(access.reading, beside) if row.stream == stream)


def list_of(lines: Iterable[Shelved]) -> Database:
    """A list of these lines, in memory alone; any thread may make it for another."""
    made = in_memory()
    schema.upgrade(made)
    for line in lines:
        seeking.put(made, line)
    return made
