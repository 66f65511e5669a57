"""How far an update is, and which ones were made: what the next start goes by after a kill."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal, get_args

from ketachart.storage import folder as place
from ketachart.update import rooms
from ketachart.update.installed import Way

Step = Literal["copied", "backed up", "switching", "handed over", "going back", "given up"]
"""The last thing that is on the disk: the file here, the ledger kept, the new version unpacked
and about to count, the system's installer called; the older version about to count again; or the
new one taken away, since it did not come up."""

_FORMAT: Final = "ketachart-updates-1"
_MOST: Final = 1 << 20
_MOST_TOLD: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One version in the place of another.

    ``former`` is where the version before lies in the folder of the program, ``ledger`` the shape
    of the ledgers that it writes, ``backup`` the folder of the ledger as it was before.
    """

    before: str
    after: str
    at: datetime
    way: Way
    file: str = ""
    former: str = "."
    ledger: int = 0
    backup: str = ""
    step: Step = "copied"
    back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Journal:
    """What is under way, if anything is, and every change that was made, the oldest first."""

    under_way: Change | None = None
    made: tuple[Change, ...] = ()

    def last_forward(self, version: str) -> Change | None:
        """The update by which this version came here."""
        forward = (one for one in reversed(self.made) if not one.back and one.step != "given up")
        return next((one for one in forward if one.after == version), None)

    def given_up(self, version: str) -> Change | None:
        """The last update of this version, where it was given up."""
        forward = (one for one in reversed(self.made) if one.before == version and not one.back)
        last = next(forward, None)
        return last if last is not None and last.step == "given up" else None


def read(folder: Path) -> Journal:
    """The journal; an empty one where there is none, or where it is damaged: nothing rests on it
    that the files do not say as well."""
    try:
        with rooms.journal(folder).open("rb") as file:
            told = json.loads(file.read(_MOST))
        if told["format"] != _FORMAT:
            return Journal()
        under_way = told["under_way"]
        return Journal(
            under_way=_change(under_way) if under_way else None,
            made=tuple(_change(each) for each in told["made"]),
        )
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return Journal()


def note(folder: Path, change: Change) -> None:
    """Keeps how far it is; on the disk when this returns.

    Raises:
        DiskFull, FolderReadOnly, NotSaved: what was noted before still stands.
    """
    _write(folder, replace(read(folder), under_way=change))


def finish(folder: Path, change: Change) -> None:
    """Keeps that it is done.

    Raises:
        DiskFull, FolderReadOnly, NotSaved: it is noted next time.
    """
    before = read(folder)
    _write(folder, Journal(made=(*before.made, change)[-_MOST_TOLD:]))


def forget(folder: Path) -> None:
    """Nothing is under way any more.

    Raises:
        DiskFull, FolderReadOnly, NotSaved: what was noted before still stands.
    """
    _write(folder, replace(read(folder), under_way=None))


def _write(folder: Path, journal: Journal) -> None:
    rows = [_told(each) for each in journal.made]
    under_way = _told(journal.under_way) if journal.under_way else None
    told = {"format": _FORMAT, "under_way": under_way, "made": rows}
    place.make_private(rooms.updates(folder))
    place.write_whole(rooms.journal(folder), json.dumps(told, ensure_ascii=False).encode())


def _told(change: Change) -> dict[str, Any]:
    return {**asdict(change), "at": change.at.isoformat()}


def _change(told: dict[str, Any]) -> Change:
    made = Change(**{**told, "at": datetime.fromisoformat(told["at"])})
    plain = (made.before, made.after, made.file, made.former, made.backup)
    if not all(isinstance(each, str) for each in plain):
        raise TypeError("no text")
    if made.way not in get_args(Way) or made.step not in get_args(Step):
        raise ValueError("no such step")
    return made
