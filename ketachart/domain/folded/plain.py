"""Small values as plain JSON: an exact amount in all its forms, a time, a length."""

from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ketachart.domain.quantities import Quantity, half_away
from ketachart.domain.shape import moment_text
from ketachart.domain.wording import decimal_text


def exact(value: Fraction) -> dict[str, str | None]:
    """A number exactly: its fraction, its decimal where that ends, and three decimals."""
    denominator = value.denominator
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    decimal = Decimal(value.numerator) / Decimal(value.denominator)
    return {
        "frac": f"{value.numerator}/{value.denominator}",
        "dec": decimal_text(decimal) if denominator == 1 else None,
        "r3": f"{half_away(value, 3):f}",
    }


def quantity(value: Quantity | None) -> dict[str, Any] | None:
    """An amount exactly, with its unit; null where there is none."""
    return None if value is None else {**exact(value.amount), "unit": value.unit}


def moment(value: datetime | None) -> str | None:
    """A time with its offset; null where there is none."""
    return None if value is None else moment_text(value)


def seconds(value: timedelta | None) -> int | None:
    """A length in whole seconds; null where there is none."""
    return None if value is None else int(value.total_seconds())
