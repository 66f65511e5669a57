"""Looks whether the backup stick is there, beside the window: one that stalls holds nobody up."""

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from ketachart.errors import LedgerError
from ui.desk import Desk

if TYPE_CHECKING:
    from ketachart.charting.sighting import LookTask, Sight
    from ui.workers import Job

_STALLS: Final = timedelta(seconds=5)  # then it counts as not there


class StickWatch(QObject):
    """One look at a time; what was seen last is told until then."""

    changed = Signal()  # it was found otherwise than before

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._job: Job | None = None
        self._asked: LookTask | None = None
        self._began = timedelta()
        desk.beat.connect(self._beat)

    def look(self) -> None:
        """Asks the place of the backups, unless it still owes an answer."""
        if self._job is not None:
            return
        try:
            task = self._desk.keeping.backups.look()
        except LedgerError:
            return  # said by whoever shows the place
        if task is None:
            return
        self._asked, self._began = task, self._desk.clock.elapsed()
        job = self._job = self._desk.workers.start(lambda _job: task.work())
        job.done.connect(self._seen)
        job.failed.connect(self._ended)
        job.stopped.connect(self._ended)

    def _seen(self, sight: "Sight") -> None:
        self._ended()
        self._tell(sight)

    def _ended(self, _error: object = None) -> None:
        self._job = self._asked = None

    def _beat(self, _now: object) -> None:
        """A stick that does not answer takes no thread from those who work."""
        asked = self._asked
        if self._job is None or asked is None:
            return
        if self._desk.clock.elapsed() - self._began > _STALLS:
            from ketachart.charting.sighting import Sight

            self._asked = None
            self._job.cancel()
            self._tell(Sight(asked.place, there=False))

    def _tell(self, sight: "Sight") -> None:
        if not self._desk.is_unlocked:
            return
        backups = self._desk.keeping.backups
        before = backups.sight()
        with suppress(LedgerError):  # said by whoever shows the place
            backups.saw(sight)
        if backups.sight() != before:
            self.changed.emit()
