"""The first thing that an unpacked KetaChart does: it hands on to the version that counts.

Whoever starts the program starts it where it was unpacked first, whatever versions came since. A
new version that does not come up is given up after some starts, and the one before counts again.
"""

import json
import os
import sys
from pathlib import Path
from typing import Final

PROGRAM: Final = "ketachart"
WINDOW: Final = "ketachart-window"
CURRENT: Final = "current"
TRIAL: Final = "trial.json"
MOST_STARTS: Final = 3
"""So often a new version may be started and not come up before it is given up."""

_HANDED_ON: Final = "KETACHART_HANDED_ON"


def hand_on() -> None:
    """Goes on as the version that counts; comes back where that is this one."""
    if not getattr(sys, "frozen", False) or sys.platform != "linux":
        return
    if os.environ.pop(_HANDED_ON, ""):
        return
    called = Path(sys.argv[0]).name  # one program goes by both names
    counts = that_counts(Path(sys.executable).resolve().parent, counted=called == WINDOW)
    wanted = counts / (WINDOW if called == WINDOW else PROGRAM) if counts is not None else None
    if wanted is None or not wanted.is_file():
        return
    environment = {**plain_environment(), _HANDED_ON: "1"}
    os.execve(wanted, [str(wanted), *sys.argv[1:]], environment)  # noqa: S606 - no shell is wanted


def that_counts(root: Path, *, counted: bool) -> Path | None:
    """The folder of the version that counts; None where it is the one that was unpacked first.

    ``counted``: this start is one of a new version that has to come up.
    """
    try:
        place = str((root / CURRENT).readlink())
    except OSError:
        return None
    if counted:
        place = _after_trial(root, place)
    return None if place == "." else root / place


def _after_trial(root: Path, place: str) -> str:
    trial = read_trial(root)
    if trial is None or trial["place"] != place or trial["given_up"]:
        return place
    starts = int(str(trial["starts"])) + 1
    try:
        if starts <= MOST_STARTS:
            write_trial(root, {**trial, "starts": starts})
            return place
        point_to(root, str(trial["former"]))
        write_trial(root, {**trial, "given_up": True})
    except OSError:
        return place  # a disk that cannot be written decides nothing
    return str(trial["former"])


def read_trial(root: Path) -> dict[str, object] | None:
    """Which new version has to come up, and how often it was started; None where none has to."""
    try:
        told = json.loads((root / TRIAL).read_bytes())
        good = isinstance(told["place"], str) and isinstance(told["former"], str)
        good = good and type(told["starts"]) is int and type(told["given_up"]) is bool
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None
    return told if good else None


def write_trial(root: Path, told: dict[str, object]) -> None:
    """Keeps it, wholly or not at all."""
    fresh = root / f"{TRIAL}.part"
    fresh.write_bytes(json.dumps(told).encode())
    fresh.replace(root / TRIAL)


def end_trial(root: Path) -> None:
    """The new version came up."""
    (root / TRIAL).unlink(missing_ok=True)


def point_to(root: Path, place: str) -> None:
    """From now on the version in that place counts; in one step.

    Raises:
        OSError: the one before still counts.
    """
    fresh = root / f"{CURRENT}.part"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(place)
    fresh.replace(root / CURRENT)


def plain_environment() -> dict[str, str]:
    """What another program is started with: not with the libraries of this one."""
    environment = dict(os.environ)
    for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "QT_PLUGIN_PATH"):
        environment.pop(name, None)
        before = environment.pop(f"{name}_ORIG", None)
        if before is not None:
            environment[name] = before
    environment["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
    return environment
