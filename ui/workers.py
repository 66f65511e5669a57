"""Slow jobs that only read, off the window's own thread: pages, checks, copies.

What a job answers or what failed comes back on the window's thread. A failure that was not foreseen
is raised there again, so that the crash report sees it.
"""

import os
import sys
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal, Slot

from ketachart.errors import KetaChartError

_AT_ONCE = 2  # threads; one more for each job that was asked to end and hangs
_MOST_HANGING = 4
_LAST_MS = 3000  # so long the window waits for its jobs when it closes
_hanging: list[QThreadPool] = []  # never destroyed: that would wait for their threads
_TURN_S = 0.0005  # a worker gives the window a turn so often: ten times as often as by itself


class Job(QObject):
    """One job under way; hand its ``step`` to the work, and ask ``cancelled`` between steps."""

    done = Signal(object)  # what the work answered
    failed = Signal(object)  # the KetaChartError that stopped it
    stopped = Signal()  # it was cancelled, or failed as nobody foresaw, and has ended
    progress = Signal(int, int)  # steps done, steps in all
    said = Signal(str)  # what it is doing now, in words
    handed = Signal(object)  # a part of the answer that is there before the rest

    # sent by the worker's thread, told on the window's: so nothing is missed by whoever connects
    # before control goes back to the window
    _ended = Signal(object, object)  # answer, error
    _stepped = Signal(int, int)
    _spoke = Signal(str)
    _gave = Signal(object)

    def __init__(self, work: Callable[["Job"], object]) -> None:
        super().__init__()
        self._work = work
        self._cancel = threading.Event()
        self._ended.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._stepped.connect(self.progress, Qt.ConnectionType.QueuedConnection)
        self._spoke.connect(self.said, Qt.ConnectionType.QueuedConnection)
        self._gave.connect(self._hand_on, Qt.ConnectionType.QueuedConnection)

    def cancel(self) -> None:
        """Ask it to end; its answer is then thrown away, whether it listened or not."""
        self._cancel.set()

    def cancelled(self) -> bool:
        """Whether it was asked to end."""
        return self._cancel.is_set()

    def step(self, done: int, total: int) -> None:
        """Tell how far the work is; may be called from the worker's thread."""
        self._stepped.emit(done, total)

    def say(self, words: str) -> None:
        """Tell what the work is doing now; may be called from the worker's thread."""
        self._spoke.emit(words)

    def hand(self, part: object) -> None:
        """Give what is there before the rest; may be called from the worker's thread."""
        self._gave.emit(part)

    @Slot(object)
    def _hand_on(self, part: object) -> None:
        if not self.cancelled():
            self.handed.emit(part)

    def run(self) -> None:
        """Do the work; called by the pool, on its thread."""
        answer: object = None
        error: Exception | None = None
        try:
            answer = self._work(self)
        except Exception as raised:  # noqa: BLE001 - it is raised again on the window's thread
            error = raised
        self._ended.emit(answer, error)

    @Slot(object, object)
    def _tell(self, answer: Any, error: Exception | None) -> None:  # noqa: ANN401 - Qt's slot
        if error is not None and not isinstance(error, KetaChartError):
            self.stopped.emit()  # whoever waits for it is let go before the crash report
            raise error
        if self.cancelled():
            self.stopped.emit()
        elif error is not None:
            self.failed.emit(error)
        else:
            self.done.emit(answer)


class Workers(QObject):
    """A pool of its own, closed with the window.

    Jobs only read, or copy to where nothing counts before it is whole. So a thread that hangs in a
    dead network disk or a broken stick can be left behind: `hangs` says then that the program must
    end without it.
    """

    def __init__(self) -> None:
        super().__init__()
        sys.setswitchinterval(_TURN_S)  # a redraw takes some ten turns, each waited for
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(_AT_ONCE)
        self.hangs = False
        self._jobs: set[Job] = set()

    def start(self, work: Callable[[Job], object]) -> Job:
        """Begin a job; connect to its signals before control goes back to the window."""
        job = Job(work)
        # a cancelled job that hangs takes no thread from those that come after it
        hanging = sum(each.cancelled() for each in self._jobs)
        self._pool.setMaxThreadCount(_AT_ONCE + min(hanging, _MOST_HANGING))
        self._jobs.add(job)  # kept here: a job nobody holds would vanish under its thread
        for end in (job.done, job.failed, job.stopped):
            end.connect(lambda *_, job=job: self._jobs.discard(job))
        self._pool.start(job.run)
        return job

    def running(self) -> int:
        """How many jobs have not yet told their end."""
        return len(self._jobs)

    def close(self, wait_ms: int = _LAST_MS) -> None:
        """Ask every job to end and wait until it has; not for ever: see `hangs`."""
        for job in self._jobs:
            job.cancel()
        if self._pool.waitForDone(wait_ms):
            return
        self.hangs = True
        self._pool.clear()
        self._pool.setParent(None)
        _hanging.append(self._pool)


def ended(code: int, workers: Workers) -> int:
    """What the program answers; where a thread hangs in a dead disk it ends here, without it."""
    if workers.hangs:
        os._exit(code)
    return code
