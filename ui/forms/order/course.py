"""How an order is to run: steps of the rate, bag and line, and what it asks of the monitoring."""

from typing import Any, Final, NamedTuple, cast

from PySide6.QtWidgets import QWidget

from ketachart.domain.facts import LinePriming, MonitoringPlan, TitrationStep
from ketachart.domain.quantities import MgPerKgPerHour, Minutes, Ml
from ketachart.errors import Refused
from ui import tokens
from ui.forms import reading
from ui.forms.amounts import AmountField, CountField, exact_text
from ui.forms.order.added_rows import AddedRow, AddedRows
from ui.forms.timed import must_choose
from ui.widgets.choices import Choice, Choices
from ui.widgets.field_grid import FieldGrid
from ui.widgets.text_field import TextField

USUAL_DILUENT: Final = "0.9 % saline"
WATCHED: Final = (Choice("spo2", "SpO₂"), Choice("ecg", "ECG"), Choice("etco2", "EtCO₂"))


class StepRow(AddedRow[TitrationStep]):
    """Not before when, to which dose rate, and what must hold."""

    def __init__(self, place: int) -> None:
        super().__init__(gap=tokens.S2)
        name = f"Step {place}"
        self._after = AmountField(f"{name} after", "step-after", unit="min")
        self._rate = AmountField(f"{name} to", "step-rate", unit="mg/kg/h")
        self._if = TextField(f"{name}, only if", label="Only if")
        self._if.set_hint("as the order says")
        self.add(FieldGrid(self._after, self._rate))
        self.add(self._if)
        self.listen()

    def read(self) -> TitrationStep:
        """The step as typed."""
        return TitrationStep(
            after_min=self._after.needed(Minutes),
            rate_mg_kg_h=self._rate.needed(MgPerKgPerHour),
            condition=reading.text(self._if, "What must hold for the step", "step-if"),
        )

    def show_row(self, value: TitrationStep) -> None:
        """A step of an order on file."""
        self._after.set_text(exact_text(value.after_min))
        self._rate.set_text(exact_text(value.rate_mg_kg_h))
        self._if.set_text(value.condition)

    def named(self) -> dict[str, QWidget]:
        """The fields of the step."""
        return {**super().named(), "step-if": self._if}


class StepRows(AddedRows[TitrationStep]):
    """The steps in their order; rising or falling, as the order says."""

    def make_row(self, place: int) -> StepRow:
        """One more step."""
        return StepRow(place)


class BagAndLine(NamedTuple):
    """What the bag is made up with where it is not saline, and what fills the line."""

    diluent: str
    priming: LinePriming | None


class LineRow(AddedRow[BagAndLine]):
    """The diluent, and the line before the patient is connected."""

    def __init__(self) -> None:
        super().__init__(gap=tokens.S2)
        self._diluent = TextField("Made up with", label="Made up with")
        self._diluent.set_hint(f"{USUAL_DILUENT}, unless named")
        self._fluid = Choices(
            "Line primed with",
            (Choice("drug", "The bag itself"), Choice("saline", "Saline")),
            columns=2,
        )
        self._fluid.set_label("Line primed with")
        self._volume = AmountField("The line holds", "line-volume", unit="mL")
        self.add(FieldGrid(self._diluent, self._volume))
        self.add(self._fluid)
        self.listen()

    def read(self) -> BagAndLine:
        """Diluent and priming; the line only where it was begun."""
        priming = None
        if self._fluid.chosen() or self._volume.text().strip():
            fluid = must_choose(
                self._fluid, "Is the line primed with the bag itself, or saline?", "line-fluid"
            )
            volume = self._volume.needed(Ml)
            priming = LinePriming(fluid=cast(Any, fluid), volume_ml=volume)
        return BagAndLine(self._diluent.text().strip() or USUAL_DILUENT, priming)

    def show_row(self, value: BagAndLine) -> None:
        """Bag and line of an order on file."""
        self._diluent.set_text(value.diluent)
        if value.priming is not None:
            self._fluid.choose(value.priming.fluid)
            self._volume.set_text(exact_text(value.priming.volume_ml))

    def named(self) -> dict[str, QWidget]:
        """The fields of bag and line."""
        return {**super().named(), "line-fluid": self._fluid, "diluent": self._diluent}


class LineRows(AddedRows[BagAndLine]):
    """At most one."""

    def make_row(self, place: int) -> LineRow:
        """The only one."""
        del place
        return LineRow()


class PlanRow(AddedRow[MonitoringPlan]):
    """What the order asks beyond the protocol; it makes the protocol stricter, never laxer."""

    def __init__(self) -> None:
        super().__init__(gap=tokens.S2)
        self._every = CountField("Vital signs at least every", "plan-every", unit="min")
        self._observe = AmountField("Observe at least", "plan-observe", unit="min")
        self._watched = Choices("Watched without a break", WATCHED, columns=3, several=True)
        self._watched.set_label("Watched without a break")
        self.add(FieldGrid(self._every, self._observe))
        self.add(self._watched)
        self.listen()

    def read(self) -> MonitoringPlan:
        """The plan as typed."""
        if not self.begun():
            raise Refused(
                "The monitoring plan is empty. Type one line of it, or take it away.",
                rule="plan empty",
                field="plan-every",
            )
        return MonitoringPlan(
            vitals_every_min=self._every.count(),
            observe_min=self._observe.amount(Minutes),
            continuous=cast(Any, self._watched.chosen()),
        )

    def show_row(self, value: MonitoringPlan) -> None:
        """The plan of an order on file."""
        if value.vitals_every_min is not None:
            self._every.set_text(str(value.vitals_every_min))
        self._observe.set_text(exact_text(value.observe_min))
        self._watched.choose(*value.continuous)


class PlanRows(AddedRows[MonitoringPlan]):
    """At most one."""

    def make_row(self, place: int) -> PlanRow:
        """The only one."""
        del place
        return PlanRow()
