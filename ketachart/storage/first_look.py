"""What is looked at each time a ledger is opened: a little, and as much however long it has grown.

The pages' own seals are read with the pages: whatever is looked at here is sealed as it was.
"""

from ketachart.errors import Fault
from ketachart.storage import checkup, records, seeking
from ketachart.storage.chain import verify_stream
from ketachart.storage.vault import Database, Doing, translated

_NEEDED = (
    "SELECT * FROM shelf ORDER BY day DESC LIMIT 200",
    "SELECT * FROM setting",
    "SELECT key FROM setting ORDER BY key",
    "SELECT * FROM credential",
    "SELECT holder FROM credential ORDER BY holder, kind",
    "SELECT max(rowid) FROM document",
    "SELECT max(stream) FROM document",
)
"""What every act reads or writes beside the entries; a damaged page there would stop charting."""


def faults_of(database: Database) -> tuple[Fault, ...]:
    """What is wrong among the last entries, and in the visits that are not signed yet.

    Raises:
        LedgerDamaged: a page of them cannot be read.
    """
    recent = checkup.recent_faults(database)
    with translated(Doing.READING):
        for part in _NEEDED:
            database.execute(part).fetchall()
    known = {fault.sentence for fault in recent}
    running = (fault for fault in _open_visit_faults(database) if fault.sentence not in known)
    return (*recent, *running)


def _open_visit_faults(database: Database) -> tuple[Fault, ...]:
    """Each visit that can still be charted is followed from its first entry."""
    with translated(Doing.READING):
        return tuple(
            fault
            for line in seeking.unsigned(database)
            for fault in verify_stream(records.entries_of(database, line.stream))
        )
