"""The parts that a frozen folder is made of: distributions from a lock, and libraries of Debian."""

import importlib.metadata
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from freeze.contents import CARRIED
from freeze.names import PACKAGING

TEXTS: Final = PACKAGING / "freeze" / "texts"
_IS_LICENCE: Final = re.compile(r"(LICEN[CS]E|COPYING|NOTICE|COPYRIGHT|AUTHORS)", re.IGNORECASE)
# Those that come without a text: their licence as they declare it, and where it stands here.
_WITHOUT_TEXT: Final = {
    "pyside6-essentials": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "shiboken6": ("LGPL-3.0.txt", "GPL-3.0.txt"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One thing in the program that somebody else made, with the texts of its licence."""

    name: str
    version: str
    licence: str
    texts: tuple[str, ...]
    package: str = ""
    """The package of Debian that a library came from, else nothing: it came from the lock."""


def distributions(packages: Path, held: set[str] | None = None) -> list[Part]:
    """What is installed in a folder, in order of names; with ``held`` what of it is frozen."""
    found = [
        _part(distribution)
        for distribution in importlib.metadata.distributions(path=[str(packages)])
        if held is None or held & set(_modules(distribution))
    ]
    return sorted(found, key=lambda part: part.name.lower())


def carried(inside: Path) -> list[Part]:
    """The libraries of this Debian that came along, by their packages."""
    files = {file.name for file in inside.iterdir() if CARRIED.match(file.name)}
    packages = {package_of(name) for name in files} - {""}
    return [_of_debian(package) for package in sorted(packages)]


def of_python(system: str) -> list[Part]:
    """Python, where it is no package of the system's that came along already."""
    if system == "linux":
        return []
    text = Path(sys.base_prefix) / "LICENSE.txt"
    told = (_read(text),) if text.is_file() else ()
    return [Part("Python", sys.version.split()[0], "PSF-2.0", told)]


def package_of(library: str) -> str:
    """The package of Debian that a library's file is in; nothing where there is none."""
    if not shutil.which("dpkg"):
        return ""
    told = subprocess.run(
        ["dpkg", "-S", f"*/{library}"], capture_output=True, encoding="utf-8", check=False
    )
    lines = [line for line in told.stdout.splitlines() if "/lib/" in line]
    return lines[0].partition(":")[0] if lines else ""


def _of_debian(package: str) -> Part:
    version = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Version}", package],
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout
    text = Path("/usr/share/doc") / package / "copyright"
    told = (_read(text),) if text.is_file() else ()
    return Part(package, version, "see its text", told, package)


def _part(distribution: importlib.metadata.Distribution) -> Part:
    about = distribution.metadata
    licence = about.get("License-Expression") or about.get("License") or ""
    if len(licence) > 80 or not licence:
        named = [line for line in about.get_all("Classifier", []) if line.startswith("License")]
        licence = "; ".join(line.rpartition(" :: ")[2] for line in named) or "see its text"
    texts = [
        _read(Path(str(file.locate())))
        for file in distribution.files or ()
        if ".dist-info" in file.as_posix()
        and (_IS_LICENCE.search(file.name) or "/licenses/" in file.as_posix())
    ]
    texts += [(TEXTS / name).read_text("utf-8") for name in _WITHOUT_TEXT.get(name_of(about), ())]
    return Part(about["Name"], distribution.version, licence, tuple(dict.fromkeys(texts)))


def _read(text: Path) -> str:
    """A text as it was written: most are UTF-8, some are older than that."""
    content = text.read_bytes()
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def name_of(about: importlib.metadata.PackageMetadata) -> str:
    """The name of a distribution as a lock spells it."""
    return re.sub(r"[-_.]+", "-", about["Name"]).lower()


def _modules(distribution: importlib.metadata.Distribution) -> Iterable[str]:
    for file in distribution.files or ():
        if file.suffix in {".py", ".so", ".pyd"} or ".abi3" in file.suffixes:
            place = PurePosixPath(file.as_posix())
            name = ".".join([*place.parts[:-1], place.name.partition(".")[0]])
            yield name.removesuffix(".__init__")
