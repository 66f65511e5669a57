"""Packages as they lie on a stick: which files of a folder they are, and one of them read."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from ketachart.charting.post_reading import ReadingTask, ReadPackage
from ketachart.charting.report_reading import PACKAGE
from ketachart.errors import CannotRead
from ketachart.exchange.boxed import LONGEST_PACKAGE

_REPORT: Final = ".pdf"
A_REPORT: Final = (
    "This is a report by itself, not a package. A supervisor takes it in under Review; anybody "
    "may have it checked."
)


def packages_in(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The packages in folders and below them, the oldest first; files named by themselves stay."""
    found: dict[Path, None] = {}
    for path in paths:
        found.update(dict.fromkeys(_below(path) if path.is_dir() else (path,)))
    return tuple(found)


def _below(folder: Path) -> Iterable[Path]:
    packages = (
        path
        for path in folder.rglob(f"*{PACKAGE}")
        if path.is_file() and not path.is_symlink() and not path.name.startswith(".")
    )
    return sorted(packages, key=lambda path: (path.stat().st_mtime, path.name))


def read_file(task: ReadingTask, path: Path, told: Callable[[str], None]) -> ReadPackage:
    """Reads one package from its file; may run in a worker.

    Raises:
        CannotRead: the file is gone, far too large, a plain report, or as `ReadingTask.work`.
    """
    if path.suffix.lower() == _REPORT:
        raise CannotRead(A_REPORT)
    try:
        if path.stat().st_size > LONGEST_PACKAGE:
            raise CannotRead("This file is far larger than any package; it was not read.")
        content = path.read_bytes()
    except OSError as error:
        why = error.strerror or str(error)
        raise CannotRead(f"It could not be read: {why}. Was the stick pulled out?") from error
    return replace(task, content=content).work(told)
