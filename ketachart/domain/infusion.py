"""The infusion of one visit: its segments, what was given, what is left, and when it ends."""

from dataclasses import dataclass
from datetime import datetime

from ketachart.domain.addenda import as_signed
from ketachart.domain.delivered import ActKind, Delivery, PumpAct
from ketachart.domain.dose.dosing_weight import dosing_weight, planned_dose
from ketachart.domain.facts import (
    BagChanged,
    BagPrepared,
    BolusGiven,
    Fact,
    InfusionPaused,
    InfusionResumed,
    InfusionStarted,
    InfusionStopped,
    RateSet,
    VialTaken,
)
from ketachart.domain.narrowed import only
from ketachart.domain.pump import run
from ketachart.domain.quantities import (
    Mg,
    MgPerKg,
    MgPerKgPerHour,
    MgPerMl,
    Ml,
    MlPerHour,
    either,
    length_of,
)
from ketachart.domain.visit import Entry, Visit

HOURS_PER_YEAR = 365 * 24


@dataclass(frozen=True, slots=True)
class Bag:
    """A bag or syringe as it was made up."""

    name: str
    vial: str
    drug: Mg
    volume: Ml
    strength: MgPerMl
    entry: Entry[BagPrepared]


def bags(visit: Visit) -> tuple[Bag, ...]:
    """Every bag whose vial is on file, in the order in which they were made up."""
    vials = {vial.vial: vial for vial in visit.facts(VialTaken)}
    made = []
    for entry in visit.of(BagPrepared):
        fact = entry.fact
        vial = vials.get(fact.vial)
        if vial is not None and fact.total_ml.above_zero:
            drug = fact.drawn_ml.at(vial.strength_mg_per_ml)
            made.append(
                Bag(fact.bag, fact.vial, drug, fact.total_ml, drug.in_volume(fact.total_ml), entry)
            )
    return tuple(made)


def bag_before(visit: Visit, moment: datetime, name: str = "") -> Bag | None:
    """The bag of that name, or the last one made up by then."""
    found = [bag for bag in bags(visit) if bag.entry.at <= moment and name in ("", bag.name)]
    return found[-1] if found else None


def acts_of(visit: Visit) -> tuple[PumpAct, ...]:
    """The acts on the pump, in the order in which they happened."""
    return only(visit, "pump", PUMP_ACTS).once("acts", _acts_of)


def _acts_of(visit: Visit) -> tuple[PumpAct, ...]:
    acts = []
    for entry in visit.of_any(_ACTS):
        act = act_of(visit, entry)
        if act is not None:
            acts.append(act)
    return tuple(acts)


_PLAIN_ACTS: dict[type[Fact], ActKind] = {
    RateSet: "rate",
    InfusionPaused: "pause",
    InfusionResumed: "resume",
    InfusionStopped: "stop",
}
_ACTS: tuple[type[Fact], ...] = (InfusionStarted, BagChanged, BolusGiven, *_PLAIN_ACTS)
PUMP_ACTS: tuple[type[Fact], ...] = (*_ACTS, BagPrepared, VialTaken)  # what tells what it did


def act_of(visit: Visit, entry: Entry[Fact]) -> PumpAct | None:
    """What one entry does to the pump; None where it does nothing."""
    fact = entry.fact
    if isinstance(fact, (InfusionStarted, BagChanged)):
        return _hanging(visit, fact, entry.id)
    if isinstance(fact, BolusGiven):
        return PumpAct(
            at=fact.at, kind="bolus", mg=fact.amount_mg, volume=fact.volume_ml, entry=entry.id
        )
    kind = _PLAIN_ACTS.get(type(fact))
    if kind is None:
        return None
    return PumpAct(at=fact.at, kind=kind, rate=getattr(fact, "rate_ml_h", None), entry=entry.id)


def _hanging(visit: Visit, fact: InfusionStarted | BagChanged, entry_id: str) -> PumpAct:
    if isinstance(fact, BagChanged):  # a bag without a name is told by its own strength and volume
        bag = bag_before(visit, fact.at, fact.bag) if fact.bag else None
    else:
        bag = bag_before(visit, fact.at)
        if bag is not None and _hung_before(visit, bag, fact):
            bag = None  # started again on the bag that hangs there: it is no longer full
    return PumpAct(
        at=fact.at,
        kind="start" if isinstance(fact, InfusionStarted) else "bag",
        rate=fact.rate_ml_h if isinstance(fact, InfusionStarted) else None,
        strength=either(fact.strength_mg_per_ml, bag.strength) if bag else fact.strength_mg_per_ml,
        volume=either(fact.volume_ml, bag.volume) if bag else fact.volume_ml,
        entry=entry_id,
    )


def _hung_before(visit: Visit, bag: Bag, start: InfusionStarted) -> bool:
    """Whether a bag was hung since that one was made up: what hangs there goes on."""
    hung = (*visit.facts(InfusionStarted), *visit.facts(BagChanged))
    return any(bag.entry.at <= other.at < start.at for other in hung)


def delivery(visit: Visit, until: datetime) -> Delivery:
    """What the pump did up to that moment, from every standing entry."""
    return visit.once_at("delivery", until, lambda whole, moment: run(acts_of(whole), moment))


def delivered(visit: Visit) -> Delivery:
    """What the pump did up to the last thing that was charted."""
    return delivery(visit, last_moment(visit))


def last_moment(visit: Visit) -> datetime:
    """The latest time at which anything charted in the visit happened; an addendum is not in it.

    Raises:
        LookupError: nothing is charted yet.
    """
    return as_signed(visit).once("last moment", _last_moment)


def _last_moment(visit: Visit) -> datetime:
    if not visit.standing:
        raise LookupError("nothing is charted yet")
    return max(visit.standing[-1].at, *(entry.recorded_at for entry in visit.entries))


def per_kg(visit: Visit, mg: Mg) -> MgPerKg | None:
    """A dose for the weight it was worked on."""
    weight = dosing_weight(visit)
    return mg.per(weight) if weight is not None and weight.above_zero else None


def dose_rate(visit: Visit, rate: MlPerHour, strength: MgPerMl | None) -> MgPerKgPerHour | None:
    """What a pump setting means for this patient, mg/kg/h."""
    weight = dosing_weight(visit)
    if strength is None or weight is None or not weight.above_zero:
        return None
    return rate.at(strength).per(weight)


def planned_end(visit: Visit, now: Delivery) -> datetime | None:
    """When the ordered dose will be in, or the bag empty, if the pump runs on as it does now.

    None where nothing tells it, or where it would be more than a year: a volume or rate is a slip
    then, and no calendar may reach that far.
    """
    if now.state != "running" or not now.rate.above_zero or now.strength is None:
        return None
    planned = planned_dose(visit)
    volumes = [] if now.bag_left is None else [now.bag_left]
    if planned is not None:
        volumes.append(max(planned - now.total_mg, Mg.zero()).volume_at(now.strength))
    if not volumes:
        return None
    hours = min(volumes).amount / now.rate.amount
    return now.until + length_of(hours * 3600) if hours <= HOURS_PER_YEAR else None
