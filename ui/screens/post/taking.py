"""Takes packages in, one after the other: read in a worker, kept on the ledger's own thread."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ketachart.charting.post_files import packages_in, read_file
from ketachart.charting.post_reading import ReadPackage
from ketachart.charting.post_shapes import TakenIn
from ketachart.errors import CannotRead, KetaChartError
from ui.desk import Desk
from ui.workers import Job


@dataclass(frozen=True, slots=True)
class FileTaken:
    """What became of one file: what it brought, or the sentence why nothing was taken."""

    name: str
    taken: TakenIn | None = None
    refused: str = ""


class Taking(QObject):
    """``ended`` carries every file of one taking, in order; what was kept is on the disk."""

    told = Signal(str)
    ended = Signal(object)  # tuple[FileTaken, ...]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._waiting: list[Path] = []
        self._files: list[FileTaken] = []
        self._job: Job | None = None

    @property
    def busy(self) -> bool:
        """Whether a package is being read."""
        return self._job is not None

    def take(self, *paths: Path) -> None:
        """Begins with these files and folders; nothing happens while others are being read."""
        if self._job is not None or not paths:
            return
        self._files = []
        self.told.emit("Looking for packages")
        job = self._desk.workers.start(lambda _job: packages_in(paths))
        self._follow(job)
        job.done.connect(self._found)
        job.failed.connect(self._lost)

    def stop(self) -> None:
        """Reads no further; what was kept stays kept."""
        self._waiting.clear()
        if self._job is not None:
            self._job.cancel()

    def _follow(self, job: Job) -> None:
        self._job = job
        job.stopped.connect(self._end)

    def _found(self, paths: tuple[Path, ...]) -> None:
        self._waiting = list(paths)
        self._next()

    def _lost(self, error: object) -> None:
        self._files.append(FileTaken("The folder", refused=str(error)))
        self._end()

    def _next(self) -> None:
        if not self._waiting or not self._desk.is_unlocked:
            self._end()
            return
        path = self._waiting.pop(0)
        self.told.emit(f"Opening {path.name}")
        try:
            task = self._desk.post.reading(b"")
        except KetaChartError as error:
            self._note(FileTaken(path.name, refused=str(error)))
            return
        job = self._desk.workers.start(lambda job: read_file(task, path, job.say))
        self._follow(job)
        job.said.connect(self.told)
        job.done.connect(partial(self._read, path))
        job.failed.connect(lambda error: self._note(FileTaken(path.name, refused=str(error))))

    def _read(self, path: Path, read: ReadPackage) -> None:
        """Kept before the next file is read: a list of withdrawn certificates counts for it."""
        try:
            if not self._desk.is_unlocked:
                raise CannotRead("KetaChart was locked meanwhile. Take the package in again.")
            taken = self._desk.mail(lambda desk: desk.keep(read))
        except KetaChartError as error:
            self._note(FileTaken(path.name, refused=str(error)))
            return
        self._note(FileTaken(path.name, taken=taken))

    def _note(self, file: FileTaken) -> None:
        self._files.append(file)
        self._next()

    def _end(self) -> None:
        self._job = None
        self._waiting.clear()
        self.ended.emit(tuple(self._files))
