"""One stay in practice: makes the throw-away clinic, shows it in its own window, throws it away.

The practice window has its own desk, folder, clock and people. The real window is hidden and its
ledger locked meanwhile; nothing is handed from one to the other but the light and the text size.
"""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from ketachart.errors import KetaChartError, LedgerError
from ui.desk import Desk
from ui.practice.clock import PracticeClock
from ui.practice.script import Drill

if TYPE_CHECKING:
    from ui.practice.clinic import Made
    from ui.practice.window import PracticeWindow


_BROKE: Final = "Making it came to no end. Your own ledger was not touched: begin once more."


class PracticeSession(QObject):
    """Begins, begins again, and ends; the real window stands behind it."""

    opened = Signal()
    failed = Signal(object)  # a KetaChartError: nothing was opened
    ended = Signal()

    def __init__(self, desk: Desk, window: QWidget, drill: Drill | None = None) -> None:
        """``drill`` is what is practised; None is a whole visit."""
        super().__init__(window)
        self.shown: PracticeWindow | None = None
        self._real, self._behind, self._drill = desk, window, drill
        self._place: tempfile.TemporaryDirectory[str] | None = None

    def begin(self) -> None:
        """Makes the clinic in a worker, and shows it."""
        from ui.practice import clinic

        begins = self._drill.begins if self._drill is not None else "door"
        try:
            self._place = tempfile.TemporaryDirectory(
                prefix="ketachart-practice-", ignore_cleanup_errors=True
            )
        except OSError as error:
            self.failed.emit(
                LedgerError(
                    f"No folder for it could be made: {error.strerror}. Nothing else was changed: "
                    "make room on the disk, and try again."
                )
            )
            return
        folder, clock = Path(self._place.name) / "ledger", PracticeClock(self._real.clock)
        job = self._real.workers.start(lambda _job: clinic.make(folder, begins, clock.now()))
        job.done.connect(lambda made: self._open(made, clock))
        job.failed.connect(self._fail)
        job.stopped.connect(lambda: self._fail(LedgerError(_BROKE)))

    def _fail(self, error: KetaChartError) -> None:
        self._throw_away()
        self.failed.emit(error)

    def _open(self, made: "Made", clock: PracticeClock) -> None:
        from ui.practice.clinic import PASSPHRASE
        from ui.practice.window import PracticeWindow

        desk = Desk(made.folder, clock, demo_passphrase=PASSPHRASE)
        seen = self._real.preferences
        desk.prefer(replace(desk.preferences, theme=seen.theme, scale=seen.scale))
        window = PracticeWindow(desk, clock, self._drill)
        window.show_screen("unlock")  # under the visit; seen only if practice is locked
        try:
            desk.enter_with(made.proof)
            desk.open_visit(made.stream)
        except KetaChartError as error:
            window.close()
            self._fail(error)
            return
        self.shown = window
        window.left.connect(self._end)
        window.again.connect(self._again)
        self._take_its_place(window)
        desk.heartbeat.start()
        window.begin()
        self.opened.emit()

    def _take_its_place(self, window: QWidget) -> None:
        """As large and where the real one was; that one waits behind."""
        window.setGeometry(self._behind.geometry())
        window.setWindowState(self._behind.windowState())
        window.show()
        window.activateWindow()
        self._behind.hide()

    def _again(self) -> None:
        """The same from its beginning, in a clinic that is made anew."""
        before = self.shown
        self._behind.show()  # before the other goes: the last window that closes ends the program
        self._put_away(before)
        self.begin()

    def _end(self) -> None:
        """Everything of it is gone, and the real window is back."""
        self._behind.show()
        self._behind.activateWindow()
        self._put_away(self.shown)
        self.ended.emit()

    def _put_away(self, window: "PracticeWindow | None") -> None:
        self.shown = None
        if window is not None:
            window.blockSignals(True)  # it was left already  # noqa: FBT003 - Qt's own way
            window.close()
            QTimer.singleShot(0, window.deleteLater)
        self._throw_away()

    def _throw_away(self) -> None:
        if self._place is not None:
            self._place.cleanup()
            self._place = None
