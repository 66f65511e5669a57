"""What is due beside the vitals: a response, another look at a side effect or at the IV site."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from ketachart.domain.care.recheck import open_rechecks
from ketachart.domain.course import ended_at
from ketachart.domain.delivered import Delivery
from ketachart.domain.facts import MedicineGiven, ResponseNoted
from ketachart.domain.line import next_site_check
from ketachart.domain.visit import Visit

What = Literal["response", "effect", "access"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlsoDue:
    """One thing that is due, and when; ``what`` is also the act that charts it."""

    what: What
    words: str
    at: datetime


def also_due(visit: Visit, run: Delivery) -> tuple[AlsoDue, ...]:
    """What is due beside the vitals at the moment of that delivery, the earliest first."""
    found = _responses(visit, run.until)
    found += [
        AlsoDue(what="effect", words=look.words, at=look.at)
        for look in open_rechecks(visit, run.until)
    ]
    check = next_site_check(visit, run)
    if check is not None:
        found.append(AlsoDue(what="access", words="Site check", at=check))
    return tuple(sorted(found, key=lambda item: item.at))


def _responses(visit: Visit, now: datetime) -> list[AlsoDue]:
    if ended_at(visit) is not None:
        return []
    answered = {fact.entry for fact in visit.facts(ResponseNoted)}
    after = visit.protocol.minutes("response.after")
    return [
        AlsoDue(what="response", words=f"Response to {entry.fact.medicine}", at=entry.at + after)
        for entry in visit.of(MedicineGiven)
        if entry.id not in answered and entry.at <= now
    ]
