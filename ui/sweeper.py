"""What only holds itself is swept up on the window's own thread, and never beside it.

The interpreter sweeps wherever it happens to be, also in a worker. There it may come upon a window
that was put away: Qt then takes a widget down on a thread that is not its own, which ends in a
crash or in two threads that wait for each other for ever (seen with PySide6 6.11.3).
"""

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

_LOOK_MS: Final = 1000
_YOUNG: Final = 20_000  # made and not yet looked at: some 2 ms of sweeping
_OLDER: Final = 20  # sweeps of the young, until those are swept again that outlived one
_OLD: Final = 10  # sweeps of these, until all are


def overlook() -> None:
    """What there is now is here to stay: no sweep looks at it again."""
    gc.freeze()


class Sweeper(QObject):
    """Takes the interpreter's own sweeping over, from ``begin`` to ``end``.

    What stands when it begins is never looked at again: modules and classes are no leftovers, and
    a look at all of them would hold the window up for longer than a key may wait. Where somebody
    sweeps already in the interpreter's place, all is left to that one.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sweeps = False
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """From now on only here."""
        if not gc.isenabled():
            return
        self._sweeps = True
        gc.disable()
        overlook()
        self._timer.start()

    def end(self) -> None:
        """The window goes; the interpreter sweeps by itself again."""
        if not self._sweeps:
            return
        self._sweeps = False
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def look(self) -> None:
        """Sweep as much as has come together."""
        young, older, old = gc.get_count()
        if young < _YOUNG:
            return
        gc.collect(0 if older < _OLDER else 1 if old < _OLD else 2)
