"""What was done that is no medicine: reassured, light lowered, music."""

from ketachart.domain.effects import open_effects
from ketachart.domain.facts import Fact, MeasureTaken
from ketachart.domain.visit import Visit
from ketachart.errors import Refused
from ui.desk import Desk
from ui.forms.lists import listed
from ui.forms.timed import TimedSheet, one
from ui.widgets.choices import Choice, Choices, Shape
from ui.widgets.offered import Offered
from ui.widgets.text_field import TextField


class MeasureSheet(TimedSheet):
    """One or more things that were done, and the side effect they were for."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "What was done", records="Record measure")
        self.measures = Choices(
            "What was done",
            listed(desk.visit.protocol, "measure"),
            columns=2,
            several=True,
            shape=Shape.PILL,
        )
        self.measures.set_label("What was done", hint="one or more")
        self.measures.wrap_words()
        self.other = TextField("Something else that was done", label="Something else")
        self.effect = Offered("For which side effect", empty="No side effect is open.")
        self.effect.set_label("For", hint="optional")
        self.note = TextField("Note", placeholder="Note (optional)")
        self.add_fields((self.measures, self.other, self.effect, self.note))
        self.place("measures", self.measures)
        self.place("note", self.note)

    def show_visit(self, visit: Visit) -> None:
        """The side effects that are open."""
        self.effect.offer(
            tuple(Choice(effect.code, effect.label) for effect in open_effects(visit))
        )

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """What was done.

        Raises:
            Refused: nothing is chosen or written.
        """
        del confirmed
        done = tuple(filter(None, (*self.measures.chosen(), self.other.text().strip())))
        if not done:
            raise Refused("Choose what was done.", rule="nothing done", field="measures")
        return (
            MeasureTaken(
                at=self.when.moment(),
                measures=done,
                effect=one(self.effect),
                note=self.note.text().strip(),
            ),
        )
