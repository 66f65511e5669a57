"""Tab goes as one would fill a form in, also through rows that were added later."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.widgets.field import Field


def tab_after(before: Field, *fields: Field) -> None:
    """Let Tab go from ``before`` through these fields, and then on as it did.

    Qt chains widgets in the order in which they were made, so that a new row would come last. It
    moves a field with its label in one piece only where the field itself takes the focus.
    """
    _take_focus(before)
    for field in fields:
        _take_focus(field)
        QWidget.setTabOrder(before, field)
        before = field


def _take_focus(field: Field) -> None:
    editor = field.editor()
    field.setFocusProxy(None)  # type: ignore[arg-type]  # Qt takes nothing here to mean no proxy
    field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    field.setFocusProxy(editor)
