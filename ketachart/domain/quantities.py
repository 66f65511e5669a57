"""Amounts that cannot be mixed up: milligrams, millilitres, rates, weights, each its own class.

Every amount is an exact fraction. Nothing is rounded until it is written down (`wording.py`) or
set on a pump or drawn into a syringe (`rounded_to`), and then half away from zero, the rule of the
clinical content (clinical.md C10).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Literal, Self, TypeVar

SECONDS_PER_HOUR = 3600
MICROGRAMS_PER_MILLIGRAM = 1000
# The international avoirdupois pound, exact by definition (1959 agreement).
KG_PER_LB = Fraction("0.45359237")

Q = TypeVar("Q", bound="Quantity")
Number = int | str | Decimal | Fraction


def exact(number: Number) -> Fraction:
    """The number as an exact fraction; a binary float is refused, since it is never a dose."""
    if isinstance(number, bool) or not isinstance(number, (int, str, Decimal, Fraction)):
        raise TypeError(f"a dose is never made from {type(number).__name__}")
    return Fraction(number)


def half_away(value: Fraction, places: int) -> Decimal:
    """Rounds half away from zero to that many decimals: 1.2345 becomes 1.235, −0.0005 −0.001."""
    scaled = abs(value) * 10**places
    whole = int(scaled + Fraction(1, 2))
    return Decimal(whole if value >= 0 else -whole).scaleb(-places)


@dataclass(frozen=True, slots=True, order=True)
class Quantity:
    """An exact amount of one unit; only amounts of the same class add, subtract and compare."""

    amount: Fraction
    unit: ClassVar[str] = ""

    def __init__(self, number: Number) -> None:
        object.__setattr__(self, "amount", exact(number))

    def __add__(self, other: Self) -> Self:
        return type(self)(self.amount + self._amount_of(other))

    def __sub__(self, other: Self) -> Self:
        return type(self)(self.amount - self._amount_of(other))

    def __neg__(self) -> Self:
        return type(self)(-self.amount)

    def __abs__(self) -> Self:
        return type(self)(abs(self.amount))

    def __bool__(self) -> Literal[False]:
        # Declared False so that mypy calls every “if amount” unreachable, before it is ever run.
        raise TypeError("ask is_zero: an amount of zero is still an amount")

    @property
    def is_zero(self) -> bool:
        """Whether this is exactly nothing."""
        return self.amount == 0

    @property
    def above_zero(self) -> bool:
        """Whether there is any of it."""
        return self.amount > 0

    def times(self, factor: Number) -> Self:
        """So many times this amount."""
        return type(self)(self.amount * exact(factor))

    def ratio_to(self, other: Self) -> Fraction:
        """How many times the other amount this is; the other must not be zero."""
        return self.amount / self._amount_of(other)

    def rounded(self, places: int) -> Decimal:
        """The amount to that many decimals, half away from zero."""
        return half_away(self.amount, places)

    def rounded_to(self, step: Self) -> Self:
        """The nearest multiple of a pump's or a syringe's step, half away from zero."""
        steps = half_away(self.amount / step.amount, 0)
        return type(self)(Fraction(steps) * step.amount)

    def floored_to(self, step: Self) -> Self:
        """The largest multiple of the step that is not more than this."""
        return type(self)((self.amount // step.amount) * step.amount)

    def _amount_of(self, other: Self) -> Fraction:
        if type(other) is not type(self):
            raise TypeError(f"{self.unit} and {getattr(other, 'unit', other)} do not mix")
        return other.amount

    @classmethod
    def zero(cls) -> Self:
        """Nothing of this unit; a measured nothing, not an absence."""
        return cls(0)


class Ratio(Quantity):
    """A plain number without a unit, for example a percentage's fraction."""

    __slots__ = ()
    unit: ClassVar[str] = ""


class Minutes(Quantity):
    """A length of time in minutes."""

    __slots__ = ()
    unit: ClassVar[str] = "min"

    @property
    def seconds(self) -> Fraction:
        """The same length in seconds."""
        return self.amount * 60


class Ml(Quantity):
    """A volume, mL."""

    __slots__ = ()
    unit: ClassVar[str] = "mL"

    def at(self, strength: MgPerMl) -> Mg:
        """The drug in this volume at that strength."""
        return Mg(self.amount * strength.amount)

    def in_(self, length: Minutes) -> MlPerHour:
        """The rate that runs this volume in that time."""
        return MlPerHour(self.amount * 60 / length.amount)


class Mg(Quantity):
    """A mass of drug, mg; ketamine always as base (clinical.md B1.2)."""

    __slots__ = ()
    unit: ClassVar[str] = "mg"

    def per(self, weight: Kg) -> MgPerKg:
        """This dose for a patient of that weight."""
        return MgPerKg(self.amount / weight.amount)

    def volume_at(self, strength: MgPerMl) -> Ml:
        """The volume that holds this much drug at that strength."""
        return Ml(self.amount / strength.amount)

    def in_volume(self, volume: Ml) -> MgPerMl:
        """The strength when this much drug is made up to that volume."""
        return MgPerMl(self.amount / volume.amount)

    def in_(self, length: Minutes) -> MgPerHour:
        """The dose rate that gives this dose in that time."""
        return MgPerHour(self.amount * 60 / length.amount)


class Kg(Quantity):
    """A body weight, kg."""

    __slots__ = ()
    unit: ClassVar[str] = "kg"

    @classmethod
    def from_lb(cls, pounds: Number) -> Kg:
        """A weight read in pounds; 1 lb is 0.45359237 kg exactly."""
        return cls(exact(pounds) * KG_PER_LB)

    @property
    def lb(self) -> Fraction:
        """The same weight in pounds."""
        return self.amount / KG_PER_LB


class MgPerMl(Quantity):
    """A strength: drug per volume, mg/mL."""

    __slots__ = ()
    unit: ClassVar[str] = "mg/mL"


class MgPerKg(Quantity):
    """A dose for a body weight, mg/kg; not to be taken for mg/kg/h (clinical.md, vector U05)."""

    __slots__ = ()
    unit: ClassVar[str] = "mg/kg"

    def for_(self, weight: Kg) -> Mg:
        """The dose for a patient of that weight."""
        return Mg(self.amount * weight.amount)


class MlPerHour(Quantity):
    """A pump setting, mL/h."""

    __slots__ = ()
    unit: ClassVar[str] = "mL/h"

    def over(self, length: timedelta) -> Ml:
        """The volume pumped in that time, exact to the microsecond."""
        return Ml(self.amount * seconds_of(length) / SECONDS_PER_HOUR)

    def at(self, strength: MgPerMl) -> MgPerHour:
        """What this setting means in drug, at that strength."""
        return MgPerHour(self.amount * strength.amount)


class MgPerHour(Quantity):
    """A dose rate, mg/h."""

    __slots__ = ()
    unit: ClassVar[str] = "mg/h"

    def per(self, weight: Kg) -> MgPerKgPerHour:
        """This dose rate for a patient of that weight."""
        return MgPerKgPerHour(self.amount / weight.amount)

    def setting_at(self, strength: MgPerMl) -> MlPerHour:
        """The pump setting that gives this dose rate at that strength."""
        return MlPerHour(self.amount / strength.amount)


class MgPerKgPerHour(Quantity):
    """A dose rate for a body weight, mg/kg/h."""

    __slots__ = ()
    unit: ClassVar[str] = "mg/kg/h"

    def for_(self, weight: Kg) -> MgPerHour:
        """The dose rate for a patient of that weight."""
        return MgPerHour(self.amount * weight.amount)

    @property
    def per_minute(self) -> UgPerKgPerMin:
        """The same in µg/kg/min."""
        return UgPerKgPerMin(self.amount * MICROGRAMS_PER_MILLIGRAM / 60)


class UgPerKgPerMin(Quantity):
    """A dose rate as some pumps and papers write it, µg/kg/min."""

    __slots__ = ()
    unit: ClassVar[str] = "µg/kg/min"

    @property
    def per_hour(self) -> MgPerKgPerHour:
        """The same in mg/kg/h."""
        return MgPerKgPerHour(self.amount * 60 / MICROGRAMS_PER_MILLIGRAM)


def either(value: Q | None, otherwise: Q) -> Q:
    """The first amount, even if it is zero; the other only where there is none."""
    return otherwise if value is None else value


def seconds_of(length: timedelta) -> Fraction:
    """A length of time in exact seconds."""
    return Fraction(length // timedelta(microseconds=1), 1_000_000)


def length_of(seconds: Fraction) -> timedelta:
    """Seconds as a length of time, to the nearest microsecond, half up."""
    return timedelta(microseconds=int(seconds * 1_000_000 + Fraction(1, 2)))
