"""What was done that is no medicine: reassured, light lowered, music."""

from ketachart.domain.effects import open_effects
from ketachart.domain.facts import Fact, MeasureTaken
from ketachart.domain.visit import Visit
from ketachart.errors import Refused
from ui.desk import Desk
from ui.forms.done import Done
from ui.forms.pathway import PathwayPart
from ui.forms.timed import TimedSheet, one
from ui.widgets.choices import Choice
from ui.widgets.offered import Offered
from ui.widgets.text_field import TextField


class MeasureSheet(TimedSheet):
    """One or more things that were done, and the side effect they were for.

    What is done at the pump, by phone or with a medicine is charted on its own sheet, which opens
    from here for the side effect that is chosen.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "What was done", records="Record measure")
        self.effect = Offered("For which side effect", empty="No side effect is open.")
        self.effect.set_label("For", hint="optional")
        self.done = Done(desk.visit.protocol)
        self.measures = self.done.measures
        self.other = TextField("Something else that was done", label="Something else")
        self.note = TextField("Note", placeholder="Note (optional)")
        self.pathway = PathwayPart(desk)
        self.add_fields((self.done, self.other, self.effect, self.note, self.pathway))
        self.place("measures", self.measures)
        self.place("oxygen_l_min", self.done.oxygen)
        self.place("note", self.note)
        self.effect.changed.connect(lambda _chosen: self._show_effect())
        self.pathway.sheet_wanted.connect(
            lambda sheet: self.opens_about.emit(sheet, one(self.effect))
        )

    def show_visit(self, visit: Visit) -> None:
        """The side effects that are open."""
        self.effect.offer(
            tuple(Choice(effect.code, effect.label) for effect in open_effects(visit))
        )
        self._show_effect()

    def _show_effect(self) -> None:
        self.pathway.show_effect(one(self.effect))

    def take_up(self, effect: str) -> None:
        """It was for this side effect, while that is open."""
        if effect in {one.code for one in open_effects(self.desk.visit)}:
            self.effect.choose(effect)
            self._show_effect()

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """What was done.

        Raises:
            Refused: nothing is chosen or written, or a flow cannot be read.
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
                oxygen_l_min=self.done.flow(),
                note=self.note.text().strip(),
            ),
        )
