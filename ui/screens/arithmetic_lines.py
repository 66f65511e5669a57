"""The arithmetic of the dose as lines to be read down: planned, or as the bag was made up."""

from dataclasses import dataclass
from datetime import datetime

from ketachart.domain.dosing import DosePlan, plan
from ketachart.domain.dosing_weight import dosing_weight
from ketachart.domain.expected import Expected, expected
from ketachart.domain.facts import VialTaken
from ketachart.domain.infusion import Bag, bag_before
from ketachart.domain.policy import Vial
from ketachart.domain.quantities import Quantity
from ketachart.domain.visit import Visit
from ketachart.domain.wording import with_unit
from ketachart.errors import Refused

WAITS_FOR_VIAL, WAITS_FOR_WEIGHT = "waits for the vial", "waits for the weight"
_NEEDS_NO_VIAL = frozenset({"dose", "start"})
# What pump and label must show: hidden while they are read.
TARGETS = frozenset({"total", "strength", "start", "rate", "volume"})
_NAMES = {
    "dose": ("Dose", "kg × mg/kg"),
    "draw": ("Draw from the vial", "mg ÷ mg/mL of the vial"),
    "total": ("Make up to", "mg ÷ mg/mL of the bag"),
    "strength": ("Bag strength", "mg ÷ mL"),
    "start": ("Start rate, drug", "kg × mg/kg/h"),
    "rate": ("Pump rate", "mg/h ÷ mg/mL"),
    "volume": ("Volume to infuse", "mg ÷ mg/mL of the bag"),
}
CODES = tuple(_NAMES)


@dataclass(frozen=True, slots=True)
class Line:
    """One line; ``value`` is None while it waits for something."""

    code: str
    name: str
    expression: str
    value: Quantity | None = None
    waits: str = ""

    @property
    def is_target(self) -> bool:
        """Whether pump or label must show it."""
        return self.code in TARGETS

    @property
    def without_numbers(self) -> str:
        """How it is worked out, in units only."""
        return _NAMES[self.code][1]


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """All lines, the vial they rest on, and why they cannot be worked out."""

    lines: tuple[Line, ...]
    vial: VialTaken | None
    fault: str = ""


def vial_in_hand(visit: Visit, now: datetime) -> VialTaken | None:
    """The vial that the bag was drawn from, or the one taken out last."""
    vials = visit.facts(VialTaken)
    bag = bag_before(visit, now)
    if bag is not None:
        return next((vial for vial in vials if vial.vial == bag.vial), None)
    return vials[-1] if vials else None


def arithmetic(visit: Visit, now: datetime) -> Arithmetic:
    """The lines as they stand: what the vial decides waits for the vial."""
    vial = vial_in_hand(visit, now)
    order, weight = visit.order, dosing_weight(visit)
    if order is None or weight is None:
        return Arithmetic(_waiting(WAITS_FOR_WEIGHT), vial)
    protocol = visit.protocol
    sold = _sold(visit, vial)
    try:
        worked = plan(order, weight, sold or protocol.vials[0], protocol)
    except Refused as refusal:
        return Arithmetic(_waiting("cannot be worked out"), vial, str(refusal))
    planned = _planned(worked)
    if sold is None:
        lines = tuple(
            line if line.code in _NEEDS_NO_VIAL else _line(line.code, waits=WAITS_FOR_VIAL)
            for line in planned
        )
        return Arithmetic(lines, vial)
    bag, should = bag_before(visit, now), expected(visit, now)
    if bag is not None and should is not None:
        planned = tuple(_as_made(line, bag, should) for line in planned)
    return Arithmetic(planned, vial)


def _sold(visit: Visit, vial: VialTaken | None) -> Vial | None:
    if vial is None:
        return None
    strength = vial.strength_mg_per_ml
    return next((v for v in visit.protocol.vials if v.strength_mg_per_ml == strength), None)


def _line(code: str, *, waits: str) -> Line:
    name, units = _NAMES[code]
    return Line(code, name, units, waits=waits)


def _waiting(waits: str) -> tuple[Line, ...]:
    return tuple(_line(code, waits=waits) for code in CODES)


def _planned(worked: DosePlan) -> tuple[Line, ...]:
    lines = [Line(s.code, s.name, s.expression, s.result) for s in worked.steps]
    expression = f"{with_unit(worked.dose)} ÷ {with_unit(worked.strength)}"
    exact = worked.dose.volume_at(worked.strength)
    if worked.to_infuse == worked.total and exact > worked.total:
        expression += ", no more than the bag holds"
    elif exact != worked.to_infuse:
        expression += f" = {with_unit(exact)}, to the pump's step"
    lines.append(Line("volume", _NAMES["volume"][0], expression, worked.to_infuse))
    return tuple(lines)


def _as_made(line: Line, bag: Bag, should: Expected) -> Line:
    """The line with what was charted in place of what was planned, where they differ."""
    made: dict[str, Quantity] = {
        "draw": bag.entry.fact.drawn_ml,
        "total": bag.volume,
        "strength": bag.strength,
        "rate": should.rate,
        "volume": should.volume,
    }
    value = made.get(line.code, line.value)
    if value == line.value or value is None:
        return line
    told = {
        "draw": f"as charted for {bag.name}; worked out {with_unit(line.value)}",
        "total": f"as charted for {bag.name}; worked out {with_unit(line.value)}",
        "strength": f"{with_unit(bag.drug)} ÷ {with_unit(bag.volume)}",
    }
    expression = told.get(line.code, f"for {bag.name} as charted, {with_unit(bag.strength)}")
    return Line(line.code, line.name, expression, value)
