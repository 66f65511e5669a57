"""The screen of all keys: complete, readable, and the way back."""

import json

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from tests.helpers.door import PASSPHRASE, clinic_in, cut_off_at_rest, settled, window_on
from tests.helpers.qt import LOOKS, all_of, luminances, press, spoken_name, type_text
from tests.helpers.window import desk_at
from ui.actions import ACTIONS, key_of
from ui.main_window import MainWindow
from ui.screens.unlock import UnlockScreen
from ui.widgets.words import Words

F1, ESC = Qt.Key.Key_F1, Qt.Key.Key_Escape


@pytest.fixture
def window(qtbot, tmp_path):
    return window_on(qtbot, clinic_in(tmp_path / "ledger"))


def unlock(qtbot, window):
    type_text(PASSPHRASE)
    press(Qt.Key.Key_Return)
    settled(qtbot, window)


def words(window):
    return [w.text() for w in all_of(window.screen_shown, Words) if w.text()]


def test_every_act_stands_there_once_with_its_key(window):
    press(F1)
    said = words(window)
    for action in ACTIONS:
        assert said.count(action.words) == 1, action.name
        assert key_of(action.name) in said
    assert [key_of(a.name) for a in ACTIONS] == [
        said[said.index(a.words) - 1] for a in ACTIONS
    ]  # each beside its own words


def test_no_two_acts_share_a_key():
    keys = [action.key for action in ACTIONS]
    assert len(keys) == len(set(keys))


def test_before_unlocking_esc_goes_back_to_what_was_typed(window):
    type_text("four plain")
    press(F1)
    assert window.shown == "keys"
    press(ESC)
    assert window.shown == "unlock"
    line = next(w for w in all_of(window.screen_shown, QLineEdit))
    assert (line.text(), line.hasFocus()) == ("four plain", True)


def test_from_a_form_esc_goes_back_to_the_field_one_was_in(qtbot, window):
    unlock(qtbot, window)
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    type_text("004182")
    press(Qt.Key.Key_Return)
    type_text("14 Mar")
    press(F1, F1)  # F1 once more is the way back, too
    assert window.shown == "new-visit"
    assert spoken_name(QApplication.focusWidget()) == "Birth date"
    assert QApplication.focusWidget().text() == "14 Mar"


def test_from_a_visit_esc_goes_back_to_the_phase_that_was_looked_at(qtbot, tmp_path):
    desk = desk_at(tmp_path / "ledger", "quiet_hour", until="infusion-started")
    window = MainWindow(desk, unlock=UnlockScreen(desk))
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    visit = window.show_screen("visit")
    visit.open_phase("screening")
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    window.act("keys")
    assert window.shown == "keys"
    press(ESC)
    assert (window.shown, visit.phase) == ("visit", "screening")


def test_locking_from_here_locks(qtbot, window):
    unlock(qtbot, window)
    press(F1)
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert (window.shown, window.desk.is_unlocked) == ("unlock", False)
    settled(qtbot, window)


@pytest.mark.parametrize(("size", "scale"), LOOKS)
def test_no_text_is_cut_at_any_size(qtbot, tmp_path, size, scale):
    folder = clinic_in(tmp_path / "ledger")
    (folder / "preferences.json").write_text(json.dumps({"scale": scale}))
    window = window_on(qtbot, folder, width=size[0], height=size[1])
    press(F1)
    assert cut_off_at_rest(qtbot, window) == []


def test_a_dim_room_stays_dim(window):
    press(F1)
    mean, _ = luminances(window.grab().toImage())
    assert mean <= 0.03


def test_the_keys_of_where_one_came_from_are_read_first(qtbot, window):
    unlock(qtbot, window)
    assert read_first(window) == ("List of visits", 1)
    press(ESC)
    window.show_screen("check")
    assert read_first(window) == ("Checking a report", 2)


def read_first(window):
    """The title at the upper left, and how many groups say that one comes from them."""
    press(F1)
    QApplication.processEvents()
    shown = [w for w in all_of(window.screen_shown, Words) if w.text()]
    places = {w.text(): w.mapTo(window, QPoint(0, 0)) for w in shown}
    first = min(places, key=lambda text: (places[text].x() // 40, places[text].y()))
    return first, [w.text() for w in shown].count("you come from here")
