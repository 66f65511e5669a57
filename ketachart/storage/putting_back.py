"""The last step of a restore: the new ledger takes the old one's place, wholly or not at all.

A restored ledger is made ready beside the old one. Once it is whole its folder gets the name that
says so, and from then on it counts: whatever ends the program, the next start goes on from here.
Until then the old one counts, and what lies beside it is thrown away.
"""

import json
import shutil
from pathlib import Path
from typing import Final

from ketachart.errors import LedgerInUse
from ketachart.storage import folder as place
from ketachart.storage import known_head
from ketachart.storage.instance import Hold
from ketachart.storage.unfolded import log_file

_KEYRING_TOO: Final = "keyring-too.json"


def unfinished(folder: Path) -> Path:
    """Where a ledger is being made from a backup; it does not count yet."""
    return folder / "restoring.partial"


def ready(folder: Path) -> Path:
    """A ledger that was made from a backup and counts, but is not in its place yet."""
    return folder / "restoring.ready"


def declare_ready(folder: Path, *, keyring_too: bool) -> None:
    """From now on the restored ledger counts; ``keyring_too`` where its keyring comes with it.

    Raises:
        DiskFull, FolderReadOnly, NotSaved: the old ledger still counts.
    """
    work = unfinished(folder)
    place.write_whole(work / _KEYRING_TOO, json.dumps(keyring_too).encode())
    with place.writing_files():
        place.flush_names(work)
        work.rename(ready(folder))
        place.flush_names(folder)


def finish(folder: Path) -> None:
    """Put a ready ledger in its place, and clean up; the folder must be held. Twice does no harm.

    Raises:
        DiskFull, FolderReadOnly, NotSaved: it goes on from here next time.
    """
    if not folder.is_dir():
        return
    waiting = ready(folder)
    with place.writing_files():
        if waiting.exists():
            _put_in_place(folder, waiting)
            shutil.rmtree(waiting)
            place.flush_names(folder)
        if unfinished(folder).exists():
            shutil.rmtree(unfinished(folder))


def finish_if_left(folder: Path) -> None:
    """Finish what an ended program left; nothing where another KetaChart is at work there.

    Raises:
        DiskFull, FolderReadOnly, NotSaved: it goes on from here next time.
    """
    if not ready(folder).exists() and not unfinished(folder).exists():
        return
    try:
        hold = Hold(folder)
    except LedgerInUse:
        return
    try:
        finish(folder)
    finally:
        hold.release()


def _put_in_place(folder: Path, waiting: Path) -> None:
    fresh, ledger = place.ledger_file(waiting), place.ledger_file(folder)
    if not fresh.exists():
        return
    if (waiting / _KEYRING_TOO).read_bytes() == b"true":
        for name, path in zip(
            place.keyring_files(waiting), place.keyring_files(folder), strict=True
        ):
            place.write_whole(path, name.read_bytes())
    # The old log must never be read into the new ledger, and what was known of the old one's last
    # entry says nothing about the new one's.
    for of_the_old in (
        log_file(ledger),
        ledger.with_name(ledger.name + "-shm"),
        known_head.file_of(folder),
        known_head.missed_file_of(folder),
    ):
        of_the_old.unlink(missing_ok=True)
    place.flush_names(folder)
    place.put_in_place(fresh, ledger)
    place.flush_names(waiting)
