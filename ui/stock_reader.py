"""Reads what the visits did to the drug, a few at a turn, so that the window never waits."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from ketachart.errors import KetaChartError

if TYPE_CHECKING:
    from ketachart.domain.custody.book import Book
    from ketachart.domain.custody.count import Counted
    from ui.desk import Desk
    from ui.workers import Job

AT_ONCE = 400  # so many things that happened are worked out in about 20 ms
_TURN_MS = 20  # as long as one turn may take: far below what a hand notices


class StockReader(QObject):
    """Start it, and `ready` comes with the book and its counts once the last visit is read."""

    ready = Signal(object, object)  # Book, tuple[Counted, ...]
    failed = Signal(str)  # a sentence for the nurse

    def __init__(self, desk: "Desk", parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._job: Job | None = None
        self._turns = QTimer(self)
        self._turns.setInterval(0)
        self._turns.timeout.connect(self._read_on)
        desk.locked.connect(self._turns.stop)
        desk.stock_changed.connect(self.tell)

    def start(self) -> None:
        """Visits that may have changed are read anew; where they are few, at once."""
        self._desk.office.stock.forget_open()
        self._turns.start()
        self._read_on()

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
        return self._turns.isActive() or self._job is not None

    def tell(self) -> None:
        """The book as it stands: a short one at once, a long one from a worker."""
        try:
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
