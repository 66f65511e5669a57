"""Packs a folder so that the same folder always makes the same bytes; sums of what is given out."""

import gzip
import hashlib
import tarfile
from collections.abc import Iterable
from pathlib import Path


def pack(folder: Path, file: Path, epoch: int) -> None:
    """Write the folder as a .tar.gz: in order of names, of nobody's, at the time of the commit."""
    with (
        file.open("wb") as raw,
        gzip.GzipFile("", "wb", compresslevel=9, fileobj=raw, mtime=epoch) as zipped,
        tarfile.open(fileobj=zipped, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for path in (folder, *sorted(folder.rglob("*"))):
            entry = archive.gettarinfo(path, str(path.relative_to(folder.parent)))
            entry.uid = entry.gid = 0
            entry.uname = entry.gname = "root"
            entry.mtime = epoch
            if entry.isreg():
                with path.open("rb") as content:
                    archive.addfile(entry, content)
            else:
                archive.addfile(entry)


def write_sums(files: Iterable[Path], into: Path) -> None:
    """Write what ``sha256sum --check`` reads, in order of names."""
    lines = [f"{digest(file)}  {file.name}\n" for file in sorted(files)]
    into.write_text("".join(lines), "utf-8")


def digest(file: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
