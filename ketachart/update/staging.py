"""Takes an update from the stick: copied to this laptop first, and looked at as it lies here.

What is checked on a stick may be another file a moment later; so the copy is what is checked.
"""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from ketachart.errors import (
    CannotRead,
    DiskFull,
    FolderReadOnly,
    KetaChartError,
    LedgerError,
    Refused,
)
from ketachart.storage import folder as place
from ketachart.update import box as outside
from ketachart.update import rooms
from ketachart.update.keys import ReleaseKey
from ketachart.update.reading import Progress, read_list, require_whole
from ketachart.update.shapes import UpdateList, file_name

TIMES: Final = 5
"""So much room is asked for: the copy, and what is unpacked of it, some three times as large."""

FULL: Final = (
    "There is not room enough on this disk for the update. Nothing was changed, and KetaChart runs "
    "as before: free {gigabytes} GB, and choose the update again."
)
FORBIDDEN: Final = (
    "KetaChart may not write where the update would go. Nothing was changed, and KetaChart runs as "
    "before: ask whoever looks after this laptop."
)
BROKEN: Final = (
    "The disk answered with a fault. Nothing was changed, and KetaChart runs as before: choose the "
    "update again."
)
STOPPED: Final = "The update was stopped. Nothing was changed, and KetaChart runs as before."


class Stopped(KetaChartError):
    """Whoever asked for the update stopped it."""

    def __init__(self) -> None:
        super().__init__(STOPPED)


def stage(
    source: Path,
    folder: Path,
    keys: Iterable[ReleaseKey],
    why_not: Callable[[UpdateList], str],
    on_progress: Progress = lambda _done, _total: None,
) -> tuple[Path, UpdateList]:
    """The update, copied here and found whole; on the disk under its own name when this returns.

    Raises:
        CannotRead: it is no update, or not whole; nothing is kept of it.
        Refused: it is not for this KetaChart; the sentence says why.
        DiskFull, FolderReadOnly, LedgerError: it could not be copied; nothing is kept of it.
    """
    pinned = tuple(keys)
    told = read_list(source, pinned)
    why = why_not(told)
    if why:
        raise Refused(why, rule="update")
    copy, total = rooms.incoming(folder), size_of(source)
    with writing(told):
        place.make_private(rooms.updates(folder))
        require_room(rooms.updates(folder), told)
        copy.unlink(missing_ok=True)
        try:
            _copy(source, copy, lambda done: on_progress(done, 2 * total))
            _require_same(
                told,
                require_whole(copy, pinned, lambda done, _of: on_progress(total + done, 2 * total)),
            )
            staged = copy.with_name(file_name(told.version, told.system, told.machine))
            place.put_in_place(copy, staged)
        except BaseException:
            with suppress(OSError):
                copy.unlink(missing_ok=True)
            raise
    return staged, told


def size_of(source: Path) -> int:
    """How large the file is, bytes.

    Raises:
        CannotRead: the stick is gone.
    """
    try:
        return source.stat().st_size
    except OSError as error:
        raise CannotRead(outside.GONE) from error


def require_room(where: Path, told: UpdateList) -> None:
    """Lets nothing begin that would not fit.

    Raises:
        DiskFull: nothing was begun.
    """
    needed = TIMES * sum(each.size for each in told.payloads)
    if shutil.disk_usage(where).free < needed:
        raise DiskFull(_full(told))


@contextmanager
def writing(told: UpdateList) -> Iterator[None]:
    """Says in the nurse's words what the system says of a file of an update.

    Raises:
        DiskFull, FolderReadOnly, LedgerError: nothing counts that was not whole.
    """
    try:
        with place.writing_files():
            yield
    except DiskFull as error:
        raise DiskFull(_full(told)) from error
    except FolderReadOnly as error:
        raise FolderReadOnly(FORBIDDEN) from error
    except LedgerError as error:
        raise LedgerError(BROKEN) from error


def _require_same(told: UpdateList, found: UpdateList) -> None:
    if found != told:
        raise CannotRead(outside.CUT)


def _full(told: UpdateList) -> str:
    needed = TIMES * sum(each.size for each in told.payloads)
    return FULL.format(gigabytes=max(1, -(-needed // 10**9)))


def _copy(source: Path, copy: Path, on_progress: Callable[[int], None]) -> None:
    done = 0
    descriptor = os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as written:
        for block in _blocks(source):
            written.write(block)
            done += len(block)
            on_progress(done)
        written.flush()
        place.flush(written.fileno())


def _blocks(source: Path) -> Iterator[bytes]:
    try:
        with source.open("rb") as file:
            while block := file.read(outside.STEP):
                yield block
    except OSError as error:
        raise CannotRead(outside.GONE) from error
