"""Reads what years of visits did to the drug; in a worker, on a connection of its own.

Entry after entry in the order in which they lie on the disk: a hundred thousand visits are read in
a minute so, and one by one in ten.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ketachart.domain.custody.moves import KINDS, Movement, movements
from ketachart.domain.facts import EntryStruck, Fact
from ketachart.domain.visit import Entry, Visit, fold
from ketachart.storage import codec
from ketachart.storage.aside import Aside

A_PIECE = 20_000
"""Entries of the ledger that are looked at in one go: some tenths of a second."""
_NAMES = tuple(kind.KIND for kind in KINDS)


@dataclass(frozen=True, slots=True)
class StockRead:
    """The clinic's own entries about the drug, and what each visit did to it.

    ``own_length`` and ``seq`` say how far the clinic's stream and the ledger were read; ``final``
    are the visits that do not change any more.
    """

    own: Visit
    own_length: int
    moves: Mapping[str, tuple[Movement, ...]]
    final: frozenset[str]
    seq: int


@dataclass(slots=True)
class _Gathered:
    """Visits as they come by; one that was not seen in a whole piece is taken for complete."""

    wanted: Mapping[str, str]
    moves: dict[str, tuple[Movement, ...]] = field(default_factory=dict)
    again: set[str] = field(default_factory=set)
    _open: dict[str, list[Entry[Fact]]] = field(default_factory=dict)

    def take(self, entries: list[Entry[Fact]]) -> None:
        """What stands in one piece."""
        seen = set()
        for entry in entries:
            if entry.stream in self.wanted:
                seen.add(entry.stream)
                self._open.setdefault(entry.stream, []).append(entry)
        self.again |= seen & self.moves.keys()
        for stream in self._open.keys() - seen:
            self._fold(stream)

    def end(self) -> None:
        """No piece follows."""
        for stream in tuple(self._open):
            self._fold(stream)

    def _fold(self, stream: str) -> None:
        self.moves[stream] = movements(fold(self._open.pop(stream)))


@dataclass(frozen=True, slots=True)
class StockTask:
    """How the ledger is read beside the window, and which of its entries are the clinic's own."""

    aside: Callable[[], Aside]
    stream: str
    kinds: tuple[type[Fact], ...]
    begins: tuple[type[Fact], ...]
    practice: bool

    def work(
        self,
        told: Callable[[int, int], None] = lambda _done, _of: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> StockRead:
        """All of it; ``told`` hears how many entries were looked at, and of how many.

        Raises:
            LedgerError: a part of it cannot be read.
        """
        with self.aside() as aside:
            head, length = aside.last_seq(), aside.length(self.stream)
            own = self._own(aside)
            lines = self._lines(aside, own)
            gathered = _Gathered(lines)
            for after in range(0, head if lines else 0, A_PIECE):
                if cancelled():
                    break
                told(after, head)
                rows = aside.of_kinds_between(after, min(after + A_PIECE, head), _NAMES)
                gathered.take([codec.entry_of(row) for row in rows])
            gathered.end()
            for stream in gathered.again:
                rows = aside.stream_of(stream, _NAMES)
                gathered.moves[stream] = movements(fold(codec.entry_of(row) for row in rows))
        final = frozenset(one for one, status in lines.items() if status in ("signed", "left"))
        moves = {stream: gathered.moves.get(stream, ()) for stream in lines}
        return StockRead(own, length, moves, final, head)

    def _own(self, aside: Aside) -> Visit:
        names = [kind.KIND for kind in self.kinds]
        rows = aside.stream_of(self.stream, [*names, EntryStruck.KIND])
        return fold(sorted((codec.entry_of(row) for row in rows), key=lambda one: one.number))

    def _lines(self, aside: Aside, own: Visit) -> dict[str, str]:
        begun = min((e.at for e in own.entries if isinstance(e.fact, self.begins)), default=None)
        if begun is None:
            return {}
        return dict(aside.shelf_since(begun.date().isoformat(), practice=self.practice))
