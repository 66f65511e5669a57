"""The sheets of the medical review and the date on a paper, by keys in the real window."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt

from ketachart.charting import NewVisit
from ketachart.domain.facts import (
    HistoryTaken,
    MedicinesListed,
    ScreeningAnswered,
    SymptomsNoted,
)
from ketachart.domain.facts.arrival import HomeMedicine, Tried
from tests.helpers.bench import Bench
from tests.helpers.qt import LOOKS, cut_off, reachable, spoken_name
from tests.helpers.visit_window import VisitWindow
from ui import theme

ENTER, ESC, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab


@pytest.fixture
def begun(tmp_path, qapp):  # noqa: ARG001 - the application has to be there first
    """The screening with nothing asked yet."""
    made = VisitWindow(tmp_path / "l", "quiet_hour", "screening", until="intake-recorded")
    yield made
    made.close()


@pytest.fixture
def bench(tmp_path, qapp):  # noqa: ARG001 - as above
    """The action column alone, on a visit that was just opened."""
    made = Bench(tmp_path / "l", "quiet_hour", before="identity-confirmed")
    yield made
    made.close()


def problem(sheet):
    return sheet._problem_words.text()


def opened(window, name):
    window.window.act(name)
    window.settle()
    assert window.column.open_name == name
    return window.column.sheet(name)


def row(window, code):
    return window.screen._list._rows[code]


# ------------------------------------------------------------------ medicines at home


def test_medicines_are_listed_by_keys_and_raise_their_question_by_name(begun):
    row(begun, "medicines-listed").take_focus()
    begun.keys(ENTER)
    sheet = begun.column.sheet("home-medicines")
    begun.fill("Xanax XR", "0.5 mg at night", "yesterday 22:00", "sumatriptan", "", "")
    begun.main_button()
    assert "Is this all" in problem(sheet)
    assert begun.last(MedicinesListed) is None
    begun.type("a")  # the refusal went to the question
    begun.main_button()
    first, second = begun.last(MedicinesListed).medicines
    assert (first.name, first.dose, f"{first.last:%d %H:%M}") == (
        "Xanax XR",
        "0.5 mg at night",
        "21 22:00",
    )
    assert second == HomeMedicine(name="sumatriptan")
    said = " ".join(begun.said(row(begun, "meds-sedating")))
    assert "Xanax XR (benzodiazepine)" in said
    assert begun.screen._state.verdict == "ask"
    again = opened(begun, "home-medicines")
    assert [one.begun() for one in again._known] == [True, True]  # they are of today


def test_nothing_at_all_is_an_answer_and_contradicts_a_list(begun):
    sheet = opened(begun, "home-medicines")
    begun.fill("lorazepam", "", "", "", "", "")
    begun.type("0")
    begun.main_button()
    assert "Which is true?" in problem(sheet)
    assert sheet.new.values()[0].name == "lorazepam"
    sheet.empty()
    sheet.asked.choose("none")
    begun.main_button()
    assert begun.last(MedicinesListed).none


def test_the_last_visits_list_is_gone_through_row_by_row(bench):
    now = bench.desk.now()
    known = (HomeMedicine(name="topiramate", dose="50 mg"), HomeMedicine(name="Ativan"))
    tried = (Tried(name="sumatriptan", outcome="none"),)
    bench.desk.record_all(
        MedicinesListed(at=now, medicines=known), HistoryTaken(at=now, tried=tried), act="a"
    )
    patient, order = bench.visit.patient, bench.visit.order
    bench.desk.close_visit()
    bench.desk.clock.pass_time(timedelta(days=1))
    bench.desk.new_visit(NewVisit(patient=patient, order=order))

    sheet = bench.open("home-medicines")
    first, second = sheet._known
    assert (first.medicine, second.medicine) == known
    assert not first.begun()
    assert not second.begun()
    sheet.asked.choose("all")
    assert bench.record() == []
    assert problem(sheet) == "topiramate: still taken, or no more?"
    first.still.choose("kept")
    first.last.set_text("8:00")
    assert bench.record() == []
    assert problem(sheet) == "Ativan: still taken, or no more?"
    second.still.choose("struck")
    (fact,) = bench.record()
    (kept,) = fact.medicines
    assert (kept.name, kept.dose, f"{kept.last:%H:%M}") == ("topiramate", "50 mg", "08:00")

    history = bench.open("history")
    assert bench.record() == []
    assert "Go through them with the patient" in problem(history)
    history._gone_through.choose("yes")
    (fact,) = bench.record()
    assert fact.tried == tried


# ------------------------------------------------------------------ history, symptoms


def test_the_history_by_keys_and_what_cannot_be_is_asked_again(begun):
    sheet = opened(begun, "history")
    begun.main_button()
    assert problem(sheet) == "Type what the patient tells."
    begun.fill("32", "9", "3", "sumatriptan 100 mg")
    begun.main_button()
    assert "what came of it?" in problem(sheet)
    begun.type("3")
    begun.main_button()
    assert problem(sheet) == "A month has 0 to 31 headache days."
    sheet._figures["headache_days"].set_text("9")
    begun.main_button()
    told = begun.last(HistoryTaken)
    assert (told.headache_days, told.worst_pain, told.acceptable_pain) == (9, 9, 3)
    assert told.tried == (Tried(name="sumatriptan 100 mg", outcome="none"),)
    assert "Clear" in begun.said(row(begun, "history-tried"))


def test_symptoms_by_single_keys_and_at_the_end_the_first_stand_beside(tmp_path, qapp):  # noqa: ARG001
    made = VisitWindow(tmp_path / "l", "quiet_hour", "observation", until="infusion-stopped")
    sheet = opened(made, "symptoms")
    assert "before: moderate" in made.said(sheet)
    assert not any(choices.chosen() for choices in sheet.asked.values())
    made.main_button()
    assert problem(sheet) == "Ask about the symptoms first."
    made.fill("1", "0", "n", "n")
    made.main_button()
    noted = made.last(SymptomsNoted)
    assert (noted.light, noted.sound, noted.vomiting, noted.aura) == ("mild", "none", False, False)
    made.close()


# ------------------------------------------------------------------ the date on a paper


def test_clear_waits_for_the_date_on_the_paper(begun):
    consent = row(begun, "consent-signed")
    consent.take_focus()
    begun.keys(Qt.Key.Key_1)
    assert begun.focused().startswith("Date on the paper")
    begun.keys(ENTER)
    assert "type the date that stands on it" in " ".join(begun.said(consent))
    begun.type("31 Dec 2026")
    begun.keys(ENTER)
    assert "has not come yet" in " ".join(begun.said(consent))
    assert begun.last(ScreeningAnswered) is None
    consent.date_field.clear()
    begun.type("16 Nov 2026")
    begun.keys(ENTER)
    told = begun.last(ScreeningAnswered)
    assert (told.item, told.answer, told.dated) == ("consent-signed", "clear", date(2026, 11, 16))
    assert any("Dated 16 Nov 2026" in words for words in begun.said(consent))
    assert begun.focused() == "Off-label use explained"


def test_a_consent_of_last_year_asks_and_escape_leaves_it(begun):
    consent = row(begun, "consent-signed")
    consent.take_focus()
    begun.keys(Qt.Key.Key_1)
    begun.type("1 Nov 2025")
    begun.keys(ESC)
    assert begun.last(ScreeningAnswered) is None
    begun.keys(Qt.Key.Key_1, ENTER)  # what was typed came back with it
    assert begun.last(ScreeningAnswered).dated == date(2025, 11, 1)
    assert "older than 365 days" in " ".join(begun.said(consent))
    assert begun.screen._state.verdict == "ask"


# ------------------------------------------------------------------ how they look


def test_nothing_is_cut_and_everything_has_a_name(begun, qapp):
    for size, scale in LOOKS:
        theme.apply(qapp, "dim", scale)
        begun.window.resize(*size)
        for name in ("home-medicines", "history", "symptoms"):
            sheet = opened(begun, name)
            assert cut_off(begun.window) == [], (name, size, scale)
            assert all(spoken_name(widget) for widget in reachable(sheet))
