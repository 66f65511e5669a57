"""Names for a wrong reading: which slip of hand or eye gives just this number.

Every slip that is known from reports, and every mix-up of two numbers that stand beside each other,
is worked out for this very order; a reading that fits one is called by its name. Where several fit,
the first of the list is named first: the moved point, then the vial, which harm most (features.md
rows 24 and 25; clinical.md B1.13).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from ketachart.domain.check.expected import Expected
from ketachart.domain.dose.gravity import drops_of
from ketachart.domain.quantities import Kg, MgPerMl, Quantity, half_away
from ketachart.domain.wording import with_unit

POINTS: Final = {
    Fraction(10): "tenfold: the decimal point moved one place",
    Fraction(100): "hundredfold: the decimal point moved two places",
    Fraction(1, 10): "a tenth: the decimal point moved one place",
    Fraction(1, 100): "a hundredth: the decimal point moved two places",
}
AGAIN: Final = {Fraction(10): "tenfold", Fraction(1, 10): "a tenth of it"}
LB_PER_KG: Final = Kg(1).lb
NEAR: Final = 50  # one part in fifty is what rounding on the way can do
CLOSER: Final = 200  # two slips at once fit many figures by chance: only close ones count
MOST_NAMES: Final = 3


@dataclass(frozen=True, slots=True)
class Guess:
    """A slip, and what would be read if it had been made; ``doubles`` may be made with another."""

    name: str
    value: Fraction
    doubles: bool = False


def name_of(read: Quantity, should: Quantity, guesses: Iterable[Guess], *, step: Quantity) -> str:
    """What a reading looks like: one slip, several that fit, two at once, or “another”."""
    single = [g for g in guesses if not _same(g.value, should.amount, step.amount)]
    fits = [g.name for g in single if _exactly(read.amount, g.value, step.amount)]
    fits = fits or [g.name for g in single if _near(read.amount, g.value, NEAR)]
    fits = fits or [g.name for g in _doubled(single) if _near(read.amount, g.value, CLOSER)]
    return "; or ".join(tuple(dict.fromkeys(fits))[:MOST_NAMES])


def rate_guesses(should: Expected) -> Iterator[Guess]:
    """Slips that end in a wrong rate, mL/h."""
    rates = should.rate_exact.amount, should.rate.amount
    strength = should.strength.amount
    yield from _moved(*rates)
    yield from _vials(should, *rates, towards=False)
    yield Guess(
        "the vial's strength reckoned with, not the bag's", rates[0] * strength / should.vial.amount
    )
    yield Guess("the drug's mg/h typed as mL/h", should.start.amount, doubles=True)
    yield Guess("the dose in mg typed as mL/h", should.dose.amount)
    hourly = should.per_kg.for_(should.weight).amount
    yield Guess("the whole dose's mg/kg taken for mg/kg/h", hourly / strength, doubles=True)
    spread = (
        should.start.amount * 60 / should.over.amount if should.over.above_zero else Fraction(0)
    )
    yield Guess("the mg/kg/h taken for the whole dose's mg/kg", spread / strength, doubles=True)
    yield from _pounds(*rates)
    yield Guess("the volume typed as the rate", should.volume.amount)
    yield Guess("the bag's volume typed as the rate", should.bag.volume.amount)
    yield Guess(
        "the mL drawn from the vial typed as the rate", should.bag.entry.fact.drawn_ml.amount
    )
    per_kg_hour = should.start.per(should.weight)
    yield Guess("the mg/kg/h typed as mL/h", per_kg_hour.amount)
    yield Guess("the mg/kg typed as mL/h", should.per_kg.amount)
    yield Guess("the µg/kg/min typed as mL/h", per_kg_hour.per_minute.amount)
    yield Guess("the bag's mg/mL typed as mL/h", strength)
    if should.drops_per_ml:
        drops = drops_of(should.rate, should.drops_per_ml).amount
        yield Guess("the drops a minute typed as mL/h", drops)


def volume_guesses(should: Expected) -> Iterator[Guess]:
    """Slips that end in a wrong volume to be infused, mL."""
    volume, strength = should.volume.amount, should.strength.amount
    yield from _moved(volume, volume)
    yield from _vials(should, volume, towards=False)
    drawn = should.bag.entry.fact.drawn_ml.amount
    yield Guess("the dose in mg typed as mL", should.dose.amount, doubles=True)
    yield Guess("the mL drawn from the vial typed, not the bag's", drawn)
    yield Guess("the rate typed as the volume", should.rate.amount)
    yield Guess("the bag's whole volume, which holds more than the dose", should.bag.volume.amount)
    yield Guess("the mg/kg/h taken for the whole dose's mg/kg", should.start.amount / strength)
    yield Guess("the minutes typed as mL", should.over.amount)
    yield Guess("the bag's mg/mL typed as mL", strength)
    yield from _pounds(volume)


def strength_guesses(should: Expected, vials: Iterable[MgPerMl]) -> Iterator[Guess]:
    """Slips that end in a wrong strength on the label, mg/mL; ``vials`` are those taken out."""
    strength = should.strength.amount
    for vial in dict.fromkeys((should.vial, *vials)):
        yield Guess("the vial's strength read for the bag's", vial.amount)
    yield from _moved(strength, strength)
    yield from _vials(should, strength, towards=True)
    for other in should.other_vials:
        yield Guess(f"the strength of another vial, {with_unit(other)}, on the label", other.amount)
    yield Guess("the dose in mg read as mg/mL", should.dose.amount)
    yield Guess("the bag's volume read as mg/mL", should.bag.volume.amount)
    yield Guess("the mL drawn from the vial read as mg/mL", should.bag.entry.fact.drawn_ml.amount)
    yield from _pounds(strength)


def _moved(*values: Fraction) -> Iterator[Guess]:
    """The exact figure and the one that was set: 41.7 and 42 are both ten times 4.17."""
    for factor, name in POINTS.items():
        for value in values:
            yield Guess(name, value * factor)


def _vials(should: Expected, *values: Fraction, towards: bool) -> Iterator[Guess]:
    """As if another strength stood on the vial: the strength goes with it, mL against it."""
    for other in should.other_vials:
        ratio = other.ratio_to(should.vial)
        name = f"{with_unit(other)} taken for the vial's {with_unit(should.vial)}"
        for value in values:
            yield Guess(name, value * ratio if towards else value / ratio, doubles=True)


def _pounds(*values: Fraction) -> Iterator[Guess]:
    for value in values:
        yield Guess("pounds taken for kg", value * LB_PER_KG, doubles=True)
        yield Guess("kg taken for pounds", value / LB_PER_KG, doubles=True)


def _doubled(guesses: Iterable[Guess]) -> Iterator[Guess]:
    """Two slips at once: a moved point on top of another slip."""
    for guess in guesses:
        if guess.doubles:
            for factor, name in AGAIN.items():
                yield Guess(f"two slips at once, {name} and {guess.name}", guess.value * factor)


def _exactly(read: Fraction, value: Fraction, step: Fraction) -> bool:
    """The very number, or the number at the step that can be set."""
    if value <= 0:
        return False
    return read in (value, Fraction(half_away(value / step, 0)) * step)


def _near(read: Fraction, value: Fraction, part: int) -> bool:
    return value > 0 and abs(read - value) * part <= value


def _same(value: Fraction, should: Fraction, step: Fraction) -> bool:
    """Whether this slip would have changed nothing that can be read."""
    return abs(value - should) * 2 <= step
