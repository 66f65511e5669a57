"""What waits for the first paint, since it asks Qt for names that take long to make.

See `ui/numbers.py`. In a window that was painted already nothing waits.
"""

from collections.abc import Callable
from typing import Final

import shiboken6
from PySide6.QtCore import QObject

_held: Final[list[bool]] = []
_waiting: Final[list[tuple[QObject, Callable[[], object]]]] = []


def hold() -> None:
    """Until ``release``: what is asked for by `after` waits."""
    _held[:] = [True]


def after(owner: QObject, act: Callable[[], object]) -> None:
    """Does this now, or once the first paint is over; not where the owner is gone by then."""
    if _held:
        _waiting.append((owner, act))
    else:
        act()


def release() -> None:
    """The first paint is over: whatever waits is done."""
    _held.clear()
    waiting, _waiting[:] = list(_waiting), []
    for owner, act in waiting:
        if shiboken6.isValid(owner):
            act()
