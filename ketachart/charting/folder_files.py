"""The files of a folder or a stick: whatever somebody put there, it is walked and never trusted.

A folder that cannot be opened is said; a link is not followed, so that no loop has no end; what is
no file, as a pipe, is not waited for.
"""

import errno
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ketachart.errors import CannotRead

MOST_FILES = 2_000
PULLED_OUT = frozenset({errno.EIO, errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.ESTALE})
FORBIDDEN = frozenset({errno.EACCES, errno.EPERM})


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that could not be taken as a report, and why."""

    name: str
    sentence: str


def shown(path: Path) -> str:
    """A file's name as it may be shown: one line, nothing that turns or hides letters."""
    name = "".join(letter if letter.isprintable() else " " for letter in path.name)
    return " ".join(name.split()) or "a file without a name"


def sentence(error: Exception) -> str:
    """Why a file or folder was not read, in the reader's words."""
    if not isinstance(error, OSError):
        return str(error)
    if error.errno in PULLED_OUT:
        return "It is not there any more. Was the stick pulled out?"
    if error.errno in FORBIDDEN:
        return (
            "You may not open it. Ask whoever gave it to you, or copy it to a folder of your own."
        )
    return f"It could not be read ({error.strerror or error}). Copy it again, or ask for a new one."


def content_of(path: Path, largest: int, too_large: str) -> bytes:
    """The file's content.

    Raises:
        CannotRead: it is far too large, or no file.
        OSError: it cannot be read.
    """
    size = path.stat().st_size
    if not os.path.isfile(path):  # noqa: PTH113 - Path.is_file raises for a folder that is shut
        raise CannotRead("This is no file that can be read. Choose another one.")
    if size > largest:
        raise CannotRead(too_large)
    return path.read_bytes()


def files_of(
    paths: Sequence[Path],
    suffixes: frozenset[str],
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[list[Path], list[Unread]]:
    """The files in folders and below them that end so, and those that are named by themselves.

    At most ``MOST_FILES`` are answered; what is beyond that is said.
    """
    found: dict[Path, None] = {}
    refused: list[Unread] = []
    for path in paths:
        try:
            path.stat()
        except OSError as error:
            refused.append(Unread(shown(path), sentence(error)))
            continue
        for file in _below(path, suffixes, refused) if path.is_dir() else (path,):
            if len(found) == MOST_FILES and file not in found:
                words = f"Only {MOST_FILES} files are read at once. Open the folder again after."
                refused.append(Unread("More files", words))
                return list(found), refused
            found[file] = None
            if cancelled():
                return list(found), refused
    return list(found), refused


def _below(folder: Path, suffixes: frozenset[str], refused: list[Unread]) -> Iterator[Path]:
    """The files of a folder, by name; one that cannot be opened is told among ``refused``."""

    def shut(error: OSError) -> None:
        place = Path(str(error.filename)) if error.filename else folder
        refused.append(Unread(f"Folder {shown(place)}", sentence(error)))

    for place, folders, names in os.walk(folder, onerror=shut):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from _wanted(Path(place), names, suffixes)


def _wanted(folder: Path, names: Iterable[str], suffixes: frozenset[str]) -> Iterator[Path]:
    for name in sorted(names):
        path = folder / name
        hidden = name.startswith(".") or os.path.islink(path)  # noqa: PTH114 - raises nothing
        if not hidden and path.suffix.lower() in suffixes:
            yield path
