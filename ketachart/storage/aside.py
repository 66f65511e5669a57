"""A ledger that is read in a worker, on a connection of its own, while it is charted in."""

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from ketachart.storage import opening, records, seeking
from ketachart.storage.access import Access, Opened
from ketachart.storage.entry import Document, Row
from ketachart.storage.keyring import Unwrapped
from ketachart.storage.looking import Looking


class Aside(Looking):
    """It cannot write; it belongs to the thread that opened it, and is closed by it."""

    def __init__(self, folder: Path, unwrapped: Unwrapped) -> None:
        again = opening.reading_again(folder, unwrapped)
        super().__init__(Access(folder, Opened(again(), again)))

    def __enter__(self) -> Self:
        """Itself; it is closed at the end of the block."""
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """Closes it, whatever happened."""
        self._access.close()

    def stream(self, stream: str) -> tuple[Row, ...]:
        """All entries of one stream, in the order of writing.

        Raises:
            LedgerDamaged: some of them cannot be read.
        """
        return self._with_spare(lambda ledger, kept: records.entries_of(ledger, stream, kept))

    def document(self, sha256: str) -> Document | None:
        """The paper with that hash, or None.

        Raises:
            LedgerDamaged: the kept copy was altered, or cannot be read.
        """
        with self._reading() as database:
            return records.document_with(database, sha256)

    def stream_of(self, stream: str, kinds: Sequence[str]) -> tuple[Row, ...]:
        """The entries of one stream that are of these kinds, in the order of writing."""
        return self._with_spare(
            lambda ledger, kept: records.entries_of_kinds(ledger, stream, kinds, kept)
        )

    def of_kinds_between(self, after: int, until: int, kinds: Sequence[str]) -> tuple[Row, ...]:
        """The entries of these kinds after one ``seq`` and up to another, in that order."""
        return self._with_spare(
            lambda ledger, kept: records.entries_between(ledger, after, until, kinds, kept)
        )

    def shelf_since(self, day: str, *, practice: bool) -> tuple[tuple[str, str], ...]:
        """Stream and status of the visits from that day on, the newest first."""
        with self._reading() as database:
            return seeking.since(database, day, practice=practice)

    def last_seq(self) -> int:
        """The place of the ledger's last entry."""
        with self._reading() as database:
            return records.head_of(database).seq

    def length(self, stream: str) -> int:
        """How many entries a stream has."""
        with self._reading() as database:
            return records.end_of(database, stream)[0]
