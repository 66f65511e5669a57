"""What an open ledger does where a part of it cannot be read, or newer entries were cut off."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ketachart.errors import Fault, LedgerDamaged, LedgerError
from ketachart.storage import checkup, known_head, opening, records, salvage, schema
from ketachart.storage.access import Accessed
from ketachart.storage.aside import Aside
from ketachart.storage.entry import Document, Head, Row
from ketachart.storage.keyring import Unwrapped
from ketachart.storage.schema import Meta
from ketachart.storage.vault import Database


class Wholeness(Accessed):
    """What `Ledger` reads in spite of damage, and how it is looked at from end to end."""

    folder: Path
    unwrapped: Unwrapped
    noticed: tuple[Fault, ...] = ()
    must_tell = False
    """What is missing could not be noted down: the note of the last head must stay."""

    def readable(self, stream: str) -> tuple[Row, ...]:
        """Those entries of a stream that can still be read, where its pages are damaged."""
        return salvage.readable_of(self._reading, stream)

    def document(self, sha256: str) -> Document | None:
        """The paper with that hash, or None.

        Raises:
            LedgerDamaged: the kept copy was altered, or cannot be read.
        """
        try:
            with self._reading() as database:
                return records.document_with(database, sha256)
        except LedgerDamaged:
            return next(salvage.documents(self._reading, sha256=sha256), None)

    def documents(self, stream: str) -> tuple[Document, ...]:
        """The papers kept with a stream, oldest first.

        Raises:
            LedgerDamaged: a kept copy was altered, or cannot be read.
        """
        try:
            with self._reading() as database:
                return records.documents_of(database, stream)
        except LedgerDamaged:
            return tuple(salvage.documents(self._reading, stream=stream))

    def readable_documents(self, stream: str) -> tuple[Document, ...]:
        """Those papers of a stream that can still be read and are as they were written."""
        return salvage.readable_documents(self._reading, stream)

    def verify(self, on_progress: checkup.Progress | None = None) -> tuple[Fault, ...]:
        """Read everything and name what is not as it was written; may run on any thread.

        ``on_progress`` is told how many entries were read, and of how many.
        """
        if self.read_only is None:
            return checkup.examine(self.folder, self.unwrapped, on_progress)
        reader = opening.reading_again(self.folder, self.unwrapped)
        return checkup.examine_still(self.folder, self.unwrapped, reader, on_progress)

    def aside(self) -> Aside:
        """The same to be read in a worker, which opens it by this, and closes it."""
        return Aside(self.folder, self.unwrapped)

    def missing_since(self, known: Head, whence: str) -> Fault | None:
        """What a head known from elsewhere tells against this ledger; ``whence`` says who knows."""
        with self._reading() as database:
            return known_head.missing_since(database, known, whence)

    def say_beside(self, words: str) -> None:
        """More that must be said wherever it is said that this ledger may only be read."""
        self._access.say_beside(words)

    def stop_writing(self, error: LedgerDamaged) -> None:
        """Something that everything rests on cannot be read: from now on nothing is written."""
        again = opening.reading_again(self.folder, self.unwrapped)
        self._access.stop_writing(opening.damaged(self.folder, self.unwrapped, error), again)

    @contextmanager
    def _one_act(self) -> Iterator[Database]:
        try:
            with super()._one_act() as database:
                yield database
        except LedgerDamaged as error:
            self.stop_writing(error)
            raise

    def _own_meta(self) -> Meta:
        """What the ledger says of itself; its id alone where that cannot be read."""
        try:
            with self._reading() as database:
                return schema.meta_of(database)
        except LedgerDamaged:
            return Meta(self.unwrapped.ledger_id, "", "")

    def _behind(self) -> tuple[Fault, ...]:
        """Whether newer entries were there when this ledger was closed, and nobody has looked."""
        for missed in (True, False):
            known = known_head.read(self.folder, self.unwrapped, missed=missed)
            try:
                fault = self.missing_since(known, "KetaChart's own note") if known else None
            except LedgerDamaged:
                return ()
            if known is not None and fault is not None:
                self.note_missing(known)
                return (fault,)
        return ()

    def note_missing(self, known: Head) -> None:
        """This ledger lacks entries that were there: told at each opening until it was seen.

        Where that cannot be kept, the last head stays as it is known.
        """
        if self.read_only is not None:
            return
        try:
            known_head.keep_missed(self.folder, self.unwrapped, known)
        except LedgerError:
            self.must_tell = True

    def saw_missing(self) -> None:
        """A supervisor has looked at what is missing.

        Raises:
            LedgerError: it is told again next time.
        """
        known_head.seen(self.folder)
        self.noticed, self.must_tell = (), False
