"""Where weight, dose and the pump's reasons do not fit what else is charted."""

from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction

from ketachart.domain.dose.dosing_weight import planned_dose
from ketachart.domain.facts import (
    CallMade,
    InfusionStopped,
    OrderRecorded,
    OverrideAuthorised,
    RateSet,
)
from ketachart.domain.finding import Finding
from ketachart.domain.infusion import delivered
from ketachart.domain.limits import Reading, readings
from ketachart.domain.quantities import Ratio
from ketachart.domain.visit import Entry, Visit
from ketachart.domain.wording import clock, number, weight, with_unit

NOT_RELIEVED = ("pain-not-better", "pain-tolerated")
BY_PRESCRIBER = ("prescriber", "prescriber-tolerated")


def drug_contradictions(visit: Visit) -> Iterator[Finding]:
    """The weight, the dose, and why the rate was changed or the pump stopped."""
    yield from _weight(visit)
    yield from _complete(visit)
    yield from _pain(visit)
    yield from _by_prescriber(visit)


def _weight(visit: Visit) -> Iterator[Finding]:
    """A weight far from the last one: read twice it is true, and still asks why."""
    fact = visit.weight
    entries = [e for e in visit.standing if e.fact is fact]
    if fact is None or fact.last_weight_kg is None or not fact.last_weight_kg.above_zero:
        return
    change = (fact.weight_kg.ratio_to(fact.last_weight_kg) - 1) * 100
    most = Ratio(visit.protocol.number("weight.change"))
    if abs(change) <= most.amount or _authorised(visit, "weight"):
        return
    yield Finding(
        code="weight-jump",
        severity="reason",
        sentence=f"{weight(fact.weight_kg)} today, {weight(fact.last_weight_kg)} at the last visit",
        detail=f"{number(change, 1)} %: over {number(most.amount, 0)} %. Correct the weight that "
        "is wrong, or say what explains it.",
        phase="order",
        entry=entries[0].id if entries else "",
        source="C3",
    )


def _authorised(visit: Visit, about: str) -> bool:
    return any(fact.about == about for fact in visit.facts(OverrideAuthorised))


def _complete(visit: Visit) -> Iterator[Finding]:
    """“Complete” is said of an infusion that gave clearly less than was ordered."""
    least, stop = visit.protocol.known("complete.least"), visit.last(InfusionStopped)
    planned, run = planned_dose(visit), delivered(visit)
    if least is None or stop is None or planned is None or run.strength is None:
        return
    if stop.fact.reason != "complete" or not planned.above_zero:
        return
    share = run.total_mg.ratio_to(planned) * 100
    if share >= Fraction(least.value):
        return
    yield Finding(
        code="complete-and-short",
        severity="reason",
        sentence=f"Stopped as complete, but {with_unit(run.total_mg)} of {with_unit(planned)} "
        "were given",
        detail="Correct the reason of the stop or the rate that is wrong, or say why.",
        phase="infusion",
        entry=stop.id,
        source=least.source,
    )


def _pain(visit: Visit) -> Iterator[Finding]:
    """More was given for pain that was gone; pain is better that had not fallen."""
    scores = [reading for reading in readings(visit) if reading.sign == "pain"]
    for entry in visit.of(RateSet):
        before, now = _first(scores), _at(scores, entry.at)
        if before is None or now is None or now is before or not before.value:
            continue
        gone = entry.fact.reason in NOT_RELIEVED and now.value == 0
        worse = entry.fact.reason == "pain-better" and now.value > before.value
        if gone or worse:
            label = visit.protocol.label("rate-reason", entry.fact.reason)
            if label == entry.fact.reason:
                label = visit.protocol.label("increase-reason", entry.fact.reason)
            yield Finding(
                code=f"pain-and-rate-{entry.number}",
                severity="reason",
                sentence=f"Rate changed at {clock(entry.at)}, “{label}”, and pain went "
                f"{number(before.value, 0)} to {number(now.value, 0)}",
                detail="Correct the reason or the score, or say why both are so.",
                phase="infusion",
                entry=entry.id,
            )


def _first(scores: list[Reading]) -> Reading | None:
    return scores[0] if scores else None


def _at(scores: list[Reading], at: datetime) -> Reading | None:
    known = [reading for reading in scores if reading.at <= at]
    return known[-1] if known else None


def _by_prescriber(visit: Visit) -> Iterator[Finding]:
    """The prescriber asked for it, and no word with the prescriber is charted by then."""
    late = visit.protocol.minutes("late.entry")
    words = [fact.at for fact in visit.facts(CallMade) if fact.reached]
    words += [fact.at for fact in visit.facts(OverrideAuthorised)]
    words += [fact.at for fact in visit.facts(OrderRecorded)[1:]]
    acts: list[Entry[RateSet] | Entry[InfusionStopped]] = [
        *visit.of(RateSet),
        *visit.of(InfusionStopped),
    ]
    for entry in acts:
        if entry.fact.reason not in BY_PRESCRIBER or any(at <= entry.at + late for at in words):
            continue
        what = "Rate changed" if isinstance(entry.fact, RateSet) else "Stopped"
        yield Finding(
            code=f"prescriber-without-call-{entry.number}",
            severity="reason",
            sentence=f"{what} at {clock(entry.at)} because the prescriber asked, but no call is "
            "charted",
            detail="Chart the call with its time and what was said, or say how it was asked.",
            phase="infusion",
            entry=entry.id,
        )
