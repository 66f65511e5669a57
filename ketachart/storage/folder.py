"""The folder that holds the ledger: where each file stands, who may read it, how it is written."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ketachart.errors import DiskFull, FolderReadOnly, LedgerError, NotSaved

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.ENOENT, errno.EEXIST}

DISK_FULL = (
    "The disk is full. Everything shown as saved is safe; the last step was not saved. "
    "Free some space, then do it again."
)
READ_ONLY = (
    "KetaChart may not write in its folder. Everything shown as saved is safe; nothing new can be "
    "charted until the folder can be written again. Check the folder's permissions and the disk."
)
NOT_SAVED = (
    "The disk answered with a fault. Everything shown as saved is safe; the last step may or may "
    "not be on the disk. Save it again: it will not be charted twice."
)


def ledger_file(folder: Path) -> Path:
    """The encrypted ledger; SQLite keeps its -wal and -shm beside it while it is open."""
    return folder / "ledger.db"


def unfinished_file(folder: Path) -> Path:
    """The ledger while it is being made; it gets its name once the keyring is on the disk."""
    return folder / "ledger.db.new"


def renewed_file(folder: Path) -> Path:
    """The ledger under a new key, while it is being copied; it takes the ledger's name then."""
    return folder / "ledger.db.renewed"


def keyring_files(folder: Path) -> tuple[Path, Path]:
    """The keyring and its second copy, in the order in which they are written."""
    return folder / "keyring.json", folder / "keyring.json.bak"


def attempts_file(folder: Path) -> Path:
    """The count of wrong passphrases."""
    return folder / "attempts.json"


def lock_file(folder: Path) -> Path:
    """The lock that keeps a second KetaChart out."""
    return folder / "ketachart.lock"


def holds_ledger(folder: Path) -> bool:
    """Whether a ledger was made here: then it must be unlocked, and never made anew over it."""
    return any(path.exists() for path in (ledger_file(folder), *keyring_files(folder)))


def may_write(path: Path) -> bool:
    """Whether the system lets this person write the file, and beside it."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def make_private(folder: Path) -> None:
    """Make the folder where it is missing, and close it to everyone but this person (0700).

    Raises:
        FolderReadOnly: it cannot be made, or belongs to someone else.
        DiskFull: no room is left even for a folder.
    """
    with writing_files():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)


@contextmanager
def writing_files() -> Iterator[None]:
    """Says in the nurse's words what the system says of a file that could not be written.

    Raises:
        DiskFull, FolderReadOnly, NotSaved: by what the system answered.
    """
    try:
        yield
    except OSError as error:
        raise _in_words(error) from error


def _in_words(error: OSError) -> LedgerError:
    if error.errno in _FULL:
        return DiskFull(DISK_FULL)
    if error.errno in _FORBIDDEN:
        return FolderReadOnly(READ_ONLY)
    return NotSaved(NOT_SAVED)


def create_empty(path: Path) -> None:
    """Make a new empty file that only this person may read (0600).

    SQLite gives its -wal and -shm the same rights (sqlite.org, os_unix.c, findCreateFileMode).
    """
    with writing_files():
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def write_whole(path: Path, content: bytes) -> None:
    """Replace a file so that after a power cut it is the old one or the new one, never a part.

    Raises:
        DiskFull, FolderReadOnly, NotSaved: the old file still stands.
    """
    fresh = path.with_name(path.name + ".part")
    with writing_files():
        # A leftover of a killed run may have been made by another program with other rights.
        fresh.unlink(missing_ok=True)
        descriptor = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                flush(file.fileno())
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise
        put_in_place(fresh, path)


def put_in_place(fresh: Path, path: Path) -> None:
    """Give a finished file its name, and wait until the disk has kept the name too."""
    with writing_files():
        fresh.replace(path)
        flush_names(path.parent)


def flush_names(folder: Path) -> None:
    """Wait until the disk has kept the names in a folder; Windows does that by itself."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        flush(descriptor)
    finally:
        os.close(descriptor)


def flush(descriptor: int) -> None:
    """Wait until the disk has kept what was written to an open file."""
    if sys.platform == "darwin":
        # On macOS fsync stops at the drive's own memory; this one goes on to the medium (fcntl(2)).
        import fcntl

        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
    else:
        os.fsync(descriptor)
