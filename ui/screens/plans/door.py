"""Who may plan visits; others are told, and lose nothing."""

from ui.desk import Desk
from ui.notices import Message

_KEY = "plans"
_WHO = (
    "Only a supervisor plans visits, in the clinic's own ledger: from there they go to the nurse's "
    "laptop in a package."
)


def may_plan(desk: Desk) -> bool:
    """Whether the unlocked person is a supervisor at the clinic; says who is where not."""
    if plans_here(desk):
        desk.notices.settle(_KEY)
        return True
    seen = Message(
        "muted",
        "Visits are planned by the supervisor",
        _WHO,
        act="I have read this",
        on_act=lambda: desk.notices.settle(_KEY),
    )
    desk.notices.say(_KEY, seen)
    return False


def plans_here(desk: Desk) -> bool:
    """Whether visits are planned in this ledger by the unlocked person."""
    return desk.post.is_clinic and desk.office.may_review
