"""What a pump delivered: acts on the pump cut into segments, each with exactly one rate.

The arithmetic is exact (clinical.md C10): delivered is the sum over the segments and the boluses,
and never more than the bag held. Order of writing does not matter; only the times do. An act that
contradicts the acts before it is named as a problem and changes nothing, so that an old record
always has a total.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Literal

from ketachart.domain.quantities import (
    SECONDS_PER_HOUR,
    Mg,
    MgPerMl,
    Ml,
    MlPerHour,
    length_of,
    seconds_of,
)

ActKind = Literal["start", "rate", "pause", "resume", "stop", "bag", "bolus"]
PumpState = Literal["not-started", "running", "paused", "stopped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PumpAct:
    """One act on the pump; which values it carries depends on its kind."""

    at: datetime
    kind: ActKind
    rate: MlPerHour | None = None
    strength: MgPerMl | None = None
    volume: Ml | None = None
    mg: Mg | None = None
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """An act that contradicts what the pump was doing then."""

    rule: str
    sentence: str
    act: PumpAct


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of time with one rate, one strength and one state."""

    origin: datetime
    from_s: Fraction
    to_s: Fraction
    state: Literal["running", "paused", "dry"]
    rate: MlPerHour
    strength: MgPerMl | None

    @property
    def start(self) -> datetime:
        """When it began."""
        return self.origin + length_of(self.from_s)

    @property
    def end(self) -> datetime:
        """When it ended, or up to when it was worked out."""
        return self.origin + length_of(self.to_s)

    @property
    def seconds(self) -> Fraction:
        """How long it lasted, exactly."""
        return self.to_s - self.from_s

    @property
    def delivering(self) -> bool:
        """Whether any drug moved."""
        return self.state == "running" and self.rate.above_zero

    @property
    def ml(self) -> Ml:
        """What was pumped in it."""
        if self.state != "running":
            return Ml.zero()
        return Ml(self.rate.amount * self.seconds / SECONDS_PER_HOUR)

    @property
    def mg(self) -> Mg:
        """The drug in that volume; nothing where the strength is not on file."""
        return self.ml.at(self.strength) if self.strength is not None else Mg.zero()


@dataclass(frozen=True, slots=True)
class Bolus:
    """One bolus of ketamine and the moment it was given."""

    at: datetime
    mg: Mg
    ml: Ml | None
    entry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What the pump did up to a moment, and what the patient got."""

    segments: tuple[Segment, ...]
    boluses: tuple[Bolus, ...]
    problems: tuple[Problem, ...]
    state: PumpState
    rate: MlPerHour
    strength: MgPerMl | None
    bag_left: Ml | None
    started_at: datetime | None
    stopped_at: datetime | None
    until: datetime

    @property
    def infused_ml(self) -> Ml:
        """Volume infused by the rates, without boluses."""
        return sum((segment.ml for segment in self.segments), Ml.zero())

    @property
    def infused_mg(self) -> Mg:
        """Drug infused by the rates, without boluses."""
        return sum((segment.mg for segment in self.segments), Mg.zero())

    @property
    def bolus_mg(self) -> Mg:
        """Drug given as boluses."""
        return sum((bolus.mg for bolus in self.boluses), Mg.zero())

    @property
    def total_mg(self) -> Mg:
        """All the ketamine that the patient got."""
        return self.infused_mg + self.bolus_mg

    def seconds_in(self, *states: str) -> Fraction:
        """How long the pump was in those states, in exact seconds."""
        return sum((s.seconds for s in self.segments if s.state in states), Fraction())

    @property
    def delivering_s(self) -> Fraction:
        """How long drug was moving, in exact seconds."""
        return sum((s.seconds for s in self.segments if s.delivering), Fraction())

    @property
    def elapsed(self) -> timedelta:
        """From the first start to the stop, or to the moment asked about."""
        if self.started_at is None:
            return timedelta()
        return (self.stopped_at or self.until) - self.started_at

    @property
    def last_drug_at(self) -> datetime | None:
        """The end of the last stretch or bolus in which ketamine reached the patient."""
        ends = [segment.end for segment in self.segments if segment.delivering]
        ends += [bolus.at for bolus in self.boluses]
        return max(ends, default=None)

    @property
    def ran_dry_at(self) -> datetime | None:
        """When the bag must have been empty, if it was before the pump was stopped."""
        return next((s.start for s in self.segments if s.state == "dry"), None)

    def mg_by(self, moment: datetime) -> Mg:
        """The total at one moment."""
        total = Mg.zero()
        for segment in self.segments:
            if segment.start >= moment:
                continue
            here = segment
            if segment.end > moment:
                here = replace(segment, to_s=seconds_of(moment - segment.origin))
            total += here.mg
        return total + sum((b.mg for b in self.boluses if b.at <= moment), Mg.zero())


def run(acts: Sequence[PumpAct], until: datetime) -> Delivery:
    """Runs the acts through the pump up to a moment; acts after it are left out.

    Args:
        acts: in any order; two at the same moment keep the order in which they are given.
        until: how far to work it out; a pump that runs goes on to here.
    """
    ordered = sorted((act for act in acts if act.at <= until), key=lambda act: act.at)
    origin = ordered[0].at if ordered else until
    pump = _Pump(origin)
    for act in ordered:
        pump.advance(seconds_of(act.at - origin))
        pump.take(act)
    pump.advance(seconds_of(until - origin))
    return pump.delivery(until)


class _Pump:
    """The pump as the acts leave it, one after the other."""

    def __init__(self, origin: datetime) -> None:
        self.origin = origin
        self.now = Fraction()
        self.state: PumpState = "not-started"
        self.rate = MlPerHour.zero()
        self.strength: MgPerMl | None = None
        self.left: Ml | None = None
        self.segments: list[Segment] = []
        self.boluses: list[Bolus] = []
        self.problems: list[Problem] = []
        self.started_at: datetime | None = None
        self.stopped_at: datetime | None = None

    def advance(self, to: Fraction) -> None:
        """Lets the pump run to that second; the bag may run dry on the way."""
        if to > self.now and self.state in ("running", "paused"):
            dry = self._dry_at()
            if dry is not None and dry < to:
                self._cut(max(dry, self.now), "running")
                self._cut(to, "dry")
            else:
                self._cut(to, "running" if self.state == "running" else "paused")
        self.now = max(self.now, to)

    def _dry_at(self) -> Fraction | None:
        if self.state != "running" or self.left is None or self.rate.is_zero:
            return None
        return self.now + self.left.amount * SECONDS_PER_HOUR / self.rate.amount

    def _cut(self, to: Fraction, state: Literal["running", "paused", "dry"]) -> None:
        if to <= self.now:
            return
        segment = Segment(
            origin=self.origin,
            from_s=self.now,
            to_s=to,
            state=state,
            rate=self.rate if state == "running" else MlPerHour.zero(),
            strength=self.strength,
        )
        self.segments.append(segment)
        if self.left is not None:
            self.left -= segment.ml
        self.now = to

    def take(self, act: PumpAct) -> None:
        """Lets one act change the pump, or names why it cannot."""
        getattr(self, f"_{act.kind}")(act)

    def _problem(self, act: PumpAct, rule: str, sentence: str) -> None:
        self.problems.append(Problem(rule, sentence, act))

    def _start(self, act: PumpAct) -> None:
        if self.state == "running":
            self._problem(
                act, "already running", "The pump is already running. Chart a change of rate."
            )
        self.state = "running"
        self.started_at = self.started_at or act.at
        self.stopped_at = None
        self.rate = act.rate or self.rate
        self._hang(act)

    def _rate(self, act: PumpAct) -> None:
        if self.state == "paused":
            self._problem(
                act, "not running; use resume", "The pump is paused. Chart that it was resumed."
            )
        elif self.state != "running":
            self._not_running(act)
        else:
            self.rate = act.rate or self.rate

    def _pause(self, act: PumpAct) -> None:
        if self.state == "paused":
            self._problem(act, "already paused", "The pump is already paused.")
        elif self.state != "running":
            self._not_running(act)
        else:
            self.state = "paused"

    def _resume(self, act: PumpAct) -> None:
        if self.state == "paused":
            self.state = "running"
            self.rate = act.rate or self.rate
        elif self.state == "running":
            self._problem(act, "already running", "The pump is running; it was not paused then.")
        else:
            self._not_running(act)

    def _stop(self, act: PumpAct) -> None:
        if self.state == "not-started":
            self._problem(
                act,
                "events out of order",
                "The stop is before the start. Check both times, or chart the start first.",
            )
        elif self.state == "stopped":
            self._problem(act, "already stopped", "The pump was already stopped then.")
        else:
            self.state = "stopped"
            self.stopped_at = act.at

    def _bag(self, act: PumpAct) -> None:
        self._hang(act)

    def _hang(self, act: PumpAct) -> None:
        if act.strength is not None:
            self.strength = act.strength
        if act.volume is not None:
            self.left = act.volume

    def _bolus(self, act: PumpAct) -> None:
        mg, ml = act.mg, act.volume
        if mg is None and ml is not None and self.strength is not None:
            mg = ml.at(self.strength)
        if mg is None:
            self._problem(
                act,
                "concentration missing",
                "The bolus is in mL and the strength is not on file. Enter it in mg, or chart "
                "the bag first.",
            )
            return
        if ml is None and self.strength is not None:
            ml = mg.volume_at(self.strength)
        self.boluses.append(Bolus(act.at, mg, ml, act.entry))
        if self.left is not None and ml is not None:
            self.left = max(self.left - ml, Ml.zero())

    def _not_running(self, act: PumpAct) -> None:
        if self.state == "stopped":
            sentence = "The pump was already stopped then. Check the time."
        else:
            sentence = "The pump is not running. Start it first, or enter when it was started."
        self._problem(act, "not running", sentence)

    def delivery(self, until: datetime) -> Delivery:
        """What came of it all."""
        return Delivery(
            segments=tuple(self.segments),
            boluses=tuple(self.boluses),
            problems=tuple(self.problems),
            state=self.state,
            rate=self.rate if self.state == "running" else MlPerHour.zero(),
            strength=self.strength,
            bag_left=self.left,
            started_at=self.started_at,
            stopped_at=self.stopped_at,
            until=until,
        )
