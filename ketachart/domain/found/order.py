"""What is looked at before signing about the order: changed while it ran, or given by telephone."""

from collections.abc import Iterator

from ketachart.domain.dose_checks import dose_checks
from ketachart.domain.facts import FindingExplained
from ketachart.domain.finding import Finding
from ketachart.domain.phone_orders import ordered_by, phone_orders
from ketachart.domain.telling.order_changes import Change, changes
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, count, listed


def order_findings(visit: Visit) -> Iterator[Finding]:
    """Orders to be countersigned, changes, and what a changed order says out of bounds."""
    yield from _to_countersign(visit)
    for change in changes(visit):
        entry = change.edition.entry
        yield Finding(
            code=f"order-changed-{entry.number}",
            severity="know",
            sentence=f"Order changed {clock(entry.at)}",
            detail=f"{entry.fact.prescriber.name}: {change.words}.",
            phase="order",
            entry=entry.id,
        )
        if entry.fact.received == "telephone" and not entry.fact.read_back:
            yield Finding(
                code=f"order-not-read-back-{entry.number}",
                severity="reason",
                sentence=f"The order changed {clock(entry.at)} was not read back",
                detail="Call and read it back, or say why it was not.",
                phase="order",
                entry=entry.id,
                source="B1.14",
            )
        yield from _out_of_bounds(visit, change)


def _to_countersign(visit: Visit) -> Iterator[Finding]:
    """Orders that came by telephone, and orders that were given in a call."""
    given = phone_orders(visit)
    if given:
        yield Finding(
            code="phone-orders",
            severity="know",
            sentence=f"{count(len(given), 'telephone order')} to be countersigned",
            detail=listed([f"{ordered_by(entry)} {clock(entry.at)}" for entry in given]),
            phase="infusion",
        )


def _out_of_bounds(visit: Visit, change: Change) -> Iterator[Finding]:
    """A value of the changed order beyond the protocol asks why, here or beside the order.

    At the start the same points stand in the way; while it runs the order is charted as it is.
    """
    entry = change.edition.entry
    said = {fact.finding for fact in visit.facts(FindingExplained)}
    for row in dose_checks(visit, entry.at):
        code = f"{row.code}-order-{entry.number}"
        if row.standing != "inside" and (not row.explained or code in said):
            yield Finding(
                code=code,
                severity="reason",
                sentence=f"Order of {clock(entry.at)}: {row.label.lower()} {row.value}",
                detail=f"The protocol says {row.bound}. Ask the prescriber, or say why.",
                phase="order",
                entry=entry.id,
                source=row.source,
            )
