"""Questions about the report that is read: asked on a sheet, taken back, shown on their rows."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ketachart.errors import KetaChartError
from ui.desk import Desk
from ui.screens.supervision.page import ReviewPage
from ui.screens.supervision.question_rows import labelled
from ui.screens.supervision.turns import REPORT, VERDICT
from ui.screens.supervision.unsent import Unsent

if TYPE_CHECKING:
    from ketachart.charting.reviewing import OpenReport


class Asking(QObject):
    """``changed`` says that the queue may stand differently: something was asked or taken back."""

    changed = Signal()

    def __init__(self, desk: Desk, page: ReviewPage) -> None:
        super().__init__()
        self._desk, self._page = desk, page
        self._stream = ""
        self._drafts: dict[str, tuple[str, str, str]] = {}  # by stream: entry, row, words
        self._report: OpenReport | None = None
        self._typed = Unsent(self, page.verdict, page)
        page.view.row_chosen.connect(self._row_chosen)
        page.view.asked.connect(lambda _entry: self.begin())
        page.verdict.ask_wanted.connect(self.begin)
        page.verdict.row_wanted.connect(self._show_row)
        page.verdict.taken_back.connect(self._take_back)
        page.sheet.asked.connect(self._ask)
        page.sheet.left.connect(self.leave)

    def arrive(self) -> None:
        """What was typed before is put back, where that is wanted; it is kept from now on."""
        with self._desk.drafts.opening(self._typed):
            pass

    def unsent(self) -> dict[str, tuple[str, str, str]]:
        """By stream: entry, row and words of each question that was begun and not asked."""
        begun = {**self._drafts, self._stream: self._page.sheet.draft()}
        return {stream: told for stream, told in begun.items() if stream and told[2].strip()}

    def take_unsent(self, stream: str, told: tuple[str, str, str]) -> None:
        """A question that was begun before; it stands on the sheet once its report is opened."""
        if stream == self._stream:
            self._page.sheet.take_up(*told)
        else:
            self._drafts[stream] = told

    def say_opening(self, stream: str) -> None:
        """Another report is being checked; a question begun about the one before stays with it."""
        if stream != self._stream:
            self._drafts[self._stream] = self._page.sheet.draft()
            self._page.sheet.take_up(*self._drafts.pop(stream, ("", "", "")))
        self._stream, self._report = stream, None
        self._page.close_sheet()
        self._page.verdict.show_report(None, ())

    def show_report(self, report: "OpenReport") -> None:
        """Questions of this report from now on."""
        self._report = report
        self._show_threads()

    def begin(self) -> None:
        """The sheet, about the row that is chosen."""
        if self._report is None or not self._page.verdict.may_ask:
            return
        entry, row = self._page.view.chosen_row()
        if entry:
            self._page.sheet.about(entry, row)
        self._page.show_sheet(self._page.sheet)
        self._page.turn(VERDICT)
        self._page.sheet.begin()

    def leave(self) -> None:
        """Back to what was read; what was typed stays on the sheet."""
        self._page.close_sheet()
        self._page.turn(REPORT)
        self._page.show_pages()

    def _show_threads(self) -> None:
        threads = self._desk.supervision.threads(self._stream)
        self._page.verdict.show_report(self._report, threads)
        open_ones = [(label, t) for label, t in labelled(threads) if t.state != "taken back"]
        self._page.view.show_marks({t.entry: label for label, t in open_ones if t.entry})

    def _row_chosen(self, entry: str) -> None:
        if self._page.asks:
            self._page.sheet.about(entry, self._page.view.chart.words_of(entry))

    def _ask(self, entry: str, row: str, words: str) -> None:
        stream = self._stream
        try:
            self._desk.review(lambda desk: desk.ask(stream, words, entry=entry, row=row))
        except KetaChartError as error:
            self._page.sheet.refuse(error)
            return
        self._page.sheet.settle()
        self.leave()
        self._show_threads()
        self.changed.emit()

    def _take_back(self, item: str) -> None:
        try:
            self._desk.review(lambda desk: desk.take_back(item))
        except KetaChartError as error:
            self._page.verdict.say_not_taken_back(str(error))
            return
        self._show_threads()
        self.changed.emit()

    def _show_row(self, entry: str) -> None:
        self._page.turn(REPORT)
        self._page.view.go_to_row(entry)
