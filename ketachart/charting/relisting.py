"""The list of visits of a ledger that is damaged there: worked out again, to be read only."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from ketachart.charting import shelf
from ketachart.domain.facts import Fact, PatientRecorded, ProtocolAdopted, VisitOpened
from ketachart.domain.visit import Entry, fold
from ketachart.errors import LedgerError
from ketachart.storage import codec, opening, relisting
from ketachart.storage.access import Access, Opened, ReadOnly
from ketachart.storage.entry import Row, Shelved
from ketachart.storage.keyring import Unwrapped
from ketachart.storage.ledger import Ledger
from ketachart.storage.vault import Database

_FEW = (VisitOpened.KIND, PatientRecorded.KIND)
_BROKEN_OFF = (
    "The list of visits was not worked out again; it shows what can be read of it. Lock "
    "and unlock to have it tried again."
)


@dataclass(frozen=True, slots=True)
class RelistTask:
    """One working out of the list, on a connection of its own."""

    folder: Path
    unwrapped: Unwrapped
    read_only: ReadOnly

    def work(self, cancelled: Callable[[], bool] = lambda: False) -> Database | None:
        """The list in memory, with the newest visits that it lacked; None where it is whole.

        May run in a worker; the ledger may be open meanwhile, and nothing is changed in it.

        Raises:
            LedgerError: it was broken off, or nothing at all could be read.
        """
        protocols: dict[str, Fact] = {}

        def line(stream: str, rows: tuple[Row, ...]) -> Shelved | None:
            if cancelled():
                raise LedgerError(_BROKEN_OFF)
            return _line(stream, rows, protocols)

        again = opening.reading_again(self.folder, self.unwrapped)
        access = Access(self.folder, Opened(again(), again, self.read_only))
        lines = relisting.whole_list(access, VisitOpened.KIND, line)
        return None if lines is None else relisting.list_of(lines)


def task_of(ledger: Ledger) -> RelistTask | None:
    """What there is to do in a damaged ledger; None in any other."""
    read_only = ledger.read_only
    if read_only is None or read_only.why != "damaged":
        return None
    return RelistTask(ledger.folder, ledger.unwrapped, read_only)


def _line(stream: str, rows: tuple[Row, ...], protocols: dict[str, Fact]) -> Shelved | None:
    """A visit's line; of one that is not whole, who it was with and when."""
    if not any(row.kind == VisitOpened.KIND and not row.gone for row in rows):
        return None
    opened_at = datetime.fromisoformat(rows[0].recorded_at)
    for some in (rows, tuple(row for row in rows if row.kind in _FEW)):
        try:
            return shelf.shelved(stream, fold(_entry(row, protocols) for row in some), opened_at)
        except (LookupError, LedgerError):
            continue
    return None


def _entry(row: Row, protocols: dict[str, Fact]) -> Entry[Fact]:
    """An entry; each edition of the protocol, which is long, is read once."""
    if row.kind != ProtocolAdopted.KIND:
        return codec.entry_of(row)
    edition = f"{row.version} {row.body}"
    if edition not in protocols:
        protocols[edition] = codec.fact_of(row)
    at = datetime.fromisoformat(row.at)
    return codec.entry_of(row, fact=replace(protocols[edition], at=at))
