"""What of the running infusion is looked at before signing: marks, increases, the line."""

from collections.abc import Iterator

from ketachart.domain.facts import AccessRemoved
from ketachart.domain.finding import Finding
from ketachart.domain.marks import mark_findings
from ketachart.domain.rate_changes import increases, to_ask
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, listed


def running_findings(visit: Visit) -> Iterator[Finding]:
    """Marks that are not told, increases that rested on old readings, a catheter not whole."""
    yield from mark_findings(visit)
    yield from _increases(visit)
    yield from _access(visit)


def _increases(visit: Visit) -> Iterator[Finding]:
    """Good to know, never in the way: an increase without a fresh look at pain or side effects."""
    for entry in increases(visit):
        lacking = listed([*to_ask(visit, entry.at)])
        if lacking:
            yield Finding(
                code=f"increase-unasked-{entry.number}",
                severity="know",
                sentence=f"Rate raised {clock(entry.at)} without a fresh look at {lacking}",
                detail="An increase rests on relief and tolerance.",
                phase="infusion",
                entry=entry.id,
                source="A1.4",
            )


def _access(visit: Visit) -> Iterator[Finding]:
    for entry in visit.of(AccessRemoved):
        if not entry.fact.catheter_whole:
            yield Finding(
                code=f"catheter-not-whole-{entry.number}",
                severity="reason",
                sentence=f"The catheter taken out {clock(entry.at)} was not whole",
                detail="Say who was called and what was done.",
                phase="observation",
                entry=entry.id,
                source="B12",
            )
