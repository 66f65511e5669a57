"""The dose as arithmetic that a nurse can follow with a pencil, and the checks around it.

KetaChart computes and checks; it never chooses a dose. What the syringe cannot mark and the pump
cannot be set to is rounded once, in the open, and the rounded draw is what is counted and infused.
"""

from dataclasses import dataclass

from ketachart.domain.facts import OrderRecorded
from ketachart.domain.policy_drug import Vial
from ketachart.domain.protocol import Protocol
from ketachart.domain.quantities import (
    Kg,
    Mg,
    MgPerHour,
    MgPerMl,
    Minutes,
    Ml,
    MlPerHour,
    Quantity,
    either,
)
from ketachart.domain.wording import with_unit
from ketachart.errors import Refused


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the arithmetic: what it is, how it is worked out, and what comes out."""

    code: str
    name: str
    expression: str
    result: Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class DosePlan:
    """From the order and the weight to what is drawn, made up and set on the pump."""

    order: OrderRecorded
    weight: Kg
    uncapped: Mg
    dose: Mg
    vial: Vial
    draw_exact: Ml
    draw: Ml
    drawn: Mg
    total: Ml
    strength: MgPerMl
    start: MgPerHour
    rate_exact: MlPerHour
    rate: MlPerHour
    to_infuse: Ml

    @property
    def capped(self) -> bool:
        """Whether the order's ceiling holds the dose down."""
        return self.dose != self.uncapped

    @property
    def steps(self) -> tuple[Step, ...]:
        """The arithmetic, line by line, as it is shown and printed."""
        order, diluent = self.order, self.order.diluent
        wanted = order.strength_mg_per_ml
        strength = "usual strength" if wanted is None else with_unit(wanted)
        making = f"{with_unit(self.drawn)} at {strength}"
        bag = f"{with_unit(self.drawn)} ÷ {with_unit(self.total)}"
        return (
            Step("dose", "Dose", self._dosing(), self.dose),
            Step("draw", "Draw from the vial", self._drawing(), self.draw),
            Step("total", f"Make up with {diluent} to", making, self.total),
            Step("strength", "Bag strength", bag, self.strength),
            Step("start", "Start rate, drug", self._starting(), self.start),
            Step("rate", "Pump rate", self._pumping(), self.rate),
            Step("volume", "Volume to infuse", self._infusing(), self.to_infuse),
        )

    def _dosing(self) -> str:
        text = f"{with_unit(self.weight)} × {with_unit(self.order.dose_mg_per_kg)}"
        if self.capped:
            text += f" = {with_unit(self.uncapped)}, held to the ceiling"
        return text

    def _drawing(self) -> str:
        text = f"{with_unit(self.dose)} ÷ {with_unit(self.vial.strength_mg_per_ml)}"
        if self.draw != self.draw_exact:
            text += f" = {with_unit(self.draw_exact, 4)}, to the syringe's mark"
        return text

    def _starting(self) -> str:
        if self.order.start_rate_mg_kg_h is not None:
            return f"{with_unit(self.weight)} × {with_unit(self.order.start_rate_mg_kg_h)}"
        return f"{with_unit(self.dose)} in {with_unit(self.order.duration_min)}"

    def _infusing(self) -> str:
        text = f"{with_unit(self.dose)} ÷ {with_unit(self.strength)}"
        exact = self.dose.volume_at(self.strength)
        if self.to_infuse == self.total and exact > self.total:
            return f"{text}, no more than the bag holds"
        if exact != self.to_infuse:
            text += f" = {with_unit(exact)}, to the pump's step"
        return text

    def _pumping(self) -> str:
        text = f"{with_unit(self.start)} ÷ {with_unit(self.strength)}"
        if self.rate != self.rate_exact:
            text += f" = {with_unit(self.rate_exact)}, to the pump's step"
        return text


def above_zero(quantity: Quantity, name: str) -> None:
    """Sends back an amount that has to be more than nothing.

    Raises:
        Refused: it is zero or less.
    """
    if not quantity.above_zero:
        rule = f"{name} must be above zero"
        raise Refused(f"{rule[0].upper()}{rule[1:]}. Type it again.", rule=rule)


def ordered_dose(order: OrderRecorded, weight: Kg) -> tuple[Mg, Mg]:
    """The dose by weight, and the same under the order's ceiling."""
    above_zero(weight, "weight")
    uncapped = order.dose_mg_per_kg.for_(weight)
    if order.ceiling_mg is not None:
        return uncapped, min(uncapped, order.ceiling_mg)
    return uncapped, uncapped


def marked_draw(dose: Mg, strength: MgPerMl, step: Ml, ceiling: Mg | None = None) -> Ml:
    """The draw that the syringe can mark: the nearest mark, but never over the ceiling."""
    above_zero(strength, "concentration")
    exact = dose.volume_at(strength)
    marked = exact.rounded_to(step)
    if ceiling is not None and marked.at(strength) > ceiling:
        return exact.floored_to(step)
    return marked


def start_rate(order: OrderRecorded, weight: Kg, dose: Mg) -> MgPerHour:
    """The first dose rate: the ordered one, or the dose spread evenly over the duration."""
    if order.start_rate_mg_kg_h is not None:
        return order.start_rate_mg_kg_h.for_(weight)
    above_zero(order.duration_min, "duration")
    return dose.in_(order.duration_min)


def plan(order: OrderRecorded, weight: Kg, vial: Vial, protocol: Protocol) -> DosePlan:
    """Works the order through for this patient and this vial.

    Raises:
        Refused: weight, strength, duration or rate are not above zero, or the dose is too small
            for the syringe.
    """
    uncapped, dose = ordered_dose(order, weight)
    draw_exact = dose.volume_at(vial.strength_mg_per_ml)
    draw = marked_draw(dose, vial.strength_mg_per_ml, protocol.syringe_step, order.ceiling_mg)
    above_zero(draw, "draw")
    drawn = draw.at(vial.strength_mg_per_ml)
    wanted = either(order.strength_mg_per_ml, protocol.usual_strength)
    above_zero(wanted, "concentration")
    total = max(drawn.volume_at(wanted).rounded_to(Ml("0.01")), draw)
    strength = drawn.in_volume(total)
    start = start_rate(order, weight, dose)
    rate_exact = start.setting_at(strength)
    rate = rate_exact.rounded_to(protocol.pump_step)
    above_zero(rate, "pump rate")
    volume_step = Ml(protocol.number("pump.volume.step"))
    to_infuse = min(total, dose.volume_at(strength))
    if to_infuse != total:
        to_infuse = to_infuse.floored_to(volume_step)
    return DosePlan(
        order=order,
        weight=weight,
        uncapped=uncapped,
        dose=dose,
        vial=vial,
        draw_exact=draw_exact,
        draw=draw,
        drawn=drawn,
        total=total,
        strength=strength,
        start=start,
        rate_exact=rate_exact,
        rate=rate,
        to_infuse=to_infuse,
    )


def even_time(dose: Mg, rate: MgPerHour) -> Minutes:
    """How long a dose takes at a dose rate."""
    above_zero(rate, "rate")
    return Minutes(dose.amount / rate.amount * 60)
