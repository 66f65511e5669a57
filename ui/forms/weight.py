"""The weight that the dose is worked on, in kilograms with the pounds beside."""

from dataclasses import replace
from decimal import Decimal

from ketachart.domain import wording
from ketachart.domain.dose.dosing_weight import needs_height, weight_to_dose_on
from ketachart.domain.facts import Fact, HeightMeasured, WeightMeasured
from ketachart.domain.quantities import Kg
from ketachart.domain.trial import trial
from ketachart.domain.typed import decimal_number, weight_typed
from ketachart.domain.visit import Visit
from ketachart.domain.wording import with_unit
from ketachart.errors import Refused
from ui.desk import Desk
from ui.forms import reading
from ui.forms.height import HeightFields
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
        self._height = HeightFields()
        self._asked: set[str] = set()  # what was sent back to be measured again
        self.add_fields((self._read, self._unit, self._becomes, self._how, self._height))
        self._height.number.typed.connect(lambda _value: self._tell())
        self._height.unit.changed.connect(lambda _chosen: self._tell())
        self._read.typed.connect(lambda _value: self._take_unit())
        self._unit.changed.connect(lambda _chosen: self._tell())
        for key, part in (
            ("weight_kg", self._read),
            ("unit", self._unit),
            ("how", self._how),
            ("height_cm", self._height.number),
            ("height_unit", self._height.unit),
            ("height_how", self._height.how),
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
        self.show_visit(self.desk.visit)
        super().begin()

    def show_visit(self, visit: Visit) -> None:
        """Say it again in the other unit; the height only where the order needs one."""
        self._height.setVisible(needs_height(visit.order))
        self._height.show_known(visit.last_fact(HeightMeasured))
        self._tell()

    def show_refusal(self, refusal: Refused) -> None:
        """One confirmation confirms one measurement: the one that was asked about."""
        self._asked.add(refusal.field)
        super().show_refusal(refusal)

    def empty(self) -> None:
        """Nothing is typed, nothing was asked."""
        super().empty()
        self._height.empty()
        self._asked.clear()

    def _take_unit(self) -> None:
        """150lb says number and unit at once; the unit is seen chosen before it counts."""
        number, unit = weight_typed(self._read.text())
        if unit:
            self._unit.choose(unit)
            self._read.set_text(number)
        self._tell()

    def _tell(self) -> None:
        kg = self._typed()
        self._asked.clear()
        self._becomes.setText(self._told(kg))
        self.renew_primary()

    def _told(self, kg: Kg | None) -> str:
        """What is dosed on, by the same rule as the record: also an ideal or adjusted weight."""
        if kg is None:
            return "The dose is worked out on kilograms, to one decimal."
        if not self.desk.has_visit:
            return f"Dosed on {wording.weight(kg)}"
        now, visit = self.desk.now(), self.desk.visit
        visit = trial(visit, WeightMeasured(at=now, weight_kg=kg), now)
        cm = self._height.typed() if needs_height(visit.order) else None
        if cm is not None:
            visit = trial(visit, HeightMeasured(at=now, height_cm=cm), now, entry_id="trial-height")
        found = weight_to_dose_on(visit)
        if found.kg == kg:
            return f"Dosed on {wording.weight(kg)}"
        if found.kg is None:
            return f"{wording.weight(kg)}. {found.words[:1].upper()}{found.words[1:]}"
        dosed = f"Dosed on {wording.weight(found.kg)}, {found.words}"
        return f"{dosed}. {found.asks}." if found.asks else dosed

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
            confirmed=confirmed and "weight_kg" in self._asked,
            last_weight_kg=self._last,
        )
        weight = replace(fact, how="stated") if how == "stated" else fact
        visit = self.desk.visit
        on_file = visit.last_fact(HeightMeasured) is not None
        if not needs_height(visit.order) or (on_file and not self._height.begun()):
            return (weight,)
        height = self._height.fact(weight.at, confirmed=confirmed and "height_cm" in self._asked)
        return (height, weight)


def _kg(value: Decimal, unit: str) -> Kg:
    """To one decimal: what the screen shows is what is dosed on."""
    exact = Kg(value) if unit == "kg" else Kg.from_lb(value)
    return Kg(exact.rounded(1))
