"""How what scrolls is told to a screen reader, in place of Qt's own way of telling it.

Qt's (seen with 6.11.3) counts a scroll bar among the parts while it shows, and hands out a part by
its number without looking whether there is one so far down. Whoever asks for the second part of
what has ceased to scroll takes the program down: a screen reader that reads a sheet while another
one opens does just that. Told as a plain widget, a number too high is answered with nothing.
"""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QScrollArea


def tell_plainly() -> None:
    """From now on, for whatever scrolls of ours; twice is as good as once."""
    if not _told:
        _told.append(True)
        QAccessible.installFactory(_scroller)


_told: list[bool] = []


def _scroller(kind: str, widget: QObject) -> QAccessibleInterface | None:
    if kind == "Scroller" and isinstance(widget, QScrollArea):
        return QAccessibleWidget(widget, QAccessible.Role.Client)
    return None
