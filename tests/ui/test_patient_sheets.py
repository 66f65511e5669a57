"""The patient's sheets in the real window: made in a worker, saved, charted; in two languages."""

import hashlib
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from ketachart.domain.facts import HandoutGiven, PatientReleased, SheetMade
from ketachart.report.text import extract
from tests.helpers.closing import Closing
from tests.helpers.qt import LOOKS, cut_off


@pytest.fixture
def told_all(tmp_path, qapp):  # noqa: ARG001 - the application has to be there first
    """Every instruction was said back; nothing was left or signed yet."""
    made = Closing(tmp_path / "l", "quiet_hour", "instructions", before="handout-given")
    yield made
    made.close()


def opened(window):
    window.control(Qt.Key.Key_J)
    assert window.column.open_name == "sheets"
    return window.column.sheet("sheets")


def made_by(window):
    window.main_button()
    window.work_done()  # drawn
    window.work_done()  # saved


def test_the_sheet_is_made_saved_and_charted_and_left_is_its_own_act(told_all, scripted, tmp_path):
    sheet, path = opened(told_all), tmp_path / "handout.pdf"
    assert sheet.which.chosen() == ("handout",)
    assert sheet.language.chosen() == ("en",)
    sheet.language.choose("es")
    scripted.will("ask_save_path", path)
    made_by(told_all)
    assert "Después de su infusión de ketamina" in extract(path.read_bytes())
    made = told_all.last(SheetMade)
    assert (made.sheet, made.language) == ("handout", "es")
    assert made.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert told_all.last(HandoutGiven) is None
    told_all.keys(Qt.Key.Key_Escape)
    told_all.alt(Qt.Key.Key_H)
    assert told_all.last(HandoutGiven).language == "es"  # as the sheet that was made


def test_the_sheet_before_the_visit_takes_a_day_and_a_time_and_keeps_what_cannot_be_read(
    told_all, scripted, tmp_path
):
    sheet, path = opened(told_all), tmp_path / "before.pdf"
    sheet.which.choose("pre-visit")
    sheet._show_fields()
    sheet.time.set_text("ten")
    told_all.main_button()
    assert "Fill in day of the visit." in told_all.said(told_all.column)
    sheet.day.set_text("25 Nov 2026")
    told_all.main_button()
    assert "A time such as 14:00 or 2:00p." in told_all.said(told_all.column)
    assert sheet.time.text() == "ten"
    sheet.time.set_text("10:00")
    scripted.will("ask_save_path", path)
    made_by(told_all)
    assert "Last solid food: before 4:00 AM" in extract(path.read_bytes())
    assert told_all.last(SheetMade).sheet == "pre-visit"


def test_no_place_chosen_or_no_room_there_charts_nothing(told_all, scripted, tmp_path):
    sheet = opened(told_all)
    scripted.will("ask_save_path", None)
    made_by(told_all)
    scripted.will("ask_save_path", tmp_path / "nowhere" / "x.pdf")
    made_by(told_all)
    assert "could not be written there" in " ".join(told_all.said(told_all.column))
    assert sheet.which.chosen() == ("handout",)
    assert told_all.last(SheetMade) is None


def test_what_is_read_to_the_patient_is_in_their_language_and_a_key_turns_it(told_all):
    patient = told_all.visit.patient
    told_all.desk.record(replace(patient, at=told_all.desk.now(), language="es"))
    told_all.settle()
    row = told_all.screen._rows["driving"]
    assert row._sentence.text().startswith("No maneje ni use máquinas")
    assert "¿Cuándo puede volver a manejar?" in row._ask.text()
    assert row._in_english.isVisibleTo(row)
    assert "No driving or machines" in row._in_english.text()
    row.setFocus()
    told_all.keys(Qt.Key.Key_L)
    assert row._sentence.text().startswith("No driving")
    assert not row._in_english.isVisibleTo(row)
    told_all.keys(Qt.Key.Key_L)
    assert opened(told_all).language.chosen() == ("es",)


def test_against_advice_is_signed_in_its_own_words(told_all):
    box = told_all.screen.panel().boxes["patient"]
    assert "I was told these instructions" in box._meaning.text()
    told_all.sign(box.pad)
    box.commit()
    assert box.is_settled()
    told_all.minutes(1)
    told_all.desk.record(
        PatientReleased(
            at=told_all.desk.now(), outcome="against-advice", to="sister", reason="has to go",
            explained=("still-acting",),
        )
    )  # fmt: skip
    told_all.settle()
    assert not box.is_settled()  # what was signed before says something else
    assert "against advice" in box._meaning.text()


def test_nothing_of_the_sheet_and_the_spanish_rows_is_cut(told_all):
    patient = told_all.visit.patient
    told_all.desk.record(replace(patient, at=told_all.desk.now(), language="es"))
    sheet = opened(told_all)
    sheet.which.choose("pre-visit")
    sheet._show_fields()
    for size, scale in LOOKS:
        told_all.wear(scale, *size)
        for part in (told_all.screen, sheet):
            if not part.isVisible():
                told_all.control(Qt.Key.Key_Tab)  # chart and actions take turns
            assert part.isVisible()
            assert cut_off(part) == [], (size, scale)
