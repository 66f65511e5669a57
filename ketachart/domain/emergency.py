"""An emergency as it stands: since when, the pump, which steps are done, what happened."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from ketachart.domain.audit import words
from ketachart.domain.facts import (
    EmergencyDeclared,
    EmergencyEnded,
    EmergencyStep,
    Fact,
    VitalsTaken,
)
from ketachart.domain.infusion import delivery
from ketachart.domain.visit import Entry, Visit
from ketachart.domain.wording import clock, with_unit


@dataclass(frozen=True, slots=True)
class Step:
    """One act of an emergency, and when it was done; it may be done more than once."""

    code: str
    label: str
    done: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class Happened:
    """One entry since the emergency began, with the time that had passed by then."""

    entry: str
    at: datetime
    after: timedelta
    text: str


def open_emergency(visit: Visit) -> Entry[EmergencyDeclared] | None:
    """The emergency that has no end yet; None where there is none."""
    declared, over = visit.last(EmergencyDeclared), visit.last(EmergencyEnded)
    if declared is None or (over is not None and over.at >= declared.at):
        return None
    return declared


def clock_length(span: timedelta) -> str:
    """How long it has been going on, to the second: 2:14, 1:02:14."""
    seconds = max(0, int(span.total_seconds()))
    hours, rest = divmod(seconds, 3600)
    minutes, second = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{second:02d}" if hours else f"{minutes}:{second:02d}"


def pump_text(visit: Visit, now: datetime) -> str:
    """What the pump does, in a few words: “running at 17.1 mL/h”, “stopped 15:31”."""
    run = delivery(visit, now)
    match run.state:
        case "running":
            return f"running at {with_unit(run.rate)}"
        case "paused":
            return f"paused {clock(run.paused_at)}"
        case "stopped":
            return f"stopped {clock(run.stopped_at)}"
        case "not-started":
            return "not started"


def pump_may_run(visit: Visit, now: datetime) -> bool:
    """Whether the pump is running or paused, so that it has to be stopped."""
    return delivery(visit, now).state in ("running", "paused")


def steps(visit: Visit) -> tuple[Step, ...]:
    """Every step of the protocol, with its times in the emergency that is open.

    A step charted in words of its own stands at the end.
    """
    declared = open_emergency(visit)
    done: dict[str, list[datetime]] = {}
    for fact in visit.facts(EmergencyStep):
        if declared is not None and fact.at >= declared.at:
            done.setdefault(fact.step, []).append(fact.at)
    listed = {choice.code: choice.label for choice in visit.protocol.listed("emergency-step")}
    own = {code: code for code in done if code not in listed}
    return tuple(
        Step(code, label, tuple(done.get(code, ()))) for code, label in {**listed, **own}.items()
    )


def happened(visit: Visit) -> tuple[Happened, ...]:
    """What was charted since the emergency began, the newest first, and the set before it."""
    declared = open_emergency(visit)
    if declared is None:
        return ()
    since = [entry for entry in visit.standing if entry.at >= declared.at]
    before = [entry for entry in visit.of(VitalsTaken) if entry.at < declared.at]
    told = [*before[-1:], *since]
    return tuple(
        Happened(entry.id, entry.at, entry.at - declared.at, _told(visit, entry))
        for entry in reversed(told)
    )


def _told(visit: Visit, entry: Entry[Fact]) -> str:
    title, detail = words(visit, entry.fact)
    if isinstance(entry.fact, (EmergencyStep, VitalsTaken)):
        return detail
    if isinstance(entry.fact, EmergencyDeclared):
        title = "Emergency"
    return f"{title}: {detail}"
