"""An update by file: looked at, taken over from the stick, the ledger kept as it was, put in place.

What was begun and not finished is finished, or undone, at the next start (`left_over`).
"""

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from ketachart.charting.backups import BackupTask
from ketachart.charting.history import VisitRow
from ketachart.charting.installing import Ready, handed_over, start_again
from ketachart.charting.office import OpenClinic
from ketachart.clock import Clock
from ketachart.errors import LedgerError, Refused
from ketachart.storage import folder as place
from ketachart.storage import schema
from ketachart.update import (
    finishing,
    fitting,
    journal,
    keys,
    reading,
    rooms,
    staging,
    starting,
    switching,
    unpacking,
)
from ketachart.update.finishing import Found
from ketachart.update.installed import VERSIONS, Installed, this_one
from ketachart.update.journal import Change, Journal
from ketachart.update.shapes import SUFFIX, UpdateList
from ketachart.update.staging import Stopped

__all__ = [
    "SUFFIX", "Change", "Found", "Installed", "Journal", "Ready", "Seen", "Stopped", "UpdateTask",
    "this_one",
]  # fmt: skip

LOW_BATTERY: Final = 30
"""Percent; below it, and not charging, an update is warned of: it takes some minutes."""

_RUNNING: Final = frozenset({"screening", "order", "infusion", "observation", "instructions"})
_A_DAY: Final = timedelta(days=1)
_STEPS: Final = 100
_COPIED, _KEPT, _UNPACKED = 40, 60, 95  # of these hundred, once each is done
_LOCKED: Final = (
    "Before an update the ledger is kept as it is, and that needs the passphrase. Nothing was "
    "changed: unlock first."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One update file as it lies on the stick: what it says, and what stands against it.

    ``why_not`` is empty where it may be put in; ``age`` says that it may not be the newest.
    """

    path: Path
    told: UpdateList
    here: Installed
    why_not: str
    age: str

    @property
    def computers(self) -> str:
        """Which computers it is for, such as “Linux on x86_64”."""
        return f"{fitting.SYSTEMS[self.told.system]} on {self.told.machine}"


def look_at(
    path: Path,
    now: datetime,
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
    here: Installed | None = None,
) -> Seen:
    """What an update file is, once all of it was read and is as its makers signed it.

    Raises:
        CannotRead: it is none, or not whole; the sentence says what.
    """
    told, own = reading.require_whole(path, keys.pinned(), on_progress), here or this_one()
    return Seen(
        path=path,
        told=told,
        here=own,
        why_not=fitting.why_not(told, own),
        age=fitting.age_words(told, now),
    )


def why_not_now(rows: tuple[VisitRow, ...], now: datetime) -> str:
    """Why no update begins now, in a sentence: a visit is under way. Empty where none is."""
    for row in rows:
        recent = row.opened_at is None or abs(now - row.opened_at) < _A_DAY
        if row.status in _RUNNING and recent:
            return (
                f"Visit {row.number} is under way. Nothing was changed: put the update in when the "
                "visit is over."
            )
    return ""


def battery_words(percent: int | None, *, charging: bool) -> str:
    """What is said of the battery before an update; empty where it will last, or nobody knows."""
    if percent is None or charging or percent >= LOW_BATTERY:
        return ""
    return (
        f"The battery is at {percent} % and is not charging. An update takes some minutes: plug the"
        " laptop in first. If it goes out all the same, nothing is lost."
    )


def left_over(folder: Path, here: Installed | None = None) -> Found | None:
    """Finishes or undoes what an ended update left, and says so; None where there is nothing.

    Raises:
        LedgerError: the disk did not let it; it goes on from here next time.
    """
    return finishing.finish_left(folder, here or this_one())


def changes(folder: Path) -> Journal:
    """What is under way, and every change of version that was made here."""
    return journal.read(folder)


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateTask:
    """One update, for a worker; ``backup`` keeps the ledger as it is now, where there is one."""

    folder: Path
    path: Path
    clock: Clock
    here: Installed
    backup: BackupTask | None = None

    def work(
        self,
        told: Callable[[str], None] = lambda _step: None,
        on_progress: Callable[[int, int], None] = lambda _done, _total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Ready:
        """Puts the update in, or makes it ready for the system's installer.

        Ended at any moment, the version before runs or the new one does, and each whole.

        Raises:
            CannotRead, Refused, LedgerError, Stopped: the version before runs, and nothing is left
                of the new one; the sentence says why.
        """
        if self.backup is None and place.holds_ledger(self.folder):
            raise Refused(_LOCKED, rule="update")

        def step(part: int) -> None:
            if cancelled():
                raise staging.Stopped
            on_progress(part, _STEPS)

        with finishing.held(self.folder):
            try:
                return self._put_in(told, step)
            except BaseException:
                self._undo()
                raise

    def _put_in(self, told: Callable[[str], None], step: Callable[[int], None]) -> Ready:
        told("Copying the update to this laptop, and checking the copy")
        staged, update = staging.stage(
            self.path,
            self.folder,
            keys.pinned(),
            lambda one: fitting.why_not(one, self.here),
            lambda done, of: step(_part(done, of, 0, _COPIED)),
        )
        change = Change(
            before=self.here.version,
            after=update.version,
            at=self.clock.now(),
            way=self.here.way,
            file=staged.name,
            former=self.here.place,
            ledger=len(schema.MIGRATIONS),
        )
        journal.note(self.folder, change)
        change = self._keep_ledger(change, told, step)
        if self.here.way == "folder" and self.here.root is not None:
            return self._unpack(staged, self.here.root, change, told, step)
        step(_STEPS)
        return self._hand_over(staged, change)

    def _keep_ledger(
        self, change: Change, told: Callable[[str], None], step: Callable[[int], None]
    ) -> Change:
        """The ledger as it is now, in a folder of its own, read back and found whole."""
        if self.backup is not None:
            told("Keeping the ledger as it is now, and reading it back")
            with place.writing_files():
                rooms.backups(self.folder).mkdir(mode=0o700, exist_ok=True)
            made = self.backup.work(
                on_progress=lambda done, of: step(_part(done, of, _COPIED, _KEPT))
            )
            kept = next(rooms.backups(self.folder).glob(f"*/*{made.manifest.item[-8:]}"))
            change = replace(change, backup=kept.relative_to(self.folder).as_posix())
        change = replace(change, step="backed up")
        journal.note(self.folder, change)
        return change

    def _unpack(
        self,
        staged: Path,
        root: Path,
        change: Change,
        told: Callable[[str], None],
        step: Callable[[int], None],
    ) -> Ready:
        told("Unpacking the new version")
        unpacking.unpack(
            staged, root, keys.pinned(), lambda done, of: step(_part(done, of, _KEPT, _UNPACKED))
        )
        told("Trying the new version out")
        unpacking.try_out(root, change.after, change.before)
        step(_STEPS)  # the last moment at which it may be stopped
        told("Putting it in place")
        change = replace(change, step="switching")
        journal.note(self.folder, change)
        switching.switch(root, f"{VERSIONS}/{change.after}", former=change.former)
        return Ready(change=change, sentence=_in_place(change))

    def _hand_over(self, staged: Path, change: Change) -> Ready:
        ready = handed_over(staged, replace(change, step="handed over"))
        journal.note(self.folder, ready.change)
        return ready

    def _undo(self) -> None:
        """As if nothing had been begun; the ledger that was kept may stay."""
        under_way = journal.read(self.folder).under_way
        if under_way is None or under_way.before != self.here.version:
            return
        new = f"{VERSIONS}/{under_way.after}"
        with suppress(OSError, LedgerError):
            if self.here.root is not None and switching.counts(self.here.root) == new:
                return  # it counts: the next start says so
            if self.here.root is not None:
                shutil.rmtree(self.here.root / new, ignore_errors=True)
                starting.end_trial(self.here.root)
            (rooms.updates(self.folder) / under_way.file).unlink(missing_ok=True)
            journal.forget(self.folder)


def backup_for(office: OpenClinic) -> BackupTask:
    """The backup that is made before an update; drafts that are typed by now are in it."""
    return office.keeping.backups.beside(rooms.backups(office.folder), "before a change")


def _in_place(change: Change) -> str:
    kept = "The ledger is kept as it is now." if change.backup else ""
    told = (f"KetaChart {change.after} is in place.", kept, start_again(change.after))
    return " ".join(filter(None, told))


def _part(done: int, of: int, first: int, last: int) -> int:
    return first + (last - first) * done // max(1, of)
