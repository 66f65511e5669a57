"""The report drawn in a worker and kept as pictures: drawn anew when the record has changed.

The first page is there before the others are drawn: it is what the nurse looks for.
"""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from ketachart.errors import KetaChartError
from ui import theme, tokens
from ui.desk import Desk
from ui.workers import Job

_WIDEST = 1600  # pixels; a page drawn wider costs time and shows no more
_BYTES = 3  # of a pixel: red, green, blue


@dataclass(frozen=True, slots=True)
class Front:
    """The first page of the report, and how many pages it will have."""

    page: QImage
    pages: int


class ReportPages(QObject):
    """One drawing at a time; a record that changed meanwhile is drawn after it."""

    fronted = Signal()  # the first page is there, the others are being drawn
    drawn = Signal()
    failed = Signal(str)  # the sentence that says why there are no pages

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._job: Job | None = None
        self._shown = self._drawing = self._fronted = ""
        self._front: Front | None = None
        self.pages: tuple[QImage, ...] = ()

    def draw(self, ratio: float) -> None:
        """Begins to draw the report as it stands, unless that is what is shown.

        ``ratio`` is how many pixels of the screen one of the window's is.
        """
        head = self._desk.visit.head
        if self._job is not None or head == self._shown:
            return
        width = min(_WIDEST, round(theme.look().px(tokens.PAGE_WIDTH) * ratio))
        try:
            self._job = self._desk.preview(width)
        except KetaChartError as error:
            self.failed.emit(str(error))
            return
        self._drawing = head
        self._job.handed.connect(self._take_front)
        self._job.done.connect(self._done)
        self._job.failed.connect(self._failed)
        self._job.stopped.connect(self._stopped)

    def is_current(self) -> bool:
        """Whether what is shown is the record as it stands."""
        there = bool(self.pages) and self._desk.has_visit  # drawn while the visit was closed
        return there and self._shown == self._desk.visit.head

    def front(self) -> Front | None:
        """The first page of the record as it stands, or None where it is not drawn yet."""
        there = self._front is not None and self._desk.has_visit
        return self._front if there and self._fronted == self._desk.visit.head else None

    def _take_front(self, front: object) -> None:
        page, pages = front.page, front.pages  # type: ignore[attr-defined]
        self._front, self._fronted = Front(_picture(page), pages), self._drawing
        self.fronted.emit()

    def _done(self, pages: object) -> None:
        self._job = None
        self._shown = self._drawing
        self.pages = tuple(_picture(page) for page in pages)  # type: ignore[attr-defined]
        self.drawn.emit()

    def _failed(self, error: object) -> None:
        self._job = None
        self._shown = self._drawing  # the same record would fail the same way
        self.pages = ()
        self.failed.emit(str(error))

    def _stopped(self) -> None:
        self._job = None


def _picture(page: object) -> QImage:
    rgb, width, height = page.rgb, page.width, page.height  # type: ignore[attr-defined]
    made = QImage(rgb, width, height, width * _BYTES, QImage.Format.Format_RGB888)
    return made.copy()  # Qt does not keep the bytes for us
