"""The time-out: every step as the chart answers it, said aloud once more before the start."""

from ketachart.domain.facts import Fact, TimeOutHeld
from ketachart.domain.time_out import StepState, time_out_steps
from ketachart.domain.visit import Visit
from ketachart.domain.wording import count
from ui import tokens
from ui.desk import Desk
from ui.forms.timed import TimedSheet, must_choose
from ui.forms.yes_no import YesNo
from ui.language.saying import say_name
from ui.tokens import Tone
from ui.widgets.boxes import Column, Row
from ui.widgets.choices import Choice, Choices
from ui.widgets.mark import Mark
from ui.widgets.words import Words

# What stands against the dose may tell a number that is to be read blind from the pump.
BLIND = "Not all of it agrees yet: order, bag and pump check say what."


class TimeOutSheet(TimedSheet):
    """What holds and what is open is recorded; what is open stays open, and is told at signing."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Time-out", records="Time-out held")
        self._shown: tuple[StepState, ...] = ()
        self._steps = Column(gap=tokens.S2)
        self.asked = {
            step.code: YesNo(step.sentence)
            for step in desk.visit.protocol.time_out
            if not step.computed
        }
        self.aloud = Choices(
            "Said aloud with",
            (
                Choice("the patient", "Patient", key="P"),
                Choice("the adult", "Adult", key="A"),
                Choice("a second reader", "Second reader", key="R"),
            ),
            columns=3,
        )
        self.aloud.set_label("Said aloud with")
        self.aloud.wrap_words()
        self.add_fields((self._steps, *self.asked.values(), self.aloud))
        for code, question in self.asked.items():
            self.place(code, question)
        self.place("aloud_with", self.aloud)
        self.show_visit(desk.visit)

    def begin(self) -> None:
        """The chart is looked at anew: minutes went by."""
        self.show_visit(self.desk.visit)
        super().begin()

    def show_visit(self, visit: Visit) -> None:
        """Each step as the chart answers it."""
        states = time_out_steps(visit, self.desk.now())
        if states == self._shown:
            return
        self._shown = states
        self._steps.empty()
        for state in states:
            if state.holds is not None:
                self._steps.add(_line(state))
        self.renew_primary()

    def records(self) -> str:
        """How many steps of the chart stand open."""
        open_now = sum(state.holds is False for state in self._shown)
        return f"Time-out held, {count(open_now, 'step')} open," if open_now else "Time-out held"

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """What held and what is open at that moment.

        Raises:
            Refused: a step that the nurse answers was not answered.
        """
        del confirmed
        moment = self.when.moment()
        said = {code: question.answer(code) for code, question in self.asked.items()}
        aloud = must_choose(self.aloud, "Said aloud with whom?", "aloud_with")
        states = time_out_steps(self.desk.visit, moment)
        held = {s.step.code: said.get(s.step.code, s.holds is True) for s in states}
        return (
            TimeOutHeld(
                at=moment,
                steps=tuple(code for code, holds in held.items() if holds),
                open=tuple(code for code, holds in held.items() if not holds),
                aloud_with=aloud,
            ),
        )


def _line(state: StepState) -> Row:
    """A sign, the step, and under it what is open."""
    tone: Tone = "ok" if state.holds else "danger"
    sign = "circle-check" if state.holds else "octagon-alert"
    row, words = Row(gap=tokens.S2), Column(gap=0)
    words.add(Words(state.step.sentence, size="label"))
    if not state.holds:
        note = BLIND if state.step.code == "dose" else state.note
        words.add(Words(note, size="small", tone="danger"))
    row.add_level(Mark(sign, colour=tone, size=tokens.ICON_SMALL))
    row.add(words, stretch=1)
    say_name(row, f"{state.step.sentence}: {'holds' if state.holds else 'open'}")
    return row
