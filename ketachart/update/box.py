"""The outside of an update file: a zip, read as if its author meant harm, and never whole at once.

What is in it lies there as it is, not packed: what is read can be no larger than the file. A name
is no path, none comes twice, and the list of names is measured before it is read.
"""

import re
import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from ketachart.errors import CannotRead

LIST: Final = "manifest.json"
SIGNATURE: Final = "manifest.sig"
LONGEST_LIST: Final = 64 * 1024
SIGNATURE_BYTES: Final = 64  # Ed25519
LONGEST_FILE: Final = 1 << 32
MOST_NAMES: Final = 8
STEP: Final = 1 << 20

_LONGEST_NAMES: Final = 16 * 1024
_END: Final = struct.Struct("<4s4H2LH")  # end of central directory record, APPNOTE.TXT 4.3.16
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+~-]{0,119}")
_FAULTS: Final = (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError)

EMPTY: Final = (
    "This file is empty. Was the stick pulled out too soon? Nothing was changed: copy it again."
)
NO_UPDATE: Final = (
    "This file is not an update of KetaChart, whatever its name. Nothing was changed: choose the "
    "file whose name ends in .ketachart-update."
)
CUT: Final = (
    "This update was cut short or damaged on its way. Nothing was changed: copy it to the stick "
    "again, or ask for a new one."
)
STRANGE: Final = (
    "This file holds something that no update of KetaChart does. Nothing was changed: tell your "
    "clinic where it came from."
)
GONE: Final = (
    "The update could not be read to its end: the stick was pulled out, or is damaged. Nothing was "
    "changed: plug it in and choose the update again."
)
MISSING: Final = "There is no such file any more. Nothing was changed: plug the stick in again."


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The update file's outside; only the list of names was read.

    Raises:
        CannotRead: it is none, was cut short, or holds what no update holds.
    """
    try:
        file = path.open("rb")
    except FileNotFoundError as error:
        raise CannotRead(MISSING) from error
    except OSError as error:
        raise CannotRead(GONE) from error
    with file, _opened(file) as box:
        yield box


def _opened(file: BinaryIO) -> zipfile.ZipFile:
    try:
        _require_outside(file)
        box = zipfile.ZipFile(file)
        _require_names(box)
    except OSError as error:
        raise CannotRead(GONE) from error
    except _FAULTS as error:
        raise CannotRead(CUT) from error
    return box


def content_of(box: zipfile.ZipFile, name: str, longest: int) -> bytes:
    """A short file, whole.

    Raises:
        CannotRead: it is not there, is too long, or is damaged.
    """
    if name not in box.namelist():
        raise CannotRead(NO_UPDATE)
    if box.getinfo(name).file_size > longest:
        raise CannotRead(STRANGE)
    return b"".join(blocks_of(box, name))


def blocks_of(box: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """A file, a part at a time.

    Raises:
        CannotRead: it is not there, is damaged, or the stick is gone.
    """
    try:
        with box.open(name) as stream:
            while block := stream.read(STEP):
                yield block
    except KeyError as error:
        raise CannotRead(CUT) from error
    except OSError as error:
        raise CannotRead(GONE) from error
    except _FAULTS as error:
        raise CannotRead(CUT) from error


def _require_outside(file: BinaryIO) -> None:
    """The zip's last record, before anything believes it: the list of names is short, and fits."""
    start = file.read(4)
    if not start:
        raise CannotRead(EMPTY)
    if start != b"PK\x03\x04":
        raise CannotRead(NO_UPDATE)
    size = file.seek(0, 2)
    if size < _END.size:
        raise CannotRead(CUT)
    file.seek(size - _END.size)
    mark, disk, first, here, every, length, offset, said = _END.unpack(file.read(_END.size))
    if mark != b"PK\x05\x06" or offset + length + _END.size != size:
        raise CannotRead(CUT)
    whole = (disk, first, said) == (0, 0, 0) and here == every
    if not whole or every > MOST_NAMES or length > _LONGEST_NAMES or size > LONGEST_FILE:
        raise CannotRead(STRANGE)


def _require_names(box: zipfile.ZipFile) -> None:
    seen: set[str] = set()
    for info in box.infolist():
        plain = info.compress_type == zipfile.ZIP_STORED and info.file_size == info.compress_size
        if not _NAME.fullmatch(info.filename) or info.filename in seen or not plain:
            raise CannotRead(STRANGE)
        seen.add(info.filename)
