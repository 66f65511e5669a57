"""Every act of the window as it stands now: what can be done here, and where the others can."""

from typing import Final, Protocol

from ui.actions import ACTIONS, BY_NAME, Action, Where, acts_at, key_of
from ui.desk import Desk
from ui.palette.finding import Offer

# Keys that mean what they mean only where one looks; nobody looks for them by words.
_UNNAMED: Final = ("find", "back", "primary", "turn")
# The phase an act belongs to: it is looked at first.
_PHASE: Final = {
    "timeline": "phase-3",
    "log": "phase-3",
    "correct": "phase-3",
    "handout": "phase-5",
    "calls": "phase-5",
    "ink-done": "phase-5",
    "no_ink": "phase-5",
    "read": "phase-6",
    "explain": "phase-6",
    "incomplete": "phase-6",
    "trust-file": "phase-6",
    "save-report": "phase-6",
}
_ONCE_SIGNED: Final = ("addendum", "after-call", "answer-question", "trust-file")
_STAYS_ONCE_SIGNED: Final = (
    *_ONCE_SIGNED, "timeline", "log", "save-log", "read", "sheets", "ems", "day", "save-report",
)  # fmt: skip
_SUPERVISOR: Final = ("review", "plan-visit")
# What an act needs, in words, and the key that leads there.
_PLACES: Final[dict[Where, tuple[str, str]]] = {
    "unlocked": ("Once the charts are open", ""),
    "door": ("Before the charts are open", "lock"),
    "visit": ("In an open visit", ""),
    "day": ("On the list of visits", "day"),
    "new-visit": ("On a new visit", "new-visit"),
    "order": ("In an order", "new-visit"),
    "stock": ("In the drug count", "waste"),
    "review": ("In the review", "review"),
    "check": ("Checking a report", "check"),
    "certificates": ("At the certificates", "certificates"),
    "post": ("At the packages", "post"),
    "laptop": ("On this laptop", "laptop"),
    "restore": ("Backup and restore", "laptop"),
    "people": ("At the people", "people"),
    "recovery": ("With the recovery key", "people"),
    "practice": ("In practice", "practice"),
    "update": ("At the update", "update"),
}


class Window(Protocol):
    """What is asked of the window."""

    @property
    def desk(self) -> Desk:
        """What stands open."""
        ...

    @property
    def shown(self) -> str:
        """The screen that shows."""
        ...

    def act(self, name: str) -> bool:
        """Do an act."""
        ...

    def show_screen(self, name: str) -> object:
        """Show a screen."""
        ...


def offers(window: Window) -> tuple[Offer, ...]:
    """All acts that have words, in the order of the key map."""
    named = (a for a in ACTIONS if a.name not in _UNNAMED and not a.name.startswith("row-"))
    return tuple(_offer(action, window) for action in named)


def _offer(action: Action, window: Window) -> Offer:
    why = _why_not(action, window)
    phase = _PHASE.get(action.name, "") if _leads_to_visit(action, window) else ""
    goes = f"in {BY_NAME[phase].words}" if phase and not why else ""
    return Offer(action.name, action.words, key_of(action.name), why_not=why, goes=goes)


def _leads_to_visit(action: Action, window: Window) -> bool:
    own = action.where == "visit" or action.name == "save-report"
    return own and window.desk.has_visit and not _means_its_own(action, window)


def _means_its_own(action: Action, window: Window) -> bool:
    """Whether a screen beside the visit has a meaning of its own for the act."""
    return window.shown in ("review", "stock") and action.name in ("log", "timeline", "correct")


def _why_not(action: Action, window: Window) -> str:
    desk = window.desk
    if action.name in _SUPERVISOR and desk.is_unlocked:
        role = desk.office.nurse.role
        return "" if role == "supervisor" else "For a supervisor"
    if action.where == "visit" or action.name == "save-report":
        return _why_not_in_visit(action, window)
    if acts_at(action.where, window.shown, unlocked=desk.is_unlocked):
        return ""
    if action.where == "day" and desk.is_unlocked and not desk.has_visit:
        return ""  # the list is shown first
    words, way = _PLACES[action.where]
    return f"{words} ({key_of(way)})" if way else words


def _why_not_in_visit(action: Action, window: Window) -> str:
    desk = window.desk
    if _means_its_own(action, window):
        return ""
    if not desk.has_visit:
        if action.name in ("sheets", "save-report") and window.shown == "day":
            return ""
        return _PLACES["visit"][0]
    signed = desk.visit.signed is not None
    if action.name in _ONCE_SIGNED and not signed:
        return "Once the visit is signed"
    if signed and action.name not in _STAYS_ONCE_SIGNED and not action.name.startswith("phase-"):
        return f"The visit is signed; an addendum adds to it ({key_of('addendum')})"
    return _why_not_in_sheet(action.name, desk)


def _why_not_in_sheet(name: str, desk: Desk) -> str:
    from ketachart.domain.marks import open_marks

    if name == "marks":
        return "" if open_marks(desk.visit) else f"No moment is marked ({key_of('mark')})"
    if name == "copied":
        copies = desk.transcribing.period is not None
        return "" if copies else f"While paper is copied ({key_of('paper')})"
    if name == "all-present":
        return f"On the kit check ({key_of('kit')})"
    if name == "save-report" and desk.visit.signed is None:
        return "Once the visit is signed"
    return ""


def do(name: str, window: Window) -> bool:
    """Does an act as its key would, where it belongs; False where nothing came of it."""
    action = BY_NAME[name]
    if _leads_to_visit(action, window):
        if window.shown not in ("visit", "emergency"):
            window.act("visit")
        if name in _PHASE:
            window.act(_PHASE[name])
    elif action.where == "day" and window.shown != "day" and name != "day":
        window.show_screen("day")
    return window.act(name)
