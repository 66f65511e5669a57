"""The line was primed or flushed: with what, and how much."""

from ketachart.domain.facts import Fact, LineFlushed
from ketachart.domain.quantities import Ml
from ketachart.domain.typed import decimal_number
from ui.desk import Desk
from ui.forms import reading
from ui.forms.timed import TimedSheet
from ui.widgets.choices import Choice, Choices
from ui.widgets.number_field import NumberField
from ui.widgets.text_field import TextField

SALINE = "0.9 % saline"


class FlushSheet(TimedSheet):
    """Drug or saline: what is in the line reaches the patient first (clinical.md C10)."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Line primed or flushed", records="Record flush")
        self._volume = NumberField("Volume, mL", label="Volume", parse=decimal_number, unit="mL")
        self._fluid = TextField("With what", label="With what")
        self._offered = Choices(
            "Usual fluid",
            (Choice(SALINE, SALINE, key="S"), Choice("drug from the bag", "Drug", key="D")),
            columns=2,
        )
        self._offered.changed.connect(lambda chosen: self._fluid.set_text("".join(chosen)))
        self.add_fields((self._volume, self._offered, self._fluid))
        self.place("volume_ml", self._volume)
        self.place("fluid", self._fluid)

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The flush."""
        del confirmed
        return (
            LineFlushed(
                at=self.when.moment(),
                volume_ml=Ml(reading.needed(self._volume, "Volume", "volume_ml")),
                fluid=reading.text(self._fluid, "With what", "fluid"),
            ),
        )
