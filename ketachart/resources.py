"""Finds the files that ship with KetaChart: in a checkout, in a wheel, or in a frozen build."""

import sys
from functools import cache
from pathlib import Path


@cache
def root() -> Path:
    """The folder that holds ``fonts/``, ``icons/`` and the clinical tables.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    package = Path(__file__).resolve().parent
    frozen = getattr(sys, "_MEIPASS", None)
    candidates = [package / "_resources", package.parent / "resources"]
    if frozen is not None:
        candidates.insert(0, Path(frozen) / "resources")
    for candidate in candidates:
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError("KetaChart's own files are missing. Install it again.")


def path(*parts: str) -> Path:
    """The path of one shipped file, for example ``path("fonts", "IBMPlexSans-Bold.ttf")``."""
    return root().joinpath(*parts)


def help_folder() -> Path:
    """The pages of the help: among the shipped files, or in ``docs/help`` of a checkout."""
    shipped = root() / "help"
    return shipped if shipped.is_dir() else root().parent / "docs" / "help"


def built() -> str:
    """When and of what a frozen KetaChart was made, as it stands behind the version; else nothing.

    For example ", built on 2026-11-23 of 48d18ba for linux-x86_64".
    """
    note = root() / "built.txt"
    return f", {note.read_text('utf-8').strip()}" if note.is_file() else ""
