"""Which theme is worn: the one that was chosen, or light and dark as the system asks for."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal, Protocol

from PySide6.QtCore import QObject, Qt, SignalInstance
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from ui import theme
from ui.preferences import Preferences
from ui.tokens import ThemeName

if TYPE_CHECKING:
    from pathlib import Path

    from ui.desk import Desk

FOLLOW: Final = "follow"  # the system, in place of a theme
Wanted = ThemeName | Literal["follow"]


class Hints(Protocol):
    """What is asked of the system: Qt's own style hints, or a test's."""

    colorSchemeChanged: SignalInstance  # noqa: N815 - Qt's own name

    def colorScheme(self) -> Qt.ColorScheme:
        """Light or dark, as the system has it or as it was last asked to have it."""
        ...

    def unsetColorScheme(self) -> None:
        """Let the system have its own again, and tell of its changes."""
        ...


def theme_for(preferences: Preferences, scheme: Qt.ColorScheme) -> ThemeName:
    """The theme to wear: the chosen one, or while the system is followed what it asks for.

    Dark is the dark theme that was chosen last; a system that does not say changes nothing.
    """
    chosen = preferences.theme
    if not preferences.follow_system or scheme is Qt.ColorScheme.Unknown:
        return chosen
    if scheme is Qt.ColorScheme.Light:
        return "light"
    return "dim" if chosen == "light" else chosen


def theme_at_start(folder: "Path") -> ThemeName:
    """What the system asks for before there is a window; for a laptop that follows it."""
    from ui import preferences

    return theme_for(preferences.read(folder), QGuiApplication.styleHints().colorScheme())


class Light(QObject):
    """The theme and the text size of one window, kept and worn at once."""

    def __init__(self, desk: "Desk", hints: Hints | None = None) -> None:
        super().__init__()
        self._desk = desk
        self._hints: Hints = hints or QGuiApplication.styleHints()
        self._wearing = False  # what is heard of the system meanwhile is one's own doing
        self._hints.colorSchemeChanged.connect(self._system_changed)
        if desk.preferences.follow_system:
            self._let_system_speak()
            self._system_changed(self._hints.colorScheme())  # night fell while it was closed

    def choose(self, wanted: Wanted) -> None:
        """A theme, or the system's; kept, and worn at once."""
        kept = self._desk.preferences
        if wanted == FOLLOW:
            self._desk.prefer(replace(kept, follow_system=True))
        else:
            self._desk.prefer(replace(kept, theme=wanted, follow_system=False))
        self._wear()

    def wear(self, name: ThemeName, scale: float) -> None:
        """A theme and a text size together; kept, and worn at once."""
        kept = self._desk.preferences
        self._desk.prefer(replace(kept, theme=name, scale=scale, follow_system=False))
        self._wear()

    def set_scale(self, scale: float) -> None:
        """A text size; kept, and worn at once."""
        self._desk.prefer(replace(self._desk.preferences, scale=scale))
        self._wear()

    def _wear(self) -> None:
        if self._desk.preferences.follow_system:
            self._let_system_speak()
        self._put_on(theme_for(self._desk.preferences, self._hints.colorScheme()))

    def _put_on(self, name: ThemeName) -> None:
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            return
        self._wearing = True
        theme.apply(app, name, self._desk.preferences.scale)
        self._wearing = False
        if self._desk.preferences.follow_system:
            self._let_system_speak()  # a theme asks the system for its own light

    def _let_system_speak(self) -> None:
        self._wearing = True
        self._hints.unsetColorScheme()
        self._wearing = False

    def _system_changed(self, scheme: Qt.ColorScheme) -> None:
        """Day or night outside: the window goes with it, if it was asked to."""
        if self._wearing or not self._desk.preferences.follow_system:
            return
        name = theme_for(self._desk.preferences, scheme)
        if name != theme.look().name:
            self._put_on(name)
