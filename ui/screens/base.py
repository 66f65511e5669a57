"""What every screen has: a title for the strip, keys for the status bar, and a way in and out."""

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.desk import Desk

if TYPE_CHECKING:
    from ui.alerting.signs import AlertSigns
    from ui.backing_up import BackingUp
    from ui.checkup import Checkup
    from ui.light import Light
    from ui.widgets.patient_strip import PatientStrip, StripFacts


class Screen(QWidget):
    """One place in the window. `desk` is the only thing it talks to."""

    asked = Signal(str)  # an act of the window: another screen, the emergency
    title = ""
    keys: tuple[tuple[str, str], ...] = ()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def strip(self) -> "StripFacts | tuple[str, str]":
        """The patient, or a title with a small line, for the strip at the top."""
        return (self.title, "")

    def keys_now(self) -> tuple[tuple[str, str], ...]:
        """Those of its keys that have a meaning as things stand, each with its word."""
        return self.keys

    def arrive(self) -> None:
        """The screen is shown: put the focus where the nurse begins."""
        self.setFocus()

    def leave(self) -> bool:
        """Whether the screen may be left now."""
        return True

    def act(self, name: str) -> bool:
        """Do what an act's key asks for; False where this screen has no such act."""
        del name
        return False


class Window(Protocol):
    """What a screen may ask of the window it stands in."""

    strip: "PatientStrip"
    signs: "AlertSigns"
    light: "Light"

    @property
    def screen_shown(self) -> Screen:
        """The screen that shows."""
        ...

    @property
    def came_from(self) -> str:
        """The screen that the one shown was opened from."""
        ...

    def show_screen(self, name: str) -> Screen:
        """Show a screen, making it first where it is new."""
        ...

    def go_back(self) -> None:
        """To the screen before this one, as it was left."""
        ...

    def forget(self, name: str) -> None:
        """Throw a screen away, so that it is made anew."""
        ...

    def keepers(self) -> "tuple[BackingUp, Checkup]":
        """What backs this ledger up, and what reads it whole."""
        ...

    def act(self, name: str) -> bool:
        """Do what an act's key asks for."""
        ...
