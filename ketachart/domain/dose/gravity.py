"""A gravity set counted in drops: whole drops a minute, and what counting whole drops does.

Nobody counts half a drop. So the nearest whole number is set, and what that number runs is what is
charted, in mL/h like every other rate.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from ketachart.domain.quantities import Minutes, MlPerHour, Quantity, half_away
from ketachart.domain.wording import with_unit

MINUTES_PER_HOUR = 60


class DropsPerMinute(Quantity):
    """Drops a minute of a gravity set, gtt/min."""

    __slots__ = ()
    unit: ClassVar[str] = "gtt/min"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drip:
    """What a gravity set with that drop factor (gtt/mL) is set to, and what it then runs."""

    drops_per_ml: int
    exact: DropsPerMinute
    counted: DropsPerMinute
    runs: MlPerHour

    @property
    def seconds_a_drop(self) -> Fraction:
        """How far two drops are apart, seconds; zero where no drop falls."""
        return 60 / self.counted.amount if self.counted.above_zero else Fraction(0)


def drops_of(rate: MlPerHour, drops_per_ml: int) -> DropsPerMinute:
    """Drops a minute that run a rate; the drop factor is that on the set's package, above zero."""
    return DropsPerMinute(rate.amount * drops_per_ml / MINUTES_PER_HOUR)


def rate_of(drops: DropsPerMinute, drops_per_ml: int) -> MlPerHour:
    """The rate that so many drops a minute run."""
    return MlPerHour(drops.amount * MINUTES_PER_HOUR / drops_per_ml)


def drip(rate: MlPerHour, drops_per_ml: int) -> Drip:
    """The nearest whole number of drops for a rate, half away from zero, and what it runs."""
    exact = drops_of(rate, drops_per_ml)
    counted = DropsPerMinute(half_away(exact.amount, 0))
    return Drip(
        drops_per_ml=drops_per_ml,
        exact=exact,
        counted=counted,
        runs=rate_of(counted, drops_per_ml),
    )


def drip_words(found: Drip, rate: MlPerHour) -> str:
    """How the drops are worked out: “17.1 mL/h × 20 gtt/mL ÷ 60 min”, and what whole ones run."""
    text = f"{with_unit(rate)} × {found.drops_per_ml} gtt/mL ÷ {with_unit(Minutes(60))}"
    if found.counted != found.exact:
        text += f" = {with_unit(found.exact)}; whole drops run {with_unit(found.runs)}"
    return text
