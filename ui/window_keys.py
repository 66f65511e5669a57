"""The keys of the whole window, each in one place; made after the first paint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from ui.actions import ACTIONS, Action, acts_at

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.window_host import Host


class WindowKeys:
    """Hands what a key means to the window, where the act has a meaning on the screen shown."""

    def __init__(self, window: Host, widget: QWidget) -> None:
        """``widget`` is the window itself."""
        self._window = window
        for action in ACTIONS:
            shortcut = QShortcut(QKeySequence(action.key), widget)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(lambda action=action: self._pressed(action))
        for extra, name in (("Ctrl+Enter", "primary"), ("Ctrl+=", "larger"), ("Alt+=", "closer")):
            shortcut = QShortcut(QKeySequence(extra), widget)
            shortcut.activated.connect(lambda name=name: window.act(name))

    def strike(self, chord: str) -> None:
        """Does what a key of the key map would do: “F6”, “Ctrl+P”."""
        wanted = QKeySequence(chord)
        for action in ACTIONS:
            if QKeySequence(action.key) == wanted:
                self._pressed(action)

    def _pressed(self, action: Action) -> None:
        window = self._window
        if action.where in window.more_places or acts_at(
            action.where, window.shown, unlocked=window.desk.is_unlocked
        ):
            window.act(action.name)
