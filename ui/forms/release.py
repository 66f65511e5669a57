"""The goodbye: into whose care, on what ground, and what is not met."""

from typing import Literal, get_args

from ketachart.domain.facts import Fact, PatientReleased
from ketachart.domain.readiness import readiness, ready_at, ready_words
from ketachart.domain.release import Release, criterion_text, release
from ketachart.domain.telling.closing import OUTCOMES
from ketachart.domain.visit import Visit
from ketachart.domain.wording import count
from ui import tokens
from ui.desk import Desk
from ui.forms import reading
from ui.forms.timed import TimedSheet, must_choose
from ui.widgets.boxes import Column
from ui.widgets.choices import Choice, Choices, Shape
from ui.widgets.offered import Offered
from ui.widgets.text_field import NoteField, TextField
from ui.widgets.words import Words

Outcome = Literal["criteria-met", "with-reason", "against-advice", "to-ems"]
_OUTCOMES: tuple[Outcome, ...] = ("criteria-met", "with-reason", "against-advice", "to-ems")


class ReleaseSheet(TimedSheet):
    """Nothing is chosen beforehand; the named adult is one press away."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Release", records="Record release")
        self._shown: tuple[str, ...] | None = None
        self._headline = ""
        self._open = Column(gap=tokens.S1)
        self.adult = Offered("The responsible adult", empty="No responsible adult is named.")
        self.adult.set_label("Into whose care")
        self.to = TextField("Into whose care", label="The name")
        self.outcome = Choices(
            "On what ground",
            tuple(
                Choice(code, _capital(OUTCOMES[code]), key=str(place))
                for place, code in enumerate(_OUTCOMES, start=1)
            ),
            columns=1,
        )
        self.outcome.set_label("On what ground")
        self.explained = Choices(
            "What was explained", _explained(desk.visit), columns=1, several=True, shape=Shape.PILL
        )
        self.explained.set_label("What was explained", hint="against advice")
        self.explained.wrap_words()
        self._ready = Words(size="small", tone="muted")
        self.reason = NoteField("Reason", label="Reason", lines=2)
        self.reason.set_hint("unless all is met")
        self.add_fields(
            (
                self._open,
                self._ready,
                self.adult,
                self.to,
                self.outcome,
                self.explained,
                self.reason,
            )
        )
        self.outcome.changed.connect(lambda _chosen: self._show_explained())
        self._show_explained()
        self.place("explained", self.explained)
        self.adult.changed.connect(self._take_adult)
        self.place("to", self.to)
        self.place("outcome", self.outcome)
        self.place("reason", self.reason)
        self.show_visit(desk.visit)

    def begin(self) -> None:
        """To the named adult, else to the field for a name."""
        (self.adult if self.desk.visit.adult else self.to).setFocus()

    def show_visit(self, visit: Visit) -> None:
        """The named adult, and what is not met yet."""
        adult = visit.adult
        names = (", ".join(filter(None, (adult.name, adult.relation))),) if adult else ()
        self.adult.offer(tuple(Choice(name, name, verbatim=True) for name in names))
        now = self.desk.now()
        self._tell_open(visit, release(visit, now))
        ready = ready_words(visit, now)
        self._ready.setText(ready)
        self._ready.setVisible(bool(ready))

    def _show_explained(self) -> None:
        """What was explained is asked only where the patient leaves against advice."""
        self.explained.setVisible(self.outcome.chosen() == ("against-advice",))

    def _tell_open(self, visit: Visit, state: Release) -> None:
        """Each open point with what the chart says of it; a stop is called a stop."""
        lines = tuple(
            f"{'Stop: ' if point.level == 'stop' else ''}{criterion_text(visit, point)}, "
            f"{point.note}"
            for point in state.open
        )
        headline = readiness(visit, self.desk.now()) or _headline(state)
        if (lines, headline) == (self._shown, self._headline):
            return
        self._shown, self._headline = lines, headline
        self._open.empty()
        self._open.add(Words(self._headline, weight=tokens.SEMIBOLD, tone=_tone(state)))
        for line in lines:
            self._open.add(Words(line, size="small"))

    def _take_adult(self, chosen: tuple[str, ...]) -> None:
        if chosen:
            self.to.set_text(chosen[0])

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The release; whether it is allowed is judged at the door.

        Raises:
            Refused: nobody, or no ground, is named.
        """
        del confirmed
        to = reading.text(self.to, "Into whose care", "to")
        chosen = must_choose(self.outcome, "Choose on what ground.", "outcome")
        outcome = next(code for code in get_args(Outcome) if code == chosen)
        at = self.when.moment()
        return (
            PatientReleased(
                at=at,
                outcome=outcome,
                to=to,
                reason=self.reason.text().strip(),
                explained=self.explained.chosen() if outcome == "against-advice" else (),
                ready_at=ready_at(self.desk.visit, at),
            ),
        )


def _explained(visit: Visit) -> tuple[Choice, ...]:
    return tuple(Choice(one.code, one.label) for one in visit.protocol.listed("against-advice"))


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}" if not words.isupper() else words.capitalize()


def _headline(state: Release) -> str:
    """Before the end, and where the patient is gone already."""
    return f"{count(len(state.open), 'point')} open" if state.open else "Every criterion is met"


def _tone(state: Release) -> Literal["ok", "warn", "danger"]:
    if state.ready:
        return "ok"
    return "danger" if state.stops else "warn"
