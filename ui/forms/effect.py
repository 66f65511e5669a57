"""A side effect: which, how grave, and what was done about it, in one act."""

from ketachart.domain.effects import open_effects
from ketachart.domain.facts import EffectNoted, Fact, MeasureTaken
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock
from ketachart.errors import Refused
from ui.desk import Desk
from ui.forms.lists import listed, steps
from ui.forms.timed import TimedSheet, must_choose
from ui.widgets.choices import Choice, Choices, Shape
from ui.widgets.picker import Picker
from ui.widgets.text_field import TextField
from ui.widgets.words import Words


class EffectSheet(TimedSheet):
    """It began, changed its grade, or is gone (grade 0)."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Side effect", records="Record effect")
        protocol = desk.visit.protocol
        self._open = Words(size="small", tone="muted")
        self.effect = Picker(
            "Side effect",
            tuple(Choice(c.code, c.label) for c in protocol.listed("effect")),
            label="Which",
            own_words="Not in the list: it is charted in these words.",
        )
        self.grade = Choices("Grade", steps(protocol, "grade"), columns=2)
        self.grade.set_label("Grade", hint="0 to 4")
        self.grade.wrap_words()
        self.note = TextField("What was seen or said", label="Seen or said")
        self.measures = Choices(
            "What was done",
            listed(protocol, "measure"),
            columns=2,
            several=True,
            shape=Shape.PILL,
        )
        self.measures.set_label("What was done", hint="optional")
        self.measures.wrap_words()
        self.add_fields((self._open, self.effect, self.grade, self.note, self.measures))
        self.place("effect", self.effect)
        self.place("grade", self.grade)
        self.place("note", self.note)
        self.place("measures", self.measures)

    def show_visit(self, visit: Visit) -> None:
        """What is open now, since when, and how grave."""
        still = [
            f"{effect.label}: {visit.protocol.step('grade', effect.now)} since "
            f"{clock(effect.grades[-1].at)}"
            for effect in open_effects(visit)
        ]
        self._open.setText("Open: " + "; ".join(still) if still else "No side effect is open.")

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The side effect, and what was done where something was.

        Raises:
            Refused: it is not said which, or how grave.
        """
        del confirmed
        at, effect = self.when.moment(), self.effect.value()
        if not effect:
            raise Refused("Choose the side effect.", rule="effect missing", field="effect")
        grade = must_choose(self.grade, "Choose how grave it is.", "grade")
        noted = EffectNoted(at=at, effect=effect, grade=int(grade), note=self.note.text().strip())
        done = self.measures.chosen()
        if not done:
            return (noted,)
        return (noted, MeasureTaken(at=at, measures=done, effect=effect))
