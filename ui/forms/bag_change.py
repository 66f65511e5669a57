"""Another bag is hung: which one, what the pump showed then, and whether it was set to zero."""

from ketachart.domain.facts import BagChanged, Fact
from ketachart.domain.infusion import bags, delivery
from ketachart.domain.quantities import MgPerMl, Ml
from ketachart.domain.typed import decimal_number
from ketachart.domain.visit import Visit
from ketachart.domain.wording import with_unit
from ui.desk import Desk
from ui.forms.figures import Figures
from ui.forms.pump_volume import PumpVolume
from ui.forms.reading import decimal
from ui.forms.timed import TimedSheet, one
from ui.forms.yes_no import YesNo
from ui.widgets.choices import Choice
from ui.widgets.number_field import NumberField
from ui.widgets.offered import Offered
from ui.widgets.words import Words


class BagChangeSheet(TimedSheet):
    """A bag that is on file, or the strength and volume on the label of one that is not."""

    reads_pump = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Bag changed", records="Record new bag")
        self._now = Words(size="small", tone="muted")
        self.bag = Offered(
            "Which bag hangs now", empty="No bag is on file: chart it in Order & dose, or type it."
        )
        self.bag.set_label("Which bag hangs now", hint="or type its label")
        self.strength = NumberField(
            "Strength on the label, mg/mL", label="Strength", unit="mg/mL", parse=decimal_number
        )
        self.held = NumberField(
            "Volume in the new bag, mL", label="Volume", unit="mL", parse=decimal_number
        )
        self.volume = PumpVolume()
        self.cleared = YesNo("The pump was set back to zero")
        label = Figures((self.strength, self.held))
        self.add_fields((self._now, self.bag, label, self.volume, self.cleared))
        for field, widget in (
            ("bag", self.bag),
            ("strength_mg_per_ml", self.strength),
            ("volume_ml", self.held),
            ("pump_volume_ml", self.volume),
            ("pump_cleared", self.cleared),
        ):
            self.place(field, widget)

    def show_visit(self, visit: Visit) -> None:
        """What runs now, and the bags that were made up."""
        run = delivery(visit, self.desk.now())
        left = f", {with_unit(run.bag_left)} left by the rates" if run.bag_left is not None else ""
        hangs = "" if run.strength is None else f"{with_unit(run.strength)} hangs now{left}."
        self._now.setText(hangs if run.state in {"running", "paused"} else "No pump is running.")
        self.bag.offer(
            tuple(
                Choice(
                    bag.name,
                    f"{bag.name}, {with_unit(bag.strength)}",
                    with_unit(bag.volume),
                    key=str(place) if place < 10 else "",
                )
                for place, bag in enumerate({bag.name: bag for bag in bags(visit)}.values(), 1)
            )
        )

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The change.

        Raises:
            Refused: a figure cannot be read, or it is not said whether the pump was set to zero.
        """
        del confirmed
        strength = decimal(self.strength, "Strength", "strength_mg_per_ml")
        held = decimal(self.held, "Volume", "volume_ml")
        return (
            BagChanged(
                at=self.when.moment(),
                bag=one(self.bag),
                strength_mg_per_ml=None if strength is None else MgPerMl(strength),
                volume_ml=None if held is None else Ml(held),
                pump_volume_ml=self.volume.volume("pump_volume_ml"),
                pump_cleared=self.cleared.answer("pump_cleared"),
            ),
        )
