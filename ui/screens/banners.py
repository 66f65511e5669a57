"""The banners of a visit: what stands beyond a limit, and an emergency that has no end yet."""

from collections.abc import Callable
from datetime import datetime

from ketachart.domain.asking import standing_alerts
from ketachart.domain.emergency import open_emergency
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock
from ui.actions import key_of
from ui.notices import Message, Notices

ALERTS, EMERGENCY = "alerts", "emergency"


def tell_alerts(
    notices: Notices, visit: Visit, now: datetime, *, on_answer: Callable[[], None]
) -> None:
    """One banner for all alerts: the gravest in full, the others counted; what was put off waits
    in the status bar."""
    shown = [one for one in standing_alerts(visit, now) if one.state != "put-off"]
    if not shown or visit.signed is not None:
        notices.settle(ALERTS)
        return
    first, asks = shown[0].alert, any(one.asks for one in shown)
    others = "; ".join(one.alert.sentence for one in shown[1:])
    done = ", ".join(first.answered) or _NOT_ANSWERED[shown[0].state]
    notices.say(
        ALERTS,
        Message(
            "warn" if first.level == "attention" else "danger",
            first.sentence,
            f"{done} Also: {others}." if others else done,
            act=f"Answer ({key_of('answer')})" if asks else "",
            on_act=on_answer if asks else None,
        ),
    )


_NOT_ANSWERED = {"new": "Not answered yet.", "back": "It was put off, and asks again."}


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
