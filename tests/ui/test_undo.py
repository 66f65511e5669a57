"""What was just recorded is told; Ctrl+Z asks why, strikes, and offers it to be typed again."""

import pytest
from PySide6.QtCore import Qt

from ketachart.domain.facts import EntryStruck, NoteWritten, VitalsTaken
from tests.helpers.qt import cut_off
from tests.helpers.visit_window import VisitWindow
from ui.just_recorded import shortened

ENTER, ESC, F3 = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_F3


@pytest.fixture(scope="module")
def running(tmp_path_factory, qapp):  # noqa: ARG001 - the application has to be there first
    folder = tmp_path_factory.mktemp("running") / "l"
    made = VisitWindow(folder, "quiet_hour", "infusion", before="access-checked")
    yield made
    made.close()


def recorded(running, text="128/82"):
    """A blood pressure, charted a minute after whatever was charted last."""
    running.pass_time(minutes=1)
    running.column.close_sheet()
    running.open("infusion")
    running.type(text)
    running.main_button()
    return running.visit.entries[-1]


def told(running):
    """What the status bar says of it."""
    line = running.said(running.window.status)
    return next((text for text in line if text.startswith(("Recorded", "Struck"))), "")


def control_z(running, *keys):
    running.keys(Qt.Key.Key_Z, ctrl=True)
    running.keys(*keys)
    running.settle()


def test_what_was_recorded_is_told_on_every_phase_and_goes_after_a_while(running):
    entry = recorded(running)
    at = f"{entry.at:%H:%M}"
    assert told(running) == f"Recorded {at} Vitals: BP 128/82. Ctrl+Z strikes it"
    running.open("observation")
    assert told(running).startswith("Recorded")
    running.pass_time(seconds=90)
    assert told(running).startswith("Recorded")
    running.pass_time(seconds=1)
    assert told(running) == ""


def test_one_key_and_enter_strike_it_and_nothing_is_deleted(running):
    entry = recorded(running)
    count = len(running.visit.entries)
    control_z(running, Qt.Key.Key_1, ENTER)
    assert running.visit.strikes[entry.id].fact.reason == "Typing slip"
    assert len(running.visit.entries) == count + 1
    assert told(running) == "Struck; it stays readable in the entries"


def test_it_is_typed_again_with_its_values_and_its_time(running):
    entry = recorded(running, "118/82")
    control_z(running, Qt.Key.Key_1, ENTER)
    running.pass_time(minutes=3)
    running.keys(ENTER)  # the button has the keyboard
    sheet = running.column.sheet("vitals")
    assert running.column.open_name == "vitals"
    assert (sheet.upper.text(), sheet.figures["diastolic"].text()) == ("118", "82")
    assert isinstance(running.visit.entries[-1].fact, EntryStruck)  # nothing is recorded by that
    sheet.upper.set_text("128")
    running.main_button()
    again = running.last(VitalsTaken)
    assert (again.systolic, again.diastolic, again.at) == (128, 82, entry.at)


def test_esc_leaves_it_struck_or_unstruck(running):
    recorded(running)
    strikes = len(running.visit.strikes)
    control_z(running, ESC)
    assert (len(running.visit.strikes), running.column.open_name) == (strikes, "")
    control_z(running, Qt.Key.Key_2, ENTER, ESC)
    assert (len(running.visit.strikes), running.column.open_name) == (strikes + 1, "")


def test_without_a_reason_it_asks_and_keeps_what_was_typed(running):
    recorded(running)
    strikes = len(running.visit.strikes)
    control_z(running)
    running.main_button()
    assert any("Choose why" in text for text in running.said(running.column))
    running.keys(Qt.Key.Key_Tab)
    running.type("the other arm")
    running.keys(ENTER)
    assert len(running.visit.strikes) == strikes + 1
    assert running.visit.entries[-1].fact.reason == "the other arm"


def test_a_note_comes_back_word_by_word(running):
    running.pass_time(minutes=1)
    running.open("infusion")
    running.keys(F3)
    running.type("Left arm, cuff too small")
    running.main_button()
    control_z(running, Qt.Key.Key_4, ENTER, ENTER)
    assert running.column.sheet("note").text.text() == "Left arm, cuff too small"
    running.main_button()
    assert running.last(NoteWritten).text == "Left arm, cuff too small"


def test_nothing_is_cut_on_the_sheet(running):
    recorded(running)
    control_z(running)
    assert cut_off(running.column.sheet("undo")) == []
    running.keys(ESC)


@pytest.mark.parametrize(
    ("text", "most", "said"),
    [
        ("14:02 Note", 20, "14:02 Note"),
        ("14:02 Vitals: BP 128/82, HR 76, SpO₂ 98 %", 28, "14:02 Vitals: BP 128/82 …"),
        ("14:02 Vitals: BP 128/82", 16, "14:02 Vitals …"),
        ("14:02 " + "x" * 40, 20, "14:02 xxxxxxxxxxxxxx …"),
    ],
)
def test_a_long_entry_is_told_in_whole_values(text, most, said):
    assert shortened(text, most) == said
