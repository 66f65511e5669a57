"""A start that happened before the chart allowed it: charted as it was, with the reason."""

from decimal import Decimal

from ketachart.domain.dose.gravity import DropsPerMinute, rate_of
from ketachart.domain.facts import Fact, InfusionStarted
from ketachart.domain.infusion import bag_before
from ketachart.domain.quantities import MgPerMl, Ml, MlPerHour
from ketachart.domain.typed import decimal_number
from ketachart.domain.visit import Visit
from ketachart.domain.wording import with_unit
from ketachart.errors import Refused
from ui.desk import Desk
from ui.forms import reading
from ui.forms.drop_factors import set_choices
from ui.forms.timed import TimedSheet
from ui.widgets.number_field import NumberField
from ui.widgets.text_field import NoteField, TextField
from ui.widgets.words import Words


class StartedAlreadySheet(TimedSheet):
    """Nothing that happened is refused; what stood against it stays in the record."""

    reads_pump = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "It was started already", records="Record the start")
        self._told = Words(
            "For a pump that runs already. What stands against the start stays in the record.",
            size="small",
            tone="muted",
        )
        self._rate = NumberField(
            "Rate on the pump, mL/h", label="Rate on the pump", parse=decimal_number, unit="mL/h"
        )
        self._set = set_choices(desk.visit.protocol.drop_factors, columns=2)
        self._set.set_label("Gravity set, if there is no pump", hint="gtt/mL, on its package")
        self._set.changed.connect(lambda _chosen: self._show_set())
        self._drops = NumberField(
            "Drops counted in a minute, gtt/min",
            label="Drops counted in a minute",
            parse=decimal_number,
            unit="gtt/min",
        )
        self._drops.typed.connect(lambda _value: self._show_set())
        self._runs = Words(size="small", tone="muted")
        self._strength = NumberField(
            "Strength of the bag, mg/mL",
            label="Strength on the label",
            parse=decimal_number,
            unit="mg/mL",
        )
        self._volume = NumberField(
            "Volume in the bag, mL", label="Volume in the bag", parse=decimal_number, unit="mL"
        )
        self._pump = TextField("Serial number of the pump", label="Pump, serial number")
        self._despite = NoteField("Why it was started", label="Why it was started", lines=2)
        fields = {
            "drops_per_ml": self._set,
            "rate_ml_h": self._rate,
            "drops": self._drops,
            "runs": self._runs,
            "strength_mg_per_ml": self._strength,
            "volume_ml": self._volume,
            "pump": self._pump,
            "despite": self._despite,
        }
        self.add_fields((self._told, *fields.values()))
        for key, field in fields.items():
            self.place(key, field)
        self._show_set()

    def show_visit(self, visit: Visit) -> None:
        """Strength and volume are asked only where no bag on file tells them."""
        unknown = bag_before(visit, self.desk.now()) is None
        self._strength.setVisible(unknown)
        self._volume.setVisible(unknown)

    def _factor(self) -> int | None:
        chosen = self._set.chosen()
        return int(chosen[0]) if chosen else None

    def _show_set(self) -> None:
        """Of a gravity set drops are counted, and what they run is told; of a pump it is read."""
        factor, drops = self._factor(), self._drops.value()
        self._rate.setVisible(factor is None)
        self._pump.setVisible(factor is None)
        for part in (self._drops, self._runs):
            part.setVisible(factor is not None)
        if factor is not None and isinstance(drops, Decimal):
            runs = rate_of(DropsPerMinute(drops), factor)
            self._runs.setText(f"{with_unit(DropsPerMinute(drops))} run {with_unit(runs)}")
        else:
            self._runs.setText("What the drops run is worked out in mL/h.")

    def _read_rate(self) -> MlPerHour:
        factor = self._factor()
        if factor is None:
            return MlPerHour(reading.needed(self._rate, "Rate on the pump", "rate_ml_h"))
        drops = reading.needed(self._drops, "Drops counted in a minute", "drops")
        return rate_of(DropsPerMinute(drops), factor)

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The start as it was."""
        del confirmed
        strength = reading.decimal(self._strength, "Strength on the label", "strength_mg_per_ml")
        volume = reading.decimal(self._volume, "Volume in the bag", "volume_ml")
        rate, factor = self._read_rate(), self._factor()
        if not self._despite.text().strip():
            raise Refused(
                "Write why it was started before.", rule="reason missing", field="despite"
            )
        return (
            InfusionStarted(
                at=self.when.moment(),
                rate_ml_h=rate,
                strength_mg_per_ml=None if strength is None else MgPerMl(strength),
                volume_ml=None if volume is None else Ml(volume),
                pump=self._pump.text().strip() if factor is None else "",
                by="pump" if factor is None else "gravity",
                drops_per_ml=factor,
                despite=self._despite.text().strip(),
            ),
        )
