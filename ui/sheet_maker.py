"""Makes a sheet for the patient away from the window, asks where it goes, and saves it there."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ketachart.charting.sheets import SheetFile, SheetTask
from ui.desk import Desk
from ui.save_where import save_where


class SheetMaker(QObject):
    """One sheet at a time; what comes of it is told by a signal."""

    saved = Signal(object, object, object)  # the SheetFile, the Visit it is of, its Path
    failed = Signal(object)  # a KetaChartError
    over = Signal()  # it is made, or will not be

    def __init__(self, desk: Desk, widget: QWidget) -> None:
        super().__init__(widget)
        self._desk, self._widget = desk, widget

    def make(self, task: SheetTask) -> None:
        """Makes it in a worker; the place to save it is asked once it is there."""
        job = self._desk.workers.start(lambda _job: task.work())
        job.done.connect(lambda made: self._made(made, task))
        job.failed.connect(self._fail)
        job.stopped.connect(self.over)

    def _fail(self, error: object) -> None:
        self.over.emit()
        self.failed.emit(error)

    def _made(self, made: SheetFile, task: SheetTask) -> None:
        self.over.emit()
        save_where(
            self._desk,
            self._widget,
            "Save the sheet",
            (made.name, made.content),
            saved=lambda path: self.saved.emit(made, task.visit, path),
            failed=self.failed.emit,
        )
