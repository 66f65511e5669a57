"""Which of several keys opens a ledger: after a cut while its key was being renewed, either may."""

from collections.abc import Sequence
from pathlib import Path

from ketachart.errors import LedgerError
from ketachart.storage import folder as place


def fitting(folder: Path, secrets: Sequence[bytes]) -> bytes:
    """The newest key that opens the ledger's file.

    The newest of all where none does, or nothing is there to be opened: opening it says then what
    is wrong. ``secrets`` is ordered by age, the oldest first.
    """
    newest = secrets[-1]
    path = place.ledger_file(folder)
    if len(secrets) == 1 or not path.exists():
        return newest
    return next((each for each in reversed(secrets) if _opens(path, each)), newest)


def _opens(path: Path, secret: bytes) -> bool:
    from ketachart.storage.vault import bare_rows  # the library is asked for only when needed

    try:
        bare_rows(path, secret.hex(), "SELECT count(*) FROM sqlite_schema")
    except LedgerError:
        return False
    return True
