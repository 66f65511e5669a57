"""What a pump delivered: acts on the pump cut into segments, each with exactly one rate.

The arithmetic is exact (clinical.md C10): delivered is the sum over the segments and the boluses,
and never more than the bag held. Order of writing does not matter; only the times do. An act that
contradicts the acts before it is named as a problem and changes nothing, so that an old record
always has a total.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from typing import Literal

from ketachart.domain.delivered import Bolus, Delivery, Problem, PumpAct, PumpState, Segment
from ketachart.domain.quantities import SECONDS_PER_HOUR, MgPerMl, Ml, MlPerHour, either, seconds_of


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
        self.paused_at: datetime | None = None

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
            return
        self.state = "running"
        self.started_at = self.started_at or act.at
        self.stopped_at = None
        self.rate = either(act.rate, self.rate)
        self._hang(act)

    def _rate(self, act: PumpAct) -> None:
        if self.state == "paused":
            self._problem(
                act, "not running; use resume", "The pump is paused. Chart that it was resumed."
            )
        elif self.state != "running":
            self._not_running(act)
        else:
            self.rate = either(act.rate, self.rate)

    def _pause(self, act: PumpAct) -> None:
        if self.state == "paused":
            self._problem(act, "already paused", "The pump is already paused.")
        elif self.state != "running":
            self._not_running(act)
        else:
            self.state = "paused"
            self.paused_at = act.at

    def _resume(self, act: PumpAct) -> None:
        if self.state == "paused":
            self.state = "running"
            self.rate = either(act.rate, self.rate)
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
        self.left = None  # what the bag before held says nothing about this one
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
            paused_at=self.paused_at if self.state == "paused" else None,
            until=until,
        )
