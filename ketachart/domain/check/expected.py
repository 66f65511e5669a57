"""What pump, drops and label should say for the order and the bag that was made up."""

from dataclasses import dataclass
from datetime import datetime

from ketachart.domain.dose.dosing import ordered_dose, start_rate
from ketachart.domain.dose.dosing_weight import dosing_weight
from ketachart.domain.dose.gravity import DropsPerMinute, drip, rate_of
from ketachart.domain.facts import VialTaken
from ketachart.domain.infusion import Bag, bag_before
from ketachart.domain.quantities import (
    Kg,
    Mg,
    MgPerHour,
    MgPerKg,
    MgPerMl,
    Minutes,
    Ml,
    MlPerHour,
)
from ketachart.domain.visit import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What should be read, and everything it was worked out from."""

    rate: MlPerHour
    rate_exact: MlPerHour
    volume: Ml
    strength: MgPerMl
    weight: Kg
    dose: Mg
    per_kg: MgPerKg
    start: MgPerHour
    over: Minutes
    bag: Bag
    vial: MgPerMl
    other_vials: tuple[MgPerMl, ...]
    rate_step: MlPerHour
    volume_step: Ml
    drops_per_ml: int | None = None


def expected(visit: Visit, at: datetime, drops_per_ml: int | None = None) -> Expected | None:
    """What should be read at that moment, by the order that stood then; see `expected_of`."""
    return expected_of(visit.ordered_at(at), bag_before(visit, at), drops_per_ml)


def expected_of(visit: Visit, bag: Bag | None, drops_per_ml: int | None = None) -> Expected | None:
    """What should be read with that bag, by the visit's last order; None where something lacks.

    With a drop factor the rate is that of the nearest whole number of drops a minute.
    """
    order, weight = visit.order, dosing_weight(visit)
    if order is None or weight is None or bag is None or not weight.above_zero:
        return None
    _, dose = ordered_dose(order, weight)
    protocol = visit.protocol
    start = start_rate(order, weight, dose)
    exact = start.setting_at(bag.strength)
    step = protocol.pump_step
    rate = exact.rounded_to(step)
    if drops_per_ml:
        one_drop = rate_of(DropsPerMinute(1), drops_per_ml)
        rate, step = drip(exact, drops_per_ml).runs, one_drop
    volume_step = Ml(protocol.number("pump.volume.step"))
    volume = dose.volume_at(bag.strength)
    volume = bag.volume if volume >= bag.volume else volume.floored_to(volume_step)
    vial = next(v.strength_mg_per_ml for v in visit.facts(VialTaken) if v.vial == bag.vial)
    sold = (row.strength_mg_per_ml for row in protocol.vials)
    return Expected(
        rate=rate,
        rate_exact=exact,
        volume=volume,
        strength=bag.strength,
        weight=weight,
        dose=dose,
        per_kg=order.dose_mg_per_kg,
        start=start,
        over=order.duration_min,
        bag=bag,
        vial=vial,
        other_vials=tuple(strength for strength in sold if strength != vial),
        rate_step=step,
        volume_step=volume_step,
        drops_per_ml=drops_per_ml or None,
    )
