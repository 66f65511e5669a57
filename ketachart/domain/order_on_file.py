"""The order of the patient's last visit: until when it holds, and which infusion comes next."""

from dataclasses import dataclass
from datetime import date

from ketachart.domain.course import started_at
from ketachart.domain.facts import OrderRecorded
from ketachart.domain.protocol import Protocol
from ketachart.domain.visit import Visit
from ketachart.domain.wording import day, with_unit


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderOnFile:
    """What a new visit is offered; vital signs are never offered."""

    order: OrderRecorded
    visit_on: date
    valid_until: date
    expired: bool
    next_number: int | None

    @property
    def words(self) -> str:
        """The order in one line: by whom, when, what, and until when it holds."""
        order = self.order
        parts = [
            order.prescriber.name,
            day(order.ordered_on),
            f"{with_unit(order.dose_mg_per_kg)} over {with_unit(order.duration_min)}",
        ]
        if self.expired:
            return f"{', '.join(parts)}: expired {day(self.valid_until)}, needs a new order"
        return f"{', '.join(parts)}, valid to {day(self.valid_until)}"


def valid_until(order: OrderRecorded, protocol: Protocol) -> date:
    """The last day of an order: its own, and never older than the protocol lets it be."""
    oldest = order.ordered_on + protocol.minutes("order.age")
    return min(oldest, order.expires_on) if order.expires_on else oldest


def order_on_file(last: Visit, protocol: Protocol, *, today: date) -> OrderOnFile | None:
    """The order of a patient's last visit, as the next one may take it over.

    Args:
        last: that visit.
        protocol: the clinic's present one; an order's age is judged by it.
        today: the day of the new visit.
    """
    order = last.order
    if order is None:
        return None
    until, number = valid_until(order, protocol), order.series_number
    used = started_at(last) is not None
    return OrderOnFile(
        order=order,
        visit_on=last.opened.at.date() if last.opened else order.at.date(),
        valid_until=until,
        expired=today > until,
        next_number=number + 1 if number is not None and used else number,
    )
