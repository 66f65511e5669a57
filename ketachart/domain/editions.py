"""The orders of one visit, each with the time in which it stood."""

from dataclasses import dataclass
from datetime import datetime

from ketachart.domain.facts import OrderRecorded
from ketachart.domain.visit import Entry, Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One order, and the visit as it was ordered then.

    `since` is None for the first: it stands for everything before the second, also for what
    happened before it was charted. `until` is None for the last.
    """

    entry: Entry[OrderRecorded]
    visit: Visit
    since: datetime | None
    until: datetime | None

    def overlap(self, start: datetime, end: datetime) -> tuple[datetime, datetime] | None:
        """What of that time this order stood for; None for nothing of it."""
        begin = max(filter(None, (start, self.since)))
        finish = min(filter(None, (end, self.until)))
        return (begin, finish) if begin < finish else None


def editions(visit: Visit) -> tuple[Edition, ...]:
    """Every order that stood, in the order of time; an order that was corrected is no edition."""
    orders = visit.of(OrderRecorded)
    return tuple(
        Edition(
            entry=entry,
            visit=visit.ordered_at(entry.at),
            since=entry.at if place else None,
            until=orders[place + 1].at if place + 1 < len(orders) else None,
        )
        for place, entry in enumerate(orders)
        if place + 1 == len(orders) or orders[place + 1].at > entry.at
    )


def changed_orders(visit: Visit) -> tuple[Edition, ...]:
    """The orders that replaced another one during the visit."""
    return editions(visit)[1:]
