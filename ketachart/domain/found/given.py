"""What is looked at before signing about what was given: medicines, dose, in spite of what."""

from collections.abc import Iterator

from ketachart.domain.delivered import Delivery
from ketachart.domain.dose_alerts import over_the_order
from ketachart.domain.facts import BolusGiven, InfusionStarted, MedicineGiven, ResponseNoted
from ketachart.domain.finding import Finding
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, with_unit


def given_findings(visit: Visit, run: Delivery) -> Iterator[Finding]:
    """Medicines without a response, a dose over the order, and what was done in spite of a rule."""
    yield from _medicines(visit)
    yield from _dose(visit, run)
    yield from _in_spite(visit)


def _medicines(visit: Visit) -> Iterator[Finding]:
    answered = {fact.entry for fact in visit.facts(ResponseNoted)}
    for entry in visit.of(MedicineGiven):
        if entry.id not in answered:
            yield Finding(
                code=f"no-response-{entry.number}",
                severity="reason",
                sentence=f"No response charted after {entry.fact.medicine}",
                detail=f"Given {clock(entry.at)}.",
                phase="infusion",
                entry=entry.id,
                source="B10",
            )
        if entry.fact.despite:
            yield Finding(
                code=f"medicine-despite-{entry.number}",
                severity="know",
                sentence=f"{entry.fact.medicine} was given in spite of a rule",
                detail=entry.fact.despite,
                phase="infusion",
                entry=entry.id,
            )


def _dose(visit: Visit, run: Delivery) -> Iterator[Finding]:
    for problem in run.problems:
        yield Finding(
            code=f"pump-{problem.rule.replace(' ', '-').replace(';', '')}",
            severity="reason",
            sentence=f"The pump at {clock(problem.act.at)} does not fit: {problem.rule}",
            detail=problem.sentence,
            phase="infusion",
            entry=problem.act.entry,
        )
    planned = over_the_order(visit, run)
    if planned is not None:
        yield Finding(
            code="over-the-order",
            severity="reason",
            sentence=f"{with_unit(run.total_mg)} given, {with_unit(planned)} ordered",
            detail="Say why, or correct the entries that are wrong.",
            phase="infusion",
        )
    if run.started_at is not None and run.strength is None:
        yield Finding(
            code="no-strength",
            severity="stop",
            sentence="The strength in the bag is not on file",
            detail="Chart the bag: without it there is no dose.",
            phase="order",
        )


def _in_spite(visit: Visit) -> Iterator[Finding]:
    for entry in visit.of(InfusionStarted):
        if entry.fact.despite:
            yield Finding(
                code="started-despite",
                severity="know",
                sentence="Started although something stood against it",
                detail=entry.fact.despite,
                phase="infusion",
                entry=entry.id,
            )
    for bolus in visit.of(BolusGiven):
        if bolus.fact.despite:
            yield Finding(
                code="bolus-despite",
                severity="know",
                sentence="A bolus was given in spite of the order",
                detail=bolus.fact.despite,
                phase="infusion",
                entry=bolus.id,
            )
