"""The list of visits in the real window: found by keys, opened, and its signed reports saved."""

import errno
import json
import os
import shutil
import tempfile
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from ketachart import charting
from ketachart.commands.player import PASSPHRASE
from ketachart.domain.facts import NoteWritten
from ketachart.errors import LedgerError, Refused
from tests.helpers import door
from tests.helpers.door import NOON, cut_off_at_rest, settled, window_on
from tests.helpers.qt import (
    LOOKS,
    all_of,
    luminances,
    press,
    reachable,
    spoken_name,
    type_text,
)
from ui import theme
from ui.demo_clinic import Scene, SceneClock, play
from ui.screens import day
from ui.widgets.buttons import Button
from ui.widgets.visit_line import VisitLine
from ui.widgets.visit_list import VisitList
from ui.widgets.words import Words

ENTER, ESC, DOWN, UP = (
    Qt.Key.Key_Return,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Down,
    Qt.Key.Key_Up,
)
CTRL = Qt.KeyboardModifier.ControlModifier
_NOW, _DAY = timedelta(minutes=1), timedelta(days=1)
LONG = (
    '"mrn": "004410", "given_name": "María de los Ángeles", '
    '"family_name": "Fernández-Villavicencio Echeverría", "birth_date": "1990-01-02"'
)
HARRIET = (
    '"mrn": "003918", "given_name": "Harriet P.", "family_name": "Lindqvist", '
    '"birth_date": "1955-02-01"'
)
SCENES = (
    Scene("late_and_corrected", "", 0, 3 * _DAY),  # signed
    Scene("quiet_hour", "patient-released", 1, _DAY, HARRIET),  # to sign, from yesterday
    Scene("quiet_hour", "screening-answered", 4, timedelta(hours=2), LONG),
    Scene("paused_for_nausea", "response-noted", 1, _NOW),
)

CALLS = [  # a day and two after the visits of three days ago and of yesterday
    ("Elena M. Rivera", "Overdue since Fri 20 Nov 10:47"),
    ("Elena M. Rivera", "Overdue since Sat 21 Nov 10:47"),
    ("Harriet P. Lindqvist", "Call at 10:51"),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A practice clinic with four visits, made once."""
    folder = tmp_path_factory.mktemp("day") / "ledger"
    for scene in SCENES:
        play(folder, scene, NOON)
    return folder


@pytest.fixture
def folder(made, tmp_path):
    """A ledger of the test's own."""
    return shutil.copytree(made, tmp_path / "ledger")


@pytest.fixture
def window(qtbot, folder):
    """The real window on the list, unlocked by keys."""
    return unlocked(qtbot, folder)


def unlocked(qtbot, folder, **how):
    window = window_on(qtbot, folder, **how)
    type_text(PASSPHRASE)
    press(ENTER)
    settled(qtbot, window)
    assert window.shown == "day"
    return window


def words(window):
    QApplication.processEvents()
    return [w.text() for w in all_of(window, Words) if w.text()]


def lines(window):
    """The visits as they stand in the list: patient and status; none while it is not seen."""
    views = all_of(window.screen_shown, VisitList)
    shown = [row for view in views for row in view.model().lines()]
    return [(row.patient, row.status) for row in shown if isinstance(row, VisitLine)]


def chosen(window):
    """The patient in the panel at the right."""
    return words(window.screen_shown._door)[0]


def chord(key):
    QTest.keyClick(QApplication.focusWidget(), key, CTRL)
    QApplication.processEvents()


def button(window, start):
    found = [b for b in all_of(window.screen_shown, Button) if b.words().startswith(start)]
    assert found, [b.words() for b in all_of(window.screen_shown, Button)]
    return found[0]


def search(text):
    chord(Qt.Key.Key_F)
    assert isinstance(QApplication.focusWidget(), QLineEdit)
    QApplication.focusWidget().clear()
    if text.isascii():
        type_text(text)
    else:
        QApplication.focusWidget().setText(text)  # Qt's test keyboard has no other letters


# ---------------------------------------------------------------- the list


def test_todays_visits_come_first_and_then_what_is_left_from_other_days(window):
    assert lines(window) == [
        ("María de los Ángeles Fernández-Villavicencio Echeverría", "Screening"),
        ("Elena M. Rivera", "Infusion"),
        *CALLS,
        ("Harriet P. Lindqvist", "To sign"),
    ]
    assert {"2 visits", "1 of other days", "4 on this laptop"} <= set(words_of_places(window))


def words_of_places(window):
    return [b.sub() for b in all_of(window.screen_shown, Button) if b.sub()]


def test_the_list_has_the_keyboard_and_the_arrows_move_the_panel_with_it(window):
    assert spoken_name(QApplication.focusWidget()) == "Visits"
    assert chosen(window).startswith("María")
    press(DOWN)
    assert chosen(window) == "Elena M. Rivera"
    press(DOWN, DOWN, DOWN)  # the heading between them is passed over
    assert chosen(window) == "Harriet P. Lindqvist"
    press(UP)
    assert chosen(window) == "Elena M. Rivera"


@pytest.mark.parametrize(
    ("place", "patients"),
    [
        ("To finish", ["Harriet P. Lindqvist"]),
        (
            "All visits",
            [
                "Elena M. Rivera",
                "María de los Ángeles Fernández-Villavicencio Echeverría",
                "Harriet P. Lindqvist",
                "Elena M. Rivera",
            ],
        ),
    ],
)
def test_the_places_narrow_the_list(window, place, patients):
    button(window, place).click()
    assert [patient for patient, _ in lines(window)] == patients
    assert spoken_name(QApplication.focusWidget()) == "Visits"


def test_when_everything_is_signed_there_is_nothing_to_finish(qtbot, tmp_path):
    play(tmp_path / "ledger", SCENES[0], NOON)
    window = unlocked(qtbot, tmp_path / "ledger")
    button(window, "To finish").click()
    assert lines(window) == []
    assert any("finish" in said.lower() for said in words(window))


def test_after_midnight_todays_visits_are_those_of_yesterday(window):
    window.desk.clock.pass_time(timedelta(hours=13))
    window.desk.heartbeat.poll()
    assert [status for _, status in lines(window)] == [
        "Overdue since Fri 20 Nov 10:47",
        "Overdue since Sat 21 Nov 10:47",
        "Overdue since Sun 22 Nov 10:51",
        "Call at 10:51",
        "To sign",
        "Unsigned, screening",
        "Unsigned, infusion",
    ]


# ---------------------------------------------------------------- searching


def test_a_visit_is_found_by_name_number_or_birth_date_however_typed(window):
    for typed, found in (
        ("lindq", "Harriet P. Lindqvist"),
        ("angeles", "María de los Ángeles Fernández-Villavicencio Echeverría"),
        ("003918", "Harriet P. Lindqvist"),
        ("FERNÁNDEZ", "María de los Ángeles Fernández-Villavicencio Echeverría"),
        ("1955-02-01", "Harriet P. Lindqvist"),
        ("angeles", "María de los Ángeles Fernández-Villavicencio Echeverría"),
        ("1 Feb 1955", "Harriet P. Lindqvist"),
    ):
        search(typed)
        window.screen_shown._rest.end()
        assert [patient for patient, _ in lines(window)] == [found], typed
        assert chosen(window) == found, typed
        assert "Found" in words(window), typed


def test_no_visit_is_read_while_somebody_types_and_one_once_the_typing_rests(
    qtbot, window, monkeypatch
):
    day, opened = window.screen_shown, []
    office = type(window.desk.office)
    read = office.open_visit
    monkeypatch.setattr(
        office, "open_visit", lambda self, stream: opened.append(stream) or read(self, stream)
    )
    day._visits.clear()
    search("lindq")
    assert opened == []
    assert not day._door.isEnabled()  # what it shows is not what is chosen
    qtbot.waitUntil(lambda: chosen(window) == "Harriet P. Lindqvist")
    assert len(opened) == 1
    assert day._door.isEnabled()
    search("angeles")
    press(ENTER)  # who goes to the list waits for nothing
    assert chosen(window).startswith("María")


def test_enter_in_the_search_goes_to_what_was_found_and_enter_opens_it(window):
    search("lindq")
    press(ENTER)
    assert spoken_name(QApplication.focusWidget()) == "Visits"
    press(ENTER)
    assert window.shown == "visit"
    assert window.desk.visit.patient.family_name == "Lindqvist"


def test_what_is_not_found_is_said_and_escape_brings_all_back(window):
    search("nobody of that name")
    assert lines(window) == []
    assert "No visit found" in words(window)
    press(ESC)
    assert len(lines(window)) == 3 + len(CALLS)
    assert spoken_name(QApplication.focusWidget()) == "Visits"


def test_the_search_stands_in_the_strip_only_while_the_list_is_seen(window):
    assert any("Search" in spoken_name(w) for w in all_of(window.strip, QLineEdit))
    press(ENTER)
    assert window.shown == "visit"
    assert not all_of(window.strip, QLineEdit)


# ---------------------------------------------------------------- nothing there, or unreadable


def test_an_empty_day_says_so_and_offers_the_one_thing_to_do(qtbot, tmp_path):
    folder = door.clinic_in(tmp_path / "ledger")
    window = window_on(qtbot, folder)
    type_text(door.PASSPHRASE)
    press(ENTER)
    settled(qtbot, window)
    assert "No visit today on this laptop" in words(window)
    assert "Before you leave" in words(window)
    assert {"Rule of the state", "the clinic names no state"} <= set(words(window))
    assert spoken_name(QApplication.focusWidget()).startswith("New visit")
    assert "Visits today" in words(window)
    press(Qt.Key.Key_Tab, ENTER)
    assert window.shown == "practice"  # where a stranger looks


def test_a_list_that_cannot_be_read_is_said_and_read_again_later(window, monkeypatch):
    def fails(**_how):
        raise LedgerError("The ledger cannot be read. What is in it is safe.")

    with monkeypatch.context() as patch:
        patch.setattr(window.desk.office, "visits", fails)
        window.screen_shown.arrive()
        assert "The ledger cannot be read. What is in it is safe." in words(window)
    window.screen_shown.arrive()
    assert "The ledger cannot be read. What is in it is safe." not in words(window)
    assert len(lines(window)) == 3 + len(CALLS)


def test_a_visit_that_cannot_be_opened_is_said_and_the_list_stays(window, monkeypatch):
    def fails(_stream):
        raise LedgerError("This visit is damaged. The others are safe.")

    monkeypatch.setattr(window.desk.office, "open_visit", fails)
    press(ENTER)
    assert window.shown == "day"
    assert "This visit is damaged. The others are safe." in words(window)
    assert len(lines(window)) == 3 + len(CALLS)


# ---------------------------------------------------------------- the chosen visit


def test_the_panel_says_what_one_needs_to_know_at_the_door(window):
    press(DOWN)
    said = words(window.screen_shown._door)
    for wanted in (
        "Elena M. Rivera",
        "Allergy: penicillin (anaphylaxis)\nAllergy: morphine (itching)",
        "2148 East Palm Lane, apartment 6, Phoenix 85006",
        "Gate 4417, no bell",
        "0.5 mg/kg over 120 min",
    ):
        assert wanted in said
    assert any("Marco Rivera" in words and "602 555 0150" in words for words in said)


def test_enter_opens_the_chosen_visit_where_it_stands(window):
    press(DOWN, ENTER)
    assert window.shown == "visit"
    assert window.desk.visit.patient.family_name == "Rivera"
    assert window.screen_shown.phase == "infusion"


def test_no_visit_is_kept_that_was_only_looked_at(window, monkeypatch):
    monkeypatch.setattr(day, "_LOOKED_AT", 1)
    screen = window.screen_shown
    for _ in range(2):
        press(DOWN)
        assert len(screen._visits) == 1
    press(UP, ENTER)
    assert window.shown == "visit"
    assert screen._visits == {}


def test_ctrl_w_comes_back_to_the_list_with_what_was_charted_meanwhile(window):
    press(ENTER)
    window.desk.record(NoteWritten(at=window.desk.now(), text="at the door"))
    chord(Qt.Key.Key_W)
    assert window.shown == "day"
    assert chosen(window).startswith("María")
    assert not window.desk.has_visit


def test_ctrl_n_begins_a_new_visit(window):
    chord(Qt.Key.Key_N)
    assert window.shown == "new-visit"


# ---------------------------------------------------------------- signed visits


def to_the_signed_one(window):
    button(window, "All visits").click()
    press(Qt.Key.Key_End)
    assert lines(window)[-1] == ("Elena M. Rivera", "Signed")
    assert "Open, to read" in [b.words() for b in all_of(window.screen_shown, Button)]


def test_a_signed_visit_is_opened_to_be_read_and_takes_nothing_more(window):
    to_the_signed_one(window)
    press(ENTER)
    assert window.shown == "visit"
    count = len(window.desk.visit.entries)
    with pytest.raises(Refused, match="signed"):
        window.desk.record(NoteWritten(at=window.desk.now(), text="one more"))
    assert len(window.desk.visit.entries) == count


def test_the_signed_report_is_saved_again_the_same_to_the_byte(window, scripted, tmp_path):
    to_the_signed_one(window)
    scripted.will("ask_save_path", tmp_path / "again.pdf")
    chord(Qt.Key.Key_S)
    stream = window.screen_shown._list.current_key()
    kept = window.desk.office.open_visit(stream).signed_report()
    assert (tmp_path / "again.pdf").read_bytes() == kept.content
    assert "Saved" in words(window)
    assert window.desk.preferences.export_folder == str(tmp_path)


def test_only_a_signed_visit_has_a_report_to_save(window, scripted):
    saves = [b for b in all_of(window.screen_shown, Button) if "Save the signed" in b.words()]
    assert saves == []
    chord(Qt.Key.Key_S)
    assert scripted.asked == []


def test_thinking_better_of_saving_writes_nothing(window, scripted, tmp_path):
    to_the_signed_one(window)
    before = sorted(tmp_path.iterdir())
    scripted.will("ask_save_path", None)
    chord(Qt.Key.Key_S)
    assert sorted(tmp_path.iterdir()) == before
    assert "Saved" not in words(window)


def test_a_disk_that_refuses_is_one_sentence_and_leaves_no_half_file(
    window, scripted, tmp_path, monkeypatch
):
    to_the_signed_one(window)
    place = tmp_path / "stick"
    place.mkdir()
    for module, call, number, sentence in (
        (os, "fsync", errno.ENOSPC, "There is no room there."),
        (tempfile, "mkstemp", errno.EROFS, "That folder cannot be written to."),
        (os, "fsync", errno.EIO, "The file could not be written there."),
        (tempfile, "mkstemp", errno.EACCES, "That folder cannot be written to."),
        (tempfile, "mkstemp", errno.EIO, "The file could not be written there."),
    ):

        def refuses(*_arguments, _number=number, **_how):
            raise OSError(_number, os.strerror(_number))

        scripted.will("ask_save_path", place / "report.pdf")
        with monkeypatch.context() as patch:
            patch.setattr(module, call, refuses)
            chord(Qt.Key.Key_S)
        said = words(window)
        assert "The report was not saved" in said, (call, number)
        safe = f"{sentence} What is in the chart is safe."
        assert any(text.startswith(safe) for text in said), (call, number)
        assert list(place.iterdir()) == [], (call, number)


def test_a_folder_that_is_gone_is_said(window, scripted, tmp_path):
    to_the_signed_one(window)
    scripted.will("ask_save_path", tmp_path / "no such folder" / "report.pdf")
    chord(Qt.Key.Key_S)
    assert "The report was not saved" in words(window)


def test_what_came_of_saving_is_gone_when_another_visit_is_chosen(window, scripted, tmp_path):
    to_the_signed_one(window)
    scripted.will("ask_save_path", tmp_path / "again.pdf")
    chord(Qt.Key.Key_S)
    press(UP)
    assert "Saved" not in words(window)


# ---------------------------------------------------------------- how it looks


@pytest.mark.parametrize(("size", "scale"), LOOKS)
def test_no_text_is_cut_at_any_size(qtbot, qapp, folder, size, scale):
    (folder / "preferences.json").write_text(json.dumps({"scale": scale}))
    theme.apply(qapp, "dim", scale)
    window = unlocked(qtbot, folder, width=size[0], height=size[1])
    assert cut_off_at_rest(qtbot, window) == []
    button(window, "All visits").click()
    press(Qt.Key.Key_End)
    assert cut_off_at_rest(qtbot, window) == []
    assert window.width() == size[0]


def test_a_dim_room_stays_dim(window):
    assert luminances(window.grab().toImage())[0] <= 0.03


def test_everything_that_takes_the_focus_has_a_name_and_is_large_enough(window):
    to_the_signed_one(window)
    for widget in reachable(window.screen_shown):
        assert spoken_name(widget), widget
        if isinstance(widget, Button):
            assert min(widget.width(), widget.height()) >= 44, widget.words()


def test_each_visit_is_told_to_a_screen_reader_in_one_line(window):
    (view,) = all_of(window.screen_shown, VisitList)
    model = view.model()
    told = [model.data(model.index(row, 0)) for row in range(model.rowCount())]
    visit, *calls = [text for text in told if "Rivera" in text]
    for part in ("Elena M. Rivera", "MRN 004182", "Induction series", "3 of 5", "Infusion"):
        assert part in visit
    for said, (_, status) in zip(calls, CALLS, strict=False):
        assert "Elena M. Rivera" in said
        assert status in said
    assert len(calls) == 2


def test_the_clinic_that_was_unlocked_elsewhere_can_be_locked_from_here(qtbot, window):
    chord(Qt.Key.Key_L)
    settled(qtbot, window)
    assert window.shown == "unlock"
    charting.unlock(window.desk.folder, "ja", PASSPHRASE, SceneClock(NOON)).close()
