"""Who may go to the reports that wait; others are told, and lose nothing."""

from ketachart.charting.judging import WHO_MAY
from ui.desk import Desk
from ui.notices import Message

_KEY = "review"


def may_enter(desk: Desk) -> bool:
    """Whether the unlocked person is a supervisor; says who is where not."""
    if desk.supervision.allowed:
        desk.notices.settle(_KEY)
        return True
    seen = Message(
        "muted",
        "The review is the supervisor's",
        WHO_MAY,
        act="I have read this",
        on_act=lambda: desk.notices.settle(_KEY),
    )
    desk.notices.say(_KEY, seen)
    return False
