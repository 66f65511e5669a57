"""Which visit was open when the chart was locked: the same person goes on where she was.

Only the visit's id and its phase are kept, in memory, and only until somebody unlocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ketachart.errors import LedgerError
from ui.desk import Desk
from ui.notices import Message
from ui.screens.base import Screen, Window

if TYPE_CHECKING:
    from ketachart.domain.course import Phase

_NOTICE = "left-open"


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """A visit, whose it was to chart, and what of it was looked at."""

    staff_id: str
    stream: str
    phase: Phase | None
    emergency: bool

    @classmethod
    def of(cls, desk: Desk, visit_screen: Screen | None, shown: str) -> LeftOpen | None:
        """What is open now; None where no visit is."""
        if not desk.has_visit:
            return None
        phase = getattr(visit_screen, "phase", None)
        return cls(desk.office.staff_id, desk.room.stream, phase, shown == "emergency")

    def go_on(self, desk: Desk, window: Window) -> bool:
        """Opens it again for the same person; whether it is open now.

        What was due meanwhile is told by the guard of the laptop, as for any chart that was left.
        """
        if desk.office.staff_id != self.staff_id:
            return False
        try:
            desk.open_visit(self.stream)
        except LedgerError as error:
            desk.notices.say(_NOTICE, _not_open(desk, error))
            return False
        from ketachart.domain.emergency import open_emergency
        from ui.screens.visit import VisitScreen

        screen = window.screen_shown
        if self.phase is not None and isinstance(screen, VisitScreen):
            screen.open_phase(self.phase)
        if self.emergency and open_emergency(desk.visit) is not None:
            window.show_screen("emergency")
        return True


def _not_open(desk: Desk, error: LedgerError) -> Message:
    return Message(
        "danger",
        "The visit that was open cannot be opened",
        str(error),
        act="I have seen it",
        on_act=lambda: desk.notices.settle(_NOTICE),
    )
