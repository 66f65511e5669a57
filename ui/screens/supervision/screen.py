"""Review: the reports that wait, the one that is read, its questions and its verdict."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent
from PySide6.QtWidgets import QVBoxLayout

from ketachart.errors import KetaChartError
from ui.actions import key_of
from ui.desk import Desk
from ui.dialogs import Dialogs
from ui.screens.base import Screen, Window
from ui.screens.supervision.asking import Asking
from ui.screens.supervision.intake import Intake
from ui.screens.supervision.judged import save_countersigned
from ui.screens.supervision.noting import Noting
from ui.screens.supervision.opening import Opening
from ui.screens.supervision.page import ReviewPage, Shown
from ui.screens.supervision.turns import QUEUE, REPORT, VERDICT
from ui.screens.told import strip_facts
from ui.widgets.patient_strip import StripFacts

if TYPE_CHECKING:
    from ketachart.charting.reviewing import OpenReport
    from ketachart.domain.supervision.queue import QueueLine


class ReviewScreen(Screen):
    """Every slow thing is a worker's; what a supervisor says is on the disk before it clears."""

    title = "Review"
    keys = (
        ("← →", "report"),
        ("Alt+1…6", "part"),
        ("Q", "ask about the row"),
        (key_of("verdict"), "verdict"),
        ("Ctrl+Enter", "sign"),
        ("Esc", "back"),
    )

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(desk)
        self._window = window
        self._lines: tuple[QueueLine, ...] = ()
        self._stream = ""
        self._report: OpenReport | None = None
        self.page = ReviewPage(desk)
        self.queue, self.view = self.page.queue, self.page.view
        self.verdict, self.sheet = self.page.verdict, self.page.sheet
        self.intake = Intake(desk, self.page.note)
        self.asking, self.noting = Asking(desk, self.page), Noting(desk, self.page)
        self.opening = Opening(desk)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.page)
        self.setAcceptDrops(True)
        self._connect()

    def _connect(self) -> None:
        self.queue.opened.connect(self.open_report)
        self.queue.unfolded.connect(self._to_queue)
        self.queue.folder.clicked.connect(self._ask_folder)
        self.queue.older.clicked.connect(self._look_back)
        self.queue.trends.clicked.connect(lambda: self._window.show_screen("trends"))
        for way in (self.page.first, self.page.more):
            way.clicked.connect(self._ask_folder)
        self.page.open.clicked.connect(lambda: self.open_report(self.queue.list.current_key()))
        self.page.turned_narrow.connect(lambda _narrow: self._show_strip())
        for stepping in (self.queue.stepped, self.view.stepped):
            stepping.connect(self._step)
        self.view.version_wanted.connect(lambda n: self.open_report(self._stream, version=n))
        self.view.file_wanted.connect(lambda sha: self.open_report(self._stream, sha256=sha))
        self.verdict.next_wanted.connect(self._next)
        self.verdict.done.save.clicked.connect(self._save)
        self.verdict.signed.connect(self._sign)
        for changing in (self.asking.changed, self.noting.changed):
            changing.connect(self._renew)
        self.intake.taken.connect(self._take_in)
        self.opening.awake.connect(self._renew)
        self.opening.opened.connect(self._show_report)
        self.opening.failed.connect(self.view.signature.say_unread)
        self.opening.told.connect(self.verdict.say_step)
        self.opening.refused.connect(self.verdict.say_failed)
        self.opening.judged.connect(self._judged)

    # ------------------------------------------------ the queue

    def arrive(self) -> None:
        """The queue as it stands; reports that were not read since unlocking are read now."""
        self._renew()
        self.asking.arrive()
        self.opening.wake()
        if self._stream:
            self.page.show_pages()
        elif self._lines:
            self.queue.begin()
        else:
            self.page.way().setFocus()

    def _renew(self) -> None:
        desk = self.desk.supervision
        try:
            self._lines = desk.queue()
        except KetaChartError as error:
            self.page.note.show_end("The queue could not be read", str(error), good=False)
            return
        self.queue.show_queue(self._lines, desk.counts(self._lines), self.desk.now())
        self._show_what()

    def _look_back(self) -> None:
        self.desk.supervision.look_back()
        self._renew()
        self.opening.wake()

    def _take_in(self) -> None:
        """What came in stands in the queue; whoever reads a report goes on reading."""
        self._renew()
        if not self._stream:
            self.queue.begin()

    def _show_what(self) -> None:
        waits, reading = bool(self.queue.next_waiting("")), bool(self._stream)
        self.page.show_what(Shown(any_report=bool(self._lines), waiting=waits, reading=reading))

    def _to_queue(self) -> None:
        self.page.fold(folded=False)
        self.page.turn(QUEUE)
        self.queue.begin()

    def _step(self, step: int) -> None:
        there = self.queue.next_after(self._stream, step)
        if there:
            self.open_report(there)

    def _next(self) -> None:
        """The next report that waits; the queue where none does."""
        there = self.queue.next_waiting(self._stream)
        if there:
            self.open_report(there)
            return
        self._stream, self._report = "", None
        self._show_what()
        self._show_strip()
        self._to_queue()

    def _ask_folder(self) -> None:
        start = Path(self.desk.preferences.export_folder or Path.home())
        folder = Dialogs.ask_folder(self, "Open a folder of signed reports", start)
        if folder is not None:
            self.desk.prefer(replace(self.desk.preferences, export_folder=str(folder)))
            self.intake.read(folder)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and folders may be dropped anywhere on the screen."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """As if their folder had been opened."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.intake.read(*paths)

    # ------------------------------------------------ one report

    def open_report(self, stream: str, *, version: int | None = None, sha256: str = "") -> None:
        """Checks one report in a worker and shows it; the one before is out of sight at once."""
        if not stream:
            return
        self._stream, self._report = stream, None
        self.queue.list.choose(stream)
        self.view.say_opening()
        self.asking.say_opening(stream)
        self.noting.forget()
        self._show_what()
        self.page.fold(folded=True)
        self.page.turn(REPORT)
        self.view.pages.setFocus()
        self.opening.open(stream, version, sha256)

    def _show_report(self, report: "OpenReport") -> None:
        if report.stream != self._stream:
            return
        self._report = report
        self.view.show_report(report)
        self.asking.show_report(report)
        self.noting.show_report(report)
        self._show_strip()
        if self.view.pages.is_read():
            self.page.show_pages()

    def _show_strip(self) -> None:
        told = self.strip()
        if not self.isVisible():
            return
        if isinstance(told, StripFacts):
            self._window.strip.show_patient(told)
        else:
            self._window.strip.show_title(*told)

    def strip(self) -> StripFacts | tuple[str, str]:
        """The patient of the report that is read, in a line where there is little room."""
        if self._report is None:
            return (self.title, f"Signed reports   {self.desk.office.clinic.name}")
        facts = strip_facts(self._report.visit)
        return (facts.name, facts.identity) if self.page.narrow else facts

    # ------------------------------------------------ the verdict

    def _sign(self, verdict: str, words: str, passphrase: str) -> None:
        if self._report is not None:
            self.verdict.say_step("Opening your key")
            self.opening.judge(self._report, verdict, words, passphrase)

    def _judged(self, stream: str) -> None:
        """It is on the disk: to the next one, unless another was opened meanwhile."""
        self.verdict.say_signed()
        self._renew()
        if stream == self._stream:
            self.verdict.forget()
            self._next()

    def _save(self) -> None:
        save_countersigned(self.verdict.done, self.desk, self._stream)

    # ------------------------------------------------ acts

    def hideEvent(self, event: QHideEvent) -> None:
        """Another screen is shown: whoever comes back types the passphrase again."""
        super().hideEvent(event)
        self.verdict.forget_passphrase()

    def act(self, name: str) -> bool:
        """What the keys of this screen do."""
        if name.startswith("row-"):
            return self.view.go_to_part(int(name[-1]))
        acts: dict[str, Callable[[], object]] = {
            "open-folder": self._ask_folder,
            "trends": lambda: self._window.show_screen("trends"),
            "ask": self.asking.begin,
            "whole-visit": self.sheet.whole.click,
            "seen": self.page.note.seen.click,
            "acknowledge": self.noting.begin,
            "save-report": self._save,
            "verdict": self._to_verdict,
            "queue": self._to_queue,
            "next-report": lambda: self._step(1),
            "last-report": lambda: self._step(-1),
            "details": self.view.signature.turn_details,
            "log": lambda: self.view.go_to_part(6),
            "timeline": lambda: self.view.go_to_part(2),
            "read": self._to_report,
            "turn": self._turn_on,
            "primary": self._primary,
            "back": self._back,
            "day": lambda: self._window.show_screen("day"),
        }
        if name not in acts:
            return False
        acts[name]()
        return True

    def _to_report(self) -> None:
        if self._stream:
            self.page.fold(folded=True)
            self.page.turn(REPORT)
            self.page.show_pages()

    def _to_verdict(self) -> None:
        if self._stream:
            self.page.close_sheet()
            self.page.turn(VERDICT)
            self.verdict.begin()

    def _turn_on(self) -> None:
        ways = {QUEUE: self._to_queue, REPORT: self._to_report, VERDICT: self._to_verdict}
        ways[self.page.following()]()

    def _primary(self) -> None:
        if not self._stream:
            self.page.way().press()
        elif self.page.asks:
            self.sheet.primary.press()
        elif self.page.notes:
            self.page.orders.primary.press()
        elif self.page.narrow and self.page.place != VERDICT:
            self._to_verdict()  # nothing is pressed that is not seen
        else:
            self.verdict.primary.press()

    def _back(self) -> None:
        """Out of the sheet, out of the report to the queue, out of the queue to the day."""
        if self.page.asks:
            self.asking.leave()
        elif self.page.notes:
            self.noting.leave()
        elif self._stream and self.page.folded:
            self._to_queue()
        else:
            self._window.show_screen("day")
