"""Which of the versions in the program's folder counts: one name, changed in one step."""

import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from ketachart.storage import folder as place
from ketachart.update import starting
from ketachart.update.installed import VERSIONS


def switch(root: Path, to: str, *, former: str) -> None:
    """From now on the version in that place counts; given up if it does not come up.

    Raises:
        DiskFull, FolderReadOnly, NotSaved: the one before still counts.
    """
    with place.writing_files():
        trial = {"place": to, "former": former, "starts": 0, "given_up": False}
        starting.write_trial(root, trial)
        starting.point_to(root, to)
        place.flush_names(root)


def switch_back(root: Path, to: str) -> None:
    """The older version counts again; it came up before, so nothing is tried.

    Raises:
        DiskFull, FolderReadOnly, NotSaved: the newer one still counts.
    """
    with place.writing_files():
        starting.end_trial(root)
        starting.point_to(root, to)
        place.flush_names(root)


def counts(root: Path) -> str:
    """The place of the version that counts."""
    found = starting.that_counts(root, counted=False)
    return "." if found is None else f"{VERSIONS}/{found.name}"


def is_there(root: Path, to: str) -> bool:
    """Whether a whole version lies in that place."""
    return (root / to / starting.PROGRAM).is_file()


def thin_out(root: Path, keep: Iterable[str]) -> None:
    """Takes away what was broken off, and versions older than the one before; never those kept."""
    kept = {Path(each).name for each in keep}
    with suppress(OSError):
        for folder in (root / VERSIONS).iterdir():
            if folder.name not in kept:
                shutil.rmtree(folder, ignore_errors=True)
