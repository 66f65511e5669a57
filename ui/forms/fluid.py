"""Fluid by vein or by mouth."""

from typing import Literal

from ketachart.domain.facts import Fact, FluidGiven
from ketachart.domain.quantities import Ml
from ketachart.domain.typed import decimal_number
from ketachart.domain.visit import Visit
from ui.desk import Desk
from ui.forms.order.ordered_medicines import fluids_told
from ui.forms.reading import needed, text
from ui.forms.timed import TimedSheet, must_choose
from ui.widgets.choices import Choice, Choices
from ui.widgets.number_field import NumberField
from ui.widgets.text_field import TextField
from ui.widgets.words import Words

Route = Literal["IV", "oral"]
ROUTES: dict[str, Route] = {"IV": "IV", "oral": "oral"}


class FluidSheet(TimedSheet):
    """What, how much, and how."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Fluid", records="Record fluid")
        self.route = Choices(
            "Route", (Choice("IV", "IV", key="1"), Choice("oral", "Oral", key="2"))
        )
        self.route.set_label("Route")
        self.fluid = TextField("Which fluid", label="Fluid", placeholder="0.9 % saline, water")
        self.volume = NumberField("Volume, mL", label="Volume", unit="mL", parse=decimal_number)
        self._ordered = Words(size="small", tone="muted")
        self.add_fields((self._ordered, self.route, self.fluid, self.volume))
        self.place("route", self.route)
        self.place("fluid", self.fluid)
        self.place("volume_ml", self.volume)

    def show_visit(self, visit: Visit) -> None:
        """What the order names, and how much was given of any fluid so far."""
        self._ordered.setText(fluids_told(visit))
        self._ordered.setVisible(bool(self._ordered.text()))

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The fluid.

        Raises:
            Refused: something is missing or cannot be read.
        """
        del confirmed
        route = must_choose(self.route, "Choose by vein or by mouth.", "route")
        return (
            FluidGiven(
                at=self.when.moment(),
                fluid=text(self.fluid, "Which fluid", "fluid"),
                volume_ml=Ml(needed(self.volume, "The volume", "volume_ml")),
                route=ROUTES[route],
            ),
        )
