"""Ink in the real window: who signs the instructions, and why somebody does not."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from ketachart.domain.facts import AdultNamed, InkDeclined, InkSigned, VitalsTaken
from ketachart.errors import DiskFull
from tests.helpers.closing import Closing
from ui.widgets.ink_pad import ink_box

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape


@pytest.fixture
def told_all(tmp_path, qapp):  # noqa: ARG001 - the application has to be there first
    """Every instruction was said back; nothing was left or signed yet."""
    made = Closing(tmp_path / "l", "quiet_hour", "instructions", before="handout-given")
    yield made
    made.close()


def box(window, role):
    return window.screen.panel().boxes[role]


def full(*_facts, **_how):
    raise DiskFull("The disk is full. Free some room, then record again.")


# ------------------------------------------------------------------ ink


def test_the_patient_signs_and_the_ink_comes_back_from_the_disk_as_it_was_drawn(told_all):
    patient = box(told_all, "patient")
    told_all.sign(patient.pad)
    drawn = patient.pad.strokes()
    assert len(drawn) == 1
    assert told_all.last(InkSigned) is None
    told_all.alt(Qt.Key.Key_D)
    signed = told_all.last(InkSigned)
    assert (signed.role, signed.name) == ("patient", "Elena M. Rivera")
    assert signed.meaning == "I was told these instructions and said them back."
    assert signed.strokes == drawn
    assert "signed 16:04" in told_all.said(patient)
    assert "Not signed yet: the adult." in told_all.said(told_all.column)


def test_what_is_drawn_lies_where_the_pen_was(told_all):
    pad = box(told_all, "patient").pad
    place = ink_box(pad.rect().toRectF())
    spots = [QPoint(40, 30), QPoint(120, 60)]
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=spots[0])
    QTest.mouseMove(pad, spots[1])
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=spots[1])
    ((first, *_, last),) = pad.strokes()
    for spot, point in zip(spots, (first, last), strict=True):
        x = (spot.x() - place.left()) * 10_000 / place.width()
        y = (spot.y() - place.top()) * 10_000 / place.height()
        assert point == (pytest.approx(x, abs=1), pytest.approx(y, abs=1))


def test_both_have_signed_and_the_way_on_has_the_keyboard(told_all):
    for role in ("patient", "adult"):
        told_all.sign(box(told_all, role).pad)
        told_all.alt(Qt.Key.Key_D)
    assert [fact.role for fact in told_all.visit.facts(InkSigned)] == ["patient", "adult"]
    assert "Every signature or reason is there." in told_all.said(told_all.column)
    assert told_all.focused() == "Done, go to Sign"
    told_all.keys(ENTER)
    assert told_all.frame.phase == "sign"


def test_a_dot_is_no_signature_and_stays_on_the_pad(told_all):
    patient = box(told_all, "patient")
    told_all.sign(patient.pad, across=1)
    told_all.alt(Qt.Key.Key_D)
    said = told_all.said(patient)
    assert "Nothing is signed yet. Sign in the box, or say why not." in said
    assert told_all.last(InkSigned) is None
    assert len(patient.pad.strokes()) == 1
    told_all.sign(patient.pad)
    told_all.alt(Qt.Key.Key_D)
    assert len(told_all.last(InkSigned).strokes) == 2
    assert "This signature is not recorded" not in told_all.said(patient)


def test_a_full_disk_keeps_the_ink_on_the_pad_and_charts_it_once(told_all, monkeypatch):
    patient = box(told_all, "patient")
    told_all.sign(patient.pad)
    drawn = patient.pad.strokes()
    monkeypatch.setattr(told_all.desk.room, "record", full)
    told_all.alt(Qt.Key.Key_D)
    assert "The disk is full. Free some room, then record again." in told_all.said(patient)
    assert patient.pad.strokes() == drawn
    assert patient.done.isVisible()
    monkeypatch.undo()
    told_all.alt(Qt.Key.Key_D)
    told_all.alt(Qt.Key.Key_D)
    assert len(told_all.visit.facts(InkSigned)) == 1


def test_ink_that_is_not_recorded_is_cleared_without_a_question(told_all, scripted):
    patient = box(told_all, "patient")
    told_all.sign(patient.pad)
    patient.clear.click()
    assert patient.pad.strokes() == ()
    assert scripted.asked == []
    assert not patient.done.isVisible()


def test_a_recorded_signature_is_struck_with_a_reason_and_can_be_given_again(told_all, scripted):
    patient = box(told_all, "patient")
    told_all.sign(patient.pad)
    told_all.alt(Qt.Key.Key_D)
    scripted.will("ask_reason", None, "Wrong row")
    patient.clear.click()
    assert told_all.last(InkSigned) is not None
    patient.clear.click()
    told_all.settle()
    assert told_all.last(InkSigned) is None
    assert patient.pad.strokes() == ()
    assert "not signed" in told_all.said(patient)
    told_all.sign(patient.pad)
    told_all.alt(Qt.Key.Key_D)
    assert told_all.last(InkSigned) is not None


@pytest.mark.parametrize(
    ("rass", "oriented", "words"),
    [(0, 4, "RASS 0, oriented × 4 at 15:59"), (-1, 3, "RASS −1, oriented × 3 at 16:04")],
)
def test_the_state_of_mind_is_shown_beside_the_ink_and_stops_nobody(
    told_all, rass, oriented, words
):
    if rass:
        told_all.desk.record(VitalsTaken(at=told_all.desk.now(), rass=rass, oriented=oriented))
        told_all.settle()
    patient = box(told_all, "patient")
    assert words in told_all.said(patient)
    told_all.sign(patient.pad)
    told_all.alt(Qt.Key.Key_D)
    assert told_all.last(InkSigned).role == "patient"


# ------------------------------------------------------------------ no ink


def test_who_cannot_sign_gives_a_reason_by_keys_and_it_stands_in_its_place(told_all):
    told_all.alt(Qt.Key.Key_N)
    assert told_all.column.open_name == "no_ink"
    sheet = told_all.column.sheet("no_ink")
    assert sheet.who.chosen() == ("patient",)
    assert sheet.reason.chosen() == ()
    told_all.keys(Qt.Key.Key_3)
    told_all.main_button()
    declined = told_all.last(InkDeclined)
    assert (declined.role, declined.name) == ("patient", "Elena M. Rivera")
    assert declined.reason == "Does not want to"
    said = told_all.said(box(told_all, "patient"))
    assert "Does not want to" in said
    assert "did not sign, 16:04" in said
    told_all.alt(Qt.Key.Key_N)  # the next who has not signed
    assert told_all.column.sheet("no_ink").who.chosen() == ("adult",)


def test_own_words_alone_or_with_a_reason_are_enough(told_all):
    told_all.alt(Qt.Key.Key_N)
    told_all.keys(Qt.Key.Key_1)
    sheet = told_all.column.sheet("no_ink")
    sheet.note.setFocus()
    told_all.type("wrist in a cast")
    told_all.main_button()
    assert told_all.last(InkDeclined).reason == "Hand hurt or shaking: wrist in a cast"
    told_all.alt(Qt.Key.Key_N)
    sheet.note.setFocus()
    told_all.type("went to fetch the car")
    told_all.main_button()
    assert told_all.last(InkDeclined).reason == "went to fetch the car"
    assert told_all.last(InkDeclined).role == "adult"


def test_no_reason_at_all_is_refused_in_words(told_all):
    told_all.alt(Qt.Key.Key_N)
    told_all.main_button()
    assert "Choose a reason, or write it in their own words." in told_all.said(told_all.column)
    assert told_all.last(InkDeclined) is None
    assert told_all.column.sheet("no_ink").who.chosen() == ("patient",)


def test_words_about_one_person_are_not_taken_to_the_other(told_all):
    told_all.alt(Qt.Key.Key_N)
    sheet = told_all.column.sheet("no_ink")
    sheet.note.set_text("hand hurts")
    told_all.keys(ESC)
    told_all.settle()
    box(told_all, "adult").cannot.click()
    told_all.settle()
    assert sheet.who.chosen() == ("adult",)
    assert sheet.note.text() == ""


def test_who_declined_can_sign_after_all(told_all):
    told_all.alt(Qt.Key.Key_N)
    told_all.keys(Qt.Key.Key_4)
    told_all.main_button()
    patient = box(told_all, "patient")
    assert not patient.pad.isVisible()
    told_all.press("Sign after all", patient)
    assert patient.pad.isVisible()
    told_all.sign(patient.pad)
    told_all.alt(Qt.Key.Key_D)
    assert told_all.last(InkSigned).role == "patient"
    assert "signed 16:04" in told_all.said(patient)


def test_the_keys_are_printed_only_where_they_act(told_all):
    patient, adult = box(told_all, "patient"), box(told_all, "adult")
    assert (patient.cannot._key, adult.cannot._key) == ("Alt+N", "")
    told_all.alt(Qt.Key.Key_N)
    told_all.keys(Qt.Key.Key_1)
    told_all.main_button()
    assert (patient.cannot._key, adult.cannot._key) == ("", "Alt+N")
    told_all.sign(adult.pad)
    assert adult.done._key == "Alt+D"


def test_nobody_named_is_said_and_named_from_here(told_all):
    adult = told_all.visit.of(AdultNamed)[0]
    told_all.desk.strike(adult.id, "somebody else came")
    told_all.settle()
    there = box(told_all, "adult")
    assert "Nobody is named." in told_all.said(there)
    assert not there.pad.isVisible()
    told_all.press("Name the adult", there)
    assert told_all.column.open_name == "adult"
