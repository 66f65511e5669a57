"""Fields for amounts with their unit, judged while typing: readable, and above zero."""

from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

from ketachart.domain.quantities import Quantity
from ketachart.domain.shape import as_decimal
from ketachart.domain.typed import Blank, Unreadable, decimal_number, whole_number
from ketachart.domain.wording import decimal_text
from ketachart.errors import Refused
from ui.widgets.field import UNJUDGED, Judge, Judgement, Standing
from ui.widgets.number_field import NumberField

Q = TypeVar("Q", bound=Quantity)


class _OrderedField(NumberField):
    """A number of an order, which says by its own name why it cannot be read."""

    def __init__(  # noqa: PLR0913 - one field: two names, a key, a unit, how it is read and judged
        self,
        name: str,
        key: str,
        *,
        unit: str,
        parse: Callable[[str], object],
        judge: Judge | None = None,
        label: str = "",
    ) -> None:
        self.key = key
        self._own_name = name
        said = f"{name}, {unit}" if unit else name
        super().__init__(said, label=label or name, parse=parse, unit=unit, judge=judge or _judge)
        self.say_beside()

    def _typed_or_refused(self) -> object:
        judged = self.judgement()
        if judged.standing is Standing.BAD:
            sentence = f"{self._own_name}: {judged.sentence}"
            raise Refused(sentence, rule="unreadable", field=self.key)
        return self.value()


class AmountField(_OrderedField):
    """One amount of an order, in the one unit that it is ordered in."""

    def __init__(self, name: str, key: str, *, unit: str, label: str = "") -> None:
        super().__init__(name, key, unit=unit, parse=decimal_number, label=label)

    def number(self) -> Decimal | None:
        """The bare number, or None where nothing was typed.

        Raises:
            Refused: it cannot be read, or is not above zero.
        """
        value = self._typed_or_refused()
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
            words = self._own_name[:1].lower() + self._own_name[1:]
            raise Refused(f"Type {words}.", rule=f"{self.key} missing", field=self.key)
        return read


class BoundField(_OrderedField):
    """The number of a limit: zero and below are numbers too, as on a scale of sedation."""

    def __init__(self, name: str, key: str, *, label: str) -> None:
        super().__init__(name, key, unit="", parse=_signed_number, judge=_judge_read, label=label)

    def needed(self) -> Decimal:
        """The number that a limit must have.

        Raises:
            Refused: nothing was typed, or it cannot be read.
        """
        value = self._typed_or_refused()
        if isinstance(value, Decimal):
            return value
        raise Refused("Type the number of the limit.", rule=f"{self.key} missing", field=self.key)


class CountField(_OrderedField):
    """A whole number above zero: how many, or which of how many."""

    def __init__(self, name: str, key: str, *, unit: str = "", label: str = "") -> None:
        super().__init__(name, key, unit=unit, parse=whole_number, label=label)

    def count(self) -> int | None:
        """The number, or None where nothing was typed.

        Raises:
            Refused: it cannot be read, or is not above zero.
        """
        value = self._typed_or_refused()
        return value if isinstance(value, int) else None


def exact_text(quantity: Quantity | None) -> str:
    """An amount of an order on file as it was typed, to its last decimal; empty where none is."""
    return "" if quantity is None else decimal_text(as_decimal(quantity))


def _signed_number(text: str) -> Decimal | Blank | Unreadable:
    bare = text.strip()
    negative = bare[:1] in ("-", "−")
    read = decimal_number(bare[1:] if negative else bare)
    return -read if negative and isinstance(read, Decimal) else read


def _judge_read(value: object) -> Judgement:
    if isinstance(value, Unreadable):
        short = "with a point" if "point" in value.sentence else "a number"
        return Judgement(Standing.BAD, value.sentence, short=short)
    return UNJUDGED


def _judge(value: object) -> Judgement:
    if isinstance(value, Unreadable):
        return _judge_read(value)
    if isinstance(value, (int, Decimal)) and value <= 0:
        return Judgement(Standing.BAD, "It must be above zero.", short="above zero")
    return UNJUDGED
