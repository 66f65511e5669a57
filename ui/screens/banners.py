"""The banners of a visit: what stands beyond a limit, and an emergency that has no end yet."""

from collections.abc import Callable
from datetime import datetime

from ketachart.domain.alerts import alerts
from ketachart.domain.emergency import open_emergency
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock
from ui.notices import Message, Notices

ALERTS, EMERGENCY = "alerts", "emergency"


def tell_alerts(
    notices: Notices, visit: Visit, now: datetime, *, on_answer: Callable[[], None]
) -> None:
    """One banner for all alerts: the gravest in full, the others counted."""
    standing = alerts(visit, now)
    if not standing:
        notices.settle(ALERTS)
        return
    first, *others = standing
    more = f" Also: {'; '.join(other.sentence for other in others)}." if others else ""
    done = ", ".join(first.answered) or "Not answered yet."
    notices.say(
        ALERTS,
        Message(
            "warn" if first.level == "attention" else "danger",
            first.sentence,
            f"{done}{more}",
            act="" if first.answered else "Answer",
            on_act=None if first.answered else on_answer,
        ),
    )


def tell_emergency(notices: Notices, visit: Visit, *, on_back: Callable[[], None]) -> None:
    """An emergency that was left without its end is not forgotten."""
    declared = open_emergency(visit)
    if declared is None:
        notices.settle(EMERGENCY)
        return
    notices.say(
        EMERGENCY,
        Message(
            "danger",
            f"Emergency since {clock(declared.at)}",
            "It goes on until its end is charted.",
            act="Back to it",
            on_act=on_back,
        ),
    )


def settle_both(notices: Notices) -> None:
    """The emergency's own screen tells it all, one thing at a time."""
    notices.settle(ALERTS)
    notices.settle(EMERGENCY)
