"""Writes what a command made: whole or not at all, and never into the folder of a ledger."""

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from ketachart import charting
from ketachart.errors import CannotRead


def write_file(path: Path, content: bytes) -> None:
    """Writes beside the place and only then takes the name; an old file stays until then.

    Raises:
        CannotRead: a ledger lies in that folder; nothing was written.
        OSError: it cannot be written there; nothing was written.
    """
    place = path.resolve()
    if charting.holds_ledger(place.parent):
        raise CannotRead(
            f"{path.name} would lie in the folder of a ledger, where nothing else is written. "
            "Choose another folder."
        )
    if place.is_dir():
        raise IsADirectoryError(errno.EISDIR, "a folder", str(path))
    if place.exists() and not place.is_file():
        path.write_bytes(content)  # a device or a pipe has no name to take
        return
    try:
        _take_the_name(place, content)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


def _take_the_name(place: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=".ketachart-", dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(place)
    except OSError:
        with contextlib.suppress(OSError):
            Path(name).unlink(missing_ok=True)
        raise
