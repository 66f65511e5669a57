"""Puts a new version beside the one that runs, whole, and tries it out before it counts."""

import hashlib
import io
import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from ketachart.errors import CannotRead, LedgerError
from ketachart.storage import folder as place
from ketachart.update import box as outside
from ketachart.update.installed import VERSIONS
from ketachart.update.keys import ReleaseKey
from ketachart.update.reading import NOT_WHOLE, Progress, read_list
from ketachart.update.shapes import Payload, UpdateList
from ketachart.update.staging import writing
from ketachart.update.starting import PROGRAM, plain_environment

MOST_FILES: Final = 50_000
LONGEST_IN_ALL: Final = 1 << 33  # bytes, unpacked
_PATIENCE_S: Final = 120

_DOES_NOT_RUN: Final = (
    "KetaChart {version} was unpacked and does not start on this laptop. It was taken away again; "
    "{here} runs as before. Tell whoever gave you the update: “{said}”."
)


def unpack(
    staged: Path,
    root: Path,
    keys: Iterable[ReleaseKey],
    on_progress: Progress = lambda _done, _total: None,
) -> UpdateList:
    """The new version, whole, in the program's folder; it does not count yet.

    Raises:
        CannotRead: the file is not as it was signed; nothing is left of it.
        DiskFull, FolderReadOnly, LedgerError: it could not be written; nothing is left of it.
    """
    told = read_list(staged, keys)
    payload = told.payload("archive")
    if payload is None:
        raise CannotRead(outside.STRANGE)
    home = folder_of(root, told.version)
    fresh = home.with_name(f"{home.name}.partial")
    with writing(told):
        fresh.parent.mkdir(mode=0o755, exist_ok=True)
        for leftover in (fresh, home):
            if leftover.exists():
                shutil.rmtree(leftover)
        try:
            _unpack(staged, payload, fresh, on_progress)
            _to_disk()
            fresh.rename(home)
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
        place.flush_names(home.parent)
    return told


def folder_of(root: Path, version: str) -> Path:
    """Where a version lies in the program's folder."""
    return root / VERSIONS / version


def try_out(root: Path, version: str, here: str) -> None:
    """Starts the new version once, to say its name; it is taken away again where it does not.

    Raises:
        LedgerError: it does not run here, and is gone.
    """
    home = folder_of(root, version)
    try:
        ran = subprocess.run(  # noqa: S603 - what was signed, by its whole path
            [str(home / PROGRAM), "--version"],
            check=False,
            capture_output=True,
            text=True,
            timeout=_PATIENCE_S,
            env=plain_environment(),
        )
        said = (ran.stdout + ran.stderr).strip()
        named = said.replace(",", " ").split()[:2]
        good = ran.returncode == 0 and named == ["KetaChart", version]
    except (OSError, subprocess.SubprocessError) as error:
        said, good = str(error), False
    if not good:
        shutil.rmtree(home, ignore_errors=True)
        words = said[-200:] or "it said nothing"
        raise LedgerError(_DOES_NOT_RUN.format(version=version, here=here, said=words))


class _Heard(io.RawIOBase):
    """The payload as it is unpacked: counted and hashed on its way."""

    def __init__(self, blocks: Iterable[bytes], payload: Payload, on_progress: Progress) -> None:
        super().__init__()
        self._blocks, self._left = iter(blocks), b""
        self._payload, self._on_progress = payload, on_progress
        self._hasher, self._size = hashlib.sha256(), 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        room = memoryview(buffer)  # type: ignore[arg-type]
        if not self._left:
            self._left = next(self._blocks, b"")
            self._hasher.update(self._left)
            self._size += len(self._left)
            self._on_progress(self._size, self._payload.size)
        part, self._left = self._left[: len(room)], self._left[len(room) :]
        room[: len(part)] = part
        return len(part)

    def require_whole(self) -> None:
        """To its end, and as it was signed."""
        while self.read(outside.STEP):
            pass
        if (self._size, self._hasher.hexdigest()) != (self._payload.size, self._payload.sha256):
            raise CannotRead(NOT_WHOLE)


def _unpack(staged: Path, payload: Payload, fresh: Path, on_progress: Progress) -> None:
    fresh.mkdir(mode=0o755)
    with outside.opened(staged) as box:
        heard = _Heard(outside.blocks_of(box, payload.name), payload, on_progress)
        try:
            with tarfile.open(fileobj=io.BufferedReader(heard), mode="r|gz") as archive:
                _take_out(archive, fresh)
        except (tarfile.TarError, EOFError) as error:
            raise CannotRead(outside.STRANGE) from error
        heard.require_whole()
    if not (fresh / PROGRAM).is_file():
        raise CannotRead(outside.STRANGE)


def _take_out(archive: tarfile.TarFile, fresh: Path) -> None:
    """Each file under the archive's one folder; a name that leads out of it is refused."""
    count, total = 0, 0
    for member in archive:
        count, total = count + 1, total + member.size
        _, _, inner = member.name.partition("/")
        if count > MOST_FILES or total > LONGEST_IN_ALL or member.islnk():
            raise CannotRead(outside.STRANGE)
        if inner:
            archive.extract(member.replace(name=inner, deep=False), fresh, filter="data")


def _to_disk() -> None:
    """Thousands of files are on the disk before their folder gets its name."""
    if hasattr(os, "sync"):
        os.sync()
