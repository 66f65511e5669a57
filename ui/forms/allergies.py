"""Allergies asked again today: the whole list as it stands now, or none that is known."""

from dataclasses import replace

from ketachart.domain.facts import Allergy, Fact
from ketachart.domain.telling.preparation import allergies_text
from ketachart.domain.visit import Visit
from ketachart.errors import Refused
from ui.desk import Desk
from ui.forms.timed import TimedSheet, must_choose
from ui.widgets.choices import Choice, Choices
from ui.widgets.text_field import NoteField
from ui.widgets.words import Words


class AllergiesSheet(TimedSheet):
    """One allergy to a line, the reaction after a colon."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Allergies, asked today", records="Record allergies")
        self._on_file = Words(size="small", tone="muted")
        self._asked = Choices(
            "What the patient said",
            (
                Choice("none", "None known", key="0"),
                Choice("some", "These, and no others", key="A"),
            ),
            columns=2,
        )
        self._asked.set_label("What the patient said")
        self._list = NoteField(
            "Allergies, one to a line",
            label="One to a line, reaction after a colon",
            placeholder="penicillin: anaphylaxis",
            lines=4,
        )
        self.add_fields((self._on_file, self._asked, self._list))
        self.place("asked", self._asked)
        self.place("allergies", self._list)

    def show_visit(self, visit: Visit) -> None:
        """What is on file, to be read out."""
        self._on_file.setText(f"On file: {allergies_text(visit.patient)}")

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The patient with this list in place of the one before."""
        del confirmed
        patient = self.desk.visit.patient
        if patient is None:
            raise Refused(
                "No patient is on file in this visit. Chart who it is first.", rule="no patient"
            )
        said = must_choose(self._asked, "Are there allergies, or none known?", "asked")
        lines = [line for line in self._list.text().splitlines() if line.strip()]
        if (said == "none") == bool(lines):
            raise Refused(
                "“None known” and a list exclude each other. Choose one."
                if lines
                else "Write the allergies, one to a line.",
                rule="allergies missing",
                field="allergies",
            )
        return (
            replace(
                patient,
                at=self.when.moment(),
                allergies=tuple(_allergy(line) for line in lines),
                no_known_allergies=said == "none",
            ),
        )


def _allergy(line: str) -> Allergy:
    substance, _, reaction = line.partition(":")
    return Allergy(substance=substance.strip(), reaction=reaction.strip())
