"""Orders that came by telephone, in a call or as an order; the prescriber signs them later."""

from ketachart.domain.facts import CallMade, OrderRecorded
from ketachart.domain.visit import Entry, Visit

PhoneOrder = Entry[CallMade] | Entry[OrderRecorded]


def phone_orders(visit: Visit) -> tuple[PhoneOrder, ...]:
    """Every order that came by telephone, in the order of their times."""
    orders = (entry for entry in visit.of(OrderRecorded) if entry.fact.received == "telephone")
    found: list[PhoneOrder] = [*ordering_calls(visit), *orders]
    return tuple(sorted(found, key=lambda entry: entry.at))


def ordering_calls(visit: Visit) -> tuple[Entry[CallMade], ...]:
    """Calls in which something was said; those with the patient's own people order nothing."""
    own = {
        _folded(name)
        for name in (
            visit.patient.full_name if visit.patient is not None else "",
            visit.adult.name if visit.adult is not None else "",
        )
    }
    return tuple(
        entry
        for entry in visit.of(CallMade)
        if entry.fact.reached
        and entry.fact.said
        and (entry.fact.read_back or _folded(entry.fact.to) not in own)
    )


def ordered_by(entry: PhoneOrder) -> str:
    """Whose order it was."""
    fact = entry.fact
    return fact.to if isinstance(fact, CallMade) else fact.prescriber.name


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
