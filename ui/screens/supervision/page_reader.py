"""Draws the pages of one report in a worker, one at a time, as they are looked at."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from ketachart.charting.page_drawing import PageDrawing
from ui import theme, tokens
from ui.desk import Desk
from ui.workers import Job

if TYPE_CHECKING:
    from ketachart.charting import PreviewPage
    from ketachart.charting.checked import Contents

_WIDEST = 1600  # pixels; a page drawn wider costs time and shows no more
_BYTES = 3  # of a pixel: red, green, blue


class PageReader(QObject):
    """What was asked for last is drawn first; another report forgets what is still to be drawn."""

    opened = Signal(object)  # Contents
    drawn = Signal(int, QImage)
    failed = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._drawing: PageDrawing | None = None
        self._job: Job | None = None
        self._wanted: list[int] = []
        self._ratio = 1.0

    def open(self, content: bytes, ratio: float) -> None:
        """Begins with another report; ``ratio``: screen pixels to one of the window's."""
        self.close()
        self._ratio = ratio
        drawing = self._drawing = PageDrawing(content)
        self._start(drawing, self._desk.workers.start(lambda _job: drawing.contents()), 0)

    def close(self) -> None:
        """No report is read any more."""
        self._drawing, self._wanted = None, []
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def draw(self, number: int) -> None:
        """A page is looked at and has no picture."""
        if number not in self._wanted:
            self._wanted.append(number)
        self._next()

    def _next(self) -> None:
        drawing = self._drawing
        if self._job is not None or drawing is None or not self._wanted:
            return
        number = self._wanted.pop()
        width = min(_WIDEST, round(theme.look().px(tokens.PAGE_WIDTH) * self._ratio))
        job = self._desk.workers.start(lambda _job: drawing.draw(number, width))
        self._start(drawing, job, number)

    def _start(self, drawing: PageDrawing, job: Job, number: int) -> None:
        self._job = job
        job.done.connect(lambda answer: self._done(drawing, number, answer))
        job.failed.connect(lambda error: self._over(drawing, error))
        job.stopped.connect(lambda: self._over(drawing, None))

    def _done(self, drawing: PageDrawing, number: int, answer: object) -> None:
        if drawing is not self._drawing:
            return
        self._job = None
        if number:
            self.drawn.emit(number, _picture(answer))  # type: ignore[arg-type]
        else:
            self.opened.emit(answer)
        self._next()

    def _over(self, drawing: PageDrawing, error: object) -> None:
        if drawing is self._drawing:
            self._job = None
            if error is not None:
                self.failed.emit(str(error))


def parts_of(contents: "Contents") -> tuple[tuple[str, int], ...]:
    """The few parts of a report that are gone to by a key, each with its first page."""
    pages = dict(reversed(contents.parts))
    found = [("Summary", 1)]
    for name, heads in (
        ("Timeline", ("Timeline",)),
        ("Tables", ("Vitals", "Events")),
        ("Drug", ("Drug",)),
        ("Audit", ("Audit",)),
    ):
        page = next((pages[p] for p in pages if p.startswith(heads)), 0)
        if page:
            found.append((name, page))
    return tuple(found)


def _picture(page: "PreviewPage") -> QImage:
    made = QImage(
        page.rgb, page.width, page.height, page.width * _BYTES, QImage.Format.Format_RGB888
    )
    return made.copy()  # Qt does not keep the bytes for us
