"""After signing, in the real window: a call is made from the list of visits and signed by keys."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ketachart.commands.player import PASSPHRASE
from ketachart.domain.after.calls import calls
from ketachart.domain.facts import AddendumWritten
from tests.helpers.closing import Closing
from tests.helpers.qt import LOOKS, all_of, cut_off, reachable, spoken_name
from ui.widgets.visit_list import VisitList

ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab
BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(scope="module")
def signed_folder(tmp_path_factory, qapp):  # noqa: ARG001 - the application has to be there first
    """A visit of yesterday, signed; its two calls are planned."""
    made = Closing(tmp_path_factory.mktemp("after") / "l", "quiet_hour", "sign")
    made.desk.room.sign(PASSPHRASE, incomplete="whatever the story leaves open")
    made.desk.visit_changed.emit(made.visit)
    made.settle()
    yield made
    made.close()


@pytest.fixture
def window(signed_folder):
    if signed_folder.column.open_name:
        signed_folder.keys(Qt.Key.Key_Escape)
    return signed_folder


def shift(window, key):
    QTest.keyClick(QApplication.focusWidget() or window.window, key, BOTH)
    window.settle()


def open_the_call(window):
    """From the list of visits, by Enter on the line of the call; the sheet it opens."""
    window.desk.close_visit()
    window.settle()
    day = window.window.show_screen("day")
    window.settle()
    (listed,) = all_of(day, VisitList)
    (key,) = (key for key in listed.keys_shown() if "#call#" in key)
    listed.choose(key)
    window.settle()
    assert any("Call at" in line.spoken() for line in listed.model().lines())
    listed.setFocus()
    window.keys(ENTER)
    window.settle()
    window.frame = window.window.screen_shown
    return window.column.sheet("after-call")


def tell_the_call(window, sheet):
    """Everything but the passphrase and what was done, by keys."""
    window.keys(Qt.Key.Key_1, TAB)
    window.fill("2", "6")
    window.keys(Qt.Key.Key_N)
    sheet.effects.setFocus()
    window.type("nau")
    window.keys(ENTER)
    sheet.effects.grade.setFocus()
    window.keys(Qt.Key.Key_1)
    sheet.thoughts.setFocus()
    window.keys(Qt.Key.Key_Y)
    sheet.note.setFocus()
    window.type("slept badly")


def test_a_call_that_is_due_is_opened_from_the_list_and_signed_by_keys(window):
    due = calls(window.visit)[0].due_at
    window.desk.clock.pass_time(due + timedelta(minutes=5) - window.desk.now())
    told = [key for key, _ in window.frame.keys_now()]
    assert told == ["Ctrl+S", "Ctrl+Shift+A", "Ctrl+Shift+F", "F1"]  # a signed visit has no rate
    sheet = open_the_call(window)
    assert window.column.open_name == "after-call"
    assert window.focused() == "Who was reached: Patient"
    tell_the_call(window, sheet)
    sheet.passphrase.setFocus()
    window.type("not the passphrase")
    window.keys(ENTER)
    window.work_done()
    assert any("what was done and who was told" in words for words in window.said(sheet))
    sheet.escalated.setFocus()
    window.type("Dr Okafor told, 988 given, sister stays")
    window.main_button()
    window.work_done()
    assert window.last(AddendumWritten) is None  # the passphrase was wrong
    assert sheet.note.text() == "slept badly"
    sheet.passphrase.set_text("")
    sheet.passphrase.setFocus()
    window.type(PASSPHRASE)
    window.keys(ENTER)
    window.work_done()

    told = window.last(AddendumWritten)
    assert (told.spoke_with, told.pain, told.worst_pain) == ("patient", 2, 6)
    assert (told.headache, told.thoughts, told.urine) == ("no", "yes", "")
    assert [(one.effect, one.grade) for one in told.effects] == [("nausea", 1)]
    assert told.due_at == due
    assert (told.text, told.version) == ("slept badly", 2)
    assert window.column.open_name == ""
    assert sheet.note.text() == ""
    assert sheet.passphrase.text() == ""
    assert window.desk.signed_report().name.endswith("-v2.pdf")
    assert "1 addendum" in window.said(window.screen.signed)
    assert [call.open for call in calls(window.visit)] == [False, True]


def test_an_addendum_is_written_by_keys_and_the_next_one_corrects_it(window):
    before = len(window.visit.entries)
    shift(window, Qt.Key.Key_A)
    sheet = window.column.sheet("addendum")
    window.keys(Qt.Key.Key_1)
    sheet.text.setFocus()
    window.type("The sister rang.")
    window.main_button()
    assert any("Type your passphrase" in words for words in window.said(sheet))
    assert window.focused() == "Your passphrase, again"
    window.type(PASSPHRASE)
    window.keys(ENTER)
    assert sheet.text.text() == "The sister rang."  # until it is on the disk
    window.work_done()
    assert len(window.visit.entries) == before + 2
    assert window.last(AddendumWritten).about == "late-information"
    assert sheet.text.text() == ""


def test_nothing_is_cut_off_in_the_sheets_and_each_field_is_named(window):
    for name in ("after-call", "addendum"):
        sheet = window.frame.action_column.open_sheet(name)
        for (width, height), scale in LOOKS if name == "after-call" else LOOKS[1:2]:
            window.wear(scale, width, height)
            assert cut_off(sheet) == [], (name, scale, width)
        window.wear(1.0, 1366, 768)
        assert all(spoken_name(field) for field in reachable(sheet))
        window.column.close_sheet()
