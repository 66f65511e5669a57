"""The home: the way to the emergency department, the phone, light, noise, and who else is here."""

from typing import Literal

from PySide6.QtWidgets import QWidget

from ketachart.domain.facts import Fact, HomeChecked
from ketachart.domain.typed import Unreadable, whole_number
from ketachart.domain.visit import Visit
from ketachart.domain.wording import number
from ui.desk import Desk
from ui.forms import reading
from ui.forms.arrival.picking import picked
from ui.forms.timed import TimedSheet, one
from ui.forms.yes_no import YesNo
from ui.widgets.choices import Choice, Choices
from ui.widgets.field import UNJUDGED, Judgement, Standing
from ui.widgets.key_value import KeyValue, KeyValues
from ui.widgets.number_field import NumberField
from ui.widgets.text_field import TextField

Phone = Literal["good", "weak", "none", "landline"]
Light = Literal["dim", "can-be-dimmed", "bright"]
Noise = Literal["quiet", "some", "loud"]
PHONES: tuple[Phone, ...] = ("good", "weak", "none", "landline")
LIGHTS: tuple[Light, ...] = ("dim", "can-be-dimmed", "bright")
NOISES: tuple[Noise, ...] = ("quiet", "some", "loud")


class HomeSheet(TimedSheet):
    """What is judged by the screening is charted here once; nothing is chosen beforehand."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "The home", records="Record home")
        self.read_out = KeyValues("To read out to 911")
        self.hospital = TextField("Nearest emergency department", label="Emergency department")
        self.travel = NumberField(
            "Minutes to the emergency department",
            label="Minutes to it",
            parse=whole_number,
            unit="min",
            judge=self._judge_travel,
        )
        self.address = YesNo("Address and way in read out")
        self.phone = _choices("Phone in this room", PHONES, columns=2)
        self.light = _choices("Light", LIGHTS, columns=3)
        self.noise = _choices("Noise", NOISES, columns=3)
        self.pets = TextField("Pets, and where they are", label="Pets, and where they are")
        self.kids = TextField(
            "Children, and who is with them", label="Children, and who is with them"
        )
        self.out = YesNo("Children and pets out of the room")
        self.note = TextField("Stairs, smoke, weapons, anything else", label="Anything else")
        fields: dict[str, QWidget] = {
            "hospital": self.hospital,
            "travel_min": self.travel,
            "address_read": self.address,
            "phone": self.phone,
            "light": self.light,
            "noise": self.noise,
            "pets": self.pets,
            "children": self.kids,
            "others_out": self.out,
            "note": self.note,
        }
        self.add_fields((self.read_out, *fields.values()))
        for key, field in fields.items():
            self.place(key, field)
        self.show_visit(desk.visit)

    def show_visit(self, visit: Visit) -> None:
        """The address as it is on file, to be read out."""
        patient = visit.patient
        if patient is not None:
            self.read_out.show_facts(
                (
                    KeyValue("Address", patient.address or "none on file"),
                    KeyValue("The way in", patient.access or "none on file"),
                )
            )

    def _judge_travel(self, value: object) -> Judgement:
        if isinstance(value, Unreadable):
            return Judgement(Standing.BAD, value.sentence, short="not a number")
        most = self.desk.visit.protocol.known("travel.most")
        if not isinstance(value, int) or most is None or value <= most.value:
            return UNJUDGED
        over = f"over {number(most.value, 0)} min: ask the prescriber"
        return Judgement(Standing.WARN, f"{over[:1].upper()}{over[1:]}", short="ask")

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The home; what its answers ask for is judged by the screening.

        Raises:
            Refused: something was not said, or cannot be read.
        """
        del confirmed
        return (
            HomeChecked(
                at=self.when.moment(),
                hospital=reading.text(self.hospital, "Nearest emergency department", "hospital"),
                travel_min=reading.whole(self.travel, "Minutes to it", "travel_min"),
                address_read=self.address.answer("address_read"),
                phone=picked(self.phone, PHONES, "Phone in this room: which?", "phone"),
                light=picked(self.light, LIGHTS, "Light: which?", "light"),
                noise=picked(self.noise, NOISES, "Noise: which?", "noise"),
                pets=self.pets.text().strip(),
                children=self.kids.text().strip(),
                others_out={"yes": True, "no": False, "": None}[one(self.out)],
                note=self.note.text().strip(),
            ),
        )


def _choices(name: str, words: tuple[str, ...], *, columns: int) -> Choices:
    made = Choices(
        name,
        tuple(
            Choice(word, word.replace("-", " ").capitalize(), key=str(place))
            for place, word in enumerate(words, start=1)
        ),
        columns=columns,
    )
    made.set_label(name)
    made.wrap_words()
    return made
