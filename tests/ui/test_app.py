"""The window as it is started: what shows first, what it remembers, what it leaves."""

import json
import sys
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ketachart.clock import SetClock
from ketachart.commands import player
from ketachart.errors import Refused
from tests.helpers.door import NOON, PASSPHRASE, clinic_in, settled, window_on
from tests.helpers.qt import all_of, press, type_text
from ui import app, crash, theme
from ui.__main__ import folder_of_this_laptop
from ui.demo_clinic import add_story
from ui.notices import Message
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button
from ui.widgets.patient_strip import PatientStrip
from ui.widgets.words import Words

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def folder(tmp_path):
    return clinic_in(tmp_path / "ledger")


def unlock(qtbot, window):
    type_text(PASSPHRASE)
    press(Qt.Key.Key_Return)
    settled(qtbot, window)


def strip_words(window):
    strip = all_of(window, PatientStrip)[0]
    return [w.text() for w in all_of(strip, Words) if w.text()]


def test_a_ledger_is_met_by_the_unlock_screen_and_an_empty_folder_by_first_start(
    qtbot, folder, tmp_path
):
    assert window_on(qtbot, folder).shown == "unlock"
    assert window_on(qtbot, tmp_path / "empty").shown == "first-start"


def test_the_light_of_the_screen_and_its_text_size_are_remembered(qtbot, qapp, folder):
    window = window_on(qtbot, folder)
    QTest.keyClick(window, Qt.Key.Key_F9)
    QTest.keyClick(window, Qt.Key.Key_Plus, CTRL)
    chosen = theme.look()
    assert (chosen.name, chosen.scale) == ("dim-green", 1.25)
    window.close()
    theme.apply(qapp, "dim", 1.0)
    window_on(qtbot, folder)
    assert theme.look() == chosen


def test_preferences_that_cannot_be_read_are_the_shipped_ones(qtbot, folder):
    (folder / "preferences.json").write_text('{"theme": "pink", "scale": 3, "last_staff": 7}')
    window_on(qtbot, folder)
    assert (theme.look().name, theme.look().scale) == ("dim", 1.0)


def test_who_was_last_is_kept_and_nothing_else_of_her(qtbot, folder):
    window = window_on(qtbot, folder)
    unlock(qtbot, window)
    kept = json.loads((folder / "preferences.json").read_text())
    assert kept["last_staff"] == "ja"
    assert PASSPHRASE not in (folder / "preferences.json").read_text()


def test_the_lock_stands_in_the_strip_only_while_there_is_something_to_lock(qtbot, folder):
    window = window_on(qtbot, folder)
    lock = next(b for b in window.strip.findChildren(Button) if "Lock" in b.accessibleName())
    assert not lock.isVisible()
    unlock(qtbot, window)
    assert lock.isVisible()
    lock.click()
    assert (window.shown, lock.isVisible()) == ("unlock", False)
    settled(qtbot, window)


def test_a_practice_ledger_says_so_as_soon_as_it_is_open(qtbot, folder):
    window = window_on(qtbot, folder)
    assert "PRACTICE" not in strip_words(window)
    unlock(qtbot, window)
    assert "PRACTICE" in strip_words(window)


def test_locking_leaves_no_screen_and_no_notice_of_a_patient(qtbot, tmp_path):
    stream = add_story(tmp_path / "ledger", "quiet_hour", NOON)
    window = window_on(qtbot, tmp_path / "ledger")
    type_text(player.PASSPHRASE)
    press(Qt.Key.Key_Return)
    settled(qtbot, window)
    window.desk.open_visit(stream)
    window.show_screen("visit")
    window.desk.notices.say("alerts", Message("danger", "SpO₂ 84 %", "Not answered yet."))
    assert all_of(window, Banner) != []
    QTest.keyClick(window, Qt.Key.Key_L, CTRL)
    settled(qtbot, window)
    assert all_of(window, Banner) == []
    assert list(window._screens) == ["unlock"]


def test_closing_the_window_locks_the_ledger(qtbot, folder):
    window = window_on(qtbot, folder)
    unlock(qtbot, window)
    window.close()
    assert not window.desk.is_unlocked
    again = window_on(qtbot, folder)
    unlock(qtbot, again)  # nothing holds the ledger any more
    assert again.desk.is_unlocked


def test_ctrl_q_closes(qtbot, folder):
    window = window_on(qtbot, folder)
    QTest.keyClick(window, Qt.Key.Key_Q, CTRL)
    assert not window.isVisible()


def test_keys_of_a_visit_do_nothing_on_the_list(qtbot, folder):
    window = window_on(qtbot, folder)
    unlock(qtbot, window)
    for key in (Qt.Key.Key_F2, Qt.Key.Key_F7, Qt.Key.Key_F8, Qt.Key.Key_F10):
        QTest.keyClick(window, key)
    assert window.shown == "day"


def test_a_fault_that_nobody_foresaw_is_told_without_what_was_typed(qtbot, folder, capsys):
    window = window_on(qtbot, folder)
    crash.watch(window.desk)
    fault = Refused("Elena Rivera")
    sys.excepthook(type(fault), fault, None)
    qtbot.wait(10)
    assert [b.accessibleName() for b in all_of(window, Banner)] == ["Something in KetaChart failed"]
    kept = (folder / crash.FILE).read_text()
    crash.rest()
    assert "Refused" in kept
    assert "Rivera" not in kept + capsys.readouterr().err


def test_after_a_run_that_did_not_end_well_it_is_said_once(qtbot, folder):
    (folder / crash.FILE).write_text("Refused\n  day.py:1 in act\n")
    window = window_on(qtbot, folder)
    crash.watch(window.desk)
    crash.rest()
    qtbot.wait(10)
    (banner,) = all_of(window, Banner)
    assert banner.accessibleName() == "KetaChart did not end well last time"
    banner.pressed.emit()
    assert all_of(window, Banner) == []
    assert not (folder / crash.FILE).exists()


def test_the_ledger_lies_where_it_is_told_to(monkeypatch, tmp_path):
    monkeypatch.setenv("KETACHART_HOME", str(tmp_path))
    assert folder_of_this_laptop() == tmp_path
    monkeypatch.delenv("KETACHART_HOME")
    assert folder_of_this_laptop().name == "ketachart"


def test_the_clock_in_the_strip_follows_the_laptop_before_unlocking(qtbot, folder):
    clock = SetClock(NOON)
    window = window_on(qtbot, folder, clock=clock)
    clock.pass_time(timedelta(minutes=3))
    window.desk.heartbeat.poll()
    assert "12:03" in strip_words(window)


def test_there_is_one_application_object(qapp):
    assert app.application() is qapp
