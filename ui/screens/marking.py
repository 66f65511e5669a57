"""Mark this moment: one press writes it down, and it stands in sight until it is told."""

from collections.abc import Callable

from ketachart.domain.facts import MomentMarked
from ketachart.domain.marks import marked_just_now, open_told
from ketachart.domain.visit import Visit
from ketachart.errors import KetaChartError
from ui.actions import key_of
from ui.desk import Desk
from ui.notices import Message, Notices

MARKS, NOT_MARKED = "marks", "not-marked"


def mark_now(desk: Desk) -> None:
    """Writes the moment of the press; a press that is doubled is one, and a refusal is told."""
    at = desk.now()
    if marked_just_now(desk.visit, at) is not None:
        return
    try:
        desk.record(MomentMarked(at=at))
    except KetaChartError as error:
        desk.notices.say(NOT_MARKED, Message("danger", "The moment is not marked", str(error)))
        return
    desk.notices.settle(NOT_MARKED)


def tell_marks(notices: Notices, visit: Visit, *, on_tell: Callable[[], None]) -> None:
    """The open marks with their minutes, on every screen of the visit."""
    words = open_told(visit)
    if not words or visit.signed is not None:
        notices.settle(MARKS)
        return
    how = "Chart what happened; Down in “Happened at” takes the minute."
    notices.say(
        MARKS,
        Message("muted", words, how, act=f"It was nothing ({key_of('marks')})", on_act=on_tell),
    )
