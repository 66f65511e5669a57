"""People in the window: let in, certified, shut out; a new passphrase; a new key for the ledger."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ketachart import charting
from ketachart.charting.people import NewPerson
from ketachart.domain.facts.safekeeping import KeyRenewed, PassphraseChanged, StaffShutOut
from ketachart.errors import DiskFull, WrongPassphrase
from tests.helpers.qt import (
    LOOKS,
    all_of,
    cut_off,
    luminances,
    press,
    reachable,
    rest,
    spoken_name,
    type_text,
    wait_until_active,
)
from tests.helpers.review_desk import PASSPHRASE, nurse, review_desk
from ui import theme
from ui.main_window import MainWindow
from ui.screens.base import Screen
from ui.widgets.buttons import Button
from ui.widgets.words import Words

HERS = "a heron counts no clocks"
NEW = "nine copper kettles sing"
LONG = "Maria-Alejandra Featherstonehaugh-Wojciechowska de la Concepción y Ruiz"
ENTER = Qt.Key.Key_Return


class People:
    """The real window at the people of a ledger."""

    def __init__(self, desk):
        self.desk = desk
        self.window = MainWindow(desk, unlock=Screen(desk))
        self.window.resize(1366, 768)
        self.window.show()
        wait_until_active(self.window)
        self.screen = self.window.show_screen("people")
        self.page = self.screen.page

    def act(self, *names):
        for name in names:
            assert self.window.act(name), name
            rest(self.desk)

    def rows(self):
        return [(row.what, row.mark) for row in self.screen.card.list._rows.rows]

    def choose(self, key):
        self.screen.card.list.choose(key)
        rest(self.desk)

    def does(self):
        return self.page.sheet.primary.words()

    def said(self):
        return self.page.said.said()

    def ways(self):
        return self.screen.one.shown.ways

    def words(self):
        return " ".join(w.text() for w in all_of(self.window, Words))

    def let_in(self, **values):
        told = replace(nurse(), **values)
        people = self.desk.keeping.people
        people.finish_admit(people.admit(NewPerson(told, HERS)).work())
        self.screen.arrive()

    def close(self):
        self.window.close()
        self.window.deleteLater()
        QApplication.processEvents()


@pytest.fixture
def at(tmp_path, qapp):  # noqa: ARG001 - the application has to be there first
    opened = People(review_desk(tmp_path / "clinic"))
    yield opened
    opened.close()


def full(*_told, **_named):
    raise DiskFull("There is no room on this disk.")


def answer(*texts):
    """Types along the fields, Enter after each."""
    for text in texts:
        type_text(text)
        press(ENTER)


def test_somebody_is_let_in_by_keyboard_then_certified_and_can_sign(at, monkeypatch):
    assert at.rows()[0] == ("Kofi Osei, RN (you)", "May unlock")
    at.act("let-in")
    press(Qt.Key.Key_1, ENTER)  # a nurse
    answer("Mara Bell", "RN", "77121", "AZ", "31 Mar 2028", "mb", "602 555 0171")
    assert at.does() == "Type the new passphrase"
    type_text("mara bell")
    assert at.does() == "Not that passphrase"
    assert "at least 15 characters" in at.words()
    at.page.sheet.secret.first.clear()
    answer(HERS)
    type_text(HERS)
    with monkeypatch.context() as patched:
        patched.setattr(at.desk.keeping.people, "finish_admit", full)
        press(ENTER)
        rest(at.desk)
    assert "There is no room" in at.screen.admit.trouble.said()
    assert at.screen.admit.secret.first.text() == HERS  # nothing typed is lost
    at.act("primary")
    assert at.said().startswith("Mara Bell may unlock this laptop.")
    assert at.screen.admit.secret.first.text() == ""
    assert ("Mara Bell, RN", "May unlock since 24 Nov 2026") in at.rows()
    at.choose("person:mb")
    assert at.ways() == ("issue", "certificates", "shut-out")
    assert "31 Mar 2028" in at.words()
    at.act("primary")
    answer(PASSPHRASE, NEW)  # not the person's own
    rest(at.desk)
    assert "It was not done" in at.screen.issue.trouble.said()
    at.screen.issue.own.set_text(HERS)
    at.act("primary")
    assert at.said().startswith("Mara Bell can sign.")
    assert at.ways() == ("certificates", "shut-out")
    assert {one.name for one in at.desk.certificates.issued()} == {"Kofi Osei", "Mara Bell"}
    charting.prove(at.desk.folder, "mb", HERS, at.desk.clock)


def test_a_refusal_names_the_field_and_keeps_what_was_typed(at):
    at.let_in(staff_id="mb")
    at.act("let-in")
    press(Qt.Key.Key_1, ENTER)
    answer("Ada Poe", "RN", "9", "AZ", "31 Mar 2028", "mb", "", NEW)
    answer(NEW)
    rest(at.desk)
    assert "Give another staff id" in at.screen.admit.trouble.said()
    assert spoken_name(QApplication.focusWidget()) == "Staff id"
    assert at.screen.admit.page.field("name").text() == "Ada Poe"
    at.act("back")
    assert at.page.sheet is None
    at.act("let-in")
    assert at.screen.admit.page.field("name").text() == ""


def test_whoever_is_shut_out_unlocks_no_longer_and_the_rest_is_offered(at):
    at.let_in()
    at.choose("person:mb")
    at.act("shut-out")
    assert at.does() == "Say why"
    assert "does not take the certificate back" in at.words()
    press(Qt.Key.Key_1)
    at.act("primary")
    assert "Mara Bell unlocks this ledger no longer" in at.said()
    assert "Certificates (Ctrl+F6)" in at.said()
    assert ("Mara Bell, RN", "Shut out 24 Nov 2026: left the clinic") in at.rows()
    assert [s.staff_id for s in charting.staff_on_file(at.desk.folder)] == ["ko"]
    assert [f.reason for f in at.desk.keeping.facts(StaffShutOut)] == ["left the clinic"]
    at.choose("person:mb")
    assert at.ways() == ("let-in", "certificates")
    at.act("primary")
    assert at.screen.admit.page.field("licence").text() == "AZ 77121"


def test_one_s_own_passphrase_is_changed_and_what_it_does_not_do_is_said(at):
    at.act("passphrase")
    sheet = at.screen.change
    answer(NEW)  # not the one she has
    at.act("suggest")
    assert len(sheet.secret.first.text().split()) == 5
    assert "Five words taken by chance" in at.words()
    made = sheet.secret.first.text()
    answer(made)
    rest(at.desk)
    assert "It was not done" in sheet.trouble.said()
    assert spoken_name(QApplication.focusWidget()) == "Your passphrase now"
    assert sheet.secret.first.text() == made
    sheet.old.set_text(PASSPHRASE)
    at.act("primary")
    assert at.said().startswith("Your passphrase is changed.")
    assert "still opens with the old passphrase" in at.said()
    assert {sheet.old.text(), sheet.secret.first.text(), sheet.secret.again.text()} == {""}
    charting.prove(at.desk.folder, "ko", made, at.desk.clock)
    with pytest.raises(WrongPassphrase):
        charting.prove(at.desk.folder, "ko", PASSPHRASE, at.desk.clock)
    assert len(at.desk.keeping.facts(PassphraseChanged)) == 1


def test_wrong_guesses_at_the_old_passphrase_wait_as_at_the_door(at):
    at.act("passphrase")
    sheet = at.screen.change
    sheet.old.set_text("not the passphrase")
    for field in (sheet.secret.first, sheet.secret.again):
        field.set_text(NEW)
    for _ in range(4):
        at.act("primary")
    assert at.does() == "Next try in 0:05"
    assert "doubles" in sheet.trouble.said()


def test_the_ledger_has_a_new_key_and_is_open_again_at_the_same_place(at):
    before = at.desk.office._ledger.unwrapped.dek
    at.act("new-key")
    assert spoken_name(QApplication.focusWidget()) == "Leave it"
    at.act("primary")
    assert (at.window.shown, at.desk.is_unlocked) == ("people", True)
    assert at.said().startswith("The ledger has a new key.")
    assert at.desk.office._ledger.unwrapped.dek != before
    assert [f.people for f in at.desk.keeping.facts(KeyRenewed)] == [1]


def test_why_there_is_no_new_key_is_said_in_words(at, monkeypatch):
    people = at.desk.keeping.people
    why = "Mara Bell has not unlocked since KetaChart was updated."
    monkeypatch.setattr(people, "why_no_new_key", lambda: why)
    at.choose("key")
    assert (why in at.words(), at.ways()) == (True, ())
    at.act("new-key")
    assert at.page.sheet is None


def test_a_nurse_sees_everybody_and_changes_only_what_is_hers(at):
    at.let_in()
    at.desk.lock()
    at.desk._open_office(charting.unlock(at.desk.folder, "mb", HERS, at.desk.clock))
    at.window.show_screen("people")
    assert at.screen.card.let_in.isHidden()
    at.choose("person:ko")
    assert at.ways() == ()
    at.act("let-in", "shut-out", "recovery-key", "new-key")
    assert at.page.sheet is None
    at.choose("person:mb")
    assert at.ways() == ("passphrase", "privacy", "certificates")


def test_the_screen_leads_on_and_back(at):
    at.act("privacy")
    assert at.window.shown == "privacy"
    at.act("back")
    at.screen.card.laptop.click()
    assert at.window.shown == "laptop"
    at.window.screen_shown.page.people.click()
    assert at.window.shown == "people"
    at.act("back", "back", "day")
    assert at.window.shown == "day"


def test_nothing_is_cut_at_any_size_and_dim_stays_dim(at, qapp):
    at.let_in(name=LONG, staff_id="al")
    shown = {
        "list": lambda: None,
        "admit": lambda: at.act("let-in"),
        "change": lambda: at.act("back", "passphrase"),
        "out": lambda: (at.act("back"), at.choose("person:al"), at.act("shut-out")),
        "key": lambda: at.act("back", "new-key"),
    }
    for size, scale in LOOKS:
        theme.apply(qapp, "dim", scale)
        at.window.resize(*size)
        for name, play in shown.items():
            play()
            rest(at.desk)
            assert cut_off(at.window) == [], (name, size, scale)
        for widget in reachable(at.screen):
            assert spoken_name(widget), widget
            if isinstance(widget, Button):
                assert widget.height() >= theme.look().px(44)
        at.act("back")
    assert luminances(at.window.grab().toImage())[0] <= 0.03
