"""Sign: what is still to be settled, the balance, the report as it will print, the signature."""

from collections.abc import Callable
from datetime import datetime
from typing import cast

from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from ketachart.domain.counts import balance
from ketachart.domain.facts import VisitSigned
from ketachart.domain.found.findings import findings
from ketachart.domain.visit import Entry, Visit
from ui import theme, tokens
from ui.desk import Desk
from ui.forms.action_column import ActionColumn
from ui.forms.correct import CorrectSheet
from ui.forms.explain import ExplainSheet
from ui.screens.balance_card import BalanceCard
from ui.screens.finding_ways import FindingWay
from ui.screens.findings_card import FindingsCard
from ui.screens.phase import PhaseScreen
from ui.screens.preview_card import PreviewCard
from ui.screens.reading_card import ReadingCard
from ui.screens.report_pages import ReportPages
from ui.screens.sign_card import SignCard
from ui.screens.sign_panel import SignPanel
from ui.screens.signed_card import SignedCard
from ui.theme import Dressed, Look
from ui.widgets.boxes import Column, Row
from ui.widgets.in_turn import InTurn

_WIDE = 1100  # from here on the report stands beside the points, and not in the column
_LOW = 420  # below this height points and balance scroll as one


class SignScreen(PhaseScreen, Dressed):
    """Points and balance, or the pages in full; the signature at the right."""

    def __init__(self, desk: Desk, column: ActionColumn) -> None:
        super().__init__(desk, column)
        self.findings, self.balance = FindingsCard(), BalanceCard()
        self.preview, self.reading = PreviewCard(), ReadingCard()
        self.sign, self.signed = SignCard(desk), SignedCard(desk)
        self.report = ReportPages(desk)
        self._minute: datetime | None = None
        self._settling = False
        self._placed: tuple[bool, bool] | None = None
        self._left = Column(gap=tokens.GUTTER)
        self._left.add(self.findings, stretch=1)
        self._left.add(self.balance)
        self._both = Row(gap=tokens.GUTTER)
        self._both.add(self._left, stretch=5)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._both)
        self._pages.addWidget(self.reading)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.addWidget(self._pages)
        self._cards = InTurn(self.sign, self.signed)
        self._panel = SignPanel(self._cards)
        self._connect()
        self.dress(theme.look())

    def _connect(self) -> None:
        self.findings.way_wanted.connect(self._go)
        self.findings.reason_wanted.connect(self._explain)
        self.preview.read_wanted.connect(self.read)
        self.reading.left.connect(self._leave_reading)
        self.reading.read_through.connect(self._show_pages)
        self.sign.turned.connect(self._fold_preview)
        self.signed.sheet_wanted.connect(self.sheet_wanted)
        self.signed.act_wanted.connect(self.act_wanted)
        self.report.fronted.connect(self._show_front)
        self.report.drawn.connect(self._take_pages)
        self.report.failed.connect(self.preview.say_why_not)
        self.column.sheet_changed.connect(self._sheet_changed)

    def panel(self) -> QWidget:
        """The signature; the first page above it where the middle is narrow."""
        return self._panel

    # ------------------------------------------------ laying out

    def dress(self, look: Look) -> None:
        """Lay out for the room there is."""
        self._lay_out(look)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out for the new size."""
        super().resizeEvent(event)
        self._lay_out(theme.look())

    def _lay_out(self, look: Look) -> None:
        wide, low = self.width() >= look.px(_WIDE), self.height() < look.px(_LOW)
        if (wide, low) == self._placed:
            return
        self._placed = (wide, low)
        if wide:
            self._both.add(self.preview, stretch=4)
            self.preview.page.show()
        else:
            self._panel.take(self.preview)
        if low:
            self.findings.scroll_all(self.balance)
        else:
            self.findings.scroll_points()
            self._left.add(self.balance)
        self._fold_preview()

    def _fold_preview(self) -> None:
        """In the column the picture gives way: to a reason, to low windows, to the signature."""
        signed = self.desk.has_visit and self.desk.visit.signed is not None
        if self._placed is not None and not self._placed[0]:
            (self._panel.fold if self.sign.is_incomplete() else self._panel.unfold)()
            self.preview.setVisible(not signed)

    # ------------------------------------------------ the visit

    def show_visit(self, visit: Visit, now: datetime) -> None:
        """Everything as it stands now."""
        self._minute = now.replace(second=0, microsecond=0)
        points = findings(visit, now)
        self.findings.show_findings(points)
        self.balance.show_balance(balance(visit, now))
        self.sign.show_open(sum(not point.settled for point in points), visit.nurse)
        if visit.signed is not None:
            self._show_signed(visit, visit.signed)
        self._draw()

    def _show_signed(self, visit: Visit, signed: Entry[VisitSigned]) -> None:
        just_now = self._cards.currentWidget() is not self.signed
        self.signed.show_signed(visit, signed)
        self._cards.setCurrentWidget(self.signed)
        self._pages.setCurrentWidget(self.reading)
        self.reading.cannot_be_left()
        self._fold_preview()
        if just_now and self.isVisible() and not self.column.open_name:
            self.arrive()

    def tick(self, now: datetime) -> None:
        """What is overdue changes with the minute."""
        if self._minute != now.replace(second=0, microsecond=0):
            self.show_visit(self.desk.visit, now)

    def showEvent(self, event: QShowEvent) -> None:
        """The report is drawn once somebody looks."""
        super().showEvent(event)
        self._draw()

    # ------------------------------------------------ the report

    def _draw(self) -> None:
        if self.isVisible() and self.desk.has_visit:
            self.report.draw(self.devicePixelRatioF())
            if not self.report.is_current():
                self._show_front()

    def _show_front(self) -> None:
        """The first page while the others are drawn; nothing while it is an older record's."""
        front = self.report.front()
        if front is None:
            self.preview.show_pages((), read=False)
        else:
            self.preview.show_front(front.page, front.pages)

    def _take_pages(self) -> None:
        self.reading.show_pages(self.report.pages)
        self._show_pages()
        self._draw()  # once more, if something was charted meanwhile

    def _show_pages(self) -> None:
        if self.report.is_current():
            self.preview.show_pages(self.report.pages, read=self.reading.has_been_read())

    def read(self) -> None:
        """The pages in full, in the middle."""
        if self.report.pages:
            self._pages.setCurrentWidget(self.reading)
            self.reading.begin()

    def _leave_reading(self) -> None:
        self._pages.setCurrentWidget(self._both)
        self.arrive()

    # ------------------------------------------------ settling

    def _explain(self, code: str) -> None:
        sheet = self.column.sheet("explain")
        if isinstance(sheet, ExplainSheet):
            sheet.about(code)
        self._settling = True
        self.sheet_wanted.emit("explain")

    def _go(self, finding: object, way: object) -> None:
        """To the sheet, the phase, the entry or the log where a point is settled."""
        del finding
        there = cast(FindingWay, way)
        match there.kind:
            case "sheet":
                self._settling = True
                self.sheet_wanted.emit(there.target)
            case "phase":
                self.phase_wanted.emit(there.target)
            case "act":
                self.act_wanted.emit(there.target)
            case "entry":
                self._settling = True
                self._correct(there.target)
            case "log":
                self.phase_wanted.emit("infusion")
                self.act_wanted.emit("log")

    def _correct(self, entry_id: str) -> None:
        sheet = self.column.sheet("correct")
        if isinstance(sheet, CorrectSheet):
            sheet.take(entry_id)
        self.sheet_wanted.emit("correct")

    def _sheet_changed(self, name: str) -> None:
        """A sheet that was opened from here is closed: to the next point."""
        if not name and self._settling and self.isVisible():
            self._settling = False
            self.arrive()

    # ------------------------------------------------ acts

    def arrive(self) -> None:
        """To the first point that stands in the way; else to the passphrase, or to saving."""
        if self.desk.visit.signed is not None:
            self.signed.save.setFocus()
        elif not self.sign.resume() and not self.findings.begin():
            self.sign.begin()

    def act(self, name: str) -> bool:
        """Alt and a digit goes to that point; reading, signing, saving have their keys."""
        if name.startswith("row-"):
            return self.findings.press(int(name[-1]))
        signed = self.desk.visit.signed is not None
        acts: dict[str, Callable[[], object]] = {"read": self.read}
        if signed:
            acts |= {
                "primary": self.signed.save.press,
                "save-report": self.signed.save.press,
                "trust-file": self.signed.trust.click,
                "explain": self.arrive,  # nothing asks for a reason any more
            }
        else:
            acts |= {
                "primary": self._press_primary,
                "explain": self.findings.explain_first,
                "incomplete": self._turn_incomplete,
            }
        if name == "back":
            return self.reading.leave()
        if name not in acts:
            return False
        acts[name]()
        return True

    def _press_primary(self) -> None:
        self.column.come_forward()
        self.sign.primary.press()

    def _turn_incomplete(self) -> None:
        self.column.close_sheet()
        self.column.come_forward()
        self.sign.turn_incomplete()
