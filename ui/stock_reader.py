"""Reads what the visits did to the drug, a few at a turn, so that the window never waits."""

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from ketachart.errors import KetaChartError

if TYPE_CHECKING:
    from ketachart.charting.stock_reading import StockTask
    from ketachart.charting.stockroom import Stockroom
    from ketachart.domain.custody.book import Book
    from ketachart.domain.custody.count import Counted
    from ui.desk import Desk
    from ui.workers import Job

AT_ONCE = 400  # so many things that happened are worked out in about 20 ms
_TURN_MS = 20  # as long as one turn may take: far below what a hand notices

_UNDER_WAY: "WeakKeyDictionary[Stockroom, Job]" = WeakKeyDictionary()


class StockReader(QObject):
    """Start it, and `ready` comes with the book and its counts once the last visit is read."""

    ready = Signal(object, object)  # Book, tuple[Counted, ...]
    progress = Signal(int, int)  # entries looked at, of so many, where it takes longer
    failed = Signal(str)  # a sentence for the nurse

    def __init__(self, desk: "Desk", parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._job: Job | None = None
        self._reading: Job | None = None
        self._turns = QTimer(self)
        self._turns.setInterval(0)
        self._turns.timeout.connect(self._read_on)
        desk.locked.connect(self._end)
        desk.stock_changed.connect(self.tell)

    def start(self) -> None:
        """Visits that may have changed are read anew; where they are few, at once."""
        if self._reading is not None:
            return
        try:
            task = self._desk.office.stock.reading()
        except KetaChartError as error:
            self.failed.emit(str(error))
            return
        if task is not None:
            self._read_aside(task)
            return
        self._desk.office.stock.forget_open()
        self._turns.start()
        self._read_on()

    def _read_aside(self, task: "StockTask") -> None:
        """A long ledger is read by a worker, once for all who ask; the window goes on meanwhile."""
        stock = self._desk.office.stock
        job = _UNDER_WAY.get(stock)
        if job is None:
            job = self._desk.workers.start(lambda job: task.work(job.step, job.cancelled))
            _UNDER_WAY[stock] = job
            job.done.connect(lambda read: stock.take(read) if self._desk.is_unlocked else None)
            for end in (job.done, job.failed, job.stopped):
                end.connect(lambda *_: _UNDER_WAY.pop(stock, None))
        self._reading = job
        job.progress.connect(self.progress)
        job.done.connect(self._go_on)
        job.failed.connect(self._fail)
        job.stopped.connect(self._stop)

    def _go_on(self, _read: object) -> None:
        self._reading = None
        if self._desk.is_unlocked:
            self.start()

    def _fail(self, error: KetaChartError) -> None:
        self._reading = None
        self.failed.emit(str(error))

    def _stop(self) -> None:
        self._reading = None

    def _end(self) -> None:
        self._turns.stop()
        if self._reading is not None:
            self._reading.cancel()

    def _read_on(self) -> None:
        spent = QElapsedTimer()
        spent.start()
        try:
            while (left := self._desk.office.stock.read_next()) and spent.elapsed() < _TURN_MS:
                pass
        except KetaChartError as error:
            self._turns.stop()
            self.failed.emit(str(error))
            return
        if not left:
            self._turns.stop()
            self.tell()

    @property
    def busy(self) -> bool:
        """Whether the book is still being read or worked out."""
        return self._turns.isActive() or self._job is not None or self._reading is not None

    def tell(self) -> None:
        """The book as it stands: a short one at once, a long one from a worker."""
        if self._reading is not None:
            return
        try:
            if self._desk.office.stock.reading() is not None:
                return  # it is told once it was read
            reckoning = self._desk.office.stock.reckoning()
        except KetaChartError as error:
            self.failed.emit(str(error))
            return
        if reckoning.size <= AT_ONCE:
            self.ready.emit(*reckoning.work())
            return
        job = self._job = self._desk.workers.start(lambda _job: reckoning.work())
        job.done.connect(lambda worked: self._done(job, worked))

    def _done(self, job: "Job", worked: "tuple[Book, tuple[Counted, ...]]") -> None:
        if job is self._job and self._desk.is_unlocked:  # a later one is under way otherwise
            self._job = None
            self.ready.emit(*worked)
