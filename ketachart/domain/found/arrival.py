"""What is looked at before signing about the door: clocks, times of the visit, the time-out."""

from collections.abc import Iterator

from ketachart.domain.arrival.clocks import clock_of, clocks_apart
from ketachart.domain.arrival.times import left_is_missing, left_too_early, visit_times
from ketachart.domain.course import released_at
from ketachart.domain.facts import InfusionStarted
from ketachart.domain.finding import Finding
from ketachart.domain.time_out import first_time_out
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, listed


def arrival_findings(visit: Visit) -> Iterator[Finding]:
    """Every point about the door; an older protocol asks for none of them."""
    yield from _time_out(visit)
    if visit.protocol.known("clock.apart") is not None:
        yield from _clocks(visit)
        yield from _times(visit)


def _time_out(visit: Visit) -> Iterator[Finding]:
    started = visit.of(InfusionStarted)
    if not started or not visit.protocol.time_out:
        return
    held = first_time_out(visit)
    if held is None:
        yield Finding(
            code="no-time-out",
            severity="reason",
            sentence="No time-out before the start",
            detail=f"Started {clock(started[0].at)}. Say why nobody took the last look.",
            phase="order",
            entry=started[0].id,
            source="C5",
        )
    elif held.fact.open:
        known = {step.code: step.sentence for step in visit.protocol.time_out}
        yield Finding(
            code="time-out-open",
            severity="reason",
            sentence="Started with steps of the time-out open",
            detail=listed([known.get(code, code) for code in held.fact.open]),
            phase="order",
            entry=held.id,
            source="C5",
        )


def _clocks(visit: Visit) -> Iterator[Finding]:
    by_pump = any(fact.by == "pump" for fact in visit.facts(InfusionStarted))
    if by_pump and clock_of(visit, "pump") is None:
        yield Finding(
            code="pump-clock",
            severity="know",
            sentence="The pump's clock was never compared",
            detail="A time of the pump's own log cannot be put beside the chart.",
            phase="screening",
            source="C5.clock",
        )
    for one in clocks_apart(visit):
        yield Finding(
            code=f"clock-apart-{one.entry}",
            severity="know",
            sentence=f"{one.label[:1].upper()}{one.label[1:]} {one.verdict}",
            detail=f"It showed {clock(one.showed)} at {clock(one.at)}.",
            phase="screening",
            entry=one.entry,
            source="C5.clock",
        )


def _times(visit: Visit) -> Iterator[Finding]:
    if left_too_early(visit):
        left, released = visit_times(visit).left, released_at(visit)
        yield Finding(
            code="left-before-release",
            severity="reason",
            sentence="Left before the patient was released",
            detail=f"Left {clock(left)}, released {clock(released)}.",
            phase="observation",
        )
    elif left_is_missing(visit):
        yield Finding(
            code="left-not-charted",
            severity="know",
            sentence="Nobody charted when the nurse left",
            phase="observation",
        )
