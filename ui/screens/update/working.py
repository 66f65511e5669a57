"""The slow parts of an update, off the window's own thread; one at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from ui.desk import Desk

if TYPE_CHECKING:
    from ketachart.charting.going_back import BackPlan
    from ui.workers import Job


class Updating(QObject):
    """Looks at a file, puts it in, or goes back; what came of it is told once."""

    seen = Signal(object)  # the Seen of a file
    said = Signal(str)  # what is being done now
    progress = Signal(int, int)
    ready = Signal(object)  # the Ready of an update, or of a way back
    ended = Signal(str, bool)  # it came to nothing: why, and whether it was asked to stop

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._stop: Event | None = None

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        return self._stop is not None

    def look(self, path: Path) -> None:
        """Reads all of a file."""
        from ketachart.charting import updating

        now = self._desk.now()

        def work(job: Job, stop: Event) -> object:
            def step(done: int, of: int) -> None:
                if stop.is_set() or job.cancelled():
                    raise updating.Stopped
                job.step(done, of)

            return updating.look_at(path, now, step)

        self._begin(work, self.seen)

    def put_in(self, path: Path) -> None:
        """Puts it in; the ledger that is open is kept as it is first, with what is typed by now."""
        from ketachart.charting import updating

        desk, backup = self._desk, None
        if desk.is_unlocked:
            desk.drafts.rest()
            backup = updating.backup_for(desk.office)
        task = updating.UpdateTask(
            folder=desk.folder,
            path=path,
            clock=desk.clock,
            here=updating.this_one(),
            backup=backup,
        )
        self._begin(lambda job, stop: _worked(task, job, stop), self.ready)

    def go_back(self, chosen: BackPlan) -> None:
        """Goes back as planned; the ledger is locked for it."""
        from ketachart.charting import going_back, updating

        desk = self._desk
        office = desk.office if desk.is_unlocked else None
        here = updating.this_one()
        task = going_back.task_for(desk.folder, chosen, desk.clock, here, office)
        desk.lock()
        self._begin(lambda job, stop: _worked(task, job, stop), self.ready)

    def stop(self) -> None:
        """Breaks it off, unless the last step is done already."""
        if self._stop is not None:
            self._stop.set()

    def _begin(self, work: Callable[[Job, Event], object], told: Any) -> None:  # noqa: ANN401 - a Qt signal
        if self._stop is not None:
            return
        stop = self._stop = Event()
        job = self._desk.workers.start(lambda job: work(job, stop))
        job.said.connect(self.said)
        job.progress.connect(self.progress)
        job.done.connect(lambda answer: self._end(lambda: told.emit(answer)))
        job.failed.connect(lambda error: self._end(lambda: self._failed(error, stop)))
        job.stopped.connect(lambda: self._end(lambda: self._failed("", stop)))

    def _end(self, tell: Callable[[], None]) -> None:
        self._stop = None
        tell()

    def _failed(self, error: object, stop: Event) -> None:
        self.ended.emit(str(error), stop.is_set())


def _worked(task: Any, job: Job, stop: Event) -> object:  # noqa: ANN401 - one of two tasks
    return task.work(job.say, job.step, lambda: stop.is_set() or job.cancelled())
