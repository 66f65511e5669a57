"""F8 from the list of visits: into the one visit that can be meant, else it is asked for."""

from datetime import timedelta

from ketachart.errors import KetaChartError
from ui.desk import Desk
from ui.notices import Message

NOTICE = "which-visit"
_FRESH = timedelta(hours=24)  # a visit opened longer ago is not the one at hand


def open_the_one_visit(desk: Desk) -> None:
    """Opens the only visit of the last day that is not signed; says what to do where there is none.

    A patient is never guessed: with two open visits the nurse chooses.
    """
    try:
        open_ones = _open_ones(desk)
        if len(open_ones) == 1:
            desk.notices.settle(NOTICE)
            desk.open_visit(open_ones[0])
            return
    except KetaChartError as error:
        _say(desk, str(error))
        return
    which = "Choose the patient's visit" if open_ones else "Open a visit for the patient (Ctrl+N)"
    _say(desk, f"{which}, then press F8 again. Nothing has to be charted first.")


def _open_ones(desk: Desk) -> list[str]:
    now = desk.now()
    days = {now.date(), (now - _FRESH).date()}
    rows = [row for day in sorted(days) for row in desk.office.visits(day=day)]
    return [
        row.stream
        for row in rows
        if row.status != "signed" and row.opened_at is not None and now - row.opened_at <= _FRESH
    ]


def _say(desk: Desk, detail: str) -> None:
    seen = Message(
        "danger",
        "Call 911 first",
        detail,
        act="I have seen it",
        on_act=lambda: desk.notices.settle(NOTICE),
    )
    desk.notices.say(NOTICE, seen)
