"""What a pump did and what came of it, cut into stretches that each have exactly one rate."""

from __future__ import annotations

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
    paused_at: datetime | None  # since when it is paused, while it is
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

    def reaches(self, mg: Mg) -> datetime | None:
        """When the total came to that much; None where it did not."""
        total = Mg.zero()
        for moment, segment in self._in_order():
            if isinstance(segment, Bolus):
                total += segment.mg
                if total >= mg:
                    return moment
                continue
            if total + segment.mg >= mg and segment.delivering:
                share = (mg - total).ratio_to(segment.mg)
                return segment.origin + length_of(segment.from_s + segment.seconds * share)
            total += segment.mg
        return None

    def _in_order(self) -> list[tuple[datetime, Segment | Bolus]]:
        """Stretches and boluses by time; each act ends a stretch, so none holds a bolus."""
        parts: list[tuple[datetime, Segment | Bolus]] = [(b.at, b) for b in self.boluses]
        parts += [(segment.start, segment) for segment in self.segments]
        return sorted(parts, key=lambda part: (part[0], isinstance(part[1], Segment)))
