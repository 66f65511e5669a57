"""A drill as it is seen: the made-up monitor, what happens, what is charted, and how it goes on."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ketachart.domain.wording import length
from ui import theme, tokens
from ui.actions import key_of
from ui.language.saying import describe, say_name
from ui.practice.drill import DrillCourse
from ui.practice.script import Step
from ui.theme import Dressed, Look
from ui.widgets.boxes import Column
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.flow import Ends, Flow
from ui.widgets.words import Words

# Short words and units of what a monitor shows; the pressure's two are one figure.
SIGNS: Final = {
    "heart_rate": ("Pulse", ""),
    "spo2": ("SpO₂", " %"),
    "respiratory_rate": ("Breaths", ""),
    "nausea": ("Nausea", " of 10, she says"),
}
_LEFT: Final = 520
PRESSURE: Final = "Pressure"


def figures(step: Step) -> tuple[str, ...]:
    """What the monitor or the pump shows, as on its front."""
    told = []
    monitor = step.monitor
    if "systolic" in monitor and "diastolic" in monitor:
        told.append(f"{PRESSURE} {monitor['systolic']}/{monitor['diastolic']}")
    for name, (word, unit) in SIGNS.items():
        if name in monitor:
            told.append(f"{word} {monitor[name]}{unit}")
    return (*told, *step.shows)


class DrillPanel(QWidget, Dressed):
    """Shows one step; ``wanted`` names the act that was pressed."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        say_name(self, "Drill")
        self._title = Words(size="small", tone="muted", weight=tokens.SEMIBOLD)
        self._device = Card("Practice monitor", inset=tokens.S2, gap=tokens.S1)
        self._device.as_inset()
        self._what = Words("PRACTICE monitor", size="small", tone="muted")
        self._figures = QWidget()
        self._flow = Flow(baseline=True)
        self._figures.setLayout(self._flow)
        self._device.add(self._what)
        self._device.add(self._figures)
        self._happens = Words(weight=tokens.SEMIBOLD)
        self._ask = Words()
        self._advice = Words(size="small", tone="muted")
        self.go_on = Button(
            "Go on in the drill", words="Go on", sign="arrow-right", key=key_of("drill-on")
        )
        self.go_on.clicked.connect(lambda: self.wanted.emit("drill-on"))
        told = Column(gap=tokens.S1)
        for part in (self._title, self._happens, self._ask, self._advice):
            told.add(part)
        right = Column(gap=tokens.S2)
        right.add(self._device)
        right.add(self.go_on)
        self._ends = Ends()
        self.setLayout(self._ends)
        self._ends.add(told)
        self._ends.add(right)
        self.dress(theme.look())

    def show_course(self, course: DrillCourse, advice: str, now: datetime) -> None:
        """Where the drill stands."""
        here = course.here
        step, place = here.step, f"{course.number} of {len(course.drill.steps)}"
        since = length(max(now - here.began, now - now))
        self._title.setText(f"Drill: {course.drill.title}, {place}, for {since}")
        self._happens.setText(f"{step.happens} {step.says}".strip())
        shown = figures(step)
        self._device.setVisible(bool(shown))
        self._what.setText("PRACTICE pump and label" if step.shows else "PRACTICE monitor")
        self._show_figures(shown)
        if here.charted is not None:
            ahead = course.minutes_ahead()
            later = f" {ahead} min go by then." if ahead else ""
            self._ask.setText(f"✓ Charted. Go on when you are ready.{later}")
        else:
            key = f" {key_of(step.act)}." if step.act else ""
            self._ask.setText(f"{step.ask}{key}")
        self._ask.set_tone("ok" if here.charted is not None else "text")
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice) and here.charted is None)
        self.go_on.set_words("Go on" if here.charted is not None else "Go on without")
        describe(self, f"{self._happens.text()} {self._ask.text()}")

    def _show_figures(self, shown: tuple[str, ...]) -> None:
        if shown == getattr(self, "_shown", None):
            return
        self._shown = shown
        while self._flow.count():
            item = self._flow.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for figure in shown:
            self._flow.add(Words(figure, size="h2", weight=tokens.SEMIBOLD, wraps=False))
        describe(self._device, ", ".join(shown))

    def dress(self, look: Look) -> None:
        """Scale the gaps."""
        self._flow.set_gaps(look.px(tokens.S4), look.px(tokens.S1))
        self._ends.set_gaps(look.px(tokens.S4), look.px(tokens.S2))
        self._ends.set_left_room(look.px(_LEFT))
