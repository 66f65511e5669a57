"""Tab goes through a form as it is read, also where a part of it was made later."""

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QScrollArea, QWidget

from ui.widgets import chain


def settle(root: QWidget) -> None:
    """Chain everything in ``root`` that takes the keyboard in the order of its layouts."""
    stops = _stops(root)
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)


def _stops(widget: QWidget) -> list[QWidget]:
    """What takes the focus in a widget, in the order in which it is read."""
    inside = _children(widget)
    found = [stop for child in inside for stop in _stops(child)]
    own = widget.focusPolicy() != Qt.FocusPolicy.NoFocus and chain.stand_in(widget) is None
    return [widget, *found] if own else found


def _children(widget: QWidget) -> list[QWidget]:
    if isinstance(widget, QScrollArea):
        inside = widget.widget()
        return [inside] if inside is not None else []
    layout = widget.layout()
    if layout is None or isinstance(widget, QAbstractScrollArea):
        return []
    items = (layout.itemAt(place) for place in range(layout.count()))
    widgets = (item.widget() for item in items if item is not None)
    return [child for child in widgets if child is not None]


def put_last(part: QWidget, *, after: QWidget) -> None:
    """What stands in ``part`` comes after all that stands in ``after``, made earlier or not."""
    for stop in _stops(after)[-1:]:
        put_next(part, after=stop)


def put_next(part: QWidget, *, after: QWidget) -> None:
    """What stands in ``part`` comes next after one stop."""
    for before, stop in pairwise((after, *_stops(part))):
        QWidget.setTabOrder(before, stop)
