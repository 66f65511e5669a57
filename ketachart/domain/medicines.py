"""What stands against a medicine: an allergy by any of its names, a last reading, a sedative.

Nothing here proposes a dose. It names what a nurse alone in a home may not have in mind, and asks
for a reason; what was given is always charted (clinical.md B10).
"""

import re
from datetime import datetime
from decimal import Decimal

from ketachart.domain.facts import Adjunct, MedicineGiven
from ketachart.domain.facts.setting import Allergy
from ketachart.domain.limits import readings, sign_text
from ketachart.domain.policy import AsksWhen
from ketachart.domain.visit import Entry, Visit
from ketachart.domain.wording import clock, decimal_text


def plain_name(medicine: str) -> str:
    """A medicine's name as it is compared: lower case, without blanks around it."""
    return medicine.strip().lower()


def allergy_to(visit: Visit, medicine: str) -> Allergy | None:
    """The patient's allergy that names this medicine, its brand or its family; by whole words."""
    known = visit.protocol.medicine(medicine)
    names = (medicine, *(known.allergy_words if known is not None else ()))
    allergies = visit.patient.allergies if visit.patient is not None else ()
    return next(
        (a for a in allergies if any(_same_substance(a.substance, name) for name in names)), None
    )


def _same_substance(one: str, other: str) -> bool:
    """Whether the words of one stand in the other: “penicillins” and “penicillin V”."""
    first, second = _words(one), _words(other)
    return bool(first and second) and (_within(first, second) or _within(second, first))


def _words(text: str) -> tuple[str, ...]:
    found = re.findall(r"[^\W_]+", text.lower())
    return tuple(word.removesuffix("s") if len(word) > 3 else word for word in found)


def _within(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    places = range(len(whole) - len(part) + 1)
    return any(whole[place : place + len(part)] == part for place in places)


def against_signs(visit: Visit, medicine: str, at: datetime) -> tuple[str, ...]:
    """The last readings by then at which this medicine asks for a reason, in words."""
    known = visit.protocol.medicine(medicine)
    found = []
    for asks in known.asks_when if known is not None else ():
        series = [r for r in readings(visit) if r.sign == asks.sign and r.at <= at]
        bound = _beyond(asks, series[-1].value) if series else ""
        if bound:
            sign = visit.protocol.sign(asks.sign)
            value = sign_text(sign, series[-1].value)
            found.append(f"{sign.label} {value} {sign.unit} at {clock(series[-1].at)}, {bound}")
    return tuple(found)


def _beyond(asks: AsksWhen, value: Decimal) -> str:
    if asks.below is not None and value < asks.below:
        return f"under {decimal_text(asks.below)}"
    if asks.above is not None and value > asks.above:
        return f"over {decimal_text(asks.above)}"
    return ""


def sedative_near(visit: Visit, medicine: str, at: datetime) -> Entry[MedicineGiven] | None:
    """Another sedative within the protocol's minutes of that time; None for what is no sedative."""

    def sedates(name: str) -> bool:
        known = visit.protocol.medicine(name)
        return known is not None and "sedative" in known.classes

    if not sedates(medicine):
        return None
    apart = visit.protocol.minutes("sedatives.apart")
    return next(
        (
            other
            for other in visit.of(MedicineGiven)
            if sedates(other.fact.medicine) and abs(other.at - at) < apart
        ),
        None,
    )


def adjuncts_here(visit: Visit, *kinds: str) -> tuple[Adjunct, ...]:
    """The order's treatments of those kinds that are given in this visit, not done elsewhere."""
    ordered = visit.order.adjuncts if visit.order is not None else ()
    return tuple(one for one in ordered if one.where == "here" and one.kind in kinds)
