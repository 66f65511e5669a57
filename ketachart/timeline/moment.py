"""What is known at any moment of the visit: each lane's value then, and how old it was.

What lies ahead has no values: it says what is planned and due. Nothing is guessed between two
readings; only the pump, whose rate is known at every moment, is worked out to the moment.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeVar

from ketachart.domain.quantities import Mg, seconds_of
from ketachart.domain.wording import amount, clock, decimal_text, length, since_start
from ketachart.timeline.columns import LaneName
from ketachart.timeline.contents import Drug, Pressure, Run, Spot, Timeline

MINUTE: Final = timedelta(minutes=1)
Reading = TypeVar("Reading", Pressure, Spot)
_SIGNS: Final[tuple[tuple[LaneName, str, str], ...]] = (
    ("pulse", "Heart rate", "/min"),
    ("spo2", "SpO₂", "%"),
    ("pain", "Pain", "of 10"),
    ("sedation", "RASS", ""),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One lane at a moment: “130/80 mmHg”, and “4 min before” where it was measured earlier."""

    lane: LaneName
    name: str
    value: str
    age: str = ""

    @property
    def shown(self) -> str:
        """The value with its age, for the drawing."""
        return f"{self.value}, {self.age}" if self.age else self.value

    @property
    def spoken(self) -> str:
        """The same for someone who cannot see in which lane it stands."""
        return f"{self.name} {self.shown}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A minute of the visit; ``ahead`` where it is still to come."""

    at: datetime
    when: str
    values: tuple[Known, ...]
    ahead: bool = False

    @property
    def spoken(self) -> str:
        """Everything in one breath, the time first."""
        still = " (still to come)" if self.ahead else ""
        return ". ".join([f"{self.when}{still}", *(value.spoken for value in self.values)]) + "."


def to_minute(moment: datetime) -> datetime:
    """The full minute that a moment lies in: a chart is read by the minute."""
    return moment.replace(second=0, microsecond=0)


def moment_of(timeline: Timeline, at: datetime) -> Moment:
    """What is known at a moment, from the uppermost lane to the lowest."""
    begun = timeline.begun
    when = clock(at) if begun is None else f"{clock(at)}, {since_start(at, begun)} min"
    ahead = timeline.now is not None and at > timeline.now
    found = _ahead(timeline, at) if ahead else _so_far(timeline, at)
    return Moment(at=at, when=when, values=tuple(found), ahead=ahead)


def _so_far(timeline: Timeline, at: datetime) -> Iterable[Known]:
    yield from _phase(timeline, at)
    yield from _drug(timeline.drug, at)
    pressure = _last(timeline.pressures, at)
    if pressure is not None:
        value = f"{pressure.text} mmHg"
        yield Known(lane="pressure", name="Blood pressure", value=value, age=_age(pressure.at, at))
    runs = (timeline.pulse, timeline.spo2, timeline.pain, timeline.sedation)
    for (lane, name, unit), series in zip(_SIGNS, runs, strict=True):
        yield from _sign(lane, name, unit, series, at)
    grades = [(band.label, band.grade_at(at)) for band in timeline.bands]
    effects = [f"{label} {grade}" for label, grade in grades if grade]
    if effects:
        yield Known(lane="bands", name="Side effects", value=", ".join(effects))


def _ahead(timeline: Timeline, at: datetime) -> Iterable[Known]:
    yield from _phase(timeline, at)
    due = next((mark for mark in timeline.vitals if not mark.entry and mark.at >= at), None)
    if due is not None:
        yield Known(lane="vitals", name="Vitals", value=f"due {clock(due.at)}")


def _phase(timeline: Timeline, at: datetime) -> Iterable[Known]:
    held = [phase for phase in timeline.phases if phase.start <= at <= phase.end]
    if held:
        planned = ", planned" if held[-1].state == "planned" else ""
        yield Known(lane="phase", name="Phase", value=f"{held[-1].name}{planned}")


def _drug(drug: Drug, at: datetime) -> Iterable[Known]:
    """The rate then, and all that was given up to then; nothing before the first drop."""
    given = given_at(drug, at)
    if given is None:
        return
    total = f"{amount(given, 1)} mg given"
    yield Known(lane="rate", name="Ketamine", value=f"{rate_at(drug, at)}, {total}")


def rate_at(drug: Drug, at: datetime) -> str:
    """“17.2 mg/h”, “paused”; “stopped” where the pump gives nothing any more."""
    held = [step for step in drug.steps if step.start <= at]
    if not held:
        return "not running"
    last = held[-1]
    if at >= last.end:  # what begins in this very minute has no stretch yet
        return drug.rate_now if last is drug.steps[-1] else "stopped"
    if last.state != "running":
        return "paused" if last.state == "paused" else "bag empty by the rates"
    return last.text if last.rate is None else f"{last.text} mg/h"


def given_at(drug: Drug, at: datetime) -> Mg | None:
    """All the ketamine given up to a moment, exactly; None before any was given.

    The total is known wherever its slope changes, so that what lies between is a straight line.
    """
    before = [point for point in drug.curve if point.at <= at]
    if not before:
        return None
    last = before[-1]
    after = next((point for point in drug.curve if point.at > at), None)
    if after is None:
        return last.mg
    share = seconds_of(at - last.at) / seconds_of(after.at - last.at)
    return last.mg + (after.mg - last.mg).times(share)


def _sign(
    lane: LaneName, name: str, unit: str, series: tuple[Run, ...], at: datetime
) -> Iterable[Known]:
    spot = _last([spot for run in series for spot in run], at)
    if spot is None:
        return
    value = decimal_text(spot.value).replace("-", "−")
    yield Known(lane=lane, name=name, value=f"{value} {unit}".strip(), age=_age(spot.at, at))


def _last(readings: Iterable[Reading], at: datetime) -> Reading | None:
    """The last reading up to the end of that minute; they come in the order of time."""
    found, end = None, at + MINUTE
    for reading in readings:
        if reading.at >= end:
            break
        found = reading
    return found


def _age(measured: datetime, at: datetime) -> str:
    """“4 min before”; empty where it was measured in that very minute."""
    apart = at - to_minute(measured)
    return f"{length(apart)} before" if apart >= MINUTE else ""
