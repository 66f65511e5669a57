"""The dose as the pump itself counted it, bag by bag, beside what the rates say up to then.

The pump counts volume only. It becomes a dose with the strength of the bag that hung at the time:
so the counter is needed at every change of bag. Where nobody read it then, the volume worked out
from the rates stands in its place, never more than the pump showed next, and that is said.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from ketachart.domain.delivered import Delivery
from ketachart.domain.facts import BagChanged, InfusionPaused, InfusionStopped, PumpRead
from ketachart.domain.infusion import acts_of, delivery, last_moment
from ketachart.domain.quantities import Mg, MgPerMl, Ml, seconds_of
from ketachart.domain.visit import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class PumpTotal:
    """What the pump counted up to its last reading, and what the rates say up to the same time."""

    ml: Ml
    mg: Mg | None  # None where a bag's strength is not on file, or the counter went back
    read_at: datetime
    rates_ml: Ml
    rates_mg: Mg
    whole: bool  # read when no more drug was to come
    unread: tuple[datetime, ...]  # changes of bag at which nobody read it
    back: tuple[datetime, ...] = ()  # readings lower than the one before, not charted as cleared

    @property
    def apart_ml(self) -> Ml:
        """How far the counted volume is from the rates' volume."""
        return abs(self.ml - self.rates_ml)

    @property
    def apart(self) -> Mg | None:
        """How far the counted dose is from the rates' dose; None where there is no dose."""
        return None if self.mg is None else abs(self.mg - self.rates_mg)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Point:
    """A moment at which the counter was read, set to zero, or another bag was hung."""

    at: datetime
    shown: Ml | None = None
    cleared: bool = False
    hangs: MgPerMl | None = None


def pump_total(visit: Visit) -> PumpTotal | None:
    """The pump's own total up to the last time it was read; None where nobody read it."""
    return visit.once("pump total", _pump_total)


def _pump_total(visit: Visit) -> PumpTotal | None:
    points = sorted(_points(visit), key=lambda point: point.at)
    read = [point.at for point in points if point.shown is not None]
    if not read:
        return None
    last = read[-1]
    run, end = delivery(visit, last), delivery(visit, last_moment(visit))
    count = _Count(run)
    for number, point in enumerate(points):
        if point.at <= last:
            count.take(point, points[number:])
    separate = sum((bolus.mg for bolus in run.boluses if bolus.ml is None), Mg.zero())
    return PumpTotal(
        ml=count.ml,
        mg=None if count.mg is None else count.mg + separate,
        read_at=last,
        rates_ml=_pumped(run, last),
        rates_mg=run.total_mg,
        whole=end.state == "stopped" and end.stopped_at is not None and last >= end.stopped_at,
        unread=tuple(count.unread),
        back=tuple(count.back),
    )


def _points(visit: Visit) -> Iterator[_Point]:
    strengths = {act.entry: act.strength for act in acts_of(visit) if act.kind in ("start", "bag")}
    for entry in visit.standing:
        fact = entry.fact
        shown = None
        if isinstance(fact, PumpRead):
            shown = fact.volume_ml
        elif isinstance(fact, (InfusionPaused, InfusionStopped, BagChanged)):
            shown = fact.pump_volume_ml
        cleared = isinstance(fact, BagChanged) and fact.pump_cleared
        hangs = strengths.get(entry.id)
        if shown is not None or cleared or hangs is not None:
            yield _Point(at=entry.at, shown=shown, cleared=cleared, hangs=hangs)


def _pumped(run: Delivery, moment: datetime) -> Ml:
    """What the pump must have counted by then, by its rates and the boluses out of the bag."""
    total = Ml.zero()
    for segment in run.segments:
        if segment.start < moment:
            until = min(segment.to_s, seconds_of(moment - segment.origin))
            total += replace(segment, to_s=until).ml
    return total + sum(
        (b.ml for b in run.boluses if b.ml is not None and b.at <= moment), Ml.zero()
    )


class _Count:
    """The counter walked from point to point: what went through it at which strength."""

    def __init__(self, run: Delivery) -> None:
        self.run = run
        self.ml = Ml.zero()
        self.mg: Mg | None = Mg.zero()
        self.unread: list[datetime] = []
        self.back: list[datetime] = []
        self._shown = Ml.zero()
        self._worked_out = Ml.zero()  # by the rates, at the moment of the point before
        self._strength: MgPerMl | None = None

    def take(self, point: _Point, ahead: list[_Point]) -> None:
        """Counts what went through since the point before."""
        now = _pumped(self.run, point.at)
        moved = now - self._worked_out
        if point.shown is not None:
            if point.shown < self._shown:
                self.back.append(point.at)
            self._count(point.shown - self._shown)
            self._shown = point.shown
            self._worked_out = now
        elif moved.above_zero and self._changes(point):
            most = _next_shown(ahead)
            if most is not None:
                moved = min(moved, max(most - self._shown, Ml.zero()))
            self._count(moved)
            self._shown += moved
            self._worked_out = now
            self.unread.append(point.at)
        if point.cleared:
            self._shown = Ml.zero()
        if point.hangs is not None:
            self._strength = point.hangs

    def _changes(self, point: _Point) -> bool:
        """Whether the counter had to be read then, to know what went through at which strength."""
        return point.cleared or (point.hangs is not None and point.hangs != self._strength)

    def _count(self, volume: Ml) -> None:
        self.ml += volume
        if volume.is_zero:
            return
        if self._strength is None or self.mg is None or self.back:
            self.mg = None  # what a counter that went back has counted is anybody's guess
        else:
            self.mg += volume.at(self._strength)


def _next_shown(ahead: list[_Point]) -> Ml | None:
    """What the counter shows next, before it is set to zero; None where nobody read it till then.

    The first of ``ahead`` is the point itself.
    """
    for point in ahead:
        if point.shown is not None:
            return point.shown
        if point.cleared:
            return None
    return None
