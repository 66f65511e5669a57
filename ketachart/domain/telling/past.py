"""The words for what came before this visit."""

from collections.abc import Callable
from typing import Any

from ketachart.domain.facts import (
    Fact,
    InfusionElsewhere,
    OtherKetamine,
    PastInfusion,
    PastRecorded,
)
from ketachart.domain.visit import Visit
from ketachart.domain.wording import count, day, with_unit

Words = tuple[str, str]
FROM_WHOM = {
    "prescribed": "prescribed",
    "not-prescribed": "NOT prescribed",
    "not-said": "source not said",
}


def infusion_text(infusion: PastInfusion) -> str:
    """One earlier infusion in one line: day, dose, how pain answered, worst effect."""
    parts = [day(infusion.on)]
    if infusion.delivered_mg is not None:
        per_kg = infusion.delivered_mg_per_kg
        more = f" ({with_unit(per_kg)})" if per_kg is not None else ""
        parts.append(f"{with_unit(infusion.delivered_mg)}{more}")
    if infusion.pain_start is not None and infusion.pain_end is not None:
        parts.append(f"pain {infusion.pain_start} to {infusion.pain_end}")
    if infusion.worst_effect:
        parts.append(f"{infusion.worst_effect} grade {infusion.worst_grade}")
    return ", ".join(parts)


def past(_visit: Visit, fact: PastRecorded) -> Words:
    """What was known when the visit was opened."""
    told = [infusion_text(infusion) for infusion in fact.infusions]
    parts = told or ["no earlier infusion on this laptop"]
    if fact.visits_here is not None:
        parts.append(f"{count(fact.visits_here, 'visit')} at this address")
    return "Earlier", "; ".join(parts)


def elsewhere(_visit: Visit, fact: InfusionElsewhere) -> Words:
    """An infusion that was given elsewhere."""
    return "Infusion elsewhere", f"{infusion_text(fact.infusion)}; told by {fact.told_by}"


def other(_visit: Visit, fact: OtherKetamine) -> Words:
    """Ketamine from another source."""
    parts = [
        f"{fact.product}, {fact.route}",
        fact.amount,
        fact.how_often,
        f"last {day(fact.last_on)}" if fact.last_on is not None else "",
        FROM_WHOM[fact.from_whom],
        fact.prescriber,
        fact.note,
    ]
    return "Other ketamine", ", ".join(filter(None, parts))


TABLE: dict[type[Fact], Callable[[Visit, Any], Words]] = {
    PastRecorded: past,
    InfusionElsewhere: elsewhere,
    OtherKetamine: other,
}
