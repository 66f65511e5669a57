"""An older ledger is brought to today's shape, but only after a whole copy of it was kept."""

from contextlib import closing
from pathlib import Path

from ketachart.clock import SystemClock
from ketachart.errors import Fault, LedgerDamaged, LedgerError
from ketachart.storage import checkup, keeping_aside, reader, records, schema, shape
from ketachart.storage import folder as place
from ketachart.storage.access import Why
from ketachart.storage.keyring import Unwrapped
from ketachart.storage.vault import Doing, open_database, translated

SETTING = "renewed-from"
"""Under this name a ledger keeps the shape that it had, until its own book tells of it."""

_NO_ROOM = (
    "This ledger is of an older KetaChart. Before it is renewed a whole copy is kept, and the disk "
    "has no room for that. Everything can be read and nothing was changed: free some space, then "
    "lock and unlock; chart on paper until then."
)
_NOT_KEPT = (
    "This ledger is of an older KetaChart. Before it is renewed a whole copy is kept, and that "
    "failed. Everything can be read and nothing was changed. {why}"
)
_NOT_WHOLE = (
    "This ledger is of an older KetaChart, and it is not renewed, because it is not whole: {why} "
)


class NotRenewed(LedgerError):
    """The ledger stays as it is, to be read only."""

    def __init__(self, sentence: str, why: Why) -> None:
        super().__init__(sentence)
        self.why: Why = why


def renew(folder: Path, unwrapped: Unwrapped) -> None:
    """Keeps a verified copy of an older ledger beside it and brings the ledger to today's shape.

    Nobody may have the ledger open. Slow where the ledger is long: from a worker, if one waits.

    Raises:
        NotRenewed: there is no room, the copy could not be kept, or it is not whole; the ledger is
            as it was.
        LedgerError: the step itself failed; the ledger is as it was, and the copy is kept.
    """
    keep_copy(folder, unwrapped)
    path = place.ledger_file(folder)
    with closing(open_database(path, unwrapped.key_hex96)) as database:
        version = shape.version_of(database)
        with translated(), database.atomic():
            records.put_setting(database, SETTING, str(version))
        schema.upgrade(database)


def keep_copy(folder: Path, unwrapped: Unwrapped) -> Path:
    """A whole copy of an older ledger, kept beside it for ever, read from end to end.

    Raises:
        NotRenewed: as for `renew`.
    """
    if not keeping_aside.has_room(folder):
        raise NotRenewed(_NO_ROOM, "full")
    try:
        kept = keeping_aside.keep_aside(folder, keeping_aside.kept_name(SystemClock().now()))
        faults = _faults_of(kept, unwrapped)
    except LedgerDamaged as error:
        raise NotRenewed(_NOT_WHOLE.format(why=str(error)), "damaged") from error
    except LedgerError as error:
        raise NotRenewed(_NOT_KEPT.format(why=str(error)), "full") from error
    if faults:
        words = f"{_NOT_WHOLE.format(why=faults[0].sentence)}{checkup.ADVICE}"
        raise NotRenewed(words, "damaged")
    return kept


def _faults_of(kept: Path, unwrapped: Unwrapped) -> tuple[Fault, ...]:
    with closing(reader.open_reader(kept, unwrapped)) as database, translated(Doing.READING):
        return checkup.faults_in(database, place.ledger_file(kept), unwrapped)
