"""Reads what the visits did to the drug, a few at a turn, so that the window never waits."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from ketachart.errors import KetaChartError

if TYPE_CHECKING:
    from ui.desk import Desk

_TURN_MS = 20  # as long as one turn may take: far below what a hand notices


class StockReader(QObject):
    """Start it, and `ready` comes with the book and its counts once the last visit is read."""

    ready = Signal(object, object)  # Book, tuple[Counted, ...]
    failed = Signal(str)  # a sentence for the nurse

    def __init__(self, desk: "Desk", parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
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

    def tell(self) -> None:
        """The book as it stands."""
        try:
            stock = self._desk.office.stock
            known = stock.book()
            found = stock.counts(known)
        except KetaChartError as error:
            self.failed.emit(str(error))
            return
        self.ready.emit(known, found)
