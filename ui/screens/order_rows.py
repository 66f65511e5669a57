"""What only some orders say, as rows of the order card; nothing where the order says nothing."""

from ketachart.domain.facts import OrderRecorded
from ketachart.domain.ordered_monitoring import asked_beyond
from ketachart.domain.telling.order_parts import (
    adjunct_text,
    limit_text,
    other_texts,
    priming_text,
    step_text,
)
from ketachart.domain.visit import Visit

Lines = tuple[str, tuple[str, ...]]


def added_lines(visit: Visit, order: OrderRecorded) -> tuple[Lines, ...]:
    """Headings with their lines: steps, line, monitoring, treatments, own limits, other sources."""
    asked = asked_beyond(visit)
    priming = () if order.priming is None else (priming_text(order.priming),)
    parts: tuple[Lines, ...] = (
        ("Steps of the rate", tuple(step_text(step) for step in order.titration)),
        ("Line primed with", priming),
        ("Monitoring, by the order", (f"{asked[:1].upper()}{asked[1:]}",) if asked else ()),
        ("Treatments beside it", tuple(adjunct_text(one) for one in order.adjuncts)),
        (
            "Limits, by the order",
            tuple(limit_text(visit.protocol, limit) for limit in order.limits),
        ),
        ("Ketamine from elsewhere", tuple(other_texts(visit))),
    )
    return tuple((title, lines) for title, lines in parts if lines)
