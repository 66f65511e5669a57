"""The column at the right: the countdown to the next vitals, and one sheet or panel at a time."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from ketachart.domain.course import ended_at, started_at
from ketachart.domain.monitoring import Due, due, next_due
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock
from ui import theme, tokens
from ui.desk import Desk
from ui.forms.last_done import last_done
from ui.forms.paper_strip import PaperStrip
from ui.forms.sheet import Sheet
from ui.forms.type_again import fill_again
from ui.theme import Look
from ui.widgets.boxes import Column, Scroller
from ui.widgets.column_width import keep_width
from ui.widgets.due_badge import DueBadge

MakeSheet = Callable[[Desk], Sheet]
ADD = "add"  # the sheet that offers all the others


@runtime_checkable
class OffersTime(Protocol):
    """The sheet that offers the others also does so for a time that is not now."""

    def offer_at(self, moment: datetime, timed: frozenset[str]) -> None:
        """Offer the sheets of these names, for that time."""


class _Shrinking(QWidget):
    """Lets what it holds be as low as it can be, not as high as it would like.

    A layout would tell the scroll area the height that everything wants in this width, and the
    panels' own scrolling parts would never have to scroll.
    """

    def __init__(self, stack: QStackedWidget) -> None:
        super().__init__()
        self._stack = stack
        stack.setParent(self)
        stack.currentChanged.connect(lambda _place: self.updateGeometry())

    def minimumSizeHint(self) -> QSize:
        """The least size of the page that shows, in the width there is."""
        page = self._stack.currentWidget()
        layout = page.layout() if page is not None else None
        if layout is None:
            return self._stack.minimumSizeHint()
        least = layout.totalMinimumSize()
        if layout.hasHeightForWidth():
            least.setHeight(layout.totalMinimumHeightForWidth(max(self.width(), least.width())))
        return least

    def event(self, event: QEvent) -> bool:
        """The page needs more room, or less, than it did."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The stack fills it."""
        super().resizeEvent(event)
        self._stack.setGeometry(self.rect())


class ActionColumn(Column):
    """Every phase has a panel here; a sheet takes its place until it is recorded or left."""

    sheet_changed = Signal(str)  # the name of the sheet that is open, or empty
    act_wanted = Signal(str)  # an act that is no sheet
    _fills = False
    wanted = Signal()  # something here has to be seen, where chart and actions take turns

    def __init__(self, desk: Desk, sheets: dict[str, MakeSheet]) -> None:
        super().__init__()
        self._desk = desk
        self._makers = sheets
        self._sheets: dict[str, Sheet] = {}
        self._panels: dict[str, QWidget] = {}
        self._open = ""
        self._panel = ""
        self._crowded = self._tight = self._unfolded = False
        self._moment: datetime | None = None  # of the timeline, for the sheet that is chosen
        self._next: Due | None = None
        self._stack = QStackedWidget()
        self.badge = DueBadge("Next vitals", what="vitals")
        both = Column(gap=tokens.S3)
        both.add(PaperStrip(desk.transcribing))
        both.add(self.badge)
        both.add(_Shrinking(self._stack), stretch=1)
        # where the window is too low for a panel or a sheet, the column scrolls as a whole
        desk.transcribing.changed.connect(self._turn_to_paper)
        scroller = Scroller("Actions", both)
        scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroller.setProperty("bare", "true")
        self.add(scroller, stretch=1)

    def dress(self, look: Look) -> None:
        """The column's width is a token; the text inside scales with it."""
        super().dress(look)
        keep_width(self, look.px(tokens.ACTION_WIDTH), fills=self._fills)

    def fill(self) -> None:
        """Take all the width there is: chart and actions take turns."""
        self._fills = True
        self.dress(theme.look())

    def keep_width(self) -> None:
        """Take the width of a column."""
        self._fills = False
        self.dress(theme.look())

    def crowd(self, *, crowded: bool, tight: bool) -> None:
        """Where the window is low: no countdown above an open sheet, and one thing that scrolls.

        Where it is ``tight`` that is all of the sheet, with its button; else only its fields.
        """
        if (crowded, tight) == (self._crowded, self._tight):
            return
        self._crowded, self._tight = crowded, tight
        for made in self._sheets.values():
            made.crowd(crowded=crowded, tight=tight)
        self._fit_in()

    def _fit_in(self) -> None:
        self.badge.setVisible(not (self._crowded and self._open))
        if not (self._crowded or self._unfolded):
            return  # nothing was unfolded, and nothing is to be
        self._unfolded = self._crowded
        for panel in self._panels.values():
            for scroller in panel.findChildren(Scroller):
                scroller.unfold(unfolds=self._crowded)

    def come_forward(self) -> None:
        """Ask to be seen, where chart and actions take turns."""
        self.wanted.emit()

    # ------------------------------------------------ panels and sheets

    def add_panel(self, phase: str, panel: QWidget) -> None:
        """The panel that a phase shows while no sheet is open."""
        self._panels[phase] = panel
        self._stack.addWidget(panel)

    def show_panel(self, phase: str) -> None:
        """Shows the panel of a phase; an open sheet stays open."""
        self._panel = phase
        if not self._open:
            self._stack.setCurrentWidget(self._panels[phase])
        self._fit_in()

    def sheet(self, name: str) -> Sheet:
        """The sheet of that name, made on first use."""
        if name not in self._sheets:
            made = self._makers[name](self._desk)
            made.draft_name = name
            made.as_sheet()
            made.written.connect(self._put_away)
            made.recorded.connect(self._recorded)
            made.left.connect(self.close_sheet)
            made.opens.connect(self.open_sheet)
            made.opens_about.connect(self.open_about)
            made.show_visit(self._desk.visit)
            made.crowd(crowded=self._crowded, tight=self._tight)
            self._sheets[name] = made
            self._stack.addWidget(made)
        return self._sheets[name]

    def open_sheet(self, name: str) -> Sheet:
        """Opens a sheet with what was typed in it last, if that was not recorded."""
        made = self.sheet(name)
        self._open = name
        at, self._moment = self._moment, None
        with self._desk.drafts.opening(made) as resumes:
            made.show_visit(self._desk.visit)
            made.tick(self._desk.now())
            self._stack.setCurrentWidget(made)
            if resumes:
                made.resume()
            else:
                made.begin()
            made.take_time(at)
        made.heading.set_aside(last_done(self._desk.visit, name))
        fill_again(self._desk, made)
        self._fit_in()
        self.sheet_changed.emit(name)
        return made

    def open_at(self, moment: datetime) -> None:
        """All that can be charted at another time; the sheet chosen opens with that time in it."""
        made = self.open_sheet(ADD)
        timed = {n for n, maker in self._makers.items() if getattr(maker, "takes_time", False)}
        if isinstance(made, OffersTime):
            made.offer_at(moment, frozenset(timed))
        self._moment = moment
        self.come_forward()

    def open_about(self, name: str, effect: str) -> None:
        """Opens a sheet for a side effect; what is no sheet is an act of the window."""
        if name in self._makers:
            made = self.open_sheet(name)
            with self._desk.drafts.renewing(made):
                made.take_up(effect)
        else:
            self.act_wanted.emit(name)

    def close_sheet(self) -> None:
        """Back to the panel of the phase; what was typed stays on the sheet."""
        self._open, self._moment = "", None
        if self._panel in self._panels:
            self._stack.setCurrentWidget(self._panels[self._panel])
        self._fit_in()
        self.sheet_changed.emit("")

    def _turn_to_paper(self) -> None:
        """An open sheet says anew which times it takes."""
        if self._open and self._desk.has_visit:
            self._sheets[self._open].show_visit(self._desk.visit)
            self._sheets[self._open].tick(self._desk.now())

    def _put_away(self) -> None:
        """Out of sight it is emptied at once; in sight it is laid out with every field."""
        if self._panel in self._panels:
            self._stack.setCurrentWidget(self._panels[self._panel])

    def _recorded(self) -> None:
        self.close_sheet()

    @property
    def open_name(self) -> str:
        """The sheet that is open; empty while the panel shows."""
        return self._open

    def press_primary(self) -> bool:
        """Presses the open sheet's button; False while no sheet is open."""
        if not self._open:
            return False
        self._sheets[self._open].primary.press()
        return True

    def act(self, name: str) -> bool:
        """Does what a key means on the open sheet; False where it means nothing there."""
        if name == "copied":
            self._desk.transcribing.end()
            return True
        return bool(self._open) and self._sheets[self._open].act(name)

    # ------------------------------------------------ the visit and the time

    def show_visit(self, visit: Visit) -> None:
        """Renews the countdown, and the hints of the open sheet."""
        self._next = next_due(visit, self._desk.now())
        if self._open:
            made = self._sheets[self._open]
            with self._desk.drafts.renewing(made):
                made.show_visit(visit)
        self.tick(self._desk.now())

    def tick(self, now: datetime) -> None:
        """The countdown by the chart's time."""
        self._show_due(now)
        if self._open:
            self._sheets[self._open].tick(now)

    def _show_due(self, now: datetime) -> None:
        visit = self._desk.visit
        item = self._next
        if item is None or (item.settled or now > item.at + timedelta(hours=1)):
            self._next = item = next_due(visit, now)
        if item is None:
            self.badge.show_nothing(_nothing_due(visit))
            return
        before = [other.at for other in due(visit, now) if other.at < item.at]
        begin = before[-1] if before else started_at(visit)
        length = item.at - begin if begin is not None else timedelta(minutes=5)
        self.badge.show_left(item.at - now, of=max(length, timedelta(minutes=1)))


def _nothing_due(visit: Visit) -> str:
    end = ended_at(visit)
    if end is not None:
        return f"No vitals due since {clock(end)}"
    if started_at(visit) is not None:
        return "No vitals due before the stop"  # the planned end is over, the pump still runs
    return "No vitals due before the start"
