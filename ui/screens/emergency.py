"""Emergency: a script to read to 911, steps that one press stamps, and what happened. F8."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QVBoxLayout, QWidget

from ketachart.domain.emergency import (
    happened,
    open_emergency,
    pump_may_run,
    steps,
)
from ketachart.domain.emergency_script import script
from ketachart.domain.facts import EmergencyDeclared, EmergencyStep, Fact, InfusionStopped
from ketachart.domain.visit import Visit
from ketachart.errors import KetaChartError, Refused
from ui import theme, tokens
from ui.desk import Desk
from ui.forms.action_column import ActionColumn
from ui.forms.registry import SHEETS
from ui.screens.banners import settle_both
from ui.screens.base import Screen, Window
from ui.screens.emergency_log import HappenedCard
from ui.screens.emergency_script import ScriptCard
from ui.screens.emergency_steps import StepsCard
from ui.screens.emergency_strip import EmergencyStrip
from ui.screens.ems_sheet import EmsMaker
from ui.screens.told import strip_facts
from ui.theme import Dressed, Look
from ui.tokens import Tone
from ui.widgets.boxes import Scroller
from ui.widgets.patient_strip import StripFacts

_STOPPED = "pump-stopped"
_LEAVES = "Press Esc again to leave. The emergency goes on until its end is charted."
_STAYS = "The list of visits is not shown during an emergency. Esc twice goes back to the chart."
_PANEL = "happened"
_LOW = 420  # below this height the strip scrolls with the rest
_SHORT = 520  # below this one, where all scrolls, it has one way to stop the pump less
_ACROSS, _DOWN = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom


class EmergencyScreen(Screen, Dressed):
    """Works on an empty chart; leaving it does not end the emergency."""

    keys = (
        ("1…0", "step"),
        ("F2", "vitals"),
        ("F4", "medicine"),
        ("Ctrl+Z", "undo"),
        ("Esc Esc", "leave"),
    )

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(desk)
        self._window = window
        self._leaving = False
        self.top = EmergencyStrip()
        self.script, self.steps, self.log = ScriptCard(), StepsCard(), HappenedCard()
        self.column = ActionColumn(desk, SHEETS)
        self.crew = EmsMaker(desk, self, self._say)
        self.column.add_panel(_PANEL, self.log)
        self.column.show_panel(_PANEL)
        self._inside = QWidget()
        self._all = QBoxLayout(QBoxLayout.Direction.TopToBottom, self._inside)
        self._rest, self._pair = QBoxLayout(_ACROSS), QBoxLayout(_ACROSS)
        self._all.addLayout(self._rest, 1)
        self._rest.addLayout(self._pair, 1)
        self._rest.addWidget(self.column)
        self._pair.addWidget(self.script, 4)
        self._pair.addWidget(self.steps, 3)
        self._line = QVBoxLayout(self)
        self._line.addWidget(self.top)
        self._line.addWidget(Scroller("Emergency", self._inside), 1)
        self._connect()
        self.dress(theme.look())

    def _connect(self) -> None:
        self.top.cause_wanted.connect(lambda: self._open("emergency_cause"))
        self.top.over_wanted.connect(lambda: self._open("emergency_over"))
        self.top.pump_stopped.connect(lambda: self._done(_STOPPED))
        self.steps.done.connect(self._done)
        self.steps.sheet_wanted.connect(self._open)
        self.log.crew_wanted.connect(self.crew.make)
        self.log.undo_wanted.connect(self._undo)
        self.column.sheet_changed.connect(self._sheet_changed)
        self.desk.visit_changed.connect(self._show)
        self.desk.beat.connect(self._tick)

    # ------------------------------------------------ laying out

    def dress(self, look: Look) -> None:
        """Scale the gutters, and lay the columns out for the width there is."""
        for line in (self._line, self._all, self._rest, self._pair):
            line.setSpacing(look.px(tokens.GUTTER))
        self._lay_out(look)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the columns out anew."""
        super().resizeEvent(event)
        self._lay_out(theme.look())

    def _lay_out(self, look: Look) -> None:
        """Side by side; what happened beneath where it is narrower; one column below that."""
        stacked = self.width() < look.px(tokens.WIDE)
        narrow = self.width() < look.px(tokens.MIDDLE)
        far = self.width() >= look.px(tokens.FAR)
        across = look.px(tokens.GUTTER)
        down = look.px(tokens.S1) if self.height() < look.px(_LOW) else across
        self._line.setContentsMargins(across, down, across, down)
        # stacked, everything scrolls, and nothing stands against the scroll bar
        self._all.setContentsMargins(0, 0, look.px(tokens.S1) if stacked else 0, 0)
        self._rest.setDirection(_DOWN if stacked else _ACROSS)
        self._pair.setDirection(_DOWN if narrow else _ACROSS)
        if stacked:
            self.column.fill()
        else:
            self.column.keep_width()
        for part in (self.script, self.steps, self.column):
            for scroller in part.findChildren(Scroller):
                scroller.unfold(unfolds=stacked)
        # below each other what is pressed comes first: the script is for the one who telephones
        self._pair.insertWidget(0 if narrow else 1, self.steps, 3)
        self.script.set_size("display" if far else "h1")
        self.steps.set_height(tokens.EMERGENCY_STEP_FAR if far else tokens.EMERGENCY_STEP)
        self.top.set_low(low=stacked and self.height() < look.px(_SHORT))
        if self.height() < look.px(_LOW):
            self._all.insertWidget(0, self.top)
        else:
            self._line.insertWidget(0, self.top)

    # ------------------------------------------------ coming and going

    def arrive(self) -> None:
        """An emergency that is not open yet is declared, and asks nothing."""
        self._leaving = False
        self.top.say("")
        if open_emergency(self.desk.visit) is None:
            self._record(EmergencyDeclared(at=self.desk.now()))
        self._show(self.desk.visit)
        self.steps.begin()

    def strip(self) -> StripFacts | tuple[str, str]:
        """The patient."""
        return strip_facts(self.desk.visit)

    # ------------------------------------------------ the visit

    def _show(self, visit: Visit) -> None:
        if not self.isVisible() or not self.desk.has_visit:
            return
        settle_both(self.desk.notices)  # the chart's own screen tells them again
        now = self.desk.now()
        self.top.show_visit(visit, now)
        self.script.show_script(script(visit, now))
        self.steps.show_steps(steps(visit))
        self.log.show_happened(happened(visit))
        self.column.show_visit(visit)

    def _tick(self, now: datetime) -> None:
        if not self.isVisible() or not self.desk.has_visit:
            return
        visit = self.desk.visit
        self.top.show_visit(visit, now)
        self.script.show_script(script(visit, now))
        self.steps.tick(now)
        self.column.tick(now)

    # ------------------------------------------------ recording

    def _done(self, code: str) -> None:
        """Stamps a step; the one that stops the pump stops it in the record as well."""
        self._stay()
        now = self.desk.now()
        step = EmergencyStep(at=now, step=code)
        if code == _STOPPED and pump_may_run(self.desk.visit, now):
            try:
                self.desk.record_all(InfusionStopped(at=now, reason="emergency"), step)
            except Refused as refusal:
                self._record(step)
                self.top.say(f"The step is charted, the stop of the pump is not. {refusal}")
            except KetaChartError as error:
                self.top.say(str(error))
            return
        self._record(step)

    def _record(self, fact: Fact) -> None:
        try:
            self.desk.record(fact)
        except KetaChartError as error:
            self.top.say(str(error))

    def _undo(self) -> None:
        """Strikes the last step of this emergency; it stays readable."""
        declared = open_emergency(self.desk.visit)
        mine = [
            entry
            for entry in self.desk.visit.of(EmergencyStep)
            if declared is not None and entry.at >= declared.at
        ]
        if not mine:
            self.top.say("There is no step to take back.")
            return
        last = max(mine, key=lambda entry: entry.number)
        try:
            self.desk.strike(last.id, self.desk.visit.protocol.label("strike-reason", "slip"))
        except KetaChartError as error:
            self.top.say(str(error))

    # ------------------------------------------------ sheets

    def _open(self, name: str) -> None:
        self._stay()
        self.column.open_sheet(name)

    def _sheet_changed(self, name: str) -> None:
        """A sheet is closed: back to the steps, or to the chart if the emergency is over."""
        if name or not self.isVisible():
            return
        if open_emergency(self.desk.visit) is None and self.desk.visit.signed is None:
            self._window.show_screen("visit")
        else:
            self.steps.begin()

    # ------------------------------------------------ acts

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits and letters are steps, wherever nothing is being typed."""
        here = QApplication.focusWidget()
        typing = here is not None and self.column.isAncestorOf(here)
        plain = event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        if typing or plain or not self._press(event.text()):
            super().keyPressEvent(event)

    def _press(self, key: str) -> bool:
        own = {"w": self.top.cause, "n": self.top.over, "e": self.log.crew}.get(key.lower())
        if own is None:
            return self.steps.press_key(key)
        if own.isVisibleTo(self):
            own.click()
        return True

    def act(self, name: str) -> bool:
        """Esc twice leaves; the sheets of the visit open here as well."""
        if name == "back":
            self._back()
        elif name == "day":
            self.top.say(_STAYS)
        elif name == "undo":
            self._undo()
        elif name == "primary":
            self.column.press_primary()
        elif name == "ems":
            self.crew.make()
        elif name.startswith("phase-"):
            self._window.show_screen("visit")
            return self._window.act(name)
        elif name in SHEETS:
            self._open(name)
        else:
            return name == "emergency"
        return True

    def _back(self) -> None:
        if self.column.open_name:
            self.column.close_sheet()
        elif self._leaving:
            self._stay()
            self._window.show_screen("visit")
        else:
            self._leaving = True
            self.top.say(_LEAVES)

    def _say(self, tone: Tone, happened: str, detail: str) -> None:
        """What came of the sheet for the crew."""
        self._leaving = False
        self.top.say(
            f"{happened}. {detail}".removesuffix(". "),
            tone="danger" if tone in ("danger", "warn") else "text",
        )

    def _stay(self) -> None:
        self._leaving = False
        self.top.say("")
