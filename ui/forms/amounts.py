"""Fields for amounts with their unit, judged while typing: readable, and above zero."""

from decimal import Decimal
from typing import TypeVar

from ketachart.domain.quantities import Quantity
from ketachart.domain.typed import Unreadable, decimal_number, whole_number
from ketachart.errors import Refused
from ui.widgets.field import UNJUDGED, Judgement, Standing
from ui.widgets.number_field import NumberField

Q = TypeVar("Q", bound=Quantity)


class AmountField(NumberField):
    """One amount of an order, in the one unit that it is ordered in."""

    def __init__(self, name: str, key: str, *, unit: str) -> None:
        self.key = key
        self._amount_name = name
        said = f"{name}, {unit}" if unit else name
        super().__init__(said, label=name, parse=decimal_number, unit=unit, judge=_judge)
        self.say_beside()

    def number(self) -> Decimal | None:
        """The bare number, or None where nothing was typed.

        Raises:
            Refused: it cannot be read, or is not above zero.
        """
        judged, value = self.judgement(), self.value()
        if judged.standing is Standing.BAD:
            sentence = f"{self._amount_name}: {judged.sentence}"
            raise Refused(sentence, rule="unreadable", field=self.key)
        return value if isinstance(value, Decimal) else None

    def amount(self, kind: type[Q]) -> Q | None:
        """The amount, or None where nothing was typed.

        Raises:
            Refused: as for `number`.
        """
        read = self.number()
        return None if read is None else kind(read)

    def needed(self, kind: type[Q]) -> Q:
        """The amount that an order must name.

        Raises:
            Refused: nothing was typed, or it cannot be read.
        """
        read = self.amount(kind)
        if read is None:
            words = self._amount_name[:1].lower() + self._amount_name[1:]
            raise Refused(f"Type {words}.", rule=f"{self.key} missing", field=self.key)
        return read


class CountField(NumberField):
    """A whole number above zero: how many, or which of how many."""

    def __init__(self, name: str, key: str, *, unit: str = "") -> None:
        self.key = key
        self._count_name = name
        said = f"{name}, {unit}" if unit else name
        super().__init__(said, label=name, parse=whole_number, unit=unit, judge=_judge)
        self.say_beside()

    def count(self) -> int | None:
        """The number, or None where nothing was typed.

        Raises:
            Refused: it cannot be read, or is not above zero.
        """
        judged, value = self.judgement(), self.value()
        if judged.standing is Standing.BAD:
            sentence = f"{self._count_name}: {judged.sentence}"
            raise Refused(sentence, rule="unreadable", field=self.key)
        return value if isinstance(value, int) else None


def _judge(value: object) -> Judgement:
    if isinstance(value, Unreadable):
        short = "with a point" if "point" in value.sentence else "a number"
        return Judgement(Standing.BAD, value.sentence, short=short)
    if isinstance(value, (int, Decimal)) and value <= 0:
        return Judgement(Standing.BAD, "It must be above zero.", short="above zero")
    return UNJUDGED
