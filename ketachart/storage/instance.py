"""Keeps a second KetaChart from opening the same ledger."""

from pathlib import Path

from filelock import FileLock, Timeout

from ketachart.errors import LedgerInUse
from ketachart.storage import folder as place


class Hold:
    """This KetaChart's claim on a folder; the system ends it if the program is killed."""

    def __init__(self, folder: Path) -> None:
        """Claim the folder at once, without waiting.

        Raises:
            LedgerInUse: another KetaChart holds it.
            FolderReadOnly, DiskFull: the lock cannot be written.
        """
        # Not bound to a thread: the window that opened a ledger may not be the one to close it.
        self._lock = FileLock(place.lock_file(folder), timeout=0, mode=0o600, thread_local=False)
        with place.writing_files():
            try:
                self._lock.acquire()
            except Timeout as error:
                raise LedgerInUse(
                    "KetaChart is already open on this laptop. Nothing is lost: go to its window, "
                    "or close it there and try again."
                ) from error

    def release(self) -> None:
        """Give the folder free; doing so twice does no harm."""
        self._lock.release()
