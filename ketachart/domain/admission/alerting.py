"""Rules for putting an alert off: for a few minutes, and never one that asks to stop."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from ketachart.domain.asking import Standing, most_wait, standing_alerts
from ketachart.domain.facts import AlertSnoozed, Fact
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock
from ketachart.errors import Refused


def snoozed(visit: Visit, fact: AlertSnoozed, now: datetime) -> None:
    """One that stands and may wait, for as long as the protocol allows."""
    _length(visit, fact)
    standing = [one for one in standing_alerts(visit, now) if one.alert.code == fact.alert]
    if not standing:
        raise Refused(
            "That alert does not stand. There is nothing to put off: go on charting.",
            rule="no such alert",
            field="alert",
        )
    _may_wait(standing)


def _length(visit: Visit, fact: AlertSnoozed) -> None:
    most = most_wait(visit)
    if most is None:
        raise Refused(
            "This visit's protocol lets no alert wait. Answer it with what was done, or why "
            "nothing was.",
            rule="alert cannot wait",
            field="for_min",
        )
    longest = int(most.total_seconds()) // 60
    if not 1 <= fact.for_min <= longest:
        raise Refused(
            f"An alert can wait 1 to {longest} min. Type another number.",
            rule="snooze too long",
            field="for_min",
        )


def _may_wait(standing: list[Standing]) -> None:
    for one in standing:
        if not one.alert.can_wait:
            raise Refused(
                f"“{one.alert.sentence}” cannot wait. Act on it, then answer it with what was "
                "done.",
                rule="alert cannot wait",
                field="alert",
            )
        if one.state == "seen":
            raise Refused(
                "That alert is answered already; it is quiet until it comes back. Go on charting.",
                rule="alert is answered",
                field="alert",
            )
        if one.until is not None:
            raise Refused(
                f"That alert waits until {clock(one.until)} already. Go on charting.",
                rule="alert waits already",
                field="alert",
            )


ALERT_RULES: dict[type[Fact], Callable[[Visit, Any, datetime], None]] = {AlertSnoozed: snoozed}
