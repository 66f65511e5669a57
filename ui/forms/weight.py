"""The weight that the dose is worked on, in kilograms with the pounds beside."""

from dataclasses import replace
from decimal import Decimal

from ketachart.domain import wording
from ketachart.domain.facts import Fact, WeightMeasured
from ketachart.domain.quantities import Kg
from ketachart.domain.typed import decimal_number
from ketachart.domain.visit import Visit
from ketachart.domain.wording import with_unit
from ui.desk import Desk
from ui.forms import reading
from ui.forms.timed import TimedSheet, must_choose
from ui.widgets.choices import Choice, Choices
from ui.widgets.number_field import NumberField
from ui.widgets.words import Words


class WeightSheet(TimedSheet):
    """What the scale said, in the scale's unit; the kilograms dosed on stand under it."""

    def __init__(self, desk: Desk) -> None:
        self._last: Kg | None = None
        self._read = NumberField(
            "What the scale says", label="The scale says", parse=decimal_number
        )
        self._unit = Choices(
            "Unit of the scale",
            (Choice("kg", "kg", key="K"), Choice("lb", "lb", key="L")),
            columns=2,
        )
        super().__init__(desk, "Weight", records="Record weight")
        self._unit.set_label("In which unit", hint="read it from the scale")
        self._becomes = Words()
        self._how = Choices(
            "How it is known",
            (Choice("measured", "On a scale", key="S"), Choice("stated", "Told", key="T")),
            columns=2,
        )
        self._how.set_label("How it is known")
        self.add_fields((self._read, self._unit, self._becomes, self._how))
        self._read.typed.connect(lambda _value: self._tell())
        self._unit.changed.connect(lambda _chosen: self._tell())
        for key, part in (
            ("weight_kg", self._read),
            ("unit", self._unit),
            ("how", self._how),
        ):
            self.place(key, part)
        self._tell()

    def begin(self) -> None:
        """Look up the last visit's weight, once for each time the sheet is opened."""
        patient = self.desk.visit.patient
        if patient is not None:
            stream = self.desk.room.stream
            self._last = self.desk.office.last_weight(patient.mrn, before=stream)
        self._read.set_hint(
            f"last visit {wording.weight(self._last)}" if self._last is not None else ""
        )
        super().begin()

    def show_visit(self, visit: Visit) -> None:
        """Say it again in the other unit."""
        del visit
        self._tell()

    def _tell(self) -> None:
        kg = self._typed()
        self._becomes.setText(
            f"Dosed on {wording.weight(kg)}"
            if kg is not None
            else "The dose is worked out on kilograms, to one decimal."
        )
        self.renew_primary()

    def _typed(self) -> Kg | None:
        value, unit = self._read.value(), self._unit.chosen()
        return _kg(value, unit[0]) if isinstance(value, Decimal) and unit else None

    def records(self) -> str:
        """The weight in kilograms, once it can be read."""
        kg = self._typed()
        return "Record weight" if kg is None else f"Record {with_unit(kg)}"

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The weight, with what the scale said where it said pounds."""
        value = reading.needed(self._read, "What the scale says", "weight_kg")
        unit = must_choose(self._unit, "Kilograms or pounds? Read it from the scale.", "unit")
        how = must_choose(self._how, "Weighed on a scale, or told?", "how")
        fact = WeightMeasured(
            at=self.when.moment(),
            weight_kg=_kg(value, unit),
            read_lb=value if unit == "lb" else None,
            confirmed=confirmed,
            last_weight_kg=self._last,
        )
        return (replace(fact, how="stated") if how == "stated" else fact,)


def _kg(value: Decimal, unit: str) -> Kg:
    """To one decimal: what the screen shows is what is dosed on."""
    exact = Kg(value) if unit == "kg" else Kg.from_lb(value)
    return Kg(exact.rounded(1))
