"""Keeps a whole copy of a ledger as it stands beside it, before anything in it is changed."""

import os
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from ketachart.storage import folder as place
from ketachart.storage.unfolded import log_file

_STEP: Final = 1 << 20  # bytes copied at once
_MARGIN: Final = 1 << 20  # bytes left free beside a copy: names, and the next entries
_PART: Final = ".partial"


def kept_name(now: datetime) -> str:
    """The name of the folder in which a ledger is kept aside: kept-20261122-184600, in UTC."""
    return f"kept-{now.astimezone(UTC):%Y%m%d-%H%M%S}"


def files_of(folder: Path) -> tuple[Path, ...]:
    """What a ledger is made of, as far as it is there: itself, its log, its keyring."""
    ledger = place.ledger_file(folder)
    whole = (ledger, log_file(ledger), *place.keyring_files(folder))
    return tuple(path for path in whole if path.exists())


def has_room(folder: Path) -> bool:
    """Whether the disk has room for a second copy of the ledger beside it."""
    needed = sum(path.stat().st_size for path in files_of(folder)) + _MARGIN
    return shutil.disk_usage(folder).free >= needed


def keep_aside(folder: Path, name: str) -> Path:
    """Copies the ledger, its log and its keyring, whole, to a new folder in ``folder``.

    Nobody may have the ledger open: hold the folder (``Hold``). What was kept before is never
    written over: the name gets a count then (kept-20261122-184600-2). A power cut leaves a
    ``.partial`` at most, never half a copy under a copy's name.

    Returns:
        The folder of the copy; on the disk when this returns.

    Raises:
        DiskFull, FolderReadOnly, NotSaved: nothing was kept, the ledger was not touched.
    """
    with place.writing_files():
        fresh = Path(tempfile.mkdtemp(prefix=f"{name}-", suffix=_PART, dir=folder))  # 0700
        try:
            for path in files_of(folder):
                _copy(path, fresh / path.name)
            place.flush_names(fresh)
            kept = _free_name(folder, name)
            fresh.rename(kept)
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
        place.flush_names(folder)
        return kept


def _free_name(folder: Path, name: str) -> Path:
    kept, count = folder / name, 1
    while kept.exists():
        count += 1
        kept = folder / f"{name}-{count}"
    return kept


def _copy(source: Path, target: Path) -> None:
    descriptor = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with source.open("rb") as read, os.fdopen(descriptor, "wb") as written:
        shutil.copyfileobj(read, written, _STEP)
        written.flush()
        place.flush(written.fileno())
