"""The volume that the pump shows: read from the pump, with nothing shown that could be copied."""

from decimal import Decimal

from ketachart.domain.quantities import Ml
from ketachart.domain.typed import Unreadable, decimal_number
from ui.forms.reading import decimal
from ui.widgets.field import UNJUDGED, Judgement, Standing
from ui.widgets.number_field import NumberField

NAME = "Volume infused"


class PumpVolume(NumberField):
    """Millilitres infused since the start, as the pump shows them; empty means not read."""

    def __init__(self) -> None:
        super().__init__(
            f"{NAME} as the pump shows it, mL",
            label=NAME,
            unit="mL",
            parse=decimal_number,
            judge=_judge,
        )
        self.set_hint("read it from the pump")
        self.say_beside()

    def volume(self, key: str) -> Ml | None:
        """What was read; None where nothing was typed.

        Raises:
            Refused: it cannot be read as a number.
        """
        read = decimal(self, NAME, key)
        return None if read is None else Ml(read)

    def typed_volume(self) -> Ml | None:
        """What stands in the field while it is typed; None while it is no number."""
        value = self.value()
        return Ml(value) if isinstance(value, Decimal) else None


def _judge(value: object) -> Judgement:
    if isinstance(value, Unreadable):
        return Judgement(Standing.BAD, value.sentence, short="not a number")
    return UNJUDGED
