"""The height, asked for only where the order works its weight out of it."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Final

from ketachart.domain.facts import HeightMeasured
from ketachart.domain.typed import decimal_number
from ketachart.domain.wording import decimal_text
from ui import tokens
from ui.forms import reading
from ui.forms.timed import must_choose
from ui.widgets.boxes import Column
from ui.widgets.choices import Choice, Choices
from ui.widgets.number_field import NumberField

CM_PER_INCH: Final = Decimal("2.54")  # exact by definition (1959 agreement)


class HeightFields(Column):
    """In centimetres or in inches; what stands in the record is centimetres."""

    def __init__(self) -> None:
        super().__init__(gap=tokens.S3)
        self.number = NumberField("Height", label="Height", parse=decimal_number)
        self.unit = Choices(
            "Unit of the height",
            (Choice("cm", "cm", key="C"), Choice("in", "in", key="I")),
            columns=2,
        )
        self.unit.set_label("In which unit")
        self.how = Choices(
            "How the height is known",
            (Choice("measured", "Measured", key="M"), Choice("stated", "Told", key="T")),
            columns=2,
        )
        self.how.set_label("How the height is known")
        for part in (self.number, self.unit, self.how):
            self.add(part)

    def show_known(self, known: HeightMeasured | None) -> None:
        """What is on file already; the fields may then stay empty."""
        self.number.set_hint("" if known is None else f"on file {decimal_text(known.height_cm)} cm")

    def begun(self) -> bool:
        """Whether a height is being typed."""
        return bool(self.number.text().strip())

    def typed(self) -> Decimal | None:
        """The height in cm as far as it can be read."""
        value, unit = self.number.value(), self.unit.chosen()
        return _cm(value, unit[0]) if isinstance(value, Decimal) and unit else None

    def fact(self, at: datetime, *, confirmed: bool) -> HeightMeasured:
        """The height as typed.

        Raises:
            Refused: it is missing, cannot be read, or nobody said in which unit or how.
        """
        value = reading.needed(self.number, "Height", "height_cm")
        unit = must_choose(self.unit, "Centimetres or inches?", "height_unit")
        how = must_choose(self.how, "Was the height measured, or told?", "height_how")
        fact = HeightMeasured(at=at, height_cm=_cm(value, unit), confirmed=confirmed)
        return replace(fact, how="stated") if how == "stated" else fact

    def empty(self) -> None:
        """Clears the fields; called once the entry is on the disk."""
        self.number.clear()
        self.unit.choose()
        self.how.choose()


def _cm(value: Decimal, unit: str) -> Decimal:
    return value if unit == "cm" else value * CM_PER_INCH
