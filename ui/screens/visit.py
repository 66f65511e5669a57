"""The visit: six phases at the left, the phase's own screen in the middle, acts at the right."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QWidget

from ketachart.domain.course import PHASE_NAMES, PHASES, Phase, phase_at
from ketachart.domain.visit import Visit
from ui import theme, tokens
from ui.actions import key_of
from ui.desk import Desk
from ui.forms.action_column import ActionColumn
from ui.forms.registry import SHEETS
from ui.language import heed_visit
from ui.screens.banners import tell_alerts, tell_emergency
from ui.screens.base import Screen
from ui.screens.marking import mark_now, tell_marks
from ui.screens.phase import PhaseScreen
from ui.screens.phases import PHASE_SCREENS
from ui.screens.sides import ACTIONS, CHART, Sides
from ui.screens.told import limit_facts, step_sub, strip_facts
from ui.screens.visit_bar import VisitBar
from ui.theme import Dressed, Look
from ui.widgets.boxes import Column, Row
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.key_value import KeyValues
from ui.widgets.patient_strip import StripFacts
from ui.widgets.stepper import Step, Stepper, StepState
from ui.widgets.words import Words

# The heights below which steps as signs, and the limits beside steps with words, find no room.
_RAIL_HEIGHT, _LIMITS_HEIGHT = 400, 560
_TIGHT_HEIGHT = 200  # below it a sheet cannot keep its button in sight and still show a field
# The acts whose keys are told, each with its word: before the signature, and after it.
_OPEN = {"vitals": "vitals", "rate": "rate", "pause": "pause", "emergency": "emergency"}
_SIGNED = {"save-report": "save the PDF", "addendum": "addendum", "after-call": "call"}


class VisitScreen(Screen, Dressed):
    """One open visit, whatever phase is looked at; any phase may be charted at any time."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._phase: Phase = "screening"
        self._screens: dict[Phase, PhaseScreen] = {}
        self._makers: dict[Phase, Callable[[Desk, ActionColumn], PhaseScreen]] = PHASE_SCREENS
        self._stepper = Stepper("Phases of the visit")
        self._limits = KeyValues("Limits in this order")
        self._limits_card = Card("Limits in this order", inset=tokens.S2, gap=tokens.S1)
        self._limits_card.add(Words("Limits in this order", size="small", tone="muted"))
        self._limits_card.add(self._limits)
        self._emergency = Button(
            "Emergency steps", sign="siren", key=key_of("emergency"), kind=Kind.DANGER
        )
        self._left = Column(gap=tokens.S3)
        self._left.add(self._stepper)
        self._left.add_room()
        self._left.add(self._limits_card)
        self._left.add(self._emergency)
        self._middle = QStackedWidget()
        self._right = ActionColumn(desk, SHEETS)
        self._both = Row(gap=tokens.GUTTER)
        self._both.add(self._middle, stretch=1)
        self._both.add(self._right)
        self._sides = Sides()
        self._side, self._came_from, self._takes_turns = CHART, CHART, False
        self._crowded = False
        self._steps_placed: tuple[bool, bool] | None = None
        self._minute: datetime | None = None  # of which all of it was shown last
        self._bar = VisitBar(self._sides)
        self._bar.left.connect(self._right.close_sheet)
        content = Column(gap=tokens.S1)
        content.add(self._bar)
        content.add(self._both, stretch=1)
        self._line = QHBoxLayout(self)
        self._line.addWidget(self._left)
        self._line.addWidget(content, 1)
        self._stepper.opened.connect(self.open_phase)
        self._emergency.clicked.connect(lambda: self._do("emergency"))
        self._sides.turned.connect(self._turn)
        self._right.act_wanted.connect(self._do)
        self._right.wanted.connect(lambda: self._turn(ACTIONS))
        self._right.sheet_changed.connect(self._turn_for_sheet)
        desk.visit_changed.connect(self._show)
        desk.transcribing.offered.connect(lambda: self._from_banner("paper"))
        desk.beat.connect(self._tick)
        desk.alerts_changed.connect(self._alerts_changed)
        self.dress(theme.look())

    def dress(self, look: Look) -> None:
        """Scale the gutters, and lay the columns out for the width there is."""
        self._line.setSpacing(look.px(tokens.GUTTER))
        self._lay_out(look)

    # ------------------------------------------------ narrow windows

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the columns out anew."""
        super().resizeEvent(event)
        self._lay_out(theme.look())

    def _lay_out(self, look: Look) -> None:
        """Three columns; steps as signs where it is narrower; chart or actions below that."""
        wide = self.width() >= look.px(tokens.WIDE)
        self._takes_turns = self.width() < look.px(tokens.MIDDLE)
        bar = not wide and (self._takes_turns or self.height() < look.px(_RAIL_HEIGHT))
        beside, above = look.px(tokens.GUTTER), look.px(tokens.S1 if bar else tokens.GUTTER)
        self._line.setContentsMargins(beside, above, beside, above)
        self._place_steps(look, wide=wide, bar=bar)
        self._crowded = self._takes_turns and self.height() < look.px(_RAIL_HEIGHT)
        tight = self._crowded and self.height() < look.px(_TIGHT_HEIGHT)
        self._right.crowd(crowded=self._crowded, tight=tight)
        limits = wide and self.height() >= look.px(_LIMITS_HEIGHT)
        self._limits_card.setVisible(limits)
        for screen in self._screens.values():
            screen.limits_beside(stand=limits)
        if self._takes_turns:
            self._right.fill()
        else:
            self._right.keep_width()
        self._show_side()

    def _place_steps(self, look: Look, *, wide: bool, bar: bool) -> None:
        """Steps and emergency at the left, with words or without, or side by side above."""
        self._left.setFixedWidth(look.px(tokens.STEPS_WIDTH if wide else tokens.RAIL_WIDTH))
        if (wide, bar) == self._steps_placed:
            return
        self._steps_placed = (wide, bar)
        self._emergency.set_words("Emergency steps" if wide else "")
        self._emergency.set_inset(tokens.S2 if wide else tokens.S1)
        if bar:
            self._stepper.show_bar()
            self._bar.take(self._stepper, self._emergency)
        else:
            if wide:
                self._stepper.show_words()
            else:
                self._stepper.show_rail()
            self._stepper.show()
            self._left.put_first(self._stepper)
            self._left.add(self._emergency)
        self._left.setVisible(not bar)
        self._bar.setVisible(bar)
        if self._steps_placed != (wide, bar):  # meanwhile the window was laid out otherwise
            self._steps_placed = None
            self._lay_out(look)

    def _show_side(self) -> None:
        both = not self._takes_turns
        self._sides.setVisible(self._takes_turns)
        self._sides.show_side(self._side)
        sheet = self._right.open_name if self._crowded and self._side == ACTIONS else ""
        if not sheet:
            self._bar.show_heading(None)  # first: what is hidden leaves the keyboard to the steps
        self._middle.setVisible(both or self._side == CHART)
        self._right.setVisible(both or self._side == ACTIONS)
        if sheet:
            self._bar.show_heading(self._right.sheet(sheet).heading)

    def _turn(self, side: str) -> None:
        self._side = side
        self._show_side()

    def _turn_by_key(self) -> None:
        """The other side, and the keyboard with it: to where it was there."""
        self._turn(ACTIONS if self._side == CHART else CHART)
        there = self._right if self._side == ACTIONS else self._middle
        last: QWidget | None = there.focusWidget()
        now: QWidget | None = QApplication.focusWidget()
        if last is not None and last.isVisible():
            last.setFocus()
        elif now is None or not self.isAncestorOf(now):
            self._stepper.take_focus()  # never up in the strip, where Qt looks for it
        self._show_focus()

    def _show_focus(self) -> None:
        """What is typed never goes where nobody sees it: at least the phase has the keyboard."""
        now: QWidget | None = QApplication.focusWidget()
        if self._takes_turns and now is not None and not now.isVisible():
            self._stepper.take_focus()

    def _turn_for_sheet(self, name: str) -> None:
        """An open sheet is seen; a closed one leaves the side it was called from."""
        if name:
            self._came_from = self._side
        self._turn(ACTIONS if name else self._came_from)

    # ------------------------------------------------ phases

    def arrive(self) -> None:
        """Show the phase that the record has reached."""
        heed_visit(self.desk.visit)  # another visit may have been read meanwhile
        self.open_phase(phase_at(self.desk.visit))
        self._show_around(self.desk.visit)

    def open_phase(self, phase: Phase) -> None:
        """Look at a phase; it does not change the record."""
        self._phase = phase
        screen = self.made(phase)
        screen.show_visit(self.desk.visit, self.desk.now())
        self._middle.setCurrentWidget(screen)
        if self._right.open_name and not screen.keeps_sheets:
            self._right.close_sheet()
        if not self._right.open_name:
            self._turn(CHART)
        self._right.show_panel(phase)
        self._show_steps(self.desk.visit)
        screen.arrive()
        self._show_focus()

    @property
    def phase(self) -> Phase:
        """The phase that is looked at."""
        return self._phase

    @property
    def action_column(self) -> ActionColumn:
        """The column at the right."""
        return self._right

    def is_made(self, phase: Phase) -> bool:
        """Whether it can be looked at without waiting for it."""
        return phase in self._screens

    def made(self, phase: Phase) -> PhaseScreen:
        """The screen of a phase, made on first use; it need not be looked at yet."""
        if phase not in self._screens:
            made = self._makers[phase](self.desk, self._right)
            made.phase_wanted.connect(self.open_phase)
            made.sheet_wanted.connect(self._right.open_sheet)
            made.act_wanted.connect(self._do)
            self._screens[phase] = made
            made.limits_beside(stand=not self._limits_card.isHidden())
            self._middle.addWidget(made)
            self._right.add_panel(phase, made.panel())
        return self._screens[phase]

    # ------------------------------------------------ the visit

    def _show(self, visit: Visit) -> None:
        now = self.desk.now()
        self._minute = now.replace(second=0, microsecond=0)
        if self._phase in self._screens:
            self._screens[self._phase].show_visit(visit, now)
        self._show_around(visit)

    def _show_around(self, visit: Visit) -> None:
        """Everything but the phase that is looked at."""
        self._right.show_visit(visit)
        self._show_steps(visit)
        self._limits.show_facts(limit_facts(visit))
        self._tell_alerts()
        tell_emergency(self.desk.notices, visit, on_back=self._emergency.click)
        tell_marks(self.desk.notices, visit, on_tell=self._answer_marks)

    def _tell_alerts(self) -> None:
        visit, now = self.desk.visit, self.desk.now()
        tell_alerts(self.desk.notices, visit, now, on_answer=self._answer_alerts)

    def _alerts_changed(self) -> None:
        if self.isVisible() and self.desk.has_visit:
            self._tell_alerts()

    def _show_steps(self, visit: Visit) -> None:
        reached = PHASES.index(phase_at(visit))
        now = self.desk.now()
        steps = []
        for place, phase in enumerate(PHASES):
            state = StepState.DONE if place < reached else StepState.LATER
            if phase == self._phase:
                state = StepState.NOW
            sub, press = step_sub(visit, phase, now), key_of(f"phase-{place + 1}")
            steps.append(Step(phase, PHASE_NAMES[phase], sub, state, press=press))
        self._stepper.show_steps(tuple(steps))

    # by name, for the same message with the same act is not shown anew

    def _answer_alerts(self) -> None:
        self._from_banner("answer")

    def _answer_marks(self) -> None:
        self._from_banner("marks")

    def _from_banner(self, sheet: str) -> None:
        if not self.isVisible():  # the banner is seen from every screen
            self.asked.emit("visit")
        self._right.open_sheet(sheet)

    def _tick(self, now: datetime) -> None:
        if not self.isVisible() or not self.desk.has_visit:
            return
        self._right.tick(now)
        if self._phase in self._screens:
            self._screens[self._phase].tick(now)
        # not at its first second: a busy or a sleeping laptop misses that
        if now.replace(second=0, microsecond=0) != self._minute:
            self._show(self.desk.visit)

    def keys_now(self) -> tuple[tuple[str, str], ...]:
        """A signed visit has no rate to change."""
        signed = self.desk.has_visit and self.desk.visit.signed is not None
        acts = _SIGNED if signed else _OPEN
        return (*((key_of(act), word) for act, word in acts.items()), (key_of("keys"), "keys"))

    def strip(self) -> StripFacts | tuple[str, str]:
        """The patient."""
        return strip_facts(self.desk.visit)

    # ------------------------------------------------ acts

    def act(self, name: str) -> bool:
        """What the keys of a visit do."""
        if name.startswith("phase-"):
            self.open_phase(PHASES[int(name[-1]) - 1])
            return True
        if name == "back" and self._back():
            return True
        own: dict[str, Callable[[], None]] = {
            "turn": self._turn_by_key,
            "mark": lambda: mark_now(self.desk),
        }
        if name in own:
            own[name]()
            return True
        if name == "primary" and self._takes_turns and self._side == CHART:
            self._turn(ACTIONS)  # nothing is pressed that is not seen
            return True
        if self._right.act(name) or (name == "primary" and self._right.press_primary()):
            return True
        if self._phase in self._screens and self._screens[self._phase].act(name):
            return True
        sheet = self._sheet_for(name)
        if sheet:
            self._right.open_sheet(sheet)
            return True
        return False

    def _do(self, name: str) -> None:
        """What a button asks for: here, or else the window's."""
        if not self.act(name):
            self.asked.emit(name)

    def _sheet_for(self, name: str) -> str:
        if name == "pause":
            from ketachart.domain.infusion import delivery

            state = delivery(self.desk.visit, self.desk.now()).state
            return {"paused": "resume", "running": "pause"}.get(state, "pause")
        return name if name in SHEETS else ""

    def _back(self) -> bool:
        if self._right.open_name:
            self._right.close_sheet()
            self._screens[self._phase].arrive()
            return True
        return False
