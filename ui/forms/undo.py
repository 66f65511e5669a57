"""Ctrl+Z after something was charted: nothing is erased, the last entry is offered to be struck."""

from PySide6.QtWidgets import QWidget

from ketachart.domain.facts import Fact
from ketachart.domain.visit import Entry
from ketachart.errors import KetaChartError
from ui.desk import Desk
from ui.dialogs import Dialogs
from ui.entries import told
from ui.notices import Message


def strike(desk: Desk, parent: QWidget, entry: Entry[Fact]) -> bool:
    """Asks why, and strikes the entry; whether it was struck. A refusal is said as a notice."""
    reasons = tuple(choice.label for choice in desk.visit.protocol.listed("strike-reason"))
    reason = Dialogs.ask_reason(parent, "Strike this entry?", told(desk.visit, entry), reasons)
    if reason is None:
        return False
    try:
        desk.strike(entry.id, reason)
    except KetaChartError as error:
        desk.notices.say(
            "strike",
            Message(
                "warn",
                "It was not struck",
                str(error),
                act="I have seen it",
                on_act=lambda: desk.notices.settle("strike"),
            ),
        )
        return False
    desk.notices.settle("strike")
    return True
