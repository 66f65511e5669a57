"""The way into practice: never from beside a patient, and never with a real ledger open."""

from typing import Final, Protocol

from ui.desk import Desk
from ui.notices import Message
from ui.screens.base import Screen

NAME: Final = "practice"
_WATCHED: Final = (
    "A patient is under the drug or observed after it. Practise when nobody is watched; nothing "
    "was changed."
)


class Window(Protocol):
    """What the way into practice asks of the window it begins in."""

    @property
    def desk(self) -> Desk:
        """The desk of the real ledger."""
        ...

    @property
    def shown(self) -> str:
        """The name of the screen that shows."""
        ...

    def show_screen(self, name: str) -> Screen:
        """Show a screen, making it first where it is new."""
        ...

    def act(self, name: str) -> bool:
        """Do what an act's key asks for."""
        ...


def go_to_practice(window: Window) -> None:
    """To the choice of what to practise; the real ledger is locked first, and stays so."""
    desk = window.desk
    if window.shown == NAME:
        return
    if desk.is_unlocked:
        from ui.veil.watched import somebody_is_watched

        if desk.has_visit or somebody_is_watched(desk):
            desk.notices.say(
                NAME,
                Message(
                    "warn",
                    "No practice now",
                    _WATCHED if not desk.has_visit else _OPEN,
                    act="I have seen it",
                    on_act=lambda: desk.notices.settle(NAME),
                ),
            )
            return
        window.act("lock")
    window.show_screen(NAME)


_OPEN: Final = "A visit is open. Go back to the list of visits first; nothing was changed."
