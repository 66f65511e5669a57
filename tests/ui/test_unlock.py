"""The unlock screen: who, the passphrase, and what is said when it does not open."""

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from ketachart import charting
from ketachart.charting import Staff
from ketachart.clock import SetClock
from ketachart.errors import DiskFull, FolderReadOnly, LedgerDamaged, LedgerInUse, LedgerNewer
from tests.helpers.door import NOON, PASSPHRASE, clinic_in, cut_off_at_rest, settled, window_on
from tests.helpers.qt import (
    LOOKS,
    all_of,
    luminances,
    press,
    reachable,
    spoken_name,
    type_text,
)
from ui.screens.unlock import UnlockScreen
from ui.widgets.boxes import Scroller
from ui.widgets.buttons import Button
from ui.widgets.words import Words

ENTER = Qt.Key.Key_Return


@pytest.fixture
def folder(tmp_path):
    return clinic_in(tmp_path / "ledger")


def words(window):
    return [w.text() for w in all_of(window.screen_shown, Words) if w.text()]


def primary(window):
    return next(b for b in all_of(window.screen_shown, Button) if b.height() >= 50)


def guess(qtbot, window, text):
    """Types a passphrase in place of what stands there, and Enter."""
    press(Qt.Key.Key_Home)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    type_text(text)
    press(ENTER)
    settled(qtbot, window)


def passphrase_field(window):
    return next(line for line in all_of(window.screen_shown, QLineEdit))


def test_the_passphrase_typed_and_enter_open_the_charts(qtbot, folder):
    window = window_on(qtbot, folder)
    assert QApplication.focusWidget() is passphrase_field(window)
    type_text(PASSPHRASE)
    press(ENTER)
    assert primary(window).words() == "Opening…"
    assert not passphrase_field(window).isEnabled()
    settled(qtbot, window)
    assert (window.desk.is_unlocked, window.shown) == (True, "day")


def test_nothing_of_the_passphrase_is_left_once_it_is_open(qtbot, folder):
    window = window_on(qtbot, folder)
    line = passphrase_field(window)
    type_text(PASSPHRASE)
    press(ENTER)
    settled(qtbot, window)
    assert line.text() == ""
    line.undo()
    assert line.text() == ""


def test_the_only_person_is_chosen_and_named_beside_the_passphrase(qtbot, folder):
    window = window_on(qtbot, folder)
    assert "for Julia Alvarez, RN" in words(window)


def test_a_wrong_passphrase_says_what_is_wrong_and_keeps_what_was_typed(qtbot, folder):
    window = window_on(qtbot, folder)
    guess(qtbot, window, "not the words")
    assert "That is not the passphrase" in words(window)
    line = passphrase_field(window)
    assert (line.text(), line.property("standing")) == ("not the words", "bad")
    assert QApplication.focusWidget() is line
    assert primary(window).isEnabled()  # the first tries have no wait
    guess(qtbot, window, PASSPHRASE)
    assert window.desk.is_unlocked


def test_the_wait_is_named_counted_down_and_outlives_a_restart(qtbot, folder):
    clock = SetClock(NOON)
    window = window_on(qtbot, folder, clock=clock)
    for _ in range(5):
        guess(qtbot, window, "not the words")
        clock.pass_time(timedelta(seconds=charting.seconds_to_wait(folder, "ja", clock)))
        window.desk.heartbeat.poll()
    guess(qtbot, window, "not the words")
    assert primary(window).words() == "Unlock in 0:20"
    assert not primary(window).isEnabled()
    assert any("doubles" in said and "5 min" in said for said in words(window))
    guess(qtbot, window, PASSPHRASE)
    assert not window.desk.is_unlocked  # Enter does nothing while it waits
    clock.pass_time(timedelta(seconds=8))
    window.desk.heartbeat.poll()
    assert primary(window).words() == "Unlock in 0:12"
    window.close()
    again = window_on(qtbot, folder, clock=clock)
    assert primary(again).words() == "Unlock in 0:12"
    clock.pass_time(timedelta(seconds=12))
    again.desk.heartbeat.poll()
    guess(qtbot, again, PASSPHRASE)
    assert again.desk.is_unlocked


@pytest.mark.parametrize(
    "kind", [DiskFull, FolderReadOnly, LedgerDamaged, LedgerInUse, LedgerNewer]
)
def test_any_other_failure_says_its_own_sentence_and_keeps_the_passphrase(
    qtbot, folder, monkeypatch, kind
):
    window = window_on(qtbot, folder)
    sentence = "What happened, what is safe, what to do."

    def fails(*_arguments):
        raise kind(sentence)

    with monkeypatch.context() as patch:
        patch.setattr(charting, "enter", fails)
        guess(qtbot, window, PASSPHRASE)
    assert sentence in words(window)
    assert passphrase_field(window).text() == PASSPHRASE
    assert primary(window).isEnabled()
    press(ENTER)
    settled(qtbot, window)
    assert window.desk.is_unlocked


def test_a_ledger_that_is_open_elsewhere_is_said_and_opens_once_it_is_closed(qtbot, folder):
    other = charting.unlock(folder, "ja", PASSPHRASE, SetClock(NOON))
    window = window_on(qtbot, folder)
    guess(qtbot, window, PASSPHRASE)
    assert not window.desk.is_unlocked
    assert any("open" in said for said in words(window))
    other.close()
    press(ENTER)
    settled(qtbot, window)
    assert window.desk.is_unlocked


def test_a_damaged_keyring_is_said_and_can_be_read_again(qtbot, folder):
    kept = {path: path.read_bytes() for path in folder.glob("keyring*")}
    for path in kept:
        path.write_bytes(b"{")
    window = window_on(qtbot, folder)
    assert any("keyring" in said and "damaged" in said for said in words(window))
    assert primary(window).words() == "Read the list again"
    for path, content in kept.items():
        path.write_bytes(content)
    press(ENTER)
    settled(qtbot, window)
    assert "for Julia Alvarez, RN" in words(window)


def test_a_ledger_without_a_keyring_is_never_taken_for_a_first_start(qtbot, folder):
    for path in folder.glob("keyring*"):
        path.unlink()
    window = window_on(qtbot, folder)
    assert window.shown == "unlock"
    assert any("keyring" in said for said in words(window))


def test_a_fault_that_nobody_foresaw_leaves_the_screen_usable(qtbot, folder, monkeypatch):
    window = window_on(qtbot, folder)

    def breaks(*_arguments):
        raise RuntimeError("a fault of ours")

    with monkeypatch.context() as patch, qtbot.capture_exceptions() as raised:
        patch.setattr(charting, "enter", breaks)
        guess(qtbot, window, PASSPHRASE)
    assert [type(error) for _, error, _ in raised] == [RuntimeError]
    assert primary(window).isEnabled()
    assert passphrase_field(window).isEnabled()


TEAM = (
    Staff("ja", "Julia Alvarez", "RN"),
    Staff("tb", "Tomas Brandt", "RN"),
    Staff("pn", "Priya Nair", "APRN"),
)


@pytest.fixture
def team(folder, monkeypatch):
    """Three people on the list."""
    monkeypatch.setattr(charting, "staff_on_file", lambda _folder: TEAM)
    return folder


def test_a_digit_chooses_who_while_nothing_is_typed(qtbot, team):
    window = window_on(qtbot, team)
    assert primary(window).why_closed() == "Choose who you are"
    type_text("2")
    assert "for Tomas Brandt, RN" in words(window)
    assert passphrase_field(window).text() == ""
    type_text("a3")
    assert "for Tomas Brandt, RN" in words(window)
    assert passphrase_field(window).text() == "a3"


def test_a_passphrase_may_begin_with_the_digit_of_the_one_who_is_chosen(qtbot, team):
    window = window_on(qtbot, team)
    type_text("224 words")
    assert "for Tomas Brandt, RN" in words(window)
    assert passphrase_field(window).text() == "24 words"


def test_who_unlocked_last_is_chosen_at_the_next_start(qtbot, team):
    (team / "preferences.json").write_text(json.dumps({"last_staff": "pn"}))
    window = window_on(qtbot, team)
    assert "for Priya Nair, APRN" in words(window)


def test_somebody_is_always_charting(qtbot, team):
    window = window_on(qtbot, team)
    type_text("1")
    chosen = next(b for b in all_of(window.screen_shown, Button) if b.isChecked())
    chosen.click()
    assert chosen.isChecked()


def test_what_is_typed_can_be_shown_by_key_and_is_hidden_again(qtbot, folder):
    window = window_on(qtbot, folder)
    line = passphrase_field(window)
    type_text("four")
    for mode in (QLineEdit.EchoMode.Normal, QLineEdit.EchoMode.Password):
        QTest.keyClick(line, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
        assert (line.echoMode(), line.text()) == (mode, "four")
        assert QApplication.focusWidget() is line


def test_caps_lock_is_told_by_a_letter_in_the_wrong_case(qtbot, folder):
    window = window_on(qtbot, folder)
    line = passphrase_field(window)
    QTest.keyEvent(QTest.KeyAction.Click, line, "A")  # no Shift: Caps Lock made it a capital
    assert "Caps Lock is on" in words(window)
    QTest.keyEvent(QTest.KeyAction.Click, line, "a")
    assert "Caps Lock is on" not in words(window)
    QTest.keyEvent(QTest.KeyAction.Click, line, "A", Qt.KeyboardModifier.ShiftModifier)
    assert "Caps Lock is on" not in words(window)


def test_a_practice_clinic_shows_its_passphrase_and_whose_patients_they_are(qtbot, folder):
    window = window_on(qtbot, folder, demo_passphrase=PASSPHRASE)
    assert f"The passphrase is: {PASSPHRASE}" in words(window)
    assert "Practice clinic, made-up patients only" in words(window)
    window.close()
    assert not any(PASSPHRASE in said for said in words(window_on(qtbot, folder)))


def test_locking_comes_back_here_and_shows_nothing_of_what_was_open(qtbot, folder):
    window = window_on(qtbot, folder)
    guess(qtbot, window, PASSPHRASE)
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    settled(qtbot, window)
    assert (window.shown, window.desk.is_unlocked) == ("unlock", False)
    assert QApplication.focusWidget() is passphrase_field(window)
    assert window.findChildren(UnlockScreen) == [window.screen_shown]
    type_text(PASSPHRASE)
    press(ENTER)
    settled(qtbot, window)
    assert window.desk.is_unlocked


@pytest.mark.parametrize(("size", "scale"), LOOKS)
def test_no_text_is_cut_and_the_passphrase_is_in_sight(qtbot, folder, size, scale):
    width, height = size
    (folder / "preferences.json").write_text(json.dumps({"scale": scale}))
    window = window_on(qtbot, folder, width=width, height=height, demo_passphrase=PASSPHRASE)
    for _ in range(5):
        guess(qtbot, window, "not the words")
    assert cut_off_at_rest(qtbot, window) == []
    scroller = next(s for s in all_of(window, Scroller) if s.isAncestorOf(primary(window)))
    line = passphrase_field(window)
    place = line.mapTo(scroller.viewport(), line.rect().center())
    assert scroller.viewport().rect().contains(place)


def test_a_dim_room_stays_dim(qtbot, folder):
    window = window_on(qtbot, folder)
    guess(qtbot, window, "not the words")
    mean, _ = luminances(window.grab().toImage())
    assert mean <= 0.03


def test_everything_that_takes_the_focus_has_a_name_and_is_large_enough(qtbot, folder):
    window = window_on(qtbot, folder)
    for widget in reachable(window.screen_shown):
        assert spoken_name(widget)
        if isinstance(widget, Button):
            assert min(widget.width(), widget.height()) >= 44, widget.words()


def test_tab_goes_down_the_page_that_is_typed_in_and_then_to_the_people(qtbot, folder):
    window_on(qtbot, folder)
    type_text("four")
    order = []
    for _ in range(8):
        order.append(spoken_name(QApplication.focusWidget()))
        press(Qt.Key.Key_Tab)
    assert order == [
        "Passphrase",
        "Show what you type",
        "Unlock",
        "Recovery key…",
        "Restore from a backup",
        "Who is charting: Julia Alvarez, RN",
        "Practise",
        "Check a signed report",
    ]


def test_a_folder_that_vanishes_is_said(qtbot, folder, tmp_path):
    window = window_on(qtbot, folder)
    shutil.move(str(folder), str(Path(tmp_path) / "gone"))
    guess(qtbot, window, PASSPHRASE)
    assert not window.desk.is_unlocked
    assert any("keyring" in said for said in words(window))
