"""Vitals that were due and are not there: a missing reading is not an abnormal one.

A set asks once its red time has come, until all it needed was measured or a reason was given. The
next set that becomes as late asks anew, in its place and for both.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from ketachart.domain.alert import Alert
from ketachart.domain.course import ended_at
from ketachart.domain.facts import VitalsTaken
from ketachart.domain.limits import first_read
from ketachart.domain.monitoring import Due, due, opens_of
from ketachart.domain.policy import SignCode
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock

OVERDUE: Final = "vitals-overdue"


@dataclass(frozen=True, slots=True)
class _Want:
    """When all that a set had to hold had been measured, in its window or after it, or None."""

    there: datetime | None

    def there_by(self, moment: datetime) -> bool:
        """Whether it was all measured by then."""
        return self.there is not None and self.there <= moment


@dataclass(frozen=True, slots=True)
class _Late:
    """The set that asks, for itself and those before it, and the time in which it asked."""

    at: datetime
    wants: tuple[_Want, ...]
    since: datetime
    until: datetime | None

    def asks_at(self, moment: datetime) -> bool:
        """Whether it still asks then."""
        return self.until is None or self.until > moment


def overdue_alerts(visit: Visit, now: datetime) -> list[Alert]:
    """The sets whose red time came before what they needed was there."""
    source = visit.protocol.policy("due.red").source
    return [
        Alert(
            code=OVERDUE,
            level="attention",
            sentence=f"Vitals due {clock(late.at)} are overdue",
            source=source,
            since=late.since,
            until=late.until,
        )
        for late in _late(visit, now)
    ]


def _late(visit: Visit, now: datetime) -> list[_Late]:
    red, end = visit.protocol.minutes("due.red"), ended_at(visit)
    items = due(visit, now)
    opens = opens_of(tuple(item.slot for item in items))
    excuses = sorted(_excuses(visit, items))
    found: list[_Late] = []
    for item, from_when in zip(items, opens, strict=True):
        since, want = item.at + red, _Want(_there(visit, item.slot.needs, from_when))
        if since > now or (end is not None and since >= end) or _settled(visit, item, want, since):
            continue
        wants: tuple[_Want, ...] = (want,)
        if found and found[-1].asks_at(since):
            wants = (*(w for w in found[-1].wants if not w.there_by(since)), want)
            found[-1] = replace(found[-1], until=since)
        ends = [_all_there(wants), next((at for at in excuses if at > since), None), end]
        until = min((at for at in ends if at is not None and at <= now), default=None)
        found.append(_Late(item.at, wants, since, until))
    return found


def _settled(visit: Visit, item: Due, want: _Want, by: datetime) -> bool:
    """Whether a set was measured, or excused, before its red time."""
    return want.there_by(by) or any(at <= by for at in _excuses(visit, (item,)))


def _all_there(wants: tuple[_Want, ...]) -> datetime | None:
    """When the last thing that was wanted had been measured."""
    times = [want.there for want in wants if want.there is not None]
    return max(times) if len(times) == len(wants) else None


def _there(visit: Visit, needs: frozenset[SignCode], opens: datetime) -> datetime | None:
    """When all that a set needs had been measured, at once or one by one."""
    times = [first_read(visit, sign, since=opens) for sign in needs]
    known = [at for at in times if at is not None]
    if not known:
        return None if times else _first_set(visit, opens)
    return max(known) if len(known) == len(times) else None


def _first_set(visit: Visit, since: datetime) -> datetime | None:
    """Whatever was measured first, where nothing in particular is wanted."""
    return next((entry.at for entry in visit.of(VitalsTaken) if entry.at >= since), None)


def _excuses(visit: Visit, items: tuple[Due, ...]) -> Iterator[datetime]:
    """When it was said of a set why it is not done."""
    for item in items:
        entry = visit.entry(item.entry) if item.state == "not-done" else None
        if entry is not None:
            yield entry.recorded_at
