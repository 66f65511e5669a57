"""What Tab meets next, asked without harm.

PySide6 (seen with 6.11.3) books what `nextInFocusChain`, `previousInFocusChain` and `focusProxy`
hand back as a child of the widget that was asked. A screen may so become the child of a part of
itself, held by nothing else: the next sweep takes it down while it shows.
"""

from PySide6.QtWidgets import QWidget


def after(widget: QWidget) -> QWidget | None:
    """What Tab would meet next, whether it takes the focus or not."""
    return _booked(widget.nextInFocusChain())


def before(widget: QWidget) -> QWidget | None:
    """What Tab would have met before."""
    return _booked(widget.previousInFocusChain())


def stand_in(widget: QWidget) -> QWidget | None:
    """What takes the focus in place of this one."""
    return _booked(widget.focusProxy())


def _booked(there: QWidget | None) -> QWidget | None:
    """Booked as what it is: Qt does nothing for the parent that a widget has already."""
    if there is not None:
        there.setParent(there.parentWidget())
    return there
