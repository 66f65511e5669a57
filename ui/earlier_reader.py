"""Reads a patient's earlier visits while the order is typed, one at a turn of the event loop."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from ketachart.errors import KetaChartError

if TYPE_CHECKING:
    from ui.desk import Desk


class EarlierReader(QObject):
    """Opening the visit then finds them read; what could not be read is told there."""

    def __init__(self, desk: "Desk", parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._mrn = ""
        self._turns = QTimer(self)
        self._turns.setInterval(0)
        self._turns.timeout.connect(self._read_on)
        desk.locked.connect(self._turns.stop)

    @property
    def busy(self) -> bool:
        """Whether a visit is still to be read."""
        return self._turns.isActive()

    def start(self, mrn: str) -> None:
        """Reads the visits of that patient; none for an empty number."""
        self._mrn = mrn
        if mrn:
            self._turns.start()
        else:
            self._turns.stop()

    def _read_on(self) -> None:
        try:
            more = self._desk.office.read_earlier(self._mrn)
        except KetaChartError:
            more = False  # opening the visit reads it again, and says why it cannot
        if not more:
            self._turns.stop()
