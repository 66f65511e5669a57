"""The arithmetic of the dose as lines to be read down: planned, or as the bag was made up."""

from dataclasses import dataclass
from datetime import datetime

from ketachart.domain.check.arithmetic import Chain, chain
from ketachart.domain.dose.dosing_weight import dosing_weight
from ketachart.domain.facts import VialTaken
from ketachart.domain.infusion import bag_before
from ketachart.domain.policy_drug import Vial
from ketachart.domain.quantities import Quantity
from ketachart.domain.visit import Visit
from ketachart.errors import Refused

WAITS_FOR_VIAL, WAITS_FOR_WEIGHT = "waits for the vial", "waits for the weight"
WAITS_FOR_SET = "waits for the set"
_NEEDS_NO_VIAL = frozenset({"dose", "start"})
# What pump and label must show: hidden while they are read.
TARGETS = frozenset({"total", "strength", "start", "rate", "volume", "drops"})
_NAMES = {
    "dose": ("Dose", "kg × mg/kg"),
    "draw": ("Draw from the vial", "mg ÷ mg/mL of the vial"),
    "total": ("Make up to", "mg ÷ mg/mL of the bag"),
    "strength": ("Bag strength", "mg ÷ mL"),
    "start": ("Start rate, drug", "kg × mg/kg/h"),
    "rate": ("Pump rate", "mg/h ÷ mg/mL"),
    "volume": ("Volume to infuse", "mg ÷ mg/mL of the bag"),
    "drops": ("Drops of the gravity set", "mL/h × gtt/mL ÷ 60 min"),
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Arithmetic:
    """All lines, the vial they rest on, the chain they come from, and why there is none."""

    lines: tuple[Line, ...]
    vial: VialTaken | None
    chain: Chain | None = None
    fault: str = ""


def vial_in_hand(visit: Visit, now: datetime) -> VialTaken | None:
    """The vial that the bag was drawn from, or the one taken out last."""
    vials = visit.facts(VialTaken)
    bag = bag_before(visit, now)
    if bag is not None:
        return next((vial for vial in vials if vial.vial == bag.vial), None)
    return vials[-1] if vials else None


def arithmetic(visit: Visit, now: datetime, drops_per_ml: int | None = None) -> Arithmetic:
    """The lines as they stand: what the vial decides waits for the vial."""
    vial = vial_in_hand(visit, now)
    if visit.order is None or dosing_weight(visit) is None:
        return Arithmetic(lines=_waiting(WAITS_FOR_WEIGHT), vial=vial)
    sold = _sold(visit, vial)
    bag = bag_before(visit, now) if sold is not None else None
    try:
        worked = chain(visit, sold or visit.protocol.vials[0], bag=bag, drops_per_ml=drops_per_ml)
    except Refused as refusal:
        return Arithmetic(lines=_waiting("cannot be worked out"), vial=vial, fault=str(refusal))
    if worked is None:
        return Arithmetic(lines=_waiting(WAITS_FOR_WEIGHT), vial=vial)
    lines = tuple(Line(s.code, s.name, s.expression, s.result) for s in worked.steps)
    if drops_per_ml is None:
        lines = (*lines, _line("drops", waits=WAITS_FOR_SET))
    if sold is not None:
        return Arithmetic(lines=lines, vial=vial, chain=worked)
    waiting = tuple(
        line
        if line.code in _NEEDS_NO_VIAL or line.waits
        else _line(line.code, waits=WAITS_FOR_VIAL)
        for line in lines
    )
    return Arithmetic(lines=waiting, vial=vial)


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
