"""Hands what was checked to the system's own installer, where KetaChart did not unpack itself.

A Debian package is put in by the administrator. Not the file in the person's own folder is handed
to them, which another program could exchange in time: the KetaChart that they installed is started
as administrator, makes a copy that nobody else may write, and checks that one.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from ketachart.errors import CannotRead, KetaChartError, LedgerError
from ketachart.storage import folder as place
from ketachart.update import box as outside
from ketachart.update import rooms, staging
from ketachart.update.keys import ReleaseKey
from ketachart.update.reading import NOT_WHOLE, read_list
from ketachart.update.shapes import PayloadKind, UpdateList
from ketachart.update.starting import plain_environment

INSTALLED_PROGRAM: Final = "/usr/bin/ketachart"
_PATIENCE_S: Final = 600
_TURN_S: Final = 0.2

_NOT_ROOT: Final = (
    "Only the administrator puts a package in. Nothing was changed: run this command again with "
    "sudo before it."
)
_FAILED: Final = (
    "The system's installer did not put the package in (its answer: {code}), and its words are "
    "above. Nothing in any ledger was changed: ask whoever looks after this laptop."
)
_STILL_OPEN: Final = (
    "KetaChart was not closed, so nothing was put in its place. Nothing was changed: close it, and "
    "begin the update again."
)


def words_for_administrator(staged: Path, *, back: bool) -> list[str]:
    """The command that the administrator runs, without the one that makes them administrator."""
    more = ["--back"] if back else []
    return [INSTALLED_PROGRAM, "update", "put-in", *more, str(staged)]


def by_administrator(staged: Path, *, back: bool) -> list[str] | None:
    """The command that asks for the administrator's password; None where nothing here can ask."""
    words = words_for_administrator(staged, back=back)
    if os.name == "posix" and os.geteuid() == 0:
        return words
    asker = shutil.which("pkexec")
    return [asker, *words] if asker else None


def payload_beside(staged: Path, kind: PayloadKind, keys: Iterable[ReleaseKey]) -> Path:
    """The installer, taken out of the checked update beside it, and checked as it lies there.

    Raises:
        CannotRead: it is not as it was signed.
        DiskFull, FolderReadOnly, LedgerError: it could not be written.
    """
    told = read_list(staged, keys)
    return _taken_out(staged, told, kind, staged.parent)


def _taken_out(staged: Path, told: UpdateList, kind: PayloadKind, to: Path) -> Path:
    payload = told.payload(kind)
    if payload is None:
        raise CannotRead(outside.STRANGE)
    target = to / payload.name
    fresh = to / f"{payload.name}.partial"
    with staging.writing(told), outside.opened(staged) as box:
        fresh.unlink(missing_ok=True)
        descriptor = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "wb") as written:
            for block in outside.blocks_of(box, payload.name):
                written.write(block)
            written.flush()
            place.flush(written.fileno())
        with fresh.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        if sha256 != payload.sha256:
            fresh.unlink()
            raise CannotRead(NOT_WHOLE)
        place.put_in_place(fresh, target)
    return target


def begin(command: Sequence[str]) -> None:
    """Starts an installer that goes on after this window is closed.

    Raises:
        LedgerError: it could not be started.
    """
    try:
        subprocess.Popen(  # noqa: S603 - our own program, or what was signed
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=plain_environment(),
            start_new_session=os.name == "posix",
        )
    except OSError as error:
        raise LedgerError(
            "The system's installer could not be started. Nothing was changed, and KetaChart runs "
            "as before: ask whoever looks after this laptop."
        ) from error


def run(command: Sequence[str]) -> int:
    """Runs an installer in the foreground, its words on the terminal."""
    return subprocess.run(list(command), check=False, env=plain_environment()).returncode  # noqa: S603


def opener(installer: Path) -> list[str]:
    """How the installer of this system is started: the setup itself, or the disk image shown."""
    return ["/usr/bin/open", str(installer)] if sys.platform == "darwin" else [str(installer)]


def put_in(
    source: Path,
    keys: Iterable[ReleaseKey],
    why_not: Callable[[UpdateList], str],
    *,
    back: bool = False,
    after: int = 0,
) -> UpdateList:
    """As administrator: copies the update where nobody else writes, checks it, and installs it.

    The package manager is told of no place to fetch from. ``after`` is the id of a window that is
    closing.

    Raises:
        CannotRead, Refused, LedgerError: nothing was installed; the sentence says why.
    """
    if os.name != "posix" or os.geteuid() != 0:
        raise KetaChartError(_NOT_ROOT)
    pinned = tuple(keys)
    with tempfile.TemporaryDirectory(prefix="ketachart-") as name:  # 0700, the administrator's
        own = Path(name)
        staged, told = staging.stage(source, own, pinned, why_not)
        package = _taken_out(staged, told, "deb", rooms.updates(own))
        _open_for_fetcher(package)
        _wait_for(after)
        code = run([*_apt(own, back=back), str(package)])
    if code:
        raise LedgerError(_FAILED.format(code=code))
    return told


def _apt(own: Path, *, back: bool) -> list[str]:
    """How the package manager is called: it knows what is installed, and no source of packages.

    What the package needs and is not there is then refused before anything is changed. apt's own
    ``--no-download`` takes no package that lies in a file.
    """
    lists = own / "no-lists"
    (lists / "partial").mkdir(parents=True)
    told = {
        "Dir::Etc::sourcelist": "/dev/null",
        "Dir::Etc::sourceparts": "/dev/null",
        "Dir::State::lists": str(lists),
        "Dir::Cache::pkgcache": "",
        "Dir::Cache::srcpkgcache": "",
    }
    settings = [word for name, value in told.items() for word in ("-o", f"{name}={value}")]
    more = ["--allow-downgrades"] if back else []
    return ["apt-get", "install", "--yes", "--no-install-recommends", *settings, *more]


def _open_for_fetcher(package: Path) -> None:
    """apt reads a local package as another user; the folders above stay the administrator's."""
    for each in (package, package.parent, package.parent.parent):
        each.chmod(each.stat().st_mode | (0o055 if each.is_dir() else 0o044))


def _wait_for(process: int) -> None:
    """Until that window is closed: its files are about to be exchanged under it."""
    for _turn in range(int(_PATIENCE_S / _TURN_S)):
        if process <= 0 or not Path(f"/proc/{process}").exists():
            return
        time.sleep(_TURN_S)
    raise LedgerError(_STILL_OPEN)
