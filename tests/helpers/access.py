"""What somebody who listens, or works by finger, would miss in a window as it stands."""

import re
from functools import cache
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from ui import theme, tokens
from ui.widgets.chain import stand_in
from ui.widgets.ring_row import RingRow

_SAYS, _ROLES = QAccessible.Text, QAccessible.Role
_PRESSED = {_ROLES.Button, _ROLES.CheckBox, _ROLES.RadioButton, _ROLES.ButtonMenu}
_OF_KIND = (
    (QAbstractButton, _PRESSED),
    (QLineEdit, {_ROLES.EditableText}),
    (QPlainTextEdit, {_ROLES.EditableText}),
    (QAbstractItemView, {_ROLES.List, _ROLES.Table, _ROLES.Tree}),
)
_KEY = re.compile(r"((Ctrl|Alt|Shift)\+)*(F\d\d?|Enter|Esc|Tab|Space|Del|[A-Z0-9.,+-])")
_ICONS = Path(__file__).parents[2] / "resources" / "icons"


@cache
def _icons():
    return {file.stem for file in _ICONS.glob("*.svg") if "-" in file.stem}


def unheard(root):
    """A line for everything that takes the focus or a press and is not said as what it is."""
    said = []
    for widget in _in_sight(root):
        heard = isinstance(widget, QAbstractButton) or _takes_focus(widget)
        if heard and not _scrolls_only(widget):
            said += [f"{type(widget).__name__} {fault}" for fault in _faults_of(widget)]
    return said


def _in_sight(root):
    """What shows inside, from the outside in: what is hidden is not looked into."""
    for child in root.children():
        if isinstance(child, QWidget) and not child.isHidden() and not child.isWindow():
            yield child
            yield from _in_sight(child)


def _takes_focus(widget):
    policy = widget.focusPolicy() != Qt.FocusPolicy.NoFocus
    return policy and widget.isEnabled() and stand_in(widget) is None


def _scrolls_only(widget):
    """What takes the focus for its arrows alone, and is called after what is in it."""
    return isinstance(widget, QScrollArea) and bool(widget.accessibleName())


def _faults_of(widget):
    interface = QAccessible.queryAccessibleInterface(widget)
    if interface is None:
        return ["is not in the tree"]
    name, role, state = interface.text(_SAYS.Name), interface.role(), interface.state()
    if not name.strip():
        yield f"has no name: {widget.parentWidget()!r}"
    if _KEY.fullmatch(name) or name in _icons():
        yield f"is called by a key or a sign: {name!r}"
    for kind, roles in _OF_KIND:
        if isinstance(widget, kind) and role not in roles:
            yield f"{name!r} is said to be a {role.name}"
    if bool(state.disabled) == widget.isEnabled():
        yield f"{name!r} is not said to be closed, or open"
    yield from _state_of_button(widget, name, state)
    yield from _read_aloud(widget, name, interface)
    yield from _judged(widget, name, interface)


def _state_of_button(widget, name, state):
    if isinstance(widget, QAbstractButton) and bool(state.checked) != widget.isChecked():
        yield f"{name!r} is not said to be down, or up"


def _read_aloud(widget, name, interface):
    """What is painted rather than made of widgets has to be said in words or as rows."""
    made = isinstance(widget, (QAbstractButton, QLineEdit, QPlainTextEdit, QAbstractScrollArea))
    if made or interface.childCount():
        rows = widget.model().rowCount() if isinstance(widget, QAbstractItemView) else 0
        if rows and interface.childCount() < rows:
            yield f"{name!r} has {rows} rows and says {interface.childCount()}"
        return
    if not interface.text(_SAYS.Description).strip():
        yield f"{name!r} is painted and says nothing of what it shows"


def _judged(widget, name, interface):
    """What is wrong with a value stands under the field, and is said with it."""
    field = widget.parentWidget()
    judgement = getattr(field, "judgement", None)
    if callable(judgement) and isinstance(widget, (QLineEdit, QPlainTextEdit)):
        sentence = judgement().sentence
        if sentence and sentence not in interface.text(_SAYS.Description):
            yield f"{name!r} does not say {sentence!r}"


def too_small(root):
    """A line for everything to be pressed or typed into that a finger would miss."""
    least, said = theme.look().px(tokens.TARGET), []
    for widget in _in_sight(root):
        if not isinstance(widget, (QAbstractButton, QLineEdit, RingRow)):
            continue
        wide, high = widget.width(), widget.height()
        if min(wide, high) < least and not _is_part_of_field(widget):
            said.append(f"{type(widget).__name__} {widget.accessibleName()!r} is {wide}x{high}")
    return said


def _is_part_of_field(widget):
    """A field that fills what is pressed in its place."""
    around = widget.parentWidget()
    return isinstance(widget, QLineEdit) and isinstance(around, QAbstractItemView)


def misbooked(root):
    """A line for every widget that the binding holds for a part of what it is not inside.

    A sweep takes such a one down while it shows: see `ui/widgets/chain.py`.
    """
    import shiboken6

    said = []
    for widget in [root, *root.findChildren(QWidget)]:
        told = re.search(r"^parent\.+ .* at (0x[0-9a-f]+)>", shiboken6.dump(widget), re.MULTILINE)
        if told and told[1] not in {hex(id(w)) for w in _around(widget)}:
            said.append(f"{widget!r} is held for a part of another")
    return said


def _around(widget):
    while (widget := widget.parentWidget()) is not None:
        yield widget
