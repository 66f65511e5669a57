"""Makes a package in a worker, asks where it goes, and notes it once its file is on the disk."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ketachart.charting.post_shapes import Packed
from ketachart.errors import KetaChartError
from ui.desk import Desk
from ui.dialogs import Dialogs
from ui.saving import save_file
from ui.workers import Job


class Packing(QObject):
    """A package that was made and not saved is kept, so that saving again asks for nothing."""

    told = Signal(str)
    unsaved = Signal(str)  # why it is not on the disk
    failed = Signal(str)  # nothing was made; why
    saved = Signal(object, object)  # the Packed, and its path

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__()
        self._desk, self._window = desk, window
        self._job: Job | None = None
        self._packed: Packed | None = None

    @property
    def busy(self) -> bool:
        """Whether one is being made."""
        return self._job is not None

    def drop(self) -> None:
        """Forgets what was made and not saved: it is made anew, with all that waits then."""
        self._packed = None

    def make(self, ledger: str, passphrase: str) -> None:
        """Makes the package for a correspondent."""
        if self._job is not None:
            return
        try:
            task = self._desk.post.packing(ledger)
        except KetaChartError as error:
            self.failed.emit(str(error))
            return
        job = self._desk.workers.start(lambda job: task.work(passphrase, job.say))
        self._job = job
        self.told.emit("Opening your key")
        job.said.connect(self.told)
        job.done.connect(self._made)
        job.failed.connect(self._failed)
        job.stopped.connect(
            lambda: self._failed("It was stopped. Nothing was packed: make it again.")
        )

    def _made(self, packed: Packed) -> None:
        self._job = None
        self._packed = packed
        self.save()

    def _failed(self, error: object) -> None:
        self._job = None
        self.failed.emit(str(error))

    def save(self) -> None:
        """Asks where, writes the file, and only then notes that it is packed."""
        packed = self._packed
        if packed is None or not self._desk.is_unlocked:
            return
        start = Path(self._desk.preferences.export_folder or Path.home()) / packed.name
        path = Dialogs.ask_save_path(self._window, "Save the package", start)
        if path is None:
            self.unsaved.emit(
                "It is not on the disk yet, and nothing is noted as packed: save it again."
            )
            return
        try:
            save_file(path, packed.content)
        except KetaChartError as error:
            self.unsaved.emit(str(error))
            return
        self._desk.prefer(replace(self._desk.preferences, export_folder=str(path.parent)))
        self._note(packed, path)

    def _note(self, packed: Packed, path: Path) -> None:
        try:
            self._desk.mail(lambda desk: desk.sent(packed))
        except KetaChartError as error:
            self.unsaved.emit(f"The file is there and good, but that was not noted: {error}")
            return
        self._packed = None
        self.saved.emit(packed, path)
