"""The ledger: takes entries, keeps each for ever, and gives them back."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from ketachart.clock import Clock
from ketachart.errors import DiskFull, FolderReadOnly, LedgerDamaged, LedgerError
from ketachart.storage import (
    ballast,
    checkup,
    known_head,
    opening,
    putting_back,
    records,
    salvage,
    seeking,
)
from ketachart.storage import folder as place
from ketachart.storage.access import Access, Opened, again_with_reserve
from ketachart.storage.departing import Departing
from ketachart.storage.entry import Document, Draft, Head, KeptCredential, Row, Shelved
from ketachart.storage.instance import Hold
from ketachart.storage.kept_keys import KeptKeys
from ketachart.storage.keyring import Keyring, Unwrapped
from ketachart.storage.looking import Looking
from ketachart.storage.schema import Meta
from ketachart.storage.shelving import Shelving
from ketachart.storage.sound import require_sound
from ketachart.storage.wholeness import Wholeness


class Ledger(Wholeness, Shelving, Looking, KeptKeys, Departing):
    """One open ledger. It belongs to the thread that opened it; only ``verify`` may run elsewhere.

    What ``append`` has returned is on the disk. There is no way to change or remove an entry; only
    what a signed visit holds may leave, once the clinic has it (``let_go``).
    """

    def __init__(
        self, folder: Path, unwrapped: Unwrapped, *, hold: Hold | None, opened: Opened
    ) -> None:
        """Takes over an open file; call ``Ledger.create`` or ``Ledger.open`` instead."""
        super().__init__(Access(folder, opened))
        self.folder = folder
        self.unwrapped = unwrapped
        self.meta: Meta = self._own_meta()
        self.noticed = self._behind()
        self._hold = hold
        self._is_open = True

    @classmethod
    def create(
        cls, folder: Path, *, keyring: Keyring, unwrapped: Unwrapped, made_by: str, clock: Clock
    ) -> Self:
        """Make a ledger with the key that ``Keyring.create`` made, write its keyring, and open it.

        ``made_by`` is the version of KetaChart. A power cut leaves nothing, or a whole ledger that
        ``open`` finds.

        Raises:
            LedgerError: a ledger is there already; it was not touched.
            LedgerInUse, FolderReadOnly, DiskFull, NotSaved: no ledger was made.
        """
        place.make_private(folder)
        with _held(Hold(folder)) as hold:
            if place.holds_ledger(folder):
                raise LedgerError(
                    "There is a ledger in this folder already. Nothing was changed: unlock it, or "
                    "choose an empty folder."
                )
            meta = Meta(keyring.ledger_id, clock.now().isoformat(), made_by)
            opening.make_unfinished(folder, unwrapped, meta)
            # The keyring first: a ledger under its own name must never stand without its key.
            keyring.write(folder)
            opened = opening.open_made(folder, unwrapped)
            return cls(folder, unwrapped, hold=hold, opened=opened)

    @classmethod
    def open(cls, folder: Path, unwrapped: Unwrapped) -> Self:
        """Open the ledger that ``unlock`` opened the keyring of, and look at its last entries.

        Where it is not safe to chart in it, it comes back to be read only: `read_only` says why,
        and not a byte of it is changed. A full disk is given its reserve first.

        Raises:
            LedgerMissing, LedgerForeign: nothing was changed.
            LedgerDamaged: not even its first page can be read; nothing was changed.
            LedgerInUse: another KetaChart has it open.
            LedgerError: it could not be opened.
        """
        if not folder.is_dir():
            checkup.require_content(place.ledger_file(folder))
        freed = ballast.release_if_full(folder)
        hold, why_not = _claimed(folder)
        with _held(hold):
            if hold is not None:
                putting_back.finish(folder)
            opened = opening.open_or_read(folder, unwrapped, why_not=why_not)
            ledger = cls(folder, unwrapped, hold=hold, opened=opened)
        ledger.reserve_freed = freed
        return ledger

    def __enter__(self) -> Self:
        """The ledger itself; it is closed at the end of the block."""
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """Closes the ledger, whatever happened."""
        self.close()

    def close(self) -> None:
        """Fold everything into one file, drop the connection, let others in; twice does no harm."""
        if not self._is_open:
            return
        self._is_open = False
        try:
            # What is in the -wal is on the disk already: folding it in may wait for next time.
            with suppress(LedgerError):
                self._access.settle(whole=True)
                if self.read_only is None and not self.must_tell:
                    known_head.keep(self.folder, self.unwrapped, self.head())
        finally:
            self._access.close()
            if self._hold is not None:
                self._hold.release()

    @again_with_reserve
    def append(
        self,
        drafts: Sequence[Draft],
        *,
        shelved: Shelved | None = None,
        documents: Sequence[Document] = (),
        credentials: Sequence[KeptCredential] = (),
        relocked: bool = False,
    ) -> tuple[Row, ...]:
        """Keep one act: all of it is on the disk when this returns, or none of it.

        After ``NotSaved`` hand in the same drafts again: an act that reached the disk after all is
        found by its ``entry_id`` and given back, so that nothing is charted twice. Certificates
        with their keys may be part of an act; ``relocked`` as for `add_credential`.

        Raises:
            DiskFull, FolderReadOnly, LedgerInUse: nothing was kept; do it again.
            NotSaved: it may or may not be kept; do it again.
            LedgerError: an ``entry_id`` is in use for something else, the visit is signed, or the
                tables refuse it; nothing was kept.
            ValueError: the drafts or documents are not what the ledger takes: a fault of ours.
        """
        require_sound(drafts, documents)
        with self._one_act():
            stored = records.already_stored(self._database, drafts)
            if stored:
                return stored
            rows = records.numbered(self._database, drafts)
            records.insert_act(self._database, rows, documents)
            for kept in credentials:
                records.insert_credential(self._database, kept, relocked=relocked)
            if shelved is not None:
                seeking.put(self._database, shelved)
        return rows

    def foresee(self, drafts: Sequence[Draft]) -> tuple[Row, ...]:
        """The rows that ``append`` would keep, so that they can be printed before they are kept.

        Raises:
            LedgerError, ValueError: as ``append`` would.
        """
        require_sound(drafts, ())
        with self._reading():
            stored = records.already_stored(self._database, drafts)
            return stored or records.numbered(self._database, drafts)

    def stream(self, stream: str) -> tuple[Row, ...]:
        """All entries of one stream, in the order in which they were written.

        Raises:
            LedgerDamaged: some of them cannot be read; other streams are not touched by it.
        """
        try:
            return self._with_spare(lambda ledger, kept: records.entries_of(ledger, stream, kept))
        except LedgerDamaged:
            return salvage.whole_stream(self._reading, stream)

    def stream_of(self, stream: str, kinds: Sequence[str]) -> tuple[Row, ...]:
        """The entries of one stream that are of these kinds, in the order of writing."""
        try:
            return self._with_spare(
                lambda ledger, kept: records.entries_of_kinds(ledger, stream, kinds, kept)
            )
        except LedgerDamaged:
            rows = self.stream(stream) if self.read_only is None else self.readable(stream)
            return tuple(row for row in rows if row.kind in kinds)

    def streams(self, prefix: str) -> tuple[str, ...]:
        """The names of all streams that begin with these letters, in the order of the letters."""
        with self._reading():
            return records.streams_of(self._database, prefix)

    def length(self, stream: str) -> int:
        """How many entries a stream has; it only ever grows."""
        with self._reading():
            # from the index alone: it is asked of visits whose entries are damaged, too
            sql = "SELECT coalesce(max(number), 0) FROM entry WHERE stream = ?"
            return int(self._database.execute(sql, [stream]).fetchone()[0])

    def head(self) -> Head:
        """The last entry of the ledger; printed on paper it shows when newer ones were cut off."""
        with self._reading():
            return records.head_of(self._database)

    @again_with_reserve
    def put_shelf(self, shelved: Shelved) -> None:
        """Write one line of the list of visits again, as worked out from the entries."""
        with self._one_act():
            seeking.put(self._database, shelved)

    @again_with_reserve
    def add_credential(  # noqa: PLR0913 - a credential has this many parts
        self,
        holder: str,
        kind: str,
        *,
        made_at: str,
        certificate_pem: str,
        pkcs12: bytes,
        relocked: bool = False,
    ) -> KeptCredential:
        """Keep a certificate and its locked key; the same certificate is not kept twice.

        ``relocked``: its key was locked with another passphrase, so it is kept again and counts.
        """
        kept = KeptCredential(
            holder=holder,
            kind=kind,
            made_at=made_at,
            certificate_pem=certificate_pem,
            pkcs12=pkcs12,
        )
        with self._one_act():
            return records.insert_credential(self._database, kept, relocked=relocked)

    def setting(self, key: str) -> str | None:
        """A setting of the program, or None where it was never set; nothing clinical."""
        try:
            with self._reading():
                return records.setting_of(self._database, key)
        except LedgerDamaged:
            if self.read_only is None:
                raise
            return None

    @again_with_reserve
    def put_setting(self, key: str, value: str) -> None:
        """Write a setting over the old one."""
        with self._one_act():
            records.put_setting(self._database, key, value)


def _claimed(folder: Path) -> tuple[Hold | None, LedgerError | None]:
    """The claim on the folder, or why it cannot be claimed; then the ledger is only read."""
    try:
        return Hold(folder), None
    except (FolderReadOnly, DiskFull) as error:
        return None, error


@contextmanager
def _held(hold: Hold | None) -> Iterator[Hold | None]:
    """Gives the folder free again only if the ledger could not be opened."""
    try:
        yield hold
    except BaseException:
        if hold is not None:
            hold.release()
        raise
