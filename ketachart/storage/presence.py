"""Whether the files that are being written still stand under their names.

On Linux and macOS a file that was deleted or moved can still be written by who has it open, and
SQLite does so without a word: what was acknowledged then would be gone with the file
(sqlite.org/howtocorrupt.html, section 2.5).
"""

from pathlib import Path

from ketachart.errors import LedgerMissing
from ketachart.storage.unfolded import log_file

_GONE = (
    "The ledger is no longer where it was: it was moved or deleted, or its disk was taken out. "
    "This step was not saved; everything shown as saved before is in the file that went. Put it "
    "back where it was, then lock and unlock; chart on paper until then."
)
Identity = tuple[int, int]


class Presence:
    """The ledger's file and its log, as they were when the ledger was opened."""

    def __init__(self, ledger: Path) -> None:
        self._known: dict[Path, Identity] = {}
        self._files = (ledger, log_file(ledger))
        self._note()

    def require(self) -> None:
        """Let no act begin whose entries would go into a file that nobody finds again.

        Raises:
            LedgerMissing: it was not saved; the sentence says what to do.
        """
        for file, known in self._known.items():
            if _identity(file) != known:
                raise LedgerMissing(_GONE)
        self._note()

    def _note(self) -> None:
        """The log is made with the first step; from then on it stays."""
        for file in self._files:
            found = None if file in self._known else _identity(file)
            if found is not None:
                self._known[file] = found


def _identity(file: Path) -> Identity | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
