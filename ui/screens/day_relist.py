"""The list of visits of a damaged ledger is worked out again beside the work, once an unlocking."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.desk import Desk

if TYPE_CHECKING:
    from ketachart.charting import OpenClinic
    from ui.workers import Job


class Relisting(QObject):
    """`start` it when the list is shown; ``then`` is called once there is more to show."""

    def __init__(self, desk: Desk, parent: QObject, then: Callable[[], object]) -> None:
        super().__init__(parent)
        self._desk, self._then = desk, then
        self._office: OpenClinic | None = None
        self._job: Job | None = None
        desk.locked.connect(self._locked)

    def start(self) -> None:
        """Nothing where the list is whole, or was worked out for this unlocking already."""
        office = self._desk.office
        task = office.relisting()
        if task is None or office is self._office:
            return
        self._office = office
        self._job = self._desk.workers.start(lambda job: task.work(cancelled=job.cancelled))
        self._job.done.connect(self._made)  # where it fails, what can be read of the list stays

    def _made(self, made: object) -> None:
        if self._office is not None and made is not None:
            self._office.relisted(made)  # type: ignore[arg-type]
            self._then()

    def _locked(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._office = self._job = None
