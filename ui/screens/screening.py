"""Screening: every question before the start, answered one by one, and the verdict beside them."""

from datetime import date, datetime
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ketachart.domain.facts import ScreeningAnswered
from ketachart.domain.screening import Screening, progress, screening
from ketachart.domain.visit import Visit
from ui import theme, tokens
from ui.desk import Desk
from ui.drafts import content
from ui.drafts.form import IN_PHASE, Drafted
from ui.forms.action_column import ActionColumn
from ui.forms.override import OverrideSheet
from ui.screens.phase import PhaseScreen
from ui.screens.screening_list import OWN, WHO, QuestionList, worst_sign
from ui.screens.screening_panel import VerdictPanel
from ui.theme import Dressed, Look
from ui.widgets.boxes import Column, Rule, Scroller
from ui.widgets.card import Card, Heading
from ui.widgets.keeping import Fields
from ui.widgets.key_hints import KeyHints
from ui.widgets.stepper import Step, Stepper, StepState

KEYS = (
    ("1", "clear"),
    ("2", "ask"),
    ("3", "stop"),
    ("↓", "next"),
    ("N", "note"),
    ("Page ↓", "next section"),
)

# The widths from which there is room for the list of sections, and for the sources as well.
_SECTIONS_FROM, _SOURCES_FROM = 740, 1000
_LOW = 300  # below this height heading and keys scroll with the questions

_ANSWERS: dict[str, Literal["clear", "ask", "stop"]] = {
    "clear": "clear",
    "ask": "ask",
    "stop": "stop",
}


class ScreeningScreen(PhaseScreen, Dressed, Drafted):
    """Sections at the left, questions in the middle; an answer is recorded at once."""

    draft_name = f"{IN_PHASE}screening"
    form_title = "Screening notes"

    def __init__(self, desk: Desk, column: ActionColumn) -> None:
        super().__init__(desk, column)
        self._panel = VerdictPanel(desk)
        self._stepper = Stepper("Sections")
        self._current = WHO
        self._settling = False
        self._state = Screening(())
        self._sections = Card("Sections", inset=tokens.S2)
        heading = Column(inset=(tokens.S2, tokens.S1))
        heading.add(Heading("Sections"))
        steps = Column(gap=0)
        steps.add(self._stepper)
        steps.add_room()
        self._steps = Scroller("List of sections", steps)
        self._steps.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the sections themselves take it
        self._steps.setProperty("bare", "true")
        self._sections.add(heading)
        self._sections.add(self._steps, stretch=1)
        self._list = QuestionList(self._keep)
        self._heading = Heading("Questions")
        self._card = Card("Questions", inset=tokens.S2, gap=tokens.S1)
        self._rule = Rule()
        self._head = Column(inset=(tokens.S3, tokens.S1))
        self._head.add(self._heading)
        self._foot = Column(inset=(tokens.S2, 0))
        self._foot.add(KeyHints(KEYS))
        for part in (self._head, self._rule):
            self._card.add(part)
        self._card.add(self._list, stretch=1)
        self._card.add(self._foot)
        self._is_low = False
        self._line = QHBoxLayout(self)
        self._line.addWidget(self._sections)
        self._line.addWidget(self._card, 1)
        self._stepper.opened.connect(self._list.go_to)
        self._list.section_reached.connect(self._reached)
        self._list.sheet_wanted.connect(self._open_sheet)
        self._panel.sheet_wanted.connect(self.sheet_wanted)
        self._panel.call_wanted.connect(self._call)
        self._panel.item_wanted.connect(self._go_to)
        self._panel.go_on.connect(lambda: self.phase_wanted.emit("order"))
        column.sheet_changed.connect(self._sheet_changed)
        self.dress(theme.look())

    def panel(self) -> QWidget:
        """The verdict."""
        return self._panel

    def dress(self, look: Look) -> None:
        """Scale the gutter, and lay out for the width there is."""
        gutter = look.px(tokens.GUTTER)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(gutter)
        self._steps.setFixedWidth(look.px(tokens.STEPS_WIDTH + tokens.SCROLL_BAR))
        self._lay_out(look)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out for the new width."""
        super().resizeEvent(event)
        self._lay_out(theme.look())

    def _lay_out(self, look: Look) -> None:
        """The list of sections and the sources stand only where there is room for them.

        Both are in the scroll and in the verdict as well, so that nothing is lost without them.
        """
        self._sections.setVisible(self.width() >= look.px(_SECTIONS_FROM))
        if self.width() >= look.px(_SOURCES_FROM):
            self._list.show_sources()
        else:
            self._list.hide_sources()
        low = self.height() < look.px(_LOW)
        if low is not self._is_low:
            self._is_low = low
            self._rule.setVisible(not low)
            for part in (self._head, self._foot):
                if low:
                    self._list.put_on_top(part)
                else:
                    self._card.add(part)
            if not low:
                self._card.put_first(self._head)

    # ------------------------------------------------ the visit

    def show_visit(self, visit: Visit, now: datetime) -> None:
        """Every question as it stands, and what follows."""
        state = screening(visit, now)
        self._list.show_screening(state, visit)
        self._panel.show_screening(state, visit, now)
        self._heading.set_aside(progress(state))
        self._show_sections(state)
        self._lay_out(theme.look())

    def _show_sections(self, state: Screening) -> None:
        known, own = self._list.who_known(), len(OWN)
        sign, colour = ("circle-check", "ok") if known == own else ("circle", "muted")
        steps = [Step(WHO, WHO, f"{known} of {own}", self._step_state(WHO), sign, colour)]
        for name in state.sections:
            states = state.section(name)
            sign, tone = worst_sign(states)
            answered = sum(one.answer is not None for one in states)
            sub = f"{answered} of {len(states)}"
            steps.append(Step(name, name, sub, self._step_state(name), sign, tone))
        self._stepper.show_steps(tuple(steps))
        self._state = state

    def _step_state(self, name: str) -> StepState:
        return StepState.NOW if name == self._current else StepState.LATER

    def _reached(self, section: str) -> None:
        if section != self._current:
            self._current = section
            self._show_sections(self._state)

    # ------------------------------------------------ kept while it is typed

    def form_root(self) -> QWidget:
        """The questions, with their notes."""
        return self._list

    def form_stream(self) -> str:
        """The visit."""
        return self.desk.room.stream if self.desk.has_visit else ""

    def kept_inside(self) -> Fields:
        """Which questions have a note, and for which answer."""
        return {"notes": self._list.typed()}

    def take_back_inside(self, kept: Fields) -> None:
        """The same notes stand open."""
        for code, answer in content.part(kept, "notes").items():
            self._list.type_again(code, str(answer))

    # ------------------------------------------------ acts

    def _keep(self, code: str, answer: str, note: str, dated: date | None) -> None:
        """Records an answer; what a row shows as given is on the disk."""
        self.desk.record(
            ScreeningAnswered(
                at=self.desk.now(), item=code, answer=_ANSWERS[answer], note=note, dated=dated
            )
        )

    def arrive(self) -> None:
        """To the first question that was not asked yet; to a note that was just put back."""
        with self.desk.drafts.opening(self) as resumes:
            if not resumes:
                self._list.go_to_open()

    def _go_to(self, code: str) -> None:
        self._list.go_to_item(code)

    def _call(self, code: str) -> None:
        """Opens the call about one question."""
        sheet = self.column.sheet("override")
        if isinstance(sheet, OverrideSheet):
            sheet.about(code)
        self._open_sheet("override")

    def _open_sheet(self, name: str) -> None:
        self._settling = True
        self.sheet_wanted.emit(name)

    def _sheet_changed(self, name: str) -> None:
        """A sheet that was opened from here is closed: to the next open question."""
        if not name and self._settling and self.isVisible():
            self._settling = False
            self.arrive()

    def act(self, name: str) -> bool:
        """Ctrl+Enter presses the verdict's button, Esc puts a note away."""
        if name == "primary":
            self._panel.primary.press()
            return True
        return name == "back" and self._list.close_note()
