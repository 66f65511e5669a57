"""What runs here: which KetaChart, on what computer, and how it was installed."""

import platform
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from ketachart import __version__
from ketachart.update.shapes import Machine, PayloadKind, System

Way = Literal["folder", "deb", "setup", "app", "checkout"]
"""A folder that was unpacked, a Debian package, a Windows installer, a macOS app, the source."""

VERSIONS: Final = "versions"
PAYLOADS: Final[dict[Way, PayloadKind]] = {
    "folder": "archive", "deb": "deb", "setup": "setup", "app": "dmg",
}  # fmt: skip
_OF_THE_PACKAGE: Final = Path("/opt/ketachart")
_MACHINES: Final[dict[str, Machine]] = {
    "x86_64": "x86_64", "amd64": "x86_64", "arm64": "aarch64", "aarch64": "aarch64",
}  # fmt: skip
_SYSTEMS: Final[dict[str, System]] = {"win32": "windows", "darwin": "macos"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """The KetaChart that runs; ``root`` is the folder that was unpacked, with its versions in it.

    ``place`` is where in it the running one lies: ``.`` the one that was unpacked first.
    """

    version: str
    system: System
    machine: str
    way: Way
    root: Path | None = None
    place: str = "."


def this_one() -> Installed:
    """The KetaChart that runs now."""
    system = _SYSTEMS.get(sys.platform, "linux")
    spoken = platform.machine().lower()
    machine = _MACHINES.get(spoken, spoken)
    way, folder = _way(), Path(sys.executable).resolve().parent
    root, place = root_of(folder) if way == "folder" else (None, ".")
    return Installed(
        version=__version__, system=system, machine=machine, way=way, root=root, place=place
    )


def root_of(folder: Path) -> tuple[Path, str]:
    """Where versions lie beside each other, and where in it this one does."""
    if folder.parent.name == VERSIONS:
        return folder.parent.parent, f"{VERSIONS}/{folder.name}"
    return folder, "."


def _way() -> Way:
    if not getattr(sys, "frozen", False):
        return "checkout"
    if sys.platform == "win32":
        return "setup"
    if sys.platform == "darwin":
        return "app"
    inside = Path(sys.executable).resolve().is_relative_to(_OF_THE_PACKAGE)
    return "deb" if inside else "folder"
