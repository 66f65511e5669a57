"""Packages as they lie on a stick: which files of a folder they are, and one of them read."""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from ketachart.charting.folder_files import content_of, files_of, sentence
from ketachart.charting.post_reading import ReadingTask, ReadPackage
from ketachart.charting.report_reading import PACKAGE
from ketachart.errors import CannotRead
from ketachart.exchange.boxed import LONGEST_PACKAGE

_REPORT: Final = ".pdf"
A_REPORT: Final = (
    "This is a report by itself, not a package. A supervisor takes it in under Review; anybody "
    "may have it checked: open it there."
)

TOO_LARGE: Final = "This file is far larger than any package; it was not read."


def packages_in(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The packages in folders and below them, the oldest first; files named by themselves stay."""
    found: dict[Path, None] = {}
    for path in paths:
        found.update(dict.fromkeys(_below(path) if os.path.isdir(path) else (path,)))  # noqa: PTH112
    return tuple(found)


def _below(folder: Path) -> Iterable[Path]:
    packages, _shut = files_of([folder], frozenset({PACKAGE}))
    return sorted(packages, key=lambda path: (_age(path), path.name))


def _age(path: Path) -> float:
    """When the file was last written; a stick that was pulled out is said once it is read."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def read_file(task: ReadingTask, path: Path, told: Callable[[str], None]) -> ReadPackage:
    """Reads one package from its file; may run in a worker.

    Raises:
        CannotRead: the file is gone, far too large, a plain report, or as `ReadingTask.work`.
    """
    if path.suffix.lower() == _REPORT:
        raise CannotRead(A_REPORT)
    try:
        content = content_of(path, LONGEST_PACKAGE, TOO_LARGE)
    except OSError as error:
        raise CannotRead(sentence(error)) from error
    return replace(task, content=content).work(told)
