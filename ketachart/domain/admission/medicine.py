"""Rules for a medicine that was given: by whose word, within what, and against what."""

from datetime import datetime
from decimal import Decimal

from ketachart.domain.facts import Adjunct, MedicineGiven, PrnOrder
from ketachart.domain.medicines import (
    adjuncts_here,
    against_signs,
    allergy_to,
    plain_name,
    sedative_near,
)
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, count, length
from ketachart.errors import Refused

IF_GIVEN = "If it was given, say why."


def medicine(visit: Visit, fact: MedicineGiven, _now: datetime) -> None:
    """Against the order, a phone order or an emergency; never past an allergy without a reason."""
    if fact.dose <= 0:
        raise Refused(
            "The dose must be above zero. Type what was given.",
            rule="dose must be above zero",
            field="dose",
        )
    if fact.over_min is not None and fact.over_min.amount <= 0:
        raise Refused("Given over: type minutes above zero, or leave it empty.", field="over_min")
    visit = visit.ordered_at(fact.at)  # a later order changes nothing of what was given before
    name = plain_name(fact.medicine)
    if name == "ketamine":
        raise Refused("Chart ketamine with the pump, or as a bolus.", rule="ketamine as medicine")
    if fact.despite.strip():
        return
    _allergy(visit, name)
    if fact.against == "prn-order":
        _within_prn(visit, fact, name)
    if fact.against == "adjunct":
        _within_adjunct(visit, fact, name)
    _sedatives(visit, fact)
    _signs(visit, fact)


def _allergy(visit: Visit, name: str) -> None:
    allergy = allergy_to(visit, name)
    if allergy is not None:
        raise Refused(
            f"The patient is allergic to {allergy.substance} "
            f"({allergy.reaction or 'reaction not known'}). {IF_GIVEN}",
            rule="allergy",
            field="despite",
        )


def _within_prn(visit: Visit, fact: MedicineGiven, name: str) -> None:
    ordered = visit.order.prn if visit.order else ()
    prn = next((p for p in ordered if plain_name(p.medicine) == name), None)
    if prn is None:
        raise Refused(
            f"{fact.medicine} is not among the medicines of this order. Choose telephone order or "
            "emergency.",
            rule="not ordered",
            field="against",
        )
    if fact.unit != prn.unit or fact.dose > Decimal(prn.dose):
        raise Refused(
            f"The order says {prn.medicine} {prn.dose} {prn.unit}. If more was given, say why.",
            rule="over the ordered dose",
            field="despite",
        )
    _route(fact, prn.medicine, prn.route)
    _prn_times(visit, fact, prn)


def _route(fact: MedicineGiven, name: str, route: str) -> None:
    if route and fact.route != route:
        raise Refused(
            f"The order says {name} {route}, not {fact.route}. {IF_GIVEN}",
            rule="another route than ordered",
            field="despite",
        )


def _prn_times(visit: Visit, fact: MedicineGiven, prn: PrnOrder) -> None:
    before = _given(visit, prn.medicine)
    if len(before) >= prn.most_doses:
        raise Refused(
            f"The order allows {count(prn.most_doses, 'dose')} of {prn.medicine}. If another was "
            "given, say why.",
            rule="over the ordered number",
            field="despite",
        )
    interval = prn.interval_min
    if interval is not None:
        for other in before:
            if abs((fact.at - other.at).total_seconds()) < interval.seconds:
                raise Refused(
                    f"{prn.medicine} was given at {clock(other.at)}; the order asks for "
                    f"{interval.rounded(0)} min between doses. {IF_GIVEN}",
                    rule="too soon after the last dose",
                    field="despite",
                )


def _given(visit: Visit, name: str) -> list[MedicineGiven]:
    return [m for m in visit.facts(MedicineGiven) if plain_name(m.medicine) == plain_name(name)]


def _within_adjunct(visit: Visit, fact: MedicineGiven, name: str) -> None:
    """A treatment that the order names beside the ketamine: once, and as it is ordered."""
    ordered = next(
        (one for one in adjuncts_here(visit, "magnesium", "other") if plain_name(one.what) == name),
        None,
    )
    if ordered is None:
        raise Refused(
            f"{fact.medicine} is not among the treatments of this order. Choose telephone order or "
            "emergency.",
            rule="not ordered",
            field="against",
        )
    if _over(fact, ordered):
        raise Refused(
            f"The order says {ordered.what} {ordered.dose} {ordered.unit}. If more was given, say "
            "why.",
            rule="over the ordered dose",
            field="despite",
        )
    _route(fact, ordered.what, ordered.route)
    if _given(visit, ordered.what):
        raise Refused(
            f"The order names {ordered.what} once, and it was given. If more was given, say why.",
            rule="over the ordered number",
            field="despite",
        )


def _over(fact: MedicineGiven, ordered: Adjunct) -> bool:
    if not ordered.dose:
        return False
    return fact.unit != ordered.unit or fact.dose > Decimal(ordered.dose)


def _sedatives(visit: Visit, fact: MedicineGiven) -> None:
    """Two sedatives close together are asked about (B10)."""
    other = sedative_near(visit, fact.medicine, fact.at)
    if other is not None:
        apart = length(visit.protocol.minutes("sedatives.apart"))
        raise Refused(
            f"{other.fact.medicine} was given at {clock(other.at)}: two sedatives within {apart}. "
            f"{IF_GIVEN}",
            rule="two sedatives",
            field="despite",
        )


def _signs(visit: Visit, fact: MedicineGiven) -> None:
    """A last reading at which this medicine is asked about (B10)."""
    against = against_signs(visit, fact.medicine, fact.at)
    if against:
        raise Refused(
            f"{'; '.join(against)}: {fact.medicine} is asked about. {IF_GIVEN}",
            rule="reading against it",
            field="despite",
        )
