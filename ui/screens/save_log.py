"""Saves the entries of the open visit as a table for a spreadsheet, and says what came of it."""

from PySide6.QtWidgets import QWidget

from ketachart.domain.log_table import log_csv
from ui.desk import Desk
from ui.notices import Message
from ui.screens.laptop.save_table import save_csv
from ui.tokens import Tone

NOTICE = "log-saved"


class _Said:
    """Says by a notice what came of it: the log stands in more than one screen."""

    def __init__(self, desk: Desk) -> None:
        self._notices = desk.notices

    def say(self, happened: str, detail: str = "", *, tone: Tone = "danger") -> None:
        """Until it was seen."""
        seen = "I have seen it"
        settle = lambda: self._notices.settle(NOTICE)  # noqa: E731 - the one thing its button does
        self._notices.say(NOTICE, Message(tone, happened, detail, act=seen, on_act=settle))


def save_log(desk: Desk, parent: QWidget) -> None:
    """Asks where; the number of the visit is in the file's name, and no word about the patient."""
    visit = desk.visit
    number = visit.opened.visit if visit.opened is not None else "visit"
    save_csv(desk, parent, _Said(desk), f"ketachart-{number}-entries.csv", lambda: log_csv(visit))
