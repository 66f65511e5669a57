"""What the marks of syringe and pump do to the dose: so many mg, per cent and minutes."""

from dataclasses import dataclass
from fractions import Fraction

from ketachart.domain.quantities import Mg, MgPerHour, MgPerMl, Minutes, Ml, MlPerHour, half_away
from ketachart.domain.wording import signed, with_unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounding:
    """The dose and time that were worked out, and those that syringe, bag and pump really give."""

    dose: Mg
    gives: Mg
    planned: Minutes
    takes: Minutes

    @property
    def more(self) -> Mg:
        """How much more than the dose goes in; below zero where it is less."""
        return self.gives - self.dose

    @property
    def percent(self) -> Fraction:
        """The same as per cent of the dose."""
        return self.more.ratio_to(self.dose) * 100

    @property
    def longer(self) -> Minutes:
        """How many minutes longer it takes; below zero where it is over sooner."""
        return self.takes - self.planned

    @property
    def words(self) -> str:
        """One line: “dose 25 mg, not 25.02 mg (−0.02 mg, −0.1 %); 178.6 min, not 180 min”."""
        dose = f"the dose stays {with_unit(self.dose)}"
        if self.gives != self.dose:
            dose = (
                f"{with_unit(self.gives)} goes in, not {with_unit(self.dose)} "
                f"({signed(self.more.amount, 2)} mg, {signed(self.percent, _places(self.percent))}"
                " %)"
            )
        if half_away(self.longer.amount, 1) == 0:
            return f"{dose}, in {with_unit(self.takes)}"
        return (
            f"{dose}, in {with_unit(self.takes)}, not {with_unit(self.planned)} "
            f"({signed(self.longer.amount, 1)} min)"
        )


def _places(percent: Fraction) -> int:
    """A tenth of a per cent; a hundredth where it would read as nothing."""
    return 1 if half_away(percent, 1) != 0 else 2


def rounding(
    dose: Mg, start: MgPerHour, *, volume: Ml, strength: MgPerMl, rate: MlPerHour
) -> Rounding:
    """What the volume to infuse and the rate on the pump do to a dose and its time.

    Start, strength and rate are above zero. The time is that of the start rate, run to its end.
    """
    return Rounding(
        dose=dose,
        gives=volume.at(strength),
        planned=Minutes(dose.amount / start.amount * 60),
        takes=Minutes(volume.amount / rate.amount * 60),
    )
