"""The reserve beside the ledger: room that is given free when the disk is full, for one visit.

Measured: once 8 MiB were given free, 200 further entries could be charted (storage.md, section 3.6;
R10 asks for 64 MiB). Random bytes, so that no file system keeps them in less room.
"""

import contextlib
import os
import shutil
from pathlib import Path
from typing import Final

from ketachart.errors import LedgerError
from ketachart.storage import folder as place

MIB: Final = 1 << 20
SIZE: Final = 64 * MIB
NEW_VISIT: Final = 200 * MIB
"""With less room than this no new visit is begun (R10)."""
SCARCE: Final = 1024 * MIB
"""With less room than this the nurse is warned, and no reserve is made (R10)."""
NEARLY_NONE: Final = 4 * MIB
"""With less room than this a ledger may not even open (storage.md, section 3.6)."""


def ballast_file(folder: Path) -> Path:
    """The reserve; it holds nothing."""
    return folder / "reserve.bin"


def room(folder: Path) -> int | None:
    """Bytes free on the disk of the ledger; None where the system does not tell."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def is_made(folder: Path) -> bool:
    """Whether the reserve is there."""
    return ballast_file(folder).exists()


def make(folder: Path, size: int = SIZE) -> bool:
    """Keep the reserve ready where there is room and none is there; slow, so from a worker.

    Returns:
        Whether it is there now.
    """
    if is_made(folder):
        return True
    free = room(folder)
    if free is None or free < SCARCE + size:
        return False
    fresh = ballast_file(folder).with_suffix(".part")
    try:
        with place.writing_files():
            _write(fresh, size)
            place.put_in_place(fresh, ballast_file(folder))
    except LedgerError:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)
        return False
    return True


def release(folder: Path) -> bool:
    """Give the reserve free.

    Returns:
        Whether there was one.
    """
    try:
        ballast_file(folder).unlink()
    except OSError:
        return False
    with contextlib.suppress(OSError):
        place.flush_names(folder)
    return True


def release_if_full(folder: Path) -> bool:
    """Give the reserve free where the disk has no room left to open a ledger.

    Returns:
        Whether there was one, and it was needed.
    """
    free = room(folder)
    return free is not None and free < NEARLY_NONE and release(folder)


def _write(path: Path, size: int) -> None:
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        for start in range(0, size, MIB):
            file.write(os.urandom(min(MIB, size - start)))
        file.flush()
        place.flush(file.fileno())
