"""Imports what a visit needs while the nurse types her passphrase, a little at a time.

Each turn takes a few modules, so that a key never waits for all of them.
"""

from importlib import import_module
from typing import Final

from PySide6.QtCore import QObject, QTimer

from ui.sweeper import overlook

# From the inside out, so that none brings many others along.
TURNS: Final[tuple[str, ...]] = ("ui.screens.visit",)


class Warming(QObject):
    """Begins at the first, and ends with the last of them or with the window."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._left = list(TURNS)

    def begin(self) -> None:
        """The next of them, and the others in the turns to come."""
        if self._left:
            import_module(self._left.pop(0))
            QTimer.singleShot(0, self, self.begin)
        else:
            overlook()
