"""The slow parts of a restore: proving a passphrase, and putting the backup in its place."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ketachart.errors import LedgerError
from ui.desk import Desk

if TYPE_CHECKING:
    from ketachart.charting.restoring import CopyInfo, CopyProof


def place_of(desk: Desk) -> Path | None:
    """Where the backups of the unlocked ledger lie; None where nobody can tell."""
    with suppress(LedgerError):
        return desk.keeping.backups.place()
    return None


class Restoring(QObject):
    """Runs in workers, the ledger locked; one at a time."""

    proved = Signal(object, object)  # the backup, and its key
    not_proved = Signal(object)  # the error
    said = Signal(str)  # what is being done now
    progress = Signal(int, int)
    restored = Signal(object)
    ended = Signal(str, bool)  # nothing was restored: why, and whether it was asked to stop

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._stop: Event | None = None
        self.proving = False

    def prove(self, copy: CopyInfo, proved: Callable[[], CopyProof]) -> None:
        """Whether the backup opens with what was typed; a guess is slow."""
        if self.proving:
            return
        self.proving = True
        job = self._desk.workers.start(lambda _job: proved())
        job.done.connect(lambda proof: self._proved(copy, proof))
        job.failed.connect(self._not_proved)
        job.stopped.connect(self._not_proved)

    def _proved(self, copy: CopyInfo, proof: CopyProof) -> None:
        self.proving = False
        self.proved.emit(copy, proof)

    def _not_proved(self, error: object = None) -> None:
        self.proving = False
        self.not_proved.emit(error)

    def begin(self, copy: CopyInfo, proof: CopyProof, why: str) -> None:
        """Puts the backup in the ledger's place."""
        from ketachart.charting.restoring import RestoreTask

        task = RestoreTask(self._desk.folder, copy, proof.copy, self._desk.clock, why, proof.here)
        stop = self._stop = Event()
        # broken off by a sign of its own: an answer that came too late must still be told
        job = self._desk.workers.start(
            lambda job: task.work(job.say, job.step, lambda: stop.is_set() or job.cancelled())
        )
        job.said.connect(self.said)
        job.progress.connect(self.progress)
        job.done.connect(self.restored)
        job.failed.connect(lambda error: self.ended.emit(str(error), stop.is_set()))
        job.stopped.connect(lambda: self.ended.emit("", stop.is_set()))

    def stop(self) -> None:
        """Breaks it off, unless the last step is done already."""
        if self._stop is not None:
            self._stop.set()
