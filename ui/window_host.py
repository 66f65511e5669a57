"""What the parts of the window ask of the window that they are parts of."""

from typing import TYPE_CHECKING, Protocol

from ui.screens.base import Window

if TYPE_CHECKING:
    from ui.actions import Where
    from ui.alerting.signs import AlertSigns
    from ui.desk import Desk
    from ui.light import Light


class Host(Window, Protocol):
    """The window, as its acts, its keys and its edges see it: as a screen does, and some more."""

    desk: "Desk"
    light: "Light"
    signs: "AlertSigns"
    more_places: "tuple[Where, ...]"
    says_practice: bool

    @property
    def shown(self) -> str:
        """The name of the screen that shows."""
        ...

    @property
    def came_from(self) -> str:
        """The name of the screen that the one shown was opened from; empty where there is none."""
        ...

    def strike(self, chord: str) -> None:
        """Do what a key of the key map would do."""
        ...

    def lock(self) -> None:
        """Lock the ledger."""
        ...

    def close(self) -> bool:
        """Close the window, and lock."""
        ...

    def turn_touch_keys(self) -> None:
        """Keys for a pointer or a finger, or away with them."""
        ...
