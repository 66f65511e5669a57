"""The stick or folder that holds the backups: what it can take, and what is said when it cannot."""

import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from ketachart.errors import DiskFull, FolderReadOnly, LedgerError, NotSaved
from ketachart.storage import folder as place

NOT_THERE: Final = (
    "The place of the backups is not there. Nothing is lost: plug the stick in and back up again."
)
FULL: Final = (
    "There is no room left at the place of the backups. The ledger is whole, and the backups made "
    "before are kept: make room there, or choose another place, and back up again."
)
FORBIDDEN: Final = (
    "KetaChart may not write at the place of the backups. The ledger is whole: take the write "
    "protection off, or choose another place, and back up again."
)
BROKEN: Final = (
    "The backup was not finished: the stick was pulled out, or it cannot be written. The ledger is "
    "whole, and the backups made before are kept: plug the stick in and back up again."
)
SAME_DISK: Final = (
    "This is the same disk as the ledger: a backup here does not help when the laptop is stolen or "
    "its disk fails. Choose a USB stick if you can."
)

_FAT: Final = {"vfat", "msdos", "fat", "fat16", "fat32"}  # as Linux, macOS and Windows call it
_FAT_MOST: Final = (1 << 32) - 1  # bytes of one file on FAT32
_MARGIN: Final = 1 << 20
_NO_FOLDER_FLUSH: Final = {errno.EINVAL, errno.ENOTSUP, errno.EBADF}
_STEP: Final = 1 << 20


@contextmanager
def writing_there() -> Iterator[None]:
    """Says of the stick what went wrong at the stick.

    Raises:
        DiskFull, FolderReadOnly, NotSaved: no backup was made; the ledger was not touched.
    """
    try:
        with place.writing_files():
            yield
    except DiskFull as error:
        raise DiskFull(FULL) from error
    except FolderReadOnly as error:
        gone = isinstance(error.__cause__, FileNotFoundError | NotADirectoryError)
        raise (NotSaved(BROKEN) if gone else FolderReadOnly(FORBIDDEN)) from error
    except NotSaved as error:
        raise NotSaved(BROKEN) from error


def is_there(chosen: Path) -> bool:
    """Whether the folder can be seen now; a stick that was pulled leaves none, or an empty one."""
    try:
        return chosen.is_dir()
    except OSError:
        return False


def require_writable(chosen: Path) -> None:
    """Write a file there and take it away again.

    Raises:
        LedgerError: the place is no folder, or cannot be written.
    """
    if not is_there(chosen):
        raise LedgerError("This is no folder. Nothing was changed: choose a folder or a stick.")
    trial = chosen / "ketachart-trial.partial"
    with writing_there():
        trial.unlink(missing_ok=True)
        place.create_empty(trial)
        trial.unlink()


def on_same_disk(chosen: Path, ledger_folder: Path) -> bool:
    """Whether both lie on one file system; two of them on one disk cannot be told."""
    try:
        return chosen.stat().st_dev == ledger_folder.stat().st_dev
    except OSError:
        return False


def require_fit(chosen: Path, size: int) -> None:
    """Let no copy begin that the place cannot hold: ``size`` bytes in one file.

    Raises:
        LedgerError: FAT32 holds no file so large.
    """
    if size > _FAT_MOST and file_system(chosen) in _FAT:
        raise LedgerError(
            "This stick can hold no file larger than 4 GB (its format is FAT32), and the ledger is "
            "larger. The ledger is whole: format the stick as exFAT, or choose another place."
        )


def has_room(chosen: Path, size: int) -> bool:
    """Whether so many bytes are free there.

    Raises:
        DiskFull, FolderReadOnly, NotSaved: the place cannot be asked.
    """
    with writing_there():
        return shutil.disk_usage(chosen).free >= size + _MARGIN


def file_system(chosen: Path) -> str:
    """What the system calls the place's file system, in small letters; empty if it does not say."""
    import psutil

    where, found, longest = str(chosen.resolve()), "", -1
    with suppress(OSError, RuntimeError):
        for each in psutil.disk_partitions(all=True):
            root = each.mountpoint
            inside = where == root or where.startswith(root.rstrip("/\\") + os.sep)
            if inside and len(root) > longest:
                found, longest = each.fstype.lower(), len(root)
    return found


def flush_file(path: Path) -> None:
    """Wait until the stick has kept a file."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        place.flush(descriptor)
    finally:
        os.close(descriptor)


def flush_names(folder: Path) -> None:
    """Wait until the stick has kept the names in a folder; some file systems know no such wait."""
    try:
        place.flush_names(folder)
    except OSError as error:
        if error.errno not in _NO_FOLDER_FLUSH:
            raise


def blocks(path: Path) -> Iterator[bytes]:
    """A file's content, read from the medium itself and not from what the system remembers of it.

    Windows offers no way to forget one file's content; there the system's memory is read.
    """
    with path.open("rb", buffering=0) as file:
        _forget(file.fileno())
        while block := file.read(_STEP):
            yield block


def _forget(descriptor: int) -> None:
    if sys.platform == "darwin":
        import fcntl

        fcntl.fcntl(descriptor, fcntl.F_NOCACHE, 1)
    elif hasattr(os, "posix_fadvise"):
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
