"""The visits at hand, found by the patient's name as an act is found by its words."""

from functools import partial
from typing import Final

from ketachart.domain.wording import short_day
from ketachart.errors import KetaChartError
from ui.notices import Message
from ui.palette.finding import Offer
from ui.palette.offers import Window

_VISIT: Final = "visit:"
_SEEN: Final = "I have seen it"


def visit_offers(window: Window) -> tuple[Offer, ...]:
    """Today's visits and those to finish, but not the one that is open.

    None while the ledger is closed, or cannot be read: the list of visits says so.
    """
    desk = window.desk
    if not desk.is_unlocked:
        return ()
    here = desk.room.stream if desk.has_visit else ""
    try:
        rows = desk.office.visits_at_hand(desk.now().date())
    except KetaChartError:
        return ()
    return tuple(
        Offer(
            f"{_VISIT}{row.stream}",
            row.patient,
            row.number,
            goes=f"Visit of {short_day(row.day)}, MRN {row.mrn}",
            is_name=True,
        )
        for row in rows
        if row.stream != here
    )


def go_to_visit(name: str, window: Window) -> bool:
    """Opens the visit of an offer, from wherever one is; False where it is the offer of an act.

    What is typed in the visit that was open stays in its drafts. One that cannot be read is said
    over the list of visits.
    """
    if not name.startswith(_VISIT):
        return False
    desk, stream = window.desk, name.removeprefix(_VISIT)
    if desk.has_visit:
        desk.close_visit()
    window.show_screen("day")
    try:
        desk.open_visit(stream)
    except KetaChartError as error:
        settle = partial(desk.notices.settle, _VISIT)
        told = Message("warn", "This visit could not be opened", str(error), _SEEN, settle)
        desk.notices.say(_VISIT, told)
    return True
