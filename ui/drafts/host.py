"""What the keeper of drafts needs of the desk; the desk itself imports the keeper."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from ui.heartbeat import Heartbeat
from ui.notices import Notices

if TYPE_CHECKING:
    from ketachart.charting import OpenClinic, OpenVisit, Staff
    from ketachart.domain.visit import Visit


class Desk(Protocol):
    """What the keeper needs of the desk."""

    unlocked: Any
    locked: Any
    visit_opened: Any
    visit_closed: Any

    @property
    def notices(self) -> Notices:
        """The messages that stand now."""
        ...

    @property
    def heartbeat(self) -> Heartbeat:
        """The timers of the window."""
        ...

    @property
    def is_unlocked(self) -> bool:
        """Whether a person is at the desk."""
        ...

    @property
    def office(self) -> "OpenClinic":
        """The unlocked ledger."""
        ...

    @property
    def has_visit(self) -> bool:
        """Whether a visit is open."""
        ...

    @property
    def room(self) -> "OpenVisit":
        """The open visit."""
        ...

    @property
    def visit(self) -> "Visit":
        """The visit as it stands."""
        ...

    def staff(self) -> "tuple[Staff, ...]":
        """Who may unlock."""
        ...

    def now(self) -> datetime:
        """The chart's time."""
        ...

    def new_act(self) -> str:
        """An id for a form."""
        ...
