"""The course of the visit: which phase it is in, and when each began."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from ketachart.domain.facts import (
    InfusionNotStarted,
    InfusionStopped,
    PatientReleased,
    ScreeningConcluded,
    VisitOpened,
    VitalsTaken,
)
from ketachart.domain.infusion import PUMP_ACTS, acts_of, delivery
from ketachart.domain.visit import Entry, Visit, when

Phase = Literal["screening", "order", "infusion", "observation", "instructions", "sign"]
PHASES: tuple[Phase, ...] = (
    "screening", "order", "infusion", "observation", "instructions", "sign",
)  # fmt: skip
ENDED_BY = (*PUMP_ACTS, InfusionNotStarted, PatientReleased)  # what tells when it was over
PHASE_NAMES: dict[Phase, str] = {
    "screening": "Screening",
    "order": "Order & dose",
    "infusion": "Infusion",
    "observation": "Observation",
    "instructions": "Instructions",
    "sign": "Sign",
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A phase on the clock; the last one has no end yet."""

    phase: Phase
    start: datetime
    end: datetime | None


def opened_at(visit: Visit) -> datetime | None:
    """When the chart was opened."""
    entry = visit.last(VisitOpened)
    return entry.at if entry else (visit.standing[0].at if visit.standing else None)


def started_at(visit: Visit) -> datetime | None:
    """When the infusion was first started."""
    return next((act.at for act in acts_of(visit) if act.kind == "start"), None)


def stopped_at(visit: Visit) -> datetime | None:
    """When the infusion was stopped for good; None while it may still run."""
    acts = [act for act in acts_of(visit) if act.kind in ("start", "stop")]
    return acts[-1].at if acts and acts[-1].kind == "stop" else None


def released_at(visit: Visit) -> datetime | None:
    """When the nurse left the patient in someone's care."""
    entry = visit.last(PatientReleased)
    return entry.at if entry else None


def ended_at(visit: Visit) -> datetime | None:
    """When nothing more was due: released, or decided not to start."""
    not_started = visit.last(InfusionNotStarted)
    if started_at(visit) is None and not_started is not None:
        return not_started.at
    return released_at(visit)


def last_drug_at(visit: Visit, now: datetime) -> datetime | None:
    """When ketamine last reached the patient, as far as is charted by now."""
    return delivery(visit, now).last_drug_at


def phase_at(visit: Visit) -> Phase:
    """The phase that the record has reached. Any phase may be charted at any time."""
    if visit.signed is not None or ended_at(visit) is not None:
        return "sign"
    if stopped_at(visit) is not None:
        return "observation"
    if started_at(visit) is not None:
        return "infusion"
    concluded = visit.last_fact(ScreeningConcluded)
    return "order" if concluded is not None and concluded.verdict == "go" else "screening"


def stretches(visit: Visit) -> tuple[Stretch, ...]:
    """The phases on the clock, for the timeline."""
    opening = opened_at(visit)
    if opening is None:
        return ()
    concluded = visit.last(ScreeningConcluded)
    marks: list[tuple[Phase, datetime | None]] = [
        ("screening", opening),
        ("order", concluded.at if concluded and concluded.fact.verdict == "go" else None),
        ("infusion", started_at(visit)),
        ("observation", stopped_at(visit)),
        ("sign", ended_at(visit)),
    ]
    known = [(phase, at) for phase, at in marks if at is not None]
    known.sort(key=lambda mark: mark[1])
    ends: list[datetime | None] = [at for _, at in known[1:]]
    signed = visit.signed
    ends.append(signed.at if signed else None)
    return tuple(Stretch(phase, at, end) for (phase, at), end in zip(known, ends, strict=True))


def baseline(visit: Visit) -> Entry[VitalsTaken] | None:
    """The last set with a pressure before the start; later limits are relative to it."""
    start = started_at(visit)
    sets = visit.of(VitalsTaken)
    before = sets if start is None else sets[: bisect_right(sets, start, key=when)]
    return next((entry for entry in reversed(before) if entry.fact.systolic is not None), None)


def stop_reason(visit: Visit) -> str:
    """Why it was stopped, in the protocol's words."""
    fact = visit.last_fact(InfusionStopped)
    return visit.protocol.label("stop-reason", fact.reason) if fact else ""
