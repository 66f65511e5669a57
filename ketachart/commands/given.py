"""Reads a file that a command was given, as far as such a file can reasonably be long."""

from pathlib import Path
from typing import Final

from ketachart.errors import CannotRead

MOST_TEXT: Final = 16 * 1024 * 1024
"""Bytes; the script of a long visit has under half a megabyte."""

MOST: Final = 64 * 1024 * 1024
"""Bytes; a report of 300 entries has under one megabyte."""


def bytes_of(path: Path, most: int = MOST) -> bytes:
    """What is in the file.

    Raises:
        CannotRead: it is longer than anything of its kind; only the beginning was read.
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise CannotRead(
            f"{path.name} is over {most // 1024**2} MB, more than anything of its kind. Check "
            "that it is the right file; nothing was changed."
        )
    return content


def text_of(path: Path, most: int = MOST_TEXT) -> str:
    """What is in the file, as text; the mark that some editors put first is left out.

    Raises:
        CannotRead: it is not text in UTF-8, or far too long.
        OSError: it cannot be read.
    """
    try:
        text = bytes_of(path, most).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CannotRead(
            f"{path.name} is not a text file in UTF-8. Save it as UTF-8, and run it again."
        ) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")
