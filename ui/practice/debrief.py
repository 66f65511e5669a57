"""The end of a drill: what was charted, how long it took, what was missed; said kindly."""

from typing import Final

from PySide6.QtWidgets import QVBoxLayout

from ketachart.domain.wording import clock, length
from ui import tokens
from ui.actions import key_of
from ui.desk import Desk
from ui.practice.drill import DrillCourse, Outcome
from ui.practice.panel import SIGNS
from ui.screens.base import Screen
from ui.widgets.booklet import Booklet
from ui.widgets.boxes import Column, Row
from ui.widgets.buttons import Button
from ui.widgets.mark import Mark
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.words import Words

_NAMES: Final = {
    "systolic": "systolic pressure",
    "diastolic": "diastolic pressure",
    **{name: word.partition(",")[0].lower() for name, (word, _unit) in SIGNS.items()},
}
NOT_CHARTED: Final = "not charted"


def came_of(outcome: Outcome) -> str:
    """What came of one step: “charted 10:03, after 1 min”."""
    if outcome.charted is None or outcome.took is None:
        return NOT_CHARTED
    told = f"charted {clock(outcome.charted)}, after {length(outcome.took)}"
    slips = [
        f"{_NAMES.get(name, name)} {charted}, the monitor showed {shown}"
        for name, charted, shown in outcome.differs
    ]
    return "; ".join([told, *slips])


def verdict(course: DrillCourse) -> str:
    """One kind sentence about the whole."""
    missed = sum(outcome.charted is None for outcome in course.outcomes)
    slipped = sum(bool(outcome.differs) for outcome in course.outcomes)
    if not missed and not slipped:
        return "Everything that happened stands in the chart, as it happened."
    if not missed:
        return "Everything was charted. One look more at the monitor, and the figures agree too."
    if missed == len(course.outcomes):
        return "Nothing was charted this time. That is what practice is for: take it once more."
    return "What is missing here costs nothing. Once more, and it comes by itself."


def _line(outcome: Outcome) -> Row:
    """What happened, and under it what came of it; a sign, a word and a colour say how it went."""
    good = outcome.charted is not None and not outcome.differs
    line, told = Row(gap=tokens.S3), Column(gap=0)
    sign, tone = ("circle-check", "ok") if good else ("triangle-alert", "warn")
    line.add_level(Mark(sign, colour=tone))
    told.add(Words(outcome.step.happens))
    told.add(Words(came_of(outcome), size="small", tone="ok" if good else "warn"))
    line.add(told, stretch=1)
    return line


class DebriefScreen(Screen):
    """Shown in place of the visit; the visit is still there, one key away."""

    title = "Practice"
    keys = (("Enter", "once more"), ("Ctrl+Alt+P", "leave practice"))

    def __init__(self, desk: Desk, course: DrillCourse) -> None:
        super().__init__(desk)
        self._course = course
        self._again = PrimaryButton("Once more", sign="rotate-ccw", key="Enter")
        self._leave = Button("Leave practice", sign="log-out", key=key_of("practice"))
        self._again.clicked.connect(lambda: self.asked.emit("practice-again"))
        self._leave.clicked.connect(lambda: self.asked.emit("practice"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(
            Booklet("How the drill went", self._left(), self._right(), sizes=tokens.GUIDE_CARD)
        )

    def _left(self) -> Column:
        page = Column(gap=tokens.S3, inset=tokens.S6)
        outcomes = self._course.outcomes
        charted = sum(outcome.charted is not None for outcome in outcomes)
        page.add(Words(self._course.drill.title, size="h2", weight=tokens.SEMIBOLD))
        page.add(Words(f"{charted} of {len(outcomes)} charted", tone="muted"))
        page.add_room()
        told = "Nothing of this is kept. The times are those of the practice clock."
        page.add(Words(told, size="small", tone="muted"))
        return page

    def _right(self) -> Column:
        page = Column(gap=tokens.S4, inset=tokens.S6)
        head = Column(gap=tokens.S1)
        head.add(Words("How it went", size="display", weight=tokens.SEMIBOLD))
        head.add(Words(verdict(self._course), tone="muted"))
        page.add(head)
        for outcome in self._course.outcomes:
            page.add(_line(outcome))
        page.add_room()
        foot = Row(gap=tokens.S4)
        foot.add(self._leave)
        foot.add_room()
        foot.add(self._again)
        page.add(foot)
        return page

    def strip(self) -> tuple[str, str]:
        """The drill."""
        return ("Practice", f"Drill: {self._course.drill.title}")

    def arrive(self) -> None:
        """To the main button."""
        self._again.setFocus()

    def act(self, name: str) -> bool:
        """Enter takes the drill once more; Esc goes back to its visit."""
        if name == "primary":
            self._again.press()
        elif name == "back":
            self.asked.emit("visit")
        else:
            return False
        return True
