"""The slow things of a review, in workers: reading again, checking a report, countersigning."""

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QObject, Signal

from ketachart.errors import KetaChartError
from ui.desk import Desk
from ui.workers import Job

if TYPE_CHECKING:
    from ketachart.charting.reviewing import OpenReport, Reviewed
    from ketachart.charting.waking import Woken
    from ketachart.domain.facts.post import Verdict

_STOPPED: Final = "Signing was stopped. Nothing was signed: sign it again."


class Opening(QObject):
    """One report is opened at a time; another one asked for meanwhile takes its place."""

    awake = Signal()  # every visit of the queue is known
    opened = Signal(object)  # OpenReport
    failed = Signal(str)
    told = Signal(str)  # what the signing is doing
    refused = Signal(str)  # why it was not signed
    judged = Signal(str)  # the stream whose verdict is on the disk

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._job: Job | None = None
        self._waking: Job | None = None

    def wake(self) -> None:
        """Reads again what was not read since unlocking: patients and flags come with it."""
        if self._waking is not None:
            return
        task = self._desk.supervision.waking()
        if task is None:
            return
        self._waking = job = self._desk.workers.start(
            lambda job: task.work(job.step, job.cancelled)
        )
        job.done.connect(self._woken)
        for end in (job.failed, job.stopped):
            end.connect(self._slept)

    def _woken(self, woken: "Woken") -> None:
        self._waking = None
        if self._desk.is_unlocked:
            self._desk.supervision.wake(woken)
            if woken.any or self._desk.supervision.grew:
                self.awake.emit()
            self.wake()  # many are read again a few at a time

    def _slept(self, _error: object = None) -> None:
        self._waking = None

    def open(self, stream: str, version: int | None, sha256: str = "") -> None:
        """Checks and lays out one report: a version, or the one file of that hash."""
        if self._job is not None:
            self._job.cancel()
        try:
            task = self._desk.supervision.opening(stream, version, sha256=sha256)
        except KetaChartError as error:
            self.failed.emit(str(error))
            return
        self._job = job = self._desk.workers.start(lambda _job: task.work())
        job.done.connect(self._take)
        job.failed.connect(lambda error: self.failed.emit(str(error)))
        job.stopped.connect(lambda: self._broke(job))

    def _broke(self, job: Job) -> None:
        """Not one that was stopped for another: as nobody foresaw."""
        if job is self._job and not job.cancelled():
            self.failed.emit("Reading it came to no end. The report is as it was: open it again.")

    def _take(self, report: "OpenReport") -> None:
        from ketachart.charting.waking import Woken

        if self._desk.is_unlocked:
            # the visit is folded already: what asks for it on this thread need not fold it again
            self._desk.supervision.wake(Woken({report.sha256: report.visit}))
            self.opened.emit(report)

    def judge(self, report: "OpenReport", verdict: str, words: str, passphrase: str) -> None:
        """Signs a verdict; it is kept on the window's thread, in one act."""
        try:
            word = cast("Verdict", verdict)
            task = self._desk.supervision.deciding(report.stream, word, words, sha256=report.sha256)
        except KetaChartError as error:
            self.refused.emit(str(error))
            return
        secret = [passphrase]  # taken out at once: a job that has ended holds it no more
        job = self._desk.workers.start(lambda job: task.work(secret.pop(), job.say))
        job.said.connect(self.told)
        job.done.connect(self._finish)
        job.failed.connect(lambda error: self.refused.emit(str(error)))
        job.stopped.connect(lambda: self.refused.emit(_STOPPED))

    def _finish(self, reviewed: "Reviewed") -> None:
        try:
            self._desk.review(lambda desk: desk.finish(reviewed))
        except KetaChartError as error:
            self.refused.emit(str(error))
            return
        self.judged.emit(reviewed.stream)
