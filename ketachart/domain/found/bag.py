"""A bag hung during the infusion that was too strong, too old or drawn by mistake: say why."""

from collections.abc import Iterator

from ketachart.domain.bag_faults import BagFault, bag_faults, undiluted
from ketachart.domain.facts import BagChanged
from ketachart.domain.finding import Finding
from ketachart.domain.infusion import bag_before
from ketachart.domain.visit import Entry, Visit
from ketachart.domain.wording import clock


def bag_findings(visit: Visit) -> Iterator[Finding]:
    """Every fault of every bag that was hung after the start; the start has its own points."""
    for entry in visit.of(BagChanged):
        for fault in {fault.code: fault for fault in _faults(visit, entry)}.values():
            yield Finding(
                code=f"{fault.code}-{entry.number}",
                severity="reason",
                sentence=f"Hung at {clock(entry.at)}: {fault.sentence}",
                detail="Correct what is charted wrongly, or say why it was hung.",
                phase="infusion",
                entry=entry.id,
                source=fault.source,
            )


def _faults(visit: Visit, entry: Entry[BagChanged]) -> Iterator[BagFault]:
    named = entry.fact.strength_mg_per_ml
    if named is not None:
        yield from undiluted(visit, named)
    bag = bag_before(visit, entry.at, entry.fact.bag) if entry.fact.bag else None
    if bag is not None:
        yield from bag_faults(visit, bag, entry.at)
