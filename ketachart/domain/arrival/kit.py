"""The kit: each item as it was found last, in date or not on the day of the visit."""

from dataclasses import dataclass
from datetime import date, datetime

from ketachart.domain.facts import KitChecked
from ketachart.domain.facts.arrival import KitLine
from ketachart.domain.judgements import Answer, Judged, judged_at
from ketachart.domain.policy import ScreeningItem
from ketachart.domain.policy_care import KitItem
from ketachart.domain.visit import Visit
from ketachart.domain.wording import day


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFound:
    """One item of the kit; ``line`` is None where nobody looked at it."""

    item: KitItem
    line: KitLine | None
    checked_at: datetime | None
    on: date

    @property
    def expired(self) -> bool:
        """Whether its last day is over; an item is good through the day it names."""
        line = self.line
        return line is not None and line.expires is not None and line.expires < self.on

    @property
    def fault(self) -> str:
        """What is wrong with it, in words; empty where nothing is, or nobody looked."""
        if self.line is None:
            return ""
        if not self.line.present:
            return f"{self.item.label} missing"
        if self.expired and self.line.expires is not None:
            return f"{self.item.label} expired {day(self.line.expires)}"
        if self.item.expires and self.line.expires is None:
            return f"{self.item.label}: expiry not read"
        return ""

    @property
    def raises(self) -> Answer | None:
        """What it makes of its question: a required item that is missing or expired stops.

        An optional one that is missing was left out by the clinic; one that is out of date, or of
        which nobody read the date, is asked about, for it might be used.
        """
        if not self.fault or self.line is None:
            return None
        usable = self.line.present and not self.expired
        if self.item.required:
            return "ask" if usable else "stop"
        return "ask" if self.line.present else None


def kit_found(visit: Visit, now: datetime) -> tuple[ItemFound, ...]:
    """Every item of the protocol's kit as it was found last by that moment."""
    lines = {
        line.item: (line, entry.at)
        for entry in visit.of(KitChecked)
        if entry.at <= now
        for line in entry.fact.lines
    }
    found = []
    for item in visit.protocol.kit:
        line, at = lines.get(item.code, (None, None))
        found.append(ItemFound(item=item, line=line, checked_at=at, on=now.date()))
    return tuple(found)


def not_looked_at(visit: Visit, now: datetime) -> tuple[KitItem, ...]:
    """The required items that nobody looked at yet."""
    return tuple(
        one.item for one in kit_found(visit, now) if one.line is None and one.item.required
    )


def raised_by_kit(visit: Visit, item: ScreeningItem, now: datetime) -> Judged:
    """What the items of one question make of it; nothing where they are in order."""
    moment = judged_at(visit, now)
    faults = [
        (one.raises, one.fault)
        for one in kit_found(visit, moment)
        if one.item.question == item.code and one.raises is not None
    ]
    if not faults:
        return Judged(None, "")
    answer: Answer = "stop" if any(raised == "stop" for raised, _ in faults) else "ask"
    return Judged(answer, "; ".join(fault for _, fault in faults))
