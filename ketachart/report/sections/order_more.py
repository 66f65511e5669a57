"""What only some orders say, as rows of the order's table; nothing where it says nothing."""

from collections.abc import Iterator

from ketachart.domain.facts import OrderRecorded, OtherKetamine
from ketachart.domain.ordered_monitoring import asked_beyond
from ketachart.domain.telling.order_parts import (
    adjunct_text,
    other_texts,
    priming_text,
    step_text,
)
from ketachart.domain.visit import Visit


def added_values(visit: Visit, order: OrderRecorded) -> Iterator[tuple[str, str]]:
    """Steps, line, monitoring and treatments, each with its name."""
    for number, step in enumerate(order.titration, 1):
        yield f"Step {number}", step_text(step)
    if order.priming is not None:
        yield "Line primed", priming_text(order.priming)
    yield "Monitoring", asked_beyond(visit)
    for adjunct in order.adjuncts:
        yield "Treatment", adjunct_text(adjunct)


def other_sources(visit: Visit) -> Iterator[tuple[str, str]]:
    """Ketamine from elsewhere, and what the sources say of the routes that were charted."""
    for text in other_texts(visit):
        yield "Ketamine from elsewhere", text
    for route in dict.fromkeys(fact.route for fact in visit.facts(OtherKetamine)):
        for passage in visit.protocol.passages_about(route):
            source = visit.protocol.cited(passage.source).short
            yield f"Reference: {passage.title.lower()}", f"{passage.text} ({source})"
