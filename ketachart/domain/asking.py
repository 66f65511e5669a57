"""What stands now as the nurse sees it: new, seen, put off until a time, or back after that.

It is worked out from the record and the time alone. A laptop that slept, a clock that was set, a
lid, a restart: none of them can lose an alert or tell one twice.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from ketachart.domain.alert import RANK, Alert
from ketachart.domain.alerting.episodes import about
from ketachart.domain.alerts import alert_history
from ketachart.domain.facts import AlertSnoozed
from ketachart.domain.visit import Entry, Visit

# new: nobody said anything. seen: an act or a reason is charted. back: it was put off, and asks.
State = Literal["new", "seen", "put-off", "back"]
ASKS: Final[tuple[State, ...]] = ("new", "back")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One alert that stands, and what was said to it; ``until`` is when it asks again."""

    alert: Alert
    state: State
    until: datetime | None = None

    @property
    def asks(self) -> bool:
        """Whether it waits for an act or a reason."""
        return self.state in ASKS


def standing_alerts(visit: Visit, now: datetime) -> tuple[Standing, ...]:
    """Every alert that stands now: the gravest first, what was put off last.

    One thing asks once: while a sign is at its graver level the lesser one keeps quiet, and asks
    when the graver is over.
    """
    history = alert_history(visit, now)
    standing = [alert for alert in history if alert.stands]
    found = [
        _judged(visit, history, alert, now)
        for alert in standing
        if not any(_graver(other, alert) for other in standing)
    ]
    return tuple(sorted(found, key=_order))


def gravest(standing: Iterable[Standing]) -> Standing | None:
    """The gravest alert that is not put off; one that asks goes before one that was seen."""
    return min((one for one in standing if one.state != "put-off"), key=_order, default=None)


def most_wait(visit: Visit) -> timedelta | None:
    """For how long an alert may be put off at most; None where the protocol does not let it."""
    return visit.protocol.minutes("snooze.most") if visit.protocol.known("snooze.most") else None


def _order(one: Standing) -> tuple[bool, int, bool, datetime]:
    return (one.state == "put-off", RANK[one.alert.level], not one.asks, one.alert.since)


def _judged(visit: Visit, history: tuple[Alert, ...], alert: Alert, now: datetime) -> Standing:
    if alert.answered:
        return Standing(alert=alert, state="seen")
    put_off = [
        entry
        for entry in visit.of(AlertSnoozed)
        if entry.at <= now and about(history, entry, entry.fact.alert) is alert
    ]
    if not put_off:
        return Standing(alert=alert, state="new")
    until = _until(visit, history, alert, put_off[-1])
    if until is None or now >= until:
        return Standing(alert=alert, state="back")
    return Standing(alert=alert, state="put-off", until=until)


def _until(
    visit: Visit, history: tuple[Alert, ...], alert: Alert, entry: Entry[AlertSnoozed]
) -> datetime | None:
    """When a put-off alert asks again; None where nothing lets it wait."""
    most = most_wait(visit)
    if most is None or not alert.can_wait or _became_worse(history, alert, entry):
        return None
    return entry.at + min(timedelta(minutes=entry.fact.for_min), most)


def _became_worse(history: tuple[Alert, ...], alert: Alert, entry: Entry[AlertSnoozed]) -> bool:
    """Whether the same thing reached a graver level after the alert was put off."""
    return any(
        _graver(other, alert) and (other.since > entry.at or other.raised_by > entry.number)
        for other in history
    )


def _graver(other: Alert, alert: Alert) -> bool:
    """Whether it is about the same thing, at a graver level."""
    return other.family == alert.family and RANK[other.level] < RANK[alert.level]
