"""The responsible adult who stays until the next morning."""

from ketachart.domain.facts import AdultNamed, Fact
from ui.desk import Desk
from ui.forms import reading
from ui.forms.timed import TimedSheet
from ui.forms.yes_no import YesNo
from ui.widgets.text_field import TextField


class AdultSheet(TimedSheet):
    """Name, phone, and the three things that were asked."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Responsible adult", records="Record adult")
        self._name = TextField("Full name of the adult", label="Full name")
        self._phone = TextField("Phone of the adult", label="Phone")
        self._relation = TextField("Who they are to the patient", label="Who they are")
        self._of_age = YesNo("18 or older")
        self._sober = YesNo("Sober, and staying so")
        self._stays = YesNo("Stays until tomorrow morning")
        fields = {
            "name": self._name,
            "phone": self._phone,
            "relation": self._relation,
            "of_age": self._of_age,
            "sober": self._sober,
            "stays": self._stays,
        }
        self.add_fields(fields.values())
        for key, field in fields.items():
            self.place(key, field)

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The adult; whether they may stay is judged by the screening."""
        del confirmed
        return (
            AdultNamed(
                at=self.when.moment(),
                name=reading.text(self._name, "Full name of the adult", "name"),
                phone=reading.text(self._phone, "Phone of the adult", "phone"),
                relation=self._relation.text().strip(),
                of_age=self._of_age.answer("of_age"),
                sober=self._sober.answer("sober"),
                stays=self._stays.answer("stays"),
            ),
        )
