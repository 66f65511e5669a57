"""A side effect: which, how grave, and what was done about it, in one act."""

from ketachart.domain.care.grading import GRADES, meaning, standard
from ketachart.domain.effects import open_effects
from ketachart.domain.facts import EffectNoted, Fact, MeasureTaken
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, listed
from ketachart.errors import Refused
from ui.desk import Desk
from ui.forms.done import Done
from ui.forms.lists import steps
from ui.forms.pathway import PathwayPart
from ui.forms.timed import TimedSheet, must_choose
from ui.widgets.choices import Choice, Choices
from ui.widgets.picker import Picker
from ui.widgets.text_field import TextField
from ui.widgets.words import Words


class EffectSheet(TimedSheet):
    """It began, changed its grade, or is gone (grade 0); then what was done about it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Side effect", records="Record effect")
        protocol = desk.visit.protocol
        self._next, self._about, self._written = "", "", False
        self._open = Words(size="small", tone="muted")
        self.effect = Picker(
            "Side effect",
            tuple(Choice(c.code, c.label) for c in protocol.listed("effect")),
            label="Which",
            own_words="Not in the list: it is charted in these words.",
        )
        self.grade = Choices("Grade", steps(protocol, "grade"), columns=1)
        self.note = TextField("What was seen or said", label="Seen or said")
        self.done = Done(protocol)
        self.pathway = PathwayPart(desk)
        self.measures = self.done.measures
        self.add_fields((self._open, self.effect, self.grade, self.note, self.done, self.pathway))
        for field, widget in (
            ("effect", self.effect),
            ("grade", self.grade),
            ("note", self.note),
            ("measures", self.measures),
            ("oxygen_l_min", self.done.oxygen),
        ):
            self.place(field, widget)
        self.effect.changed.connect(lambda _value: self._show_effect())
        self.pathway.sheet_wanted.connect(self._go_on)
        self._show_effect()

    def show_visit(self, visit: Visit) -> None:
        """What is open now, since when, and how grave."""
        still = [
            f"{effect.label}: {visit.protocol.step('grade', effect.now)} since "
            f"{clock(effect.grades[-1].at)}"
            for effect in open_effects(visit)
        ]
        self._open.setText("Open: " + "; ".join(still) if still else "No side effect is open.")
        self.pathway.show_effect(self.effect.value())

    def _show_effect(self) -> None:
        """What each grade means for the one that is named, and what is thought of."""
        effect, protocol = self.effect.value(), self.desk.visit.protocol
        for grade in GRADES:
            row = meaning(protocol, effect, grade)
            self.grade.set_sub(str(grade), row.words if row else "")
        editions = {standard(protocol, effect, grade): None for grade in GRADES}
        by = listed([name for name in editions if name])
        self.grade.set_label("Grade", hint=f"by {by}; no alarm limit" if by else "0 to 4")
        self.done.show_effect(effect)
        self.pathway.show_effect(effect)

    # ------------------------------------------------ recording

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The side effect, and what was done where something was.

        Raises:
            Refused: it is not said which, or how grave; or a flow cannot be read.
        """
        del confirmed
        at, effect = self.when.moment(), self.effect.value()
        if not effect:
            raise Refused("Choose the side effect.", rule="effect missing", field="effect")
        grade = int(must_choose(self.grade, "Choose how grave it is.", "grade"))
        self._about = effect
        noted = EffectNoted(
            at=at,
            effect=effect,
            grade=grade,
            standard=standard(self.desk.visit.protocol, effect, grade),
            note=self.note.text().strip(),
        )
        done, flow = self.measures.chosen(), self.done.flow()
        if not done:
            return (noted,)
        return (noted, MeasureTaken(at=at, measures=done, effect=effect, oxygen_l_min=flow))

    def _go_on(self, sheet: str) -> None:
        """Records the side effect, then opens the sheet of what is done about it."""
        self._next = sheet
        self.commit()

    def _commit(self, *, confirmed: bool) -> None:
        self._written = False
        super()._commit(confirmed=confirmed)
        following, self._next = self._next, ""
        if self._written and following:
            self.opens_about.emit(following, self._about)

    def empty(self) -> None:
        """Clears every field, once all of it is on the disk."""
        super().empty()
        self._written = True
