"""The visit ends without an infusion: why, and who decided."""

from typing import Literal

from ketachart.domain.facts import Fact, InfusionNotStarted, ScreeningConcluded
from ketachart.domain.screening import screening
from ketachart.domain.visit import Visit
from ketachart.domain.wording import count
from ketachart.errors import Refused
from ui.desk import Desk
from ui.forms.timed import TimedSheet, must_choose
from ui.widgets.choices import Choice, Choices
from ui.widgets.text_field import NoteField
from ui.widgets.words import Words

DECIDERS: dict[str, Literal["nurse", "prescriber", "patient"]] = {
    "nurse": "nurse",
    "prescriber": "prescriber",
    "patient": "patient",
}


class NotStartedSheet(TimedSheet):
    """A stop closes the screening as “no go” first; every answer is kept."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "End visit: not started", records="End visit")
        self._told = Words(size="small", tone="muted")
        self._who = Choices(
            "Who decided",
            (
                Choice("nurse", "You", key="Y"),
                Choice("prescriber", "Prescriber", key="D"),
                Choice("patient", "Patient", key="P"),
            ),
            columns=1,
        )
        self._who.set_label("Who decided")
        self._reason = NoteField("Why it is not started", label="Why", lines=3)
        self.add_fields((self._told, self._who, self._reason))
        self.place("decided_by", self._who)
        self.place("reason", self._reason)

    def show_visit(self, visit: Visit) -> None:
        """What the record will say of the screening."""
        state = screening(visit, self.desk.now())
        stops = [one for one in state.open if one.answer == "stop"]
        self._told.setText(
            f"{count(len(stops), 'stop')}: the screening is closed as “no go”, answers and all."
            if stops
            else "Every answer is kept. Drug that was taken out is still accounted for."
        )

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The decision."""
        del confirmed
        decided_by = must_choose(
            self._who, "Who decided: you, the prescriber, or the patient?", "decided_by"
        )
        if not self._reason.text().strip():
            raise Refused("Write why it is not started.", rule="reason missing", field="reason")
        return (
            InfusionNotStarted(
                at=self.when.moment(),
                reason=self._reason.text().strip(),
                decided_by=DECIDERS[decided_by],
            ),
        )

    def write(self, facts: tuple[Fact, ...], act: str) -> None:
        """The screening's “no go” first, where a stop stands and it is not closed so yet."""
        visit = self.desk.visit
        last = visit.last_fact(ScreeningConcluded)
        refused = last is not None and last.verdict == "no-go"
        if screening(visit, self.desk.now()).verdict == "stop" and not refused:
            self.desk.conclude_screening()
        super().write(facts, act)
