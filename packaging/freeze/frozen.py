"""Freezes the program with PyInstaller, and makes what came of it the same every time."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import dev_setup
from freeze import rooms
from freeze.names import ROOMS, SOURCE, Release

NOTES: Final = ROOMS / "notes"
APPLICATION: Final = "KetaChart.app"
_ELF: Final = b"\x7fELF"
_FAILING: Final = "The program could not be frozen; the words above say why."


def freeze(release: Release, folder: Path, *, bare: bool = False) -> None:
    """Freeze into the folder, which is made anew; ``bare`` freezes the empty window instead.

    Raises:
        Stop: PyInstaller, or what strips the libraries, said no.
    """
    made, work = ROOMS / "dist", ROOMS / ("bare" if bare else "work")
    name = "ketachart-bare" if bare else "ketachart"
    dev_setup.remove(made / name)
    words = [str(rooms.frozen_python()), "-P", "-m", "PyInstaller", "--noconfirm", "--clean"]
    words += ["--log-level", "WARN", "--distpath", str(made), "--workpath", str(work)]
    dev_setup.must(
        [*words, str(SOURCE / "packaging" / "freeze" / "ketachart.spec")],
        failing=_FAILING,
        PYTHONPATH=str(rooms.packages_of(rooms.TOOLS)),
        PYINSTALLER_CONFIG_DIR=str(ROOMS / "cache"),
        KETACHART_VERSION=release.version,
        KETACHART_NOTES=str(NOTES),
        KETACHART_BARE="1" if bare else "",
        **release.settings,
    )
    dev_setup.remove(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    if sys.platform == "darwin" and not bare:
        folder.mkdir()
        shutil.move(made / APPLICATION, folder)
    else:
        shutil.move(made / name, folder)
    if sys.platform == "linux":
        strip(folder)
        if not bare:
            (folder / "ketachart-window").symlink_to("ketachart")
    settle(folder, release.epoch)


def inside(folder: Path) -> Path:
    """Where the libraries and the shipped files of a frozen folder lie."""
    application = folder / APPLICATION / "Contents" / "Frameworks"
    return application if application.is_dir() else folder / "_internal"


def program(folder: Path) -> Path:
    """The program that is the command line."""
    if (folder / APPLICATION).is_dir():
        return folder / APPLICATION / "Contents" / "MacOS" / "ketachart"
    return folder / ("ketachart.exe" if sys.platform == "win32" else "ketachart")


def strip(folder: Path) -> None:
    """Take what only a debugger reads out of every library.

    Raises:
        Stop: one of them could not be stripped.
    """
    for file in libraries_in(folder):
        dev_setup.must(["strip", "--strip-debug", str(file)], failing=f"{file.name}: not stripped.")


def libraries_in(folder: Path) -> Iterator[Path]:
    """Every library and module of the folder that Linux loads, but for the two programs."""
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.is_symlink() and file.parent != folder:
            with file.open("rb") as opened:
                if opened.read(4) == _ELF:
                    yield file


def settle(folder: Path, epoch: int) -> None:
    """Give every file the time of the commit, and the rights that an installed file has."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_symlink():
            os.utime(path, (epoch, epoch), follow_symlinks=False)
            continue
        begins = path.parent == folder and not path.suffix
        runs = path.is_dir() or begins or path.stat().st_mode & 0o100
        path.chmod(0o755 if runs and not _is_library(path) else 0o644)
        os.utime(path, (epoch, epoch))
    os.utime(folder, (epoch, epoch))


def _is_library(path: Path) -> bool:
    return path.is_file() and ".so" in path.suffixes
