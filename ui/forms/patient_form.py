"""Who the patient of a new visit is; a record number that is known fills in the rest."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Final, Literal, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from ketachart.domain.facts import PatientRecorded
from ketachart.domain.sheets.lines import Language
from ketachart.domain.wording import age, day
from ui import tokens
from ui.forms import reading
from ui.forms.allergy_rows import AllergyRows
from ui.forms.day_field import DayField
from ui.forms.timed import must_choose, one
from ui.language.saying import name_of
from ui.widgets.boxes import Column
from ui.widgets.card import Card, Heading
from ui.widgets.choices import Choice, Choices
from ui.widgets.field import Judgement, LineField, Standing
from ui.widgets.field_grid import FieldGrid
from ui.widgets.text_field import TextField
from ui.widgets.trouble import Trouble

Known = Callable[[str], PatientRecorded | None]
_SEXES: Final = (Choice("F", "F", key="F"), Choice("M", "M", key="M"), Choice("X", "X", key="X"))
_TONGUES: Final = (Choice("en", "English", key="E"), Choice("es", "Spanish", key="S"))
_KEPT: Final = "given_name", "family_name", "birth_date", "phone", "address", "access"


class PatientForm(Column):
    """Two cards: the patient, and the allergies."""

    changed = Signal()
    looked_up = Signal(str)  # the record number, once it was typed to its end

    def __init__(self, known: Known, *, today: date, at_clinic: bool = False) -> None:
        """``at_clinic``: a visit is planned, from what the referral says; nobody is asked."""
        super().__init__(gap=tokens.GUTTER)
        self._known, self._today, self._at_clinic = known, today, at_clinic
        self._filled: dict[str, str] = {}
        self._looked_up = ""
        self._mrn = TextField("Medical record number", label="MRN")
        self._mrn.set_hint("first: it may be known")
        self._birth = DayField("Birth date", label="Birth date", judge=self._judge_birth)
        self._fields: dict[str, LineField] = {
            "given_name": TextField("First and middle names", label="First and middle names"),
            "family_name": TextField("Family name", label="Family name"),
            "birth_date": self._birth,
            "phone": TextField("Phone of the patient", label="Phone"),
            "address": TextField("Address of the visit", label="Address of the visit"),
            "access": TextField("Access", label="Access"),
        }
        self._fields["address"].set_hint("as read out to 911")
        self._fields["access"].set_hint("gate, bell, floor, pets")
        self._sex = Choices("Sex as recorded", _SEXES)
        self._sex.set_label("Sex as recorded")
        self._reads = Choices("Language the patient reads", _TONGUES)
        self._reads.set_label("Reads", hint="nothing chosen: English")
        self.allergies = AllergyRows(at_clinic=at_clinic)
        self._on_file = Trouble("On file")
        self.add(self._patient_card())
        self.add(self._allergy_card())
        self._connect()

    def _patient_card(self) -> Card:
        card, fields = Card("Patient", gap=tokens.S3), self._fields
        card.add(Heading("Patient"))
        card.add(FieldGrid(self._mrn, fields["birth_date"]))
        card.add(self._on_file)
        card.add(FieldGrid(fields["given_name"], fields["family_name"]))
        card.add(FieldGrid(self._sex, fields["phone"]))
        card.add(self._reads)
        card.add(fields["address"])
        card.add(fields["access"])
        return card

    def _allergy_card(self) -> Card:
        card = Card("Allergies", gap=tokens.S3)
        whatever = "ask today, whatever is on file"
        planned = "as referred; the nurse asks again at the door"
        card.add(Heading("Allergies", aside=planned if self._at_clinic else whatever))
        card.add(self.allergies)
        return card

    def _connect(self) -> None:
        editor = self._mrn.editor()
        if isinstance(editor, QLineEdit):
            editor.editingFinished.connect(self._look_up)
        for field in (self._mrn, *self._fields.values()):
            field.typed.connect(lambda _value: self.changed.emit())
        self._sex.changed.connect(lambda _chosen: self.changed.emit())
        self._reads.changed.connect(lambda _chosen: self.changed.emit())
        self.allergies.changed.connect(self.changed)

    # ------------------------------------------------ what is known

    def mrn(self) -> str:
        """The record number as typed."""
        return self._mrn.text().strip()

    def _look_up(self) -> None:
        """Fills in what is on file for this number, and takes out what was for another."""
        mrn = self.mrn()
        if mrn == self._looked_up:
            return
        self._looked_up = mrn
        self._take_out()
        found = self._known(mrn) if mrn else None
        if found is None:
            self._on_file.settle()
        else:
            self._fill_in(found)
            self._on_file.say("Known here", self._filled_from(found), tone="muted")
        self.looked_up.emit(mrn)

    def filled(self) -> dict[str, str]:
        """What was filled in from what is on file, and not typed."""
        return dict(self._filled)

    def go_on_with(self, filled: dict[str, str]) -> None:
        """The form was put back as it stood: its number is known to have been looked up."""
        self._looked_up, self._filled = self.mrn(), filled
        self.looked_up.emit(self._looked_up)

    def _filled_from(self, found: PatientRecorded) -> str:
        when = day(found.at.date())
        if self._at_clinic:
            return f"Filled in as it stood here on {when}. Compare each line with the referral."
        return (
            f"Filled in from the visit of {when}. Read each line to the patient; allergies are "
            "asked anew."
        )

    def begun(self) -> bool:
        """Whether anything of a patient is typed or chosen."""
        lines = any(field.text().strip() for field in (self._mrn, *self._fields.values()))
        return lines or bool(self._sex.chosen()) or bool(self.allergies.texts())

    def show_planned(self, patient: PatientRecorded, by: str) -> None:
        """The patient as the clinic planned the visit, to be read line by line.

        What this laptop knows of the patient is looked up as always; where it says something else
        than the plan, that is told.
        """
        for field in self._fields.values():
            field.clear()
        self._sex.choose()
        self._mrn.set_text(patient.mrn)
        self._looked_up = ""
        self._filled = {}
        self._look_up()
        differs = self._differing(patient)
        for key in _KEPT:
            self._fields[key].set_text(str(getattr(patient, key)))
        self._sex.choose(patient.sex)
        self._reads.choose(patient.language)
        self.allergies.show_known(patient.allergies)
        self._filled = {}  # the plan's, not the lookup's: another number takes nothing out
        told = f"Filled in from the plan of {by}. Read each line to the patient; allergies are "
        self._on_file.say(
            "As the clinic planned it",
            told + "asked anew." + (f" On this laptop stood: {differs}." if differs else ""),
            tone="warn" if differs else "muted",
        )
        self.changed.emit()

    def show_own_plan(self, patient: PatientRecorded) -> None:
        """The patient as planned here before, to be changed."""
        self.show_planned(patient, "the clinic")
        self.allergies.asked.choose("none" if patient.no_known_allergies else "listed")
        self._on_file.settle()

    def _differing(self, patient: PatientRecorded) -> str:
        """What was looked up here and is planned otherwise, in words."""
        said = [
            f"{name_of(self._fields[key]).lower()} {self._fields[key].text()}"
            for key in _KEPT
            if self._fields[key].text().strip() not in ("", str(getattr(patient, key)))
        ]
        return "; ".join(said)

    def _fill_in(self, found: PatientRecorded) -> None:
        """Only into fields that are empty: what was typed by hand stays."""
        values = {key: str(getattr(found, key)) for key in _KEPT}
        for key, value in values.items():
            if not self._fields[key].text().strip():
                self._fields[key].set_text(value)
                self._filled[key] = value
        if found.language != "en" and not self._reads.chosen():
            self._reads.choose(found.language)
            self._filled["language"] = found.language
        if not self._sex.chosen():
            self._sex.choose(found.sex)
            self._filled["sex"] = found.sex
        if not self.allergies.texts():
            self.allergies.show_known(found.allergies)
            self._filled["allergies"] = self.allergies.texts()

    def _take_out(self) -> None:
        """Whatever was filled in for another number and was not changed by hand since."""
        for key, field in self._fields.items():
            if self._filled.get(key) == field.text():
                field.clear()
        if self._filled.get("sex") == one(self._sex):
            self._sex.choose()
        if self._filled.get("language") == one(self._reads):
            self._reads.choose()
        if self._filled.get("allergies") == self.allergies.texts():
            self.allergies.show_known(())
        self.allergies.asked.choose()
        self._filled = {}

    # ------------------------------------------------ the fact

    def _judge_birth(self, born: date) -> Judgement:
        if born > self._today:
            return Judgement(
                Standing.BAD, "The birth date is in the future.", short="in the future"
            )
        return Judgement(Standing.NONE, short=f"{day(born)}, {age(born, self._today)} y")

    def fact(self, at: datetime) -> PatientRecorded:
        """The patient as typed.

        Raises:
            Refused: something is missing or cannot be so; its field is named.
        """
        fields = self._fields
        mrn = reading.text(self._mrn, "Medical record number", "mrn")
        born = self._birth.needed("Birth date", "birth_date")
        given = reading.text(fields["given_name"], "First and middle names", "given_name")
        family = reading.text(fields["family_name"], "Family name", "family_name")
        sex = must_choose(self._sex, "Choose the sex as recorded.", "sex")
        allergies, none_known = self.allergies.answer()
        return PatientRecorded(
            at=at,
            mrn=mrn,
            given_name=given,
            family_name=family,
            birth_date=born,
            sex=cast(Literal["F", "M", "X"], sex),
            address=fields["address"].text().strip(),
            phone=fields["phone"].text().strip(),
            access=fields["access"].text().strip(),
            language=cast(Language, one(self._reads) or "en"),
            allergies=allergies,
            no_known_allergies=none_known,
        )

    def field(self, key: str) -> QWidget | None:
        """What a refusal points at."""
        others: dict[str, QWidget] = {
            "mrn": self._mrn,
            "sex": self._sex,
            "language": self._reads,
            "allergies": self.allergies.asked,
            "substance": self.allergies.first(),
            "reaction": self.allergies.first(),
        }
        return self._fields.get(key) or others.get(key)

    def begin(self) -> None:
        """To the record number, or to the first field that is empty."""
        self._mrn.setFocus()
