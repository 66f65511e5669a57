"""A laptop joins a clinic in the window: card, own name, passphrase; it signs when it may."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ketachart import charting
from ketachart.charting import joining
from tests.charting.test_room import PASSPHRASE, new_visit
from tests.helpers.door import cut_off_at_rest, settled, window_on
from tests.helpers.qt import LOOKS, all_of, press, reachable, spoken_name, type_text
from tests.helpers.story import NOON
from tests.helpers.two_ledgers import found_clinic, packed
from ui import theme
from ui.demo_clinic import SceneClock
from ui.screens.sign_card import SignCard
from ui.widgets.buttons import Button
from ui.widgets.words import Words

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape
WORDS = "four plain words here"
NURSE = ("Julia Alvarez", "RN", "184220", "AZ", "31 Mar 2028", "ja", "602 555 0171")


@pytest.fixture(scope="module")
def clinic(tmp_path_factory):
    office = found_clinic(tmp_path_factory.mktemp("clinic") / "ledger")
    yield office
    office.close()


@pytest.fixture(scope="module")
def card(clinic, tmp_path_factory):
    """The card as a file."""
    made = clinic.post.card().work(PASSPHRASE)
    file = tmp_path_factory.mktemp("stick") / made.name
    file.write_bytes(made.content)
    return file


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch):
    """As practice ones: real keys take seconds and prove nothing here."""
    real = joining.prepare

    def quick(card, new, clock, **how):
        from dataclasses import replace

        return real(card, replace(new, practice=True), clock, **how)

    monkeypatch.setattr(joining, "prepare", quick)


@pytest.fixture
def window(qtbot, tmp_path):
    clock = SceneClock(NOON + timedelta(hours=1))  # the clinic's own begins at noon
    window = window_on(qtbot, tmp_path / "ledger", clock=clock)
    press(Qt.Key.Key_2, ENTER)
    return window


def words(window):
    QApplication.processEvents()
    return [w.text() for w in all_of(window, Words) if w.text()]


def go_through(*texts):
    for text in texts:
        type_text(text)
        press(ENTER)


def choose(window, scripted, *files):
    scripted.will("ask_files", files)
    window.screen_shown.ways.card.choose.click()


def joined(qtbot, window, scripted, card):
    choose(window, scripted, card)
    press(Qt.Key.Key_1, ENTER)
    go_through(*NURSE)
    go_through(WORDS, WORDS)
    settled(qtbot, window)


def test_a_card_is_compared_before_anything_is_made(window, scripted, card, tmp_path):
    assert "Which clinic do you join?" in words(window)
    window.act("primary")
    assert "Choose the clinic's card first." in words(window)
    choose(window, scripted)  # thought better of it
    (tmp_path / "no.ketacard").write_bytes(b"a letter")
    choose(window, scripted, tmp_path / "no.ketacard")
    assert "That is no card" in words(window)
    choose(window, scripted, tmp_path / "gone.ketacard")
    assert "It cannot be read there." in words(window)
    choose(window, scripted, card)
    read = window.screen_shown.ways.card.card
    assert read.clinic.name in words(window)
    assert read.groups in {said.replace("\n", " ") for said in words(window)}
    assert "That is no card" not in words(window)
    window.act("primary")
    assert any("the clinic read you the same" in said for said in words(window))
    press(Qt.Key.Key_2)
    window.act("primary")
    assert any("Do not join with it" in said for said in words(window))
    press(Qt.Key.Key_1, ENTER)
    assert "Who are you?" in words(window)
    assert "What do you do here?" not in words(window)
    press(ESC, ESC, Qt.Key.Key_1, ENTER)  # a clinic of one's own after all
    assert "Which clinic is this laptop for?" in words(window)
    assert not charting.holds_ledger(window.desk.folder)


def test_the_whole_way_by_keys_gives_a_request_and_signing_waits_until_it_is_answered(
    qtbot, window, scripted, card, clinic
):
    stick = card.parent
    joined(qtbot, window, scripted, card)
    assert "Now ask the clinic" in words(window)
    assert spoken_name(QApplication.focusWidget()) == "Save the request file"
    groups = window.desk.certificates.waiting_fingerprint()
    assert any(said.replace(" ", "") == groups for said in words(window))
    scripted.will("ask_save_path", None, stick / "no such" / "r.keta", stick / "r.keta")
    save = window.screen_shown.ways.request.save
    save.click()
    save.click()
    assert "The request was not saved" in words(window)
    save.click()
    assert "Saved" in words(window)
    window.act("primary")
    assert window.shown == "day"
    assert "Your request waits for the clinic's answer." in words(window)  # it stands as a notice
    office = window.desk.office
    assert (office.nurse.role, office.nurse.staff_id) == ("nurse", "ja")
    window.desk.new_visit(new_visit())
    window.act("phase-6")
    settled(qtbot, window)
    assert "Signing waits for your certificate" in words(window)
    (sign,) = all_of(window, SignCard)
    assert sign.primary.words() == "Signing waits for your certificate"
    assert not sign.primary.isEnabled()
    assert not sign.passphrase.isVisible()
    window.desk.close_visit()
    answered(clinic, office, stick / "r.keta")
    window.show_screen("day")
    assert any("Your certificate came from the clinic." in said for said in words(window))
    window.act("certificates")
    page = window.screen_shown.page
    window.act("primary")
    page.sheet.passphrase.set_text("not the passphrase")
    window.act("primary")
    settled(qtbot, window)
    assert "It was not done" in page.sheet.trouble.said()
    page.sheet.passphrase.set_text(WORDS)
    window.act("primary")
    settled(qtbot, window)
    assert page.said.said() == "Your certificate is in force. You can sign."
    assert office.certificates.own().state == "valid"
    assert office.certificates.why_not_now() == ""


def answered(clinic, laptop, file):
    """The clinic takes the request in, issues, and its package comes back."""
    clinic.post.take(file.read_bytes())
    request = clinic.post.requests()[-1]
    fact = request.fact
    task = clinic.certificates.issuing(fact.staff_id, fact.name, fact.credential, fact.request)
    clinic.certificates.finish(task.work(PASSPHRASE))
    clinic.post.admit(request.item)
    laptop.post.take(packed(clinic))


def test_no_text_is_cut_on_the_pages_of_joining(qtbot, window, scripted, card):
    faults = {}

    def look(place):
        for size, scale in LOOKS:
            window.wear("dim", scale)
            window.resize(*size)
            found = cut_off_at_rest(qtbot, window)
            faults.update({(place, size, scale): found} if found else {})
            for widget in reachable(window.screen_shown):
                assert spoken_name(widget), widget
                if isinstance(widget, Button):
                    assert min(widget.width(), widget.height()) >= 44, widget.words()
        theme.apply(QApplication.instance(), "dim", 1.0)

    look("card")
    joined(qtbot, window, scripted, card)
    look("request")
    assert faults == {}
