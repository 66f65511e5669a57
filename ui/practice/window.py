"""The window of a practice clinic: the real one, with the bar, a clock that runs ahead, a drill."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent

from ketachart.domain.infusion import delivery, planned_end
from ketachart.domain.monitoring import next_due
from ketachart.domain.release import release
from ketachart.domain.visit import Entry
from ui.actions import key_of
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.practice.advice import advice
from ui.practice.bar import PracticeBar
from ui.practice.clock import PracticeClock
from ui.practice.debrief import DebriefScreen
from ui.practice.drill import DrillCourse
from ui.practice.next_step import next_step
from ui.practice.panel import DrillPanel
from ui.practice.script import Drill
from ui.screens.unlock import UnlockScreen

TITLE: Final = "PRACTICE, nothing here is real - KetaChart"
_MINUTE: Final = timedelta(minutes=1)
_LONGEST: Final = 15  # minutes that go by at once where nothing is waited for
_DEBRIEF: Final = "debrief"
_LOCKED: Final = "Locked, as you asked. The practice passphrase stands below."


class PracticeWindow(MainWindow):
    """Says PRACTICE wherever one looks; what it has beyond the real one, only it has."""

    left = Signal()
    again = Signal()
    more_places = ("practice",)
    says_practice = True

    def __init__(self, desk: Desk, clock: PracticeClock, drill: Drill | None = None) -> None:
        super().__init__(desk, unlock=UnlockScreen(desk))
        self.setWindowTitle(TITLE)
        self._ticking = clock
        self._drill = drill
        self._minutes = 0
        self._begun = False
        self.course: DrillCourse | None = None
        self.bar = PracticeBar()
        self.panel = DrillPanel() if drill is not None else None
        if self.panel is not None:
            self.bar.put_in(self.panel)
            self.panel.wanted.connect(self.act)
        self._column.insertWidget(0, self.bar)
        self.bar.wanted.connect(self.act)
        self._own: dict[str, Callable[[], object]] = {
            "practice": self.close,
            "practice-minute": lambda: self.let_go_by(1),
            "practice-later": lambda: self.let_go_by(self._minutes_to_next()),
            "practice-again": self.again.emit,
            "drill-on": self._go_on,
        }
        desk.recorded.connect(self._take)
        desk.visit_changed.connect(lambda _visit: self._tell())
        desk.beat.connect(lambda _now: self._tell())

    def begin(self) -> None:
        """The visit is open: the drill begins, and the next step is said."""
        self._begun = True
        if self._drill is not None:
            self.course = DrillCourse(self._drill, self.desk.now(), holds=self._holds)
        self._tell()

    def _enter(self) -> None:
        """To its visit, which is opened next; after a lock as in the real window."""
        if self._begun:
            super()._enter()

    # ------------------------------------------------ keys

    def act(self, name: str) -> bool:
        """What only practice has comes first; everything else is as in the real window."""
        if name in self._own:
            self._own[name]()
            return True
        return super().act(name)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Whichever way it is closed, practice is left."""
        super().closeEvent(event)
        if event.isAccepted():
            self.left.emit()

    # ------------------------------------------------ time

    def let_go_by(self, minutes: int) -> None:
        """Lets minutes go by, one at a turn of the window, so that it stays at hand."""
        idle = self._minutes == 0
        self._minutes += minutes
        if idle and minutes:
            QTimer.singleShot(0, self._minute)

    def _minute(self) -> None:
        if self._minutes == 0 or not self.desk.is_unlocked:
            self._minutes = 0
            return
        self._minutes -= 1
        self._ticking.pass_time(_MINUTE)
        self.desk.heartbeat.poll()
        if self._minutes:
            QTimer.singleShot(0, self._minute)

    @property
    def time_runs(self) -> bool:
        """Whether minutes are going by just now."""
        return self._minutes > 0

    def _minutes_to_next(self) -> int:
        """To the next set that is due, the end of the bag, or when the patient may go."""
        if not self.desk.has_visit:
            return 1
        visit, now = self.desk.visit, self.desk.now()
        due = next_due(visit, now)
        moments = [due.at if due is not None else None, planned_end(visit, delivery(visit, now))]
        moments.append(release(visit, now).earliest)
        ahead = [moment - now for moment in moments if moment is not None and moment > now]
        soonest = min(ahead, default=timedelta(minutes=_LONGEST))
        return min(-(-soonest // _MINUTE), _LONGEST)

    # ------------------------------------------------ the next step, or the drill

    def _tell(self) -> None:
        if not self.desk.has_visit:
            self.bar.say(_LOCKED if not self.desk.is_unlocked else _open_it())
            return
        visit, now = self.desk.visit, self.desk.now()
        if self.course is None or self.panel is None:
            self.bar.say(f"Next: {next_step(visit, now).said}")
            return
        self.bar.say("A made-up patient, a made-up monitor. Nothing here is real.")
        self.panel.setVisible(not self.course.over)
        if not self.course.over:
            self.panel.show_course(self.course, advice(visit, self.course.here.step), now)
        self.bar.fit()

    def _take(self, entry: Entry) -> None:  # type: ignore[type-arg]
        if self.course is not None:
            self.course.take(entry.kind, entry.fact, self.desk.now())
            self._tell()

    def _holds(self, state: str) -> bool:
        """Whether the pump is in that state now."""
        return delivery(self.desk.visit, self.desk.now()).state == state

    def _go_on(self) -> None:
        course = self.course
        if course is None or course.over or not self.desk.has_visit or self.time_runs:
            return
        self._ticking.pass_time(_MINUTE * course.minutes_ahead())
        self.desk.heartbeat.poll()
        over = course.go_on(self.desk.now())
        self._tell()
        if over:
            self._show_debrief(course)

    def _show_debrief(self, course: DrillCourse) -> None:
        self.forget(_DEBRIEF)
        screen = DebriefScreen(self.desk, course)
        screen.asked.connect(self.act)
        self._screens[_DEBRIEF] = screen
        self._stack.addWidget(screen)
        self.show_screen(_DEBRIEF)


def _open_it() -> str:
    return f"Open the practice visit: choose it in the list, Enter. Leave: {key_of('practice')}."
