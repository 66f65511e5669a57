"""What a visit lacks for its vials to be followed in the clinic's drug book."""

from collections import Counter
from collections.abc import Iterator

from ketachart.domain.facts import VialTaken
from ketachart.domain.finding import Finding
from ketachart.domain.visit import Visit


def custody_findings(visit: Visit) -> Iterator[Finding]:
    """A vial without a number, and one number on two vials."""
    seals = Counter(fact.seal.strip() for fact in visit.facts(VialTaken))
    for entry in visit.of(VialTaken):
        vial, seal = entry.fact, entry.fact.seal.strip()
        if not seal:
            yield Finding(
                code=f"vial-without-seal-{vial.vial}",
                severity="know",
                sentence=f"Vial {vial.vial} has no seal or serial number",
                detail="Read it from the vial and correct the entry, so that the drug count can "
                "follow it.",
                phase="order",
                entry=entry.id,
            )
        elif seals[seal] > 1:
            yield Finding(
                code=f"seal-twice-{vial.vial}",
                severity="reason",
                sentence=f"Vial {vial.vial} has the same seal, {seal}, as another vial",
                detail="Read both labels and correct the wrong one, or say why they agree.",
                phase="order",
                entry=entry.id,
            )
