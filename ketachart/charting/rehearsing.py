"""A restore rehearsed: the newest backup is made into a ledger, read whole, and thrown away."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from ketachart.domain.facts import VisitOpened
from ketachart.domain.facts.safekeeping import RestoreRehearsed
from ketachart.domain.visit import fold
from ketachart.domain.wording import count, day_and_clock
from ketachart.errors import LedgerDamaged, LedgerError
from ketachart.storage import codec, folder, generations, restore
from ketachart.storage.generations import Found
from ketachart.storage.keyring import Unwrapped

Progress = Callable[[int, int], None]

_PLACE: Final = "rehearsal.partial"  # in the ledger's own folder, which no one else may read


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What the rehearsal showed: which backup, to which entry, and whether it holds a visit."""

    item: str
    made_at: datetime
    head_seq: int
    visit: bool

    @property
    def sentence(self) -> str:
        """What was shown, in words."""
        entries = count(self.head_seq, "entry", "entries")
        visit = (
            "; its newest visit was opened and read" if self.visit else "; it holds no visit yet"
        )
        return (
            f"The backup of {day_and_clock(self.made_at)} can be restored: all {entries} were "
            f"read{visit}. Nothing was changed here."
        )

    def fact(self, now: datetime) -> RestoreRehearsed:
        """As the laptop's own book keeps it."""
        return RestoreRehearsed(at=now, item=self.item, head_seq=self.head_seq)


@dataclass(frozen=True, slots=True)
class RehearseRestoreTask:
    """Restores the newest backup beside the open ledger, and touches nothing of that."""

    folder: Path
    chosen: Path | None
    unwrapped: Unwrapped

    def work(
        self,
        told: Callable[[str], None] = lambda _step: None,
        on_progress: Progress = lambda _done, _total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Rehearsed:
        """Does so; may run in a worker.

        Raises:
            LedgerError: there is no backup, or it could not be restored; the sentence says why.
        """

        def step(done: int, total: int) -> None:
            if cancelled():
                raise LedgerError(
                    "The rehearsal was broken off. Nothing was changed: rehearse again when there "
                    "is time."
                )
            on_progress(done, total)

        work = self.folder / _PLACE
        shutil.rmtree(work, ignore_errors=True)
        with folder.writing_files():
            work.mkdir(mode=0o700)
        try:
            return self._rehearsed(work, told, step)
        finally:
            shutil.rmtree(work, ignore_errors=True)

    def _rehearsed(
        self, work: Path, told: Callable[[str], None], on_progress: Progress
    ) -> Rehearsed:
        newest = self._newest()
        with restore.opened_copy(newest, work, self.unwrapped, told, on_progress) as (
            manifest,
            database,
        ):
            told("Opening the newest visit")
            rows = restore.newest_of(database, VisitOpened.KIND)
        visit = fold(codec.entry_of(row) for row in rows)
        if rows and len(visit.entries) != len(rows):
            raise LedgerDamaged("The newest visit in this backup cannot be read. Back up again.")
        on_progress(100, 100)
        return Rehearsed(manifest.item, manifest.made_at, manifest.head.seq, visit=bool(rows))

    def _newest(self) -> Found:
        if self.chosen is None:
            raise LedgerError("No place for backups is chosen yet. Choose a USB stick first.")
        for found in generations.found_at(self.chosen):
            if found.manifest and found.manifest.ledger_id == self.unwrapped.ledger_id:
                return found
        raise LedgerError("There is no backup of this ledger at that place. Back up first.")
