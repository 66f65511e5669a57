"""Review: the queue at the left, the report in the middle, the verdict at the right."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from ketachart.errors import KetaChartError
from ui import theme, tokens
from ui.actions import key_of
from ui.desk import Desk
from ui.dialogs import Dialogs
from ui.screens.base import Screen, Window
from ui.screens.supervision.intake import Intake, IntakeNote
from ui.screens.supervision.opening import Opening
from ui.screens.supervision.question_rows import labelled
from ui.screens.supervision.question_sheet import QuestionSheet
from ui.screens.supervision.queue_card import QueueCard
from ui.screens.supervision.report_view import ReportView
from ui.screens.supervision.turns import PLACES, Turns
from ui.screens.supervision.verdict_card import VerdictCard
from ui.screens.told import strip_facts
from ui.theme import Dressed, Look
from ui.widgets.boxes import Column
from ui.widgets.card import Card
from ui.widgets.column_width import keep_width
from ui.widgets.empty_state import EmptyState
from ui.widgets.patient_strip import StripFacts
from ui.widgets.primary_button import PrimaryButton

if TYPE_CHECKING:
    from ketachart.charting.reviewing import OpenReport
    from ketachart.domain.post.threads import Thread
    from ketachart.domain.supervision.queue import QueueLine

_EMPTY: Final = (
    "Open the folder or the USB stick with the nurses' signed reports. Each is checked, and what "
    "comes in waits here for your review."
)


class ReviewScreen(Screen, Dressed):
    """While a report is read the queue is a rail; in a narrow window the three take turns."""

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
        self._place = PLACES[0]
        self._reading = self._narrow = False
        self.queue, self.view = QueueCard(), ReportView(desk)
        self.verdict, self.sheet = VerdictCard(), QuestionSheet()
        self.note, self.turns = IntakeNote(), Turns()
        self.intake = Intake(desk, self.note)
        self.opening = Opening(desk)
        self.setAcceptDrops(True)
        self._lay_out_parts()
        self._connect()
        self.dress(theme.look())

    def _lay_out_parts(self) -> None:
        self.first = PrimaryButton("Open a folder", sign="folder", key=key_of("primary"))
        self._empty = EmptyState("clipboard-check", "No report waits here", explained=_EMPTY)
        self._empty.add_way(self.first)
        nothing = Card("Review")
        nothing.add(self._empty, stretch=1)
        self._right = QStackedWidget()
        for card in (self.verdict, self.sheet):
            self._right.addWidget(card)
        self._middle = QStackedWidget()
        for page in (nothing, self.view):
            self._middle.addWidget(page)
        self._centre = Column(gap=tokens.S2)
        for part, stretch in ((self.turns, 0), (self.note, 0), (self._middle, 1)):
            self._centre.add(part, stretch=stretch)
        self._line = QHBoxLayout(self)
        self._line.addWidget(self.queue)
        self._line.addWidget(self._centre, 1)
        self._line.addWidget(self._right)

    def _connect(self) -> None:
        self.queue.opened.connect(self.open_report)
        self.queue.stepped.connect(self._step)
        self.queue.unfolded.connect(self._to_queue)
        self.queue.folder.clicked.connect(self._ask_folder)
        self.queue.trends.clicked.connect(lambda: self._window.show_screen("trends"))
        self.first.clicked.connect(self._ask_folder)
        self.view.stepped.connect(self._step)
        self.view.row_chosen.connect(self._row_chosen)
        self.view.asked.connect(lambda _entry: self._open_sheet())
        self.view.version_wanted.connect(lambda n: self.open_report(self._stream, version=n))
        self.verdict.ask_wanted.connect(self._open_sheet)
        self.verdict.next_wanted.connect(self._next)
        self.verdict.row_wanted.connect(self._show_row)
        self.verdict.taken_back.connect(self._take_back)
        self.verdict.signed.connect(self._sign)
        self.sheet.asked.connect(self._ask)
        self.sheet.left.connect(self._close_sheet)
        self.turns.turned.connect(self._turn)
        self.intake.taken.connect(self._renew)
        self.opening.awake.connect(self._renew)
        self.opening.opened.connect(self._show_report)
        self.opening.failed.connect(self._say_unread)
        self.opening.told.connect(self.verdict.say_step)
        self.opening.refused.connect(self.verdict.say_failed)
        self.opening.judged.connect(self._judged)

    # ------------------------------------------------ laying out

    def dress(self, look: Look) -> None:
        """Scale the gutters, and lay the columns out for the width there is."""
        gutter = look.px(tokens.GUTTER)
        self._line.setContentsMargins(gutter, gutter, gutter, gutter)
        self._line.setSpacing(gutter)
        self._lay_out(look)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the columns out anew."""
        super().resizeEvent(event)
        self._lay_out(theme.look())

    def _lay_out(self, look: Look) -> None:
        """Three columns; one at a time in a narrow window; the queue as a rail while reading."""
        self._narrow = self.width() < look.px(tokens.MIDDLE)
        here = self._place
        self.turns.setVisible(self._narrow and bool(self._stream))
        self.turns.show_place(here)
        alone = self._narrow and bool(self._stream)
        self.queue.fold(folded=self._reading and not self._narrow, fills=self._narrow)
        self.queue.setVisible(bool(self._lines) and (not self._narrow or here == PLACES[0]))
        self._middle.setVisible(not self._narrow or here == PLACES[1] or not self._lines)
        self._right.setVisible(bool(self._stream) and (not alone or here == PLACES[2]))
        self._place_queue(inside=self._narrow)
        keep_width(self._right, look.px(tokens.ACTION_WIDTH), fills=self._narrow)

    def _place_queue(self, *, inside: bool) -> None:
        """In a narrow window queue and verdict stand under the buttons that turn to them."""
        for card, place in ((self.queue, 0), (self._right, 2)):
            holder: QWidget = self._centre if inside else self
            if card.parentWidget() is holder:
                continue
            if inside:
                self._centre.add(card, stretch=1)
            else:
                self._line.insertWidget(place, card)

    def _turn(self, place: str) -> None:
        self._place = place
        self._lay_out(theme.look())

    # ------------------------------------------------ the queue

    def arrive(self) -> None:
        """The queue as it stands; reports that were not read since unlocking are read now."""
        self._renew()
        self.opening.wake()
        if self._stream:
            self.view.begin()
        elif self._lines:
            self.queue.begin()
        else:
            self.first.setFocus()

    def _renew(self) -> None:
        desk = self.desk.supervision
        try:
            self._lines = desk.queue()
        except KetaChartError as error:
            self.note.show_end("The queue could not be read", str(error), good=False)
            return
        self.queue.show_queue(self._lines, desk.counts(self._lines), self.desk.now())
        self._middle.setCurrentWidget(self.view if self._stream else self._middle.widget(0))
        self._lay_out(theme.look())

    def _to_queue(self) -> None:
        self._reading, self._place = False, PLACES[0]
        self._lay_out(theme.look())
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
        else:
            self._to_queue()

    def _ask_folder(self) -> None:
        start = Path(self.desk.preferences.export_folder or Path.home())
        folder = Dialogs.ask_folder(self, "Open a folder of signed reports", start)
        if folder is not None:
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

    def open_report(self, stream: str, *, version: int | None = None) -> None:
        """Checks one report in a worker and shows it; the one before is out of sight at once."""
        self._stream, self._report = stream, None
        self._reading, self._place = True, PLACES[1]
        self._close_sheet()
        self.queue.list.choose(stream)
        self.view.say_opening()
        self.verdict.show_report(None, ())
        self._middle.setCurrentWidget(self.view)
        self._lay_out(theme.look())
        self.view.pages.setFocus(Qt.FocusReason.OtherFocusReason)
        self.opening.open(stream, version)

    def _say_unread(self, sentence: str) -> None:
        self.view.signature.say_unread(sentence)

    def _show_report(self, report: "OpenReport") -> None:
        if report.stream != self._stream:
            return
        self._report = report
        self.view.show_report(report)
        self._show_threads()
        self._show_strip()

    def _threads(self) -> "tuple[Thread, ...]":
        return self.desk.supervision.threads(self._stream) if self._stream else ()

    def _show_threads(self) -> None:
        threads = self._threads()
        self.verdict.show_report(self._report, threads)
        open_ones = [(label, t) for label, t in labelled(threads) if t.state != "taken back"]
        self.view.show_marks({thread.entry: label for label, thread in open_ones if thread.entry})

    def _show_strip(self) -> None:
        told = self.strip()
        if isinstance(told, StripFacts):
            self._window.strip.show_patient(told)
        else:
            self._window.strip.show_title(*told)

    def strip(self) -> StripFacts | tuple[str, str]:
        """The patient of the report that is read; else the clinic."""
        if self._report is not None:
            return strip_facts(self._report.visit)
        return (self.title, f"Signed reports   {self.desk.office.clinic.name}")

    # ------------------------------------------------ questions

    def _row_chosen(self, entry: str) -> None:
        if self._right.currentWidget() is self.sheet:
            self.sheet.about(entry, self.view.chart.words_of(entry))

    def _open_sheet(self) -> None:
        if self._report is None or not self.verdict.may_ask:
            return
        self.sheet.about(*self.view.chosen_row())
        self._right.setCurrentWidget(self.sheet)
        self._turn(PLACES[2])
        self.sheet.begin()

    def _close_sheet(self) -> None:
        """Back to the verdict; what was typed stays on the sheet."""
        self._right.setCurrentWidget(self.verdict)

    def _ask(self, entry: str, row: str, words: str) -> None:
        try:
            self.desk.review(lambda desk: desk.ask(self._stream, words, entry=entry, row=row))
        except KetaChartError as error:
            self.sheet.refuse(error)
            return
        self.sheet.settle()
        self._close_sheet()
        self._show_threads()
        self._renew()
        self.verdict.begin()

    def _take_back(self, item: str) -> None:
        try:
            self.desk.review(lambda desk: desk.take_back(item))
        except KetaChartError as error:
            self.verdict.say_failed(str(error))
            return
        self._show_threads()
        self._renew()

    def _show_row(self, entry: str) -> None:
        if self._narrow:
            self._turn(PLACES[1])
        self.view.go_to_row(entry)

    # ------------------------------------------------ the verdict

    def _sign(self, verdict: str, words: str, passphrase: str) -> None:
        self.verdict.say_step("Opening your key")
        self.opening.judge(self._stream, verdict, words, passphrase)

    def _judged(self) -> None:
        self.verdict.say_signed()
        self._renew()
        self._next()

    # ------------------------------------------------ acts

    def act(self, name: str) -> bool:
        """What the keys of this screen do."""
        if name.startswith("row-"):
            return self.view.go_to_part(int(name[-1]))
        acts: dict[str, Callable[[], object]] = {
            "open-folder": self._ask_folder,
            "trends": lambda: self._window.show_screen("trends"),
            "ask": self._open_sheet,
            "verdict": self._to_verdict,
            "queue": self._to_queue,
            "next-report": lambda: self._step(1),
            "last-report": lambda: self._step(-1),
            "details": self.view.signature.turn_details,
            "log": lambda: self.view.go_to_part(6),
            "timeline": lambda: self.view.go_to_part(2),
            "read": self._to_pages,
            "turn": self._turn_on,
            "primary": self._primary,
            "back": self._back,
            "day": lambda: self._window.show_screen("day"),
        }
        if name not in acts:
            return False
        acts[name]()
        return True

    def _to_pages(self) -> None:
        self._turn(PLACES[1])
        self.view.begin()

    def _to_verdict(self) -> None:
        if self._stream:
            self._close_sheet()
            self._turn(PLACES[2])
            self.verdict.begin()

    def _turn_on(self) -> None:
        places = PLACES if self._stream else PLACES[:1]
        following = places[(places.index(self._place) + 1) % len(places)]
        (self._to_queue, self._to_pages, self._to_verdict)[PLACES.index(following)]()

    def _primary(self) -> None:
        if not self._lines:
            self.first.press()
        elif not self._stream:
            self.open_report(self.queue.list.current_key())
        elif self._right.currentWidget() is self.sheet:
            self.sheet.primary.press()
        elif self._narrow and self._place != PLACES[2]:
            self._to_verdict()  # nothing is pressed that is not seen
        else:
            self.verdict.primary.press()

    def _back(self) -> None:
        """Out of the sheet, out of the report to the queue, out of the queue to the day."""
        if self._right.currentWidget() is self.sheet:
            self._close_sheet()
            self.view.begin()
        elif self._reading and self._stream:
            self._to_queue()
        else:
            self._window.show_screen("day")
