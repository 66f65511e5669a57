"""The lone nurse's independent check: what pump and label say, against what the order gives.

A difference is named for what it most likely is: a decimal point that moved, a dose typed as a
rate, a vial's strength read for the bag's (clinical.md B1.13, B1.14; features.md rows 25, 26).
"""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from ketachart.domain.dosing import ordered_dose, start_rate
from ketachart.domain.dosing_weight import dosing_weight
from ketachart.domain.facts import PumpChecked, VialTaken
from ketachart.domain.infusion import bag_before
from ketachart.domain.quantities import Kg, MgPerMl, Ml, MlPerHour, Quantity
from ketachart.domain.visit import Entry, Visit
from ketachart.domain.wording import with_unit


@dataclass(frozen=True, slots=True)
class Expected:
    """What pump and label should say for this order and the bag that was made up."""

    rate: MlPerHour
    volume: Ml
    strength: MgPerMl
    weight: Kg


@dataclass(frozen=True, slots=True)
class Slip:
    """One reading that differs, named for what it looks like."""

    field: str
    rule: str
    sentence: str


def expected(visit: Visit, at: datetime) -> Expected | None:
    """What should be read; None while order, weight or bag are not on file."""
    order, weight, bag = visit.order, dosing_weight(visit), bag_before(visit, at)
    if order is None or weight is None or bag is None or not weight.above_zero:
        return None
    _, dose = ordered_dose(order, weight)
    protocol = visit.protocol
    rate = start_rate(order, weight, dose).setting_at(bag.strength).rounded_to(protocol.pump_step)
    volume = dose.volume_at(bag.strength)
    if volume >= bag.volume:
        volume = bag.volume
    else:
        volume = volume.floored_to(Ml(protocol.number("pump.volume.step")))
    return Expected(rate, volume, bag.strength, weight)


def slips(visit: Visit, check: PumpChecked) -> tuple[Slip, ...]:
    """Every reading of that check that does not agree with the order; none means it agrees."""
    should = expected(visit, check.at)
    if should is None:
        return (
            Slip(
                "rate_ml_h", "nothing to compare", "Chart order, weight and bag before the check."
            ),
        )
    found = [
        _rate_slip(visit, check, should),
        _volume_slip(check, should),
        _strength_slip(visit, check, should),
    ]
    return tuple(slip for slip in found if slip is not None)


def last_check(visit: Visit, before: datetime) -> Entry[PumpChecked] | None:
    """The last check that was made by then."""
    made = [entry for entry in visit.of(PumpChecked) if entry.at <= before]
    return made[-1] if made else None


def _close(read: Quantity, should: Quantity, step: Fraction) -> bool:
    return abs(read.amount - should.amount) * 2 <= step


def _rate_slip(visit: Visit, check: PumpChecked, should: Expected) -> Slip | None:
    read = check.rate_ml_h
    if _close(read, should.rate, visit.protocol.pump_step.amount):
        return None
    per_hour = should.rate.at(should.strength)
    per_kg = per_hour.per(should.weight)
    says = f"The pump says {with_unit(read)}. The order gives {with_unit(should.rate)}."
    named = (
        _moved_point(read, should.rate)
        or _same_figure(read.amount, per_hour.amount, "the drug's mg/h typed as mL/h")
        or _same_figure(read.amount, per_kg.amount, "the mg/kg/h typed as mL/h")
        or _same_figure(read.amount, should.volume.amount, "the volume typed as the rate")
        or _same_figure(read.amount, should.rate.amount * _lb_per_kg(), "pounds taken for kg")
        or "it is another rate"
    )
    return Slip("rate_ml_h", named, f"{says} {_sentence(named)}")


def _volume_slip(check: PumpChecked, should: Expected) -> Slip | None:
    read = check.volume_ml
    if _close(read, should.volume, Fraction(1, 10)):
        return None
    says = f"The pump says {with_unit(read)} to infuse. The order gives {with_unit(should.volume)}."
    dose = should.volume.at(should.strength)
    named = (
        _moved_point(read, should.volume)
        or _same_figure(read.amount, dose.amount, "the dose in mg typed as mL")
        or _same_figure(read.amount, should.rate.amount, "the rate typed as the volume")
        or "it is another volume"
    )
    return Slip("volume_ml", named, f"{says} {_sentence(named)}")


def _strength_slip(visit: Visit, check: PumpChecked, should: Expected) -> Slip | None:
    read = check.strength_mg_per_ml
    if _close(read, should.strength, Fraction(1, 100)):
        return None
    says = f"The label says {with_unit(read)}. The bag was made up to {with_unit(should.strength)}."
    vials = {vial.strength_mg_per_ml for vial in visit.facts(VialTaken)}
    named = "the vial's strength read for the bag's" if read in vials else ""
    named = named or _moved_point(read, should.strength) or "it is another strength"
    return Slip("strength_mg_per_ml", named, f"{says} {_sentence(named)}")


def _moved_point(read: Quantity, should: Quantity) -> str:
    if should.amount <= 0:
        return ""
    ratio = read.amount / should.amount
    names = {
        Fraction(10): "tenfold: the decimal point moved one place",
        Fraction(100): "hundredfold: the decimal point moved two places",
        Fraction(1, 10): "a tenth: the decimal point moved one place",
        Fraction(1, 100): "a hundredth: the decimal point moved two places",
    }
    return next((name for factor, name in names.items() if _within(ratio, factor)), "")


def _same_figure(read: Fraction, other: Fraction, name: str) -> str:
    return name if other > 0 and _within(read, other) else ""


def _within(value: Fraction, other: Fraction) -> bool:
    """Equal but for what rounding on a pump can do, one part in fifty."""
    return abs(value - other) * 50 <= other


def _lb_per_kg() -> Fraction:
    return Kg(1).lb


def _sentence(named: str) -> str:
    return f"{named[0].upper()}{named[1:]}."
