"""Several files in one, packed and unpacked within limits: what comes in was made by anybody.

A zip is read as if its author meant harm: a name is no path, no name comes twice, and what is
unpacked is counted while it is unpacked, whatever the zip says of its own size.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping

from ketachart.errors import CannotRead

LONGEST_PACKAGE = 256 * 1024 * 1024
"""Bytes of a whole package; a signed report has about 150,000."""
MOST_FILES = 2000
LONGEST_FILE = 32 * 1024 * 1024
LONGEST_IN_ALL = 256 * 1024 * 1024
LONGEST_LIST = 2 * 1024 * 1024
"""Bytes of the list of contents."""
LIST = "manifest.json"

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,119}")
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say: the list has the true time
_CHUNK = 64 * 1024

NOT_WHOLE = (
    "This file is damaged: it cannot be unpacked. Nothing was taken from it; copy it again, or "
    "ask for a new one."
)
TOO_MUCH = (
    "This package holds more than any package of KetaChart does. Nothing was taken from it; tell "
    "your clinic where it came from."
)
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


def boxed(files: Mapping[str, bytes]) -> bytes:
    """The files in one, the same bytes for the same files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name, content in files.items():
            if not _NAME.fullmatch(name):
                raise ValueError(f"no name for a file in a package: {name!r}")
            box.writestr(zipfile.ZipInfo(name, _LONG_AGO), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def unboxed(content: bytes) -> dict[str, bytes]:
    """The files of one.

    Raises:
        CannotRead: it is no such file, is damaged, or is meant to do harm.
    """
    if len(content) > LONGEST_PACKAGE:
        raise CannotRead(TOO_MUCH)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as box:
            return _files(box)
    except _FAULTS as error:
        raise CannotRead(NOT_WHOLE) from error


def _files(box: zipfile.ZipFile) -> dict[str, bytes]:
    infos = box.infolist()
    if len(infos) > MOST_FILES:
        raise CannotRead(TOO_MUCH)
    found: dict[str, bytes] = {}
    left = LONGEST_IN_ALL
    for info in infos:
        if not _NAME.fullmatch(info.filename) or info.filename in found:
            raise CannotRead(
                "This package names a file as no package of KetaChart does. Nothing was taken "
                "from it; tell your clinic where it came from."
            )
        longest = LONGEST_LIST if info.filename == LIST else LONGEST_FILE
        found[info.filename] = _read(box, info, min(longest, left))
        left -= len(found[info.filename])
    return found


def _read(box: zipfile.ZipFile, info: zipfile.ZipInfo, longest: int) -> bytes:
    parts, length = [], 0
    with box.open(info) as stream:
        while part := stream.read(_CHUNK):
            length += len(part)
            if length > longest:
                raise CannotRead(TOO_MUCH)
            parts.append(part)
    return b"".join(parts)
