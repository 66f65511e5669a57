"""The pages of first start that are typed in: the clinic, and the first nurse."""

from datetime import date, datetime
from typing import Final

from PySide6.QtCore import QTimeZone, Signal
from PySide6.QtWidgets import QWidget

from ketachart.clock import zone_named
from ketachart.domain.facts import ClinicRecorded, NurseRecorded
from ketachart.domain.wording import day
from ketachart.errors import Refused
from ui import tokens
from ui.desk import Desk
from ui.forms import reading
from ui.forms.day_field import DayField
from ui.forms.role import RoleChoice
from ui.widgets.boxes import Column
from ui.widgets.choices import Choices
from ui.widgets.field import UNJUDGED, Judgement, LineField, Standing
from ui.widgets.field_grid import FieldGrid
from ui.widgets.text_field import TextField
from ui.widgets.words import Words

_STATE: Final = "Two letters, such as AZ."
_ZONE: Final = "There is no such time zone. Write it as America/Phoenix."


class GuidePage(Column):
    """One question with its reason, and the fields that answer it; Enter in the last goes on."""

    done = Signal()
    answered = Signal()  # something was typed or chosen: what was wrong before may be so no more

    def __init__(self, question: str, reason: str) -> None:
        super().__init__(gap=tokens.S4)
        head = Column(gap=tokens.S1)
        head.add(Words(question, size="display", weight=tokens.SEMIBOLD))
        head.add(Words(reason, tone="muted"))
        self.add(head)
        self._head = head
        self._fields: dict[str, QWidget] = {}

    def take_fields(self, fields: dict[str, LineField]) -> None:
        """The fields by the names that a refusal uses; the last one goes on."""
        self._fields.update(fields)
        for field in fields.values():
            field.typed.connect(lambda _value: self.answered.emit())
        last = list(fields.values())[-1]
        last.commit_on_enter()
        last.committed.connect(self.done)

    def take_choice(self, key: str, choice: Choices) -> None:
        """A choice by the name that a refusal uses."""
        self._fields[key] = choice
        choice.changed.connect(lambda _chosen: self.answered.emit())

    def leave_out_question(self) -> None:
        """Where what it stands in asks already."""
        self._head.hide()

    def fields(self) -> dict[str, QWidget]:
        """Everything that is asked, by the names that a refusal uses, in order."""
        return self._fields

    def field(self, key: str) -> QWidget | None:
        """The field that a refusal names, where it stands on this page."""
        return self._fields.get(key)

    def begin(self) -> None:
        """To the first field that is empty; else to the first."""
        fields = [field for field in self._fields.values() if isinstance(field, LineField)]
        if fields:
            next((f for f in fields if not f.text().strip()), fields[0]).setFocus()


class ClinicPage(GuidePage):
    """Name, phone, address, state and time zone."""

    def __init__(self) -> None:
        super().__init__(
            "Which clinic is this laptop for?",
            "It is printed on every chart, and its phone on what the patient takes home.",
        )
        self._name = TextField("Clinic name", label="Clinic name")
        self._phone = TextField("Nurse line, day or night", label="Nurse line, day or night")
        self._phone.set_hint("telephone")
        self._address = TextField("Address", label="Address")
        self._state = LineField("State, two letters", label="State", judge=_judge_state)
        self._state.set_hint("two letters")
        self._state.say_beside()
        self._zone = LineField("Time zone of the visits", label="Time zone", judge=_judge_zone)
        self._zone.keep_lines(1)
        here = bytes(QTimeZone.systemTimeZoneId().data()).decode("ascii")
        self._zone.typed.connect(
            lambda name: self._zone.set_hint("as this laptop has it" if name == here else "")
        )
        self._zone.set_text(here)
        self.add(self._name)
        self.add(FieldGrid(self._phone, self._state))
        self.add(self._address)
        self.add(self._zone)
        self.take_fields(
            {
                "name": self._name,
                "phone": self._phone,
                "state": self._state,
                "address": self._address,
                "zone": self._zone,
            }
        )

    def fact(self, at: datetime) -> ClinicRecorded:
        """The clinic as typed.

        Raises:
            Refused: something is missing or cannot be so.
        """
        for field, key in ((self._state, "state"), (self._zone, "zone")):
            if field.judgement().standing is Standing.BAD:
                raise Refused(field.judgement().sentence, rule=f"{key} unreadable", field=key)
        return ClinicRecorded(
            at=at,
            name=reading.text(self._name, "Clinic name", "name"),
            phone=reading.text(self._phone, "Nurse line", "phone"),
            address=self._address.text().strip(),
            state=self._state.text().strip().upper(),
            zone=self._zone.text().strip(),
        )


class NursePage(GuidePage):
    """The first person who charts on this laptop."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Who are you?", "This name and licence sign the charts.")
        self._today = desk.now().date()
        self._name = TextField("Full name as on the licence", label="Full name, as on the licence")
        self._credential = TextField("Letters after your name", label="Credential")
        self._credential.set_hint("such as RN")
        self._licence = TextField("Licence number", label="Licence number")
        self._state = LineField("Licence state", label="Licence state", judge=_judge_state)
        self._state.set_hint("two letters")
        self._state.say_beside()
        self._expires = DayField("Licence valid until", label="Valid until", judge=self._in_date)
        self._staff = TextField("Staff id", label="Staff id")
        self._staff.set_hint("your initials")
        self._phone = TextField("Phone on a visit", label="Your phone on a visit")
        self._phone.set_hint("for 911 to call back")
        fields = {
            "name": self._name,
            "credential": self._credential,
            "licence": self._licence,
            "licence_state": self._state,
            "licence_expires": self._expires,
            "staff_id": self._staff,
            "phone": self._phone,
        }
        self._role = RoleChoice()
        self.add(self._role)
        self.add(FieldGrid(*fields.values()))
        self.take_choice("role", self._role)
        self.take_fields(fields)

    def begin(self) -> None:
        """To what is not answered; else to the first empty field."""
        if self._role.chosen() or self._role.isHidden():
            super().begin()
        else:
            self._role.setFocus()

    def ask_for_another(self) -> None:
        """Somebody else fills in what is asked of this person."""
        self.leave_out_question()
        self._role.set_label(
            "What does this person do here?", hint="limits change only by a supervisor"
        )
        self._phone.set_label("Phone on a visit")

    def ask_role(self, *, asked: bool) -> None:
        """Who joins a clinic charts; who reviews is for the clinic to say."""
        self._role.setVisible(asked)

    def _in_date(self, when: date) -> Judgement:
        if when < self._today:
            return Judgement(Standing.WARN, f"This licence ended on {day(when)}.", short="ended")
        return Judgement(Standing.NONE, short=day(when))

    def fact(self, at: datetime) -> NurseRecorded:
        """The nurse as typed.

        Raises:
            Refused: something is missing or cannot be read.
        """
        if self._state.judgement().standing is Standing.BAD:
            raise Refused(_STATE, rule="state unreadable", field="licence_state")
        return NurseRecorded(
            at=at,
            name=reading.text(self._name, "Full name", "name"),
            credential=reading.text(self._credential, "Credential", "credential"),
            licence=reading.text(self._licence, "Licence number", "licence"),
            licence_state=self._state.text().strip().upper(),
            licence_expires=self._expires.needed("Valid until", "licence_expires"),
            staff_id=reading.text(self._staff, "Staff id", "staff_id"),
            phone=self._phone.text().strip(),
            role="nurse" if self._role.isHidden() else self._role.role(),
        )


def _judge_state(text: object) -> Judgement:
    letters = str(text).strip()
    if not letters or (len(letters) == 2 and letters.isascii() and letters.isalpha()):
        return UNJUDGED
    return Judgement(Standing.BAD, _STATE, short="two letters")


def _judge_zone(text: object) -> Judgement:
    name = str(text).strip()
    if not name or zone_named(name) is None:
        return Judgement(Standing.BAD, _ZONE, short="no such zone")
    return UNJUDGED
