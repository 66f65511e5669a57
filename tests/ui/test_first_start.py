"""First start: everything typed stays, and at the end a ledger stands that can be unlocked."""

import json
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from ketachart import charting
from ketachart.clock import SetClock
from ketachart.errors import DiskFull
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
from ui.language.saying import description_of
from ui.widgets.buttons import Button
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.words import Words

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape
WORDS = "four plain words here"
CLINIC = ("Desert Bloom Infusion", "602 555 0119", "az", "40 N Central Ave, Phoenix")
NURSE = ("2", "Julia Alvarez", "RN", "184220", "AZ", "31 Mar 2028", "ja", "602 555 0171")


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch):
    """The clinic is made as a practice one: real keys take seconds and prove nothing here."""
    real = charting.prepare

    def quick(new, clock):
        from dataclasses import replace

        return real(replace(new, practice=True), clock)

    monkeypatch.setattr(charting, "prepare", quick)


@pytest.fixture
def window(qtbot, tmp_path):
    window = window_on(qtbot, tmp_path / "ledger")
    press(Qt.Key.Key_1, ENTER)  # a new clinic
    return window


def words(window):
    QApplication.processEvents()
    return [w.text() for w in all_of(window.screen_shown, Words) if w.text()]


def typed(window):
    return {spoken_name(w): w.text() for w in window.screen_shown.findChildren(QLineEdit)}


def line(window, name):
    return next(w for w in all_of(window.screen_shown, QLineEdit) if spoken_name(w) == name)


def primary(window):
    return next(b for b in all_of(window.screen_shown, PrimaryButton))


def go_through(*texts):
    for text in texts:
        type_text(text)
        press(ENTER)


def to_the_passphrase(window):
    go_through(*CLINIC)
    press(ENTER)  # the time zone is offered
    go_through(*NURSE)
    assert "Choose a passphrase" in words(window)


def make(qtbot, window):
    to_the_passphrase(window)
    go_through(WORDS, WORDS)
    settled(qtbot, window)


def test_a_laptop_without_a_ledger_asks_whether_there_is_a_clinic_and_begins_with_it(
    qtbot, tmp_path
):
    window = window_on(qtbot, tmp_path / "ledger")
    assert window.shown == "first-start"
    assert "Is there a clinic already?" in words(window)
    press(ENTER)  # nothing taken
    assert "Choose first: press 1, 2 or 3." in words(window)
    press(Qt.Key.Key_1)
    assert "Choose first: press 1, 2 or 3." not in words(window)  # it was answered
    press(ENTER)
    assert "Which clinic is this laptop for?" in words(window)
    assert spoken_name(QApplication.focusWidget()) == "Clinic name"


def test_the_whole_way_by_keys_makes_a_clinic_that_can_be_unlocked(qtbot, window):
    make(qtbot, window)
    assert "Ready" in words(window)
    folder = window.desk.folder
    press(ENTER)
    assert window.shown == "day"
    office = window.desk.office
    clinic, nurse = office.clinic, office.nurse
    assert (clinic.name, clinic.phone, clinic.state, clinic.address) == (
        "Desert Bloom Infusion",
        "602 555 0119",
        "AZ",
        "40 N Central Ave, Phoenix",
    )
    assert clinic.zone
    assert (nurse.name, nurse.credential, nurse.licence, nurse.staff_id, nurse.phone) == (
        "Julia Alvarez",
        "RN",
        "184220",
        "ja",
        "602 555 0171",
    )
    assert (nurse.licence_state, nurse.licence_expires) == ("AZ", date(2028, 3, 31))
    assert nurse.role == "supervisor"
    window.close()
    charting.unlock(folder, "ja", WORDS, SetClock(NOON)).close()


def test_the_passphrase_is_gone_from_the_window_once_the_clinic_stands(qtbot, window):
    make(qtbot, window)
    assert WORDS not in typed(window).values()


def test_what_was_made_and_where_is_said(qtbot, window):
    make(qtbot, window)
    said = words(window)
    assert "Desert Bloom Infusion" in said
    assert "Julia Alvarez, RN" in said
    assert any(text.replace("\u200b", "") == str(window.desk.folder) for text in said)
    assert {"F2", "F8", "F1"} <= set(said)


def test_the_last_page_leads_to_recovery_key_and_backups_and_both_can_wait(qtbot, window):
    make(qtbot, window)
    safe = window.screen_shown.ways.ready.safe
    assert "kept elsewhere" in description_of(safe.key_row)
    assert window.act("recovery-key")  # the key that is printed on its button
    assert window.shown == "people"
    assert window.screen_shown.one.shown.title == "The clinic's recovery key"
    window.act("back")
    assert window.shown == "first-start"
    safe.backup.click()
    assert window.shown == "laptop"
    window.act("back")
    window.act("primary")
    assert window.shown == "day"


def test_everything_typed_survives_going_back_and_forth(window):
    to_the_passphrase(window)
    type_text(WORDS)
    before = typed(window)
    press(ESC)
    press(ESC)
    assert "Which clinic is this laptop for?" in words(window)
    assert typed(window) == before
    primary(window).click()
    primary(window).click()
    assert "Choose a passphrase" in words(window)
    assert typed(window) == before


def test_what_one_does_here_is_asked_and_never_chosen_beforehand(window):
    go_through(*CLINIC)
    press(ENTER)
    assert spoken_name(QApplication.focusWidget()) == "What you do here: Nurse"
    press(ENTER)  # nothing taken
    go_through(*NURSE[1:])
    assert "Say what you do here: nurse, or supervisor who may change the protocol." in words(
        window
    )
    assert spoken_name(QApplication.focusWidget()) == "What you do here: Nurse"
    go_through("1")
    primary(window).click()
    assert "Choose a passphrase" in words(window)


def test_a_done_step_is_opened_again_from_the_rail_and_a_later_one_is_not(window):
    to_the_passphrase(window)
    steps = {b.accessibleName(): b for b in all_of(window.screen_shown, Button)}
    steps["Ready"].click()
    assert "Choose a passphrase" in words(window)
    steps["You"].click()
    assert "Who are you?" in words(window)


CLINIC_SLIPS = (
    ("Clinic name", "", "Fill in clinic name."),
    ("Clinic name", "診療所", "cannot be printed"),
    ("Nurse line, day or night", " ", "Fill in nurse line."),
    ("State, two letters", "Arizona", "Two letters"),
    ("Time zone of the visits", "Phoenix time", "There is no such time zone"),
)


def refused_at_its_field(window, question, slip):
    """One field reads wrong and is named; what stood there before is put back."""
    name, text, sentence = slip
    field = line(window, name)
    before = field.text()
    assert not any(sentence in said for said in words(window)), slip
    field.setText(text)
    primary(window).click()
    assert question in words(window), slip
    assert any(sentence in said for said in words(window)), slip
    assert spoken_name(QApplication.focusWidget()) == name, slip
    assert field.property("standing") == "bad", slip
    field.setText(before)


def test_what_will_not_do_for_the_clinic_is_said_at_its_field(window):
    go_through(*CLINIC)
    for slip in CLINIC_SLIPS:
        refused_at_its_field(window, "Which clinic is this laptop for?", slip)


NURSE_SLIPS = (
    ("Full name as on the licence", "", "Fill in full name."),
    ("Letters after your name", "", "Fill in credential."),
    ("Licence number", "", "Fill in licence number."),
    ("Licence state", "A", "Two letters"),
    ("Licence valid until", "", "Fill in valid until."),
    ("Licence valid until", "3/4/2028", "day or the month first"),
    ("Staff id", "", "Fill in staff id."),
    ("Licence state", "A1", "Two letters"),
)


def test_what_will_not_do_for_the_nurse_is_said_at_its_field(window):
    go_through(*CLINIC)
    press(ENTER)
    go_through(*NURSE)
    press(ESC)
    for slip in NURSE_SLIPS:
        refused_at_its_field(window, "Who are you?", slip)


def test_a_licence_that_ended_is_said_and_does_not_stand_in_the_way(window):
    go_through(*CLINIC)
    press(ENTER)
    go_through(*NURSE[:5])
    type_text("31 Mar 2020")
    assert "ended" in words(window)
    press(ENTER)
    go_through(*NURSE[6:])
    assert "Choose a passphrase" in words(window)


@pytest.mark.parametrize(
    ("first", "again", "sentence"),
    [
        ("too short", "too short", "at least 15 characters"),
        (WORDS, "four plain words her", "not the same"),
    ],
)
def test_a_passphrase_that_will_not_do_makes_nothing(window, first, again, sentence):
    to_the_passphrase(window)
    go_through(first, again)
    assert any(sentence in said for said in words(window))
    assert not charting.holds_ledger(window.desk.folder)
    assert typed(window)["Passphrase"] == first


def test_a_passphrase_is_judged_while_it_is_typed(window):
    to_the_passphrase(window)
    type_text("four plain")
    assert any("at least 15 characters" in said for said in words(window))
    type_text(" words here")
    assert "Long enough." in words(window)
    press(ENTER)
    type_text("four")
    assert "Not the same yet." in words(window)
    type_text(" plain words here")
    assert "The same." in words(window)


def test_what_is_typed_can_be_shown_by_key(window):
    to_the_passphrase(window)
    type_text("four")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    assert line(window, "Passphrase").echoMode() == QLineEdit.EchoMode.Normal
    assert line(window, "Passphrase again").echoMode() == QLineEdit.EchoMode.Normal


def test_a_disk_that_refuses_is_said_and_it_can_be_made_after_that(qtbot, window, monkeypatch):
    sentence = "What happened, what is safe, what to do."

    def full(*_arguments):
        raise DiskFull(sentence)

    with monkeypatch.context() as patch:
        patch.setattr(charting, "found", full)
        make(qtbot, window)
    assert sentence in words(window)
    assert typed(window)["Passphrase"] == WORDS
    primary(window).click()
    settled(qtbot, window)
    assert "Ready" in words(window)


def test_while_the_clinic_is_made_nothing_can_be_pressed_twice(qtbot, window):
    to_the_passphrase(window)
    go_through(WORDS, WORDS)
    assert primary(window).words() == "Making the clinic…"
    assert not primary(window).isEnabled()
    press(ESC) if QApplication.focusWidget() else window.act("back")
    assert "Choose a passphrase" in words(window)
    settled(qtbot, window)
    assert "Ready" in words(window)


def test_the_trust_file_is_the_clinics_root_certificate(qtbot, window, scripted, tmp_path):
    make(qtbot, window)
    scripted.will("ask_save_path", tmp_path / "trust.pem")
    button = next(b for b in all_of(window.screen_shown, Button) if "trust" in b.words())
    button.click()
    assert (tmp_path / "trust.pem").read_text() == window.desk.office.root_certificate
    assert "Saved" in words(window)


def test_a_trust_file_that_cannot_be_saved_is_said(qtbot, window, scripted, tmp_path):
    make(qtbot, window)
    scripted.will("ask_save_path", tmp_path / "no such folder" / "trust.pem")
    next(b for b in all_of(window.screen_shown, Button) if "trust" in b.words()).click()
    assert "The trust file was not saved" in words(window)


def test_thinking_better_of_saving_saves_nothing(qtbot, window, scripted):
    make(qtbot, window)
    scripted.will("ask_save_path", None)
    next(b for b in all_of(window.screen_shown, Button) if "trust" in b.words()).click()
    assert "Saved" not in words(window)


@pytest.mark.parametrize(("size", "scale"), LOOKS)
def test_no_text_is_cut_on_any_page(qtbot, tmp_path, size, scale):
    folder = tmp_path / "ledger"
    folder.mkdir()
    (folder / "preferences.json").write_text(json.dumps({"scale": scale}))
    window = window_on(qtbot, folder, width=size[0], height=size[1])
    faults = []

    def look():
        faults.extend(cut_off_at_rest(qtbot, window))

    press(ENTER)
    look()
    press(Qt.Key.Key_1, ENTER)
    press(ENTER, ENTER, ENTER, ENTER, ENTER)
    look()
    go_through(*CLINIC)
    press(ENTER)
    look()
    go_through(*NURSE)
    type_text("short")
    look()
    line(window, "Passphrase").clear()
    go_through(WORDS, WORDS)
    settled(qtbot, window)
    look()
    assert "Ready" in words(window)
    assert faults == []


def test_a_dim_room_stays_dim_on_every_page(qtbot, window):
    means = [luminances(window.grab().toImage())[0]]
    go_through(*CLINIC)
    press(ENTER)
    means.append(luminances(window.grab().toImage())[0])
    go_through(*NURSE)
    means.append(luminances(window.grab().toImage())[0])
    go_through(WORDS, WORDS)
    settled(qtbot, window)
    means.append(luminances(window.grab().toImage())[0])
    assert max(means) <= 0.03


def test_everything_that_takes_the_focus_has_a_name_and_is_large_enough(window):
    to_the_passphrase(window)
    for widget in reachable(window.screen_shown):
        assert spoken_name(widget), widget
        if isinstance(widget, Button):
            assert min(widget.width(), widget.height()) >= 44, widget.words()
