"""Writes a file that leaves the laptop's ledger: whole or not at all, and says why if not."""

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from ketachart import charting
from ketachart.errors import DiskFull, FolderReadOnly, NotSaved

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_SHUT = (errno.EACCES, errno.EPERM, errno.EROFS)


def save_file(path: Path, content: bytes) -> None:
    """Writes beside the place, flushes, and only then takes the name; an old file stays until then.

    Raises:
        DiskFull, FolderReadOnly, NotSaved: nothing was written; the sentence says what to do.
    """
    if charting.holds_ledger(path.resolve().parent):
        raise FolderReadOnly(
            "The ledger lies in that folder, and nothing else is written there. Choose another "
            "folder."
        )
    fresh: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=".ketachart-", dir=path.parent)
        fresh = Path(name)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(path)
    except OSError as error:
        if fresh is not None:
            with contextlib.suppress(OSError):
                fresh.unlink(missing_ok=True)
        raise _told(error) from error


def _told(error: OSError) -> DiskFull | FolderReadOnly | NotSaved:
    kept = "What is in the chart is safe."
    if error.errno in _FULL:
        return DiskFull(f"There is no room there. {kept} Make room or choose another place.")
    if error.errno in _SHUT:
        return FolderReadOnly(f"That folder cannot be written to. {kept} Choose another place.")
    return NotSaved(f"The file could not be written there. {kept} Choose another place.")
