"""Keys on the screen: a pointer alone types, moves on, and reaches every act of the key map."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.helpers.qt import LOOKS, all_of, cut_off, luminances
from tests.helpers.visit_window import VisitWindow
from ui import theme
from ui.actions import ACTIONS
from ui.widgets.buttons import Button
from ui.widgets.touch_keys import TouchKeys


@pytest.fixture
def window(tmp_path, qapp):  # noqa: ARG001 - the application has to be there first
    made = VisitWindow(tmp_path / "l", "paused_for_nausea", "infusion", until="infusion-resumed")
    QTest.mouseClick(made.window.strip._keys, Qt.MouseButton.LeftButton)
    made.settle()
    yield made
    made.close()


def keys_of(window):
    return window.window.findChild(TouchKeys)


def click(window, *names):
    """Press keys on the screen by what a screen reader calls them."""
    for name in names:
        shown = [b for b in all_of(keys_of(window), Button) if b.accessibleName() == name]
        assert shown, f"no key {name!r}"
        QTest.mouseClick(shown[0], Qt.MouseButton.LeftButton)
        window.settle()


def test_digits_go_to_the_field_that_has_the_focus_and_leave_it_there(window):
    window.frame.act("vitals")
    window.settle()
    field = QApplication.focusWidget()
    click(window, "1", "2", "8")
    assert field.text() == "128"
    assert QApplication.focusWidget() is field
    click(window, "Erase a letter")
    assert field.text() == "12"
    click(window, "Next field")
    assert QApplication.focusWidget() is not field
    click(window, "Field before")
    assert QApplication.focusWidget() is field


def test_showing_them_leaves_the_focus_where_it_was(window):
    window.frame.act("vitals")
    window.settle()
    field = QApplication.focusWidget()
    for _ in range(2):
        QTest.mouseClick(window.window.strip._keys, Qt.MouseButton.LeftButton)
        assert QApplication.focusWidget() is field


def test_letters_small_and_capital(window):
    window.frame.act("note")
    window.settle()
    field = QApplication.focusWidget()
    click(window, "Letters", "Hold Shift", "n", "o", "Space", "ñ")
    assert (field.text() if hasattr(field, "text") else field.toPlainText()) == "No ñ"


def test_a_function_key_and_a_held_one_are_acts(window):
    click(window, "Function keys", "F5")
    assert window.column.open_name == "effect"
    click(window, "Esc")
    assert window.column.open_name == ""
    click(window, "Letters", "Hold Ctrl", "p")
    assert window.column.open_name == "call"
    held = [b for b in all_of(keys_of(window), Button) if b.accessibleName().startswith("Hold")]
    assert not [b for b in held if b.isChecked()]


def test_every_act_can_be_struck(window):
    """Each key of the key map is made of caps that are there."""
    keys = keys_of(window)
    words = {cap.chord or cap.words for caps in keys._caps.values() for cap, _ in caps}
    words |= {cap.chord for cap in (*_edits(), *_arrows())}
    for action in ACTIONS:
        struck = action.key.replace("++", "+plus").rpartition("+")[2].replace("plus", "+")
        assert struck in words, action.key


def _edits():
    from ui.widgets.touch_keys import _EDIT

    return _EDIT


def _arrows():
    from ui.widgets.touch_keys import _ARROWS

    return _ARROWS


def test_they_go_away_again(window):
    assert keys_of(window).isVisible()
    window.window.act("touch-keys")
    assert not keys_of(window).isVisible()


def test_nothing_is_cut_and_the_room_stays_dim(window, qapp):
    for size, scale in LOOKS:
        theme.apply(qapp, "dim", scale)
        window.window.resize(*size)
        window.settle()
        for layer in ("Digits", "Letters", "Function keys"):
            click(window, layer)
            assert cut_off(keys_of(window)) == [], (layer, size, scale)
    theme.apply(qapp, "dim", 1.0)
    window.settle()
    mean, _ = luminances(window.window.grab().toImage())
    assert mean <= 0.03
