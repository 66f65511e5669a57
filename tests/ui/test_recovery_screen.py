"""The clinic's recovery key in the window: made, rehearsed, gone without, and used."""

import shutil
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ketachart import charting
from ketachart.charting.people import NewPerson
from ketachart.clock import SetClock
from ketachart.domain.facts.safekeeping import EmergencyAccess, RecoveryDeclined, RecoveryRehearsed
from tests.helpers.door import (
    NOON,
    PASSPHRASE,
    clinic_in,
    cut_off_at_rest,
    new_clinic,
    settled,
    window_on,
)
from tests.helpers.qt import LOOKS, all_of, press, rest, spoken_name, type_text
from tests.helpers.review_desk import review_desk
from tests.ui.test_people_screen import LONG, People, answer, full
from ui import theme
from ui.screens.people import notice
from ui.widgets.buttons import Button
from ui.widgets.choices import Choices
from ui.widgets.words import Words

OF_THE_KEY = "the lamp in the far barn"
NEW = "nine copper kettles sing"
SECOND = timedelta(seconds=1)
ENTER = Qt.Key.Key_Return


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A practice ledger with a recovery key, closed; and the key's file."""
    folder = clinic_in(tmp_path_factory.mktemp("recovery") / "ledger")
    office = charting.unlock(folder, "ja", PASSPHRASE, SetClock(NOON + SECOND))
    people = office.keeping.people
    key = people.make_recovery(OF_THE_KEY).work()
    people.set_recovery(key.public)
    office.close()
    file = folder.parent / key.name
    file.write_bytes(key.content)
    return folder, file


@pytest.fixture
def door(qtbot, made, tmp_path):
    """The real window at the door of a copy of it."""
    shutil.copytree(made[0], tmp_path / "ledger")
    return window_on(qtbot, tmp_path / "ledger")


@pytest.fixture
def at(tmp_path, qapp):  # noqa: ARG001 - the application has to be there first
    opened = People(review_desk(tmp_path / "clinic"))
    yield opened
    opened.close()


def words(window):
    return " ".join(w.text() for w in all_of(window, Words))


def does(window):
    return window.screen_shown.sheet.primary.words()


# ------------------------------------------------ while the ledger is open


def test_the_key_is_made_saved_elsewhere_rehearsed_and_said_to_be_so(
    at, scripted, tmp_path, monkeypatch
):
    assert ("Recovery key", "None yet") in at.rows()
    at.act("recovery-key")
    assert "Keep the file away from this laptop" in at.words()
    answer(OF_THE_KEY)
    type_text(OF_THE_KEY)
    file = tmp_path / "stick.key"
    scripted.will("ask_save_path", None, at.desk.folder / "here.key", file, file)
    for said in ("saved nowhere", "whoever steals the laptop would have both"):
        at.act("primary")
        assert said in at.screen.make.trouble.said()
        assert at.screen.make.secret.first.text() == OF_THE_KEY
    with monkeypatch.context() as patched:
        patched.setattr(at.desk.keeping.people, "set_recovery", full)
        at.act("primary")
    assert at.desk.keeping.people.recovery() is None
    at.act("primary")
    assert at.said().startswith("The recovery key is set.")
    assert ("Recovery key", "Set, never rehearsed") in at.rows()
    assert at.ways() == ("try-key", "recovery-key", "take-key")
    at.act("primary")
    scripted.will("ask_files", (at.desk.folder / "keyring.json",), (file,))
    at.act("recovery-file")
    assert "not a recovery key file" in at.words()
    assert at.does() == "Choose the file"
    at.act("recovery-file")
    at.screen.rehearse.passphrase.setFocus()
    answer(NEW)
    rest(at.desk)
    assert "not the recovery key's passphrase" in at.screen.rehearse.trouble.said()
    at.screen.rehearse.passphrase.set_text(OF_THE_KEY)
    at.act("primary")
    assert at.said().startswith("It opens this ledger. Nothing was changed.")
    assert len(at.desk.keeping.facts(RecoveryRehearsed)) == 1
    assert ("Recovery key", "Rehearsed 24 Nov 2026") in at.rows()


def test_a_key_that_the_clinic_has_is_taken_over_from_its_file(at, made, scripted):
    at.act("take-key")
    scripted.will("ask_files", (made[1],))
    at.act("recovery-file", "primary")
    assert at.said().startswith("The recovery key is set.")
    kept = at.desk.keeping.people.recovery()
    assert kept.fingerprint[:8] in made[1].name


def test_a_real_clinic_is_reminded_kindly_until_it_says_that_it_goes_without(at, monkeypatch):
    at.act("day")
    assert notice.KEY not in dict(at.desk.notices.standing())  # practice
    monkeypatch.setattr(type(at.desk.office), "practice", False)
    at.window.show_screen("day")
    message = dict(at.desk.notices.standing())[notice.KEY]
    assert (message.tone, "Charting goes on" in message.detail) == ("warn", True)
    message.on_act()
    assert at.window.shown == "people"
    assert at.screen.one.shown.title == "The clinic's recovery key"
    at.act("go-without")
    assert at.does() == "Say why"
    answer("copied to the clinic every evening")
    rest(at.desk)
    assert at.said().startswith("It is noted.")
    assert [f.reason for f in at.desk.keeping.facts(RecoveryDeclined)] == [
        "copied to the clinic every evening"
    ]
    assert ("Recovery key", "The clinic goes without it") in at.rows()
    at.act("day")
    assert notice.KEY not in dict(at.desk.notices.standing())


# ------------------------------------------------ at the door


def fill(qtbot, window, file, scripted, *, passphrase=OF_THE_KEY):
    """The recovery key's file and passphrase, up to who it is."""
    window.act("recovery-key")
    settled(qtbot, window)
    assert window.shown == "recover"
    scripted.will("ask_files", (file,))
    window.act("recovery-file")
    sheet = window.screen_shown.sheet
    sheet.key.setFocus()
    answer(passphrase)
    return sheet


def test_with_the_recovery_key_one_is_given_a_new_passphrase_and_it_is_logged(
    qtbot, door, made, scripted
):
    fill(qtbot, door, made[1], scripted)
    press(Qt.Key.Key_1, ENTER)
    assert does(door) == "Say why"
    answer("passphrase forgotten", NEW)
    type_text(NEW)
    assert does(door) == "Open, and note it in the book"
    press(ENTER)
    settled(qtbot, door)
    assert (door.shown, door.desk.is_unlocked) == ("day", True)
    assert "this is in the ledger's book" in words(door)
    assert "ask the clinic for a new certificate" in words(door)
    (told,) = door.desk.keeping.facts(EmergencyAccess)
    assert (told.staff_id, told.name, told.reason) == (
        "ja", "Julia Alvarez", "passphrase forgotten",
    )  # fmt: skip
    assert "recover" not in door._screens  # thrown away with all that was typed
    charting.prove(door.desk.folder, "ja", NEW, door.desk.clock)


def test_somebody_else_gives_name_and_licence_and_can_chart(qtbot, door, made, scripted):
    sheet = fill(qtbot, door, made[1], scripted)
    press(Qt.Key.Key_0, ENTER)
    assert spoken_name(QApplication.focusWidget()) == "Full name as on the licence"
    answer("Xenia Yard", "RN", "55 012", "AZ", "31 Mar 2028", "ja", "")
    answer("the nurse is ill", NEW)
    answer(NEW)
    assert "Choose them above" in sheet.trouble.said()
    assert sheet.reason.text() == "the nurse is ill"
    sheet.other.field("staff_id").set_text("xy")
    door.act("primary")
    settled(qtbot, door)
    assert door.desk.office.nurse.name == "Xenia Yard"
    assert "Xenia Yard, RN" in words(door)


def test_wrong_guesses_are_counted_and_nothing_typed_is_lost(qtbot, door, made, scripted):
    sheet = fill(qtbot, door, made[1], scripted, passphrase="not the words at all")
    sheet.who.choose("ja")
    sheet.reason.set_text("passphrase forgotten")
    for field in (sheet.secret.first, sheet.secret.again):
        field.set_text(NEW)
    for _ in range(4):
        door.act("primary")
        settled(qtbot, door)
    assert does(door) == "Next try in 0:05"
    assert "doubles" in sheet.trouble.said()
    assert (sheet.reason.text(), sheet.secret.again.text()) == ("passphrase forgotten", NEW)
    door.act("back")
    assert door.shown == "unlock"
    assert sheet.secret.first.text() == ""


def test_nothing_of_it_is_cut_at_any_size(qtbot, qapp, door, made, scripted):
    sheet = fill(qtbot, door, made[1], scripted)
    sheet.who.choose("\x1fother")
    for size, scale in LOOKS:
        theme.apply(qapp, "light", scale)
        door.resize(*size)
        assert cut_off_at_rest(qtbot, door) == [], (size, scale)


# ------------------------------------------------ who is listed at the door


def names(window):
    choices = all_of(window.screen_shown, Choices)[0]
    return [option.words() for option in all_of(choices, Button)]


def test_nine_people_and_long_names_are_listed_at_the_door_and_nobody_shut_out(
    qtbot, qapp, tmp_path
):
    folder = clinic_in(tmp_path / "ledger")
    office = charting.unlock(folder, "ja", PASSPHRASE, SetClock(NOON + SECOND))
    people = office.keeping.people
    for n in range(2, 11):
        told = replace(new_clinic().nurse, staff_id=f"n{n}", name=LONG if n == 5 else f"Nurse {n}")
        people.finish_admit(people.admit(NewPerson(told, NEW)).work())
    people.shut_out("n10", "left the clinic")
    office.close()
    window = window_on(qtbot, folder)
    assert len(names(window)) == 9
    assert "Nurse 10, RN" not in names(window)
    press(Qt.Key.Key_9)
    for size, scale in LOOKS:
        theme.apply(qapp, "dim", scale)
        window.resize(*size)
        assert cut_off_at_rest(qtbot, window) == [], (size, scale)
    window.screen_shown._choose("n9")
    type_text(NEW)
    press(ENTER)
    settled(qtbot, window)
    assert window.desk.office.staff_id == "n9"
