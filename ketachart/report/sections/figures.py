"""The five key figures of page one, each with the one line that says what to make of it."""

from datetime import timedelta

from ketachart.domain.dose.dosing_weight import planned_dose
from ketachart.domain.facts import InfusionNotStarted, PatientReleased, VitalsTaken
from ketachart.domain.infusion import per_kg
from ketachart.domain.summary import infusing_time
from ketachart.domain.telling.closing import OUTCOMES
from ketachart.domain.visit import Entry
from ketachart.domain.wording import (
    DASH,
    amount,
    clock,
    count,
    hours_and_minutes,
    length,
    with_unit,
)
from ketachart.report.sections.order import exact
from ketachart.report.sections.pieces import Figure
from ketachart.report.sections.readings import beyond_limits
from ketachart.report.sections.record import Record


def figures(record: Record) -> tuple[Figure, ...]:
    """Given, by weight, infusing, highest pressure, released: each with its context."""
    return (
        _given(record),
        _by_weight(record),
        _infusing(record),
        _highest(record),
        _released(record),
    )


def _given(record: Record) -> Figure:
    planned = planned_dose(record.visit)
    ordered = f"of {with_unit(planned)} ordered" if planned is not None else "no dose ordered"
    if record.start is None:
        return Figure("Given", "0", "mg", ordered)
    if not record.sums.given.is_zero and record.run.strength is None:
        ordered = "strength not on file"
    return Figure("Given", amount(record.sums.given), "mg", ordered)


def _by_weight(record: Record) -> Figure:
    order = record.visit.order
    context = f"order {exact(order.dose_mg_per_kg)}" if order else "no order on file"
    if record.start is None:
        return Figure("By weight", DASH, "", context)
    dose = per_kg(record.visit, record.sums.given)
    if dose is None:
        return Figure("By weight", DASH, "", "no weight on file")
    return Figure("By weight", amount(dose), "mg/kg", context)


def _infusing(record: Record) -> Figure:
    if record.start is None:
        return Figure("Infusing", DASH, "", "not started")
    paused = [s for s in record.run.segments if s.state == "paused"]
    span = f"{clock(record.start)} to {clock(record.stop) if record.stop else 'open'}"
    if paused:
        lasted = sum((s.end - s.start for s in paused), timedelta())
        span += f", {count(len(paused), 'pause')} {length(lasted)}"
    return Figure("Infusing", hours_and_minutes(infusing_time(record.visit)), "h", span)


def _highest(record: Record) -> Figure:
    sets = [
        entry
        for entry in record.visit.of(VitalsTaken)
        if entry.fact.systolic is not None and entry.fact.diastolic is not None
    ]
    high = max(sets, key=lambda e: (e.fact.systolic or 0, -e.number), default=None)
    if high is None:
        return Figure("Highest BP", DASH, "", "not measured")
    return Figure(
        "Highest BP",
        f"{high.fact.systolic}/{high.fact.diastolic}",
        "",
        f"{clock(high.at)}{record.after_start(high.at)}{_over(record, high)}",
    )


def _over(record: Record, entry: Entry[VitalsTaken]) -> str:
    """Which limit a pressure stands beyond, in a word."""
    names = [record.visit.protocol.sign(code).short for code in ("systolic", "diastolic")]
    words = beyond_limits(record).get(entry.id, [])
    bounds = [
        words_.removeprefix(f"{name} ") for words_ in words for name in names if name in words_
    ]
    return f", {bounds[0]}" if bounds else ""


def _released(record: Record) -> Figure:
    entry = record.visit.last(PatientReleased)
    if entry is None:
        fact = record.visit.last_fact(InfusionNotStarted)
        if record.start is None and fact is not None:
            return Figure("Not started", clock(fact.at), "", f"decided by the {fact.decided_by}")
        return Figure("Released", DASH, "", "not released")
    last = record.run.last_drug_at
    words = [] if entry.fact.outcome == "criteria-met" else [OUTCOMES[entry.fact.outcome]]
    if last is not None:
        words.append(f"{length(entry.at - last)} after" + ("" if words else " the drug"))
    return Figure("Released", clock(entry.at), "", ", ".join(words))
