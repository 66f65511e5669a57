"""The scale of each lane: from which value to which, how fine, and the numbers beside it."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from ketachart.timeline.contents import Pressure, Run, Timeline
from ketachart.timeline.manner import Manner

ScaledLane = Literal["rate", "pressure", "pulse", "spo2", "pain"]
_NICE: Final = (1.0, 2.0, 5.0)
_RATE_SQUARES: Final = 4  # at least
_HEADROOM: Final = 1.08  # the highest rate keeps clear of the lane's edge


@dataclass(frozen=True, slots=True)
class Scale:
    """From ``low`` to ``high``; on paper one square is ``unit``; ``steps`` between two numbers."""

    low: float
    high: float
    unit: float
    steps: tuple[float, ...]

    def share(self, value: float) -> float:
        """Where a value stands between 0, low, and 1, high; what is off the scale at its edge."""
        return min(1.0, max(0.0, (value - self.low) / (self.high - self.low)))

    def off(self, value: float) -> int:
        """1 where a value is over the scale, −1 where it is under it, else 0."""
        return (value > self.high) - (value < self.low)

    @property
    def squares(self) -> int:
        """How many squares high the lane is on paper."""
        return round((self.high - self.low) / self.unit)

    def levels(self, step: float) -> tuple[float, ...]:
        """The multiples of a step that lie on the scale."""
        first = math.ceil(self.low / step - 1e-9)
        last = math.floor(self.high / step + 1e-9)
        return tuple(number * step for number in range(first, last + 1))

    def ticks(self, height: float, apart: float) -> tuple[float, ...]:
        """The numbers of the finest step that leaves them so far apart in a lane of that height.

        Where not even two of them fit, the ends of the scale.
        """
        for step in self.steps:
            levels = self.levels(step)
            if step / (self.high - self.low) * height >= apart and len(levels) > 1:
                return levels
        return self.low, self.high


def scale_of(lane: ScaledLane, timeline: Timeline, manner: Manner) -> Scale:
    """The scale that shows all readings of a lane, as far as a believable one goes."""
    match lane:
        case "rate":
            return _rate(timeline, manner)
        case "pressure":
            values = _ends(
                value
                for pressure in (*timeline.pressures, *_behind(timeline, manner))
                for value in (pressure.systolic, pressure.diastolic)
                if value is not None
            )
            low, high = _spread(values, 50, 180 if manner.paper else 200, least=30, most=220)
            return Scale(low, high, 10, (20, 40, 80))
        case "pulse":
            usual = (50, 120) if manner.paper else (60, 100)
            low, high = _spread(_values(timeline.pulse), *usual, least=30, most=200)
            return Scale(low, high, 10 if high - low <= 100 else 20, (20, 40, 80))
        case "spo2":
            return _oxygen(_values(timeline.spo2), manner)
        case "pain":
            return Scale(0, 10, 2, (4,) if manner.paper else (5, 10))


def _behind(timeline: Timeline, manner: Manner) -> tuple[Pressure, ...]:
    """The pressures of the last visit, where it lies behind this one."""
    ghost = None if manner.paper else timeline.ghost
    return ghost.pressures if ghost is not None else ()


def _values(runs: Iterable[Run]) -> list[float]:
    return _ends(spot.value for run in runs for spot in run)


def _ends(values: Iterable[Decimal | int]) -> list[float]:
    """The lowest and the highest; a scale asks for no other."""
    known = list(values)
    return [float(min(known)), float(max(known))] if known else []


def _spread(
    values: list[float], low: float, high: float, *, least: float, most: float
) -> tuple[float, float]:
    """The usual range, widened in tens to the readings, within what a lane can show."""
    below, above = min([low, *values]), max([high, *values])
    return max(least, math.floor(below / 10) * 10), min(most, math.ceil(above / 10) * 10)


def _oxygen(values: list[float], manner: Manner) -> Scale:
    lowest = min([90.0, *values])
    if lowest >= 80:
        low = 90.0 if lowest >= 90 else 80.0
        return Scale(low, 100, 2, (4, 8) if manner.paper else (5, 10))
    return Scale(max(50.0, math.floor(lowest / 10) * 10), 100, 5, (10, 20, 50))


def _rate(timeline: Timeline, manner: Manner) -> Scale:
    ghost = None if manner.paper else timeline.ghost
    steps = (*timeline.drug.steps, *(ghost.steps if ghost is not None else ()))
    rates = [float(step.rate.amount) for step in steps if step.rate is not None]
    highest = timeline.drug.highest_rate
    ceiling = float(highest.amount) if highest is not None else 0.0
    run = max(rates, default=0.0)
    # a ceiling far above what runs would press the bars flat: its line then stands at the edge
    top = max(run, ceiling if run == 0 or ceiling <= 2 * run else 1.3 * run) or 10.0
    if not manner.paper:
        unit = nice(top / _RATE_SQUARES)
        return Scale(0, top, unit, (unit, unit * 2, unit * 5))
    unit = nice(top * _HEADROOM / _RATE_SQUARES)
    return Scale(0, unit * math.ceil(top * _HEADROOM / unit), unit, (unit * 2, unit * 5))


def nice(value: float) -> float:
    """The last of 1, 2, 5, 10, 20, 50 … that is not more."""
    power = 10.0 ** math.floor(math.log10(value))
    return max(step * power for step in _NICE if step * power <= value + 1e-9)
