"""Screening in the real window, by its keys, read back from the ledger."""

from datetime import timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ketachart.charting import NewVisit
from ketachart.domain.facts import (
    AdultNamed,
    IdentityConfirmed,
    InfusionNotStarted,
    IntakeRecorded,
    OverrideAuthorised,
    PatientRecorded,
    ScreeningAnswered,
    ScreeningConcluded,
    WeightMeasured,
)
from ketachart.domain.quantities import Kg
from ketachart.domain.screening import screening
from ketachart.errors import DiskFull
from tests.helpers.bench import Bench
from tests.helpers.qt import LOOKS, all_of, cut_off, luminances, reachable, spoken_name
from tests.helpers.visit_window import VisitWindow
from ui import theme, tokens
from ui.widgets.answer_row import Answer, AnswerRow, ComputedRow
from ui.widgets.buttons import Button
from ui.widgets.field import Standing

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape
ONE, TWO, THREE, N = Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_N


@pytest.fixture
def begun(tmp_path, qapp):  # noqa: ARG001 - the application has to be there first
    """The screening with nothing asked yet."""
    made = VisitWindow(tmp_path / "l", "quiet_hour", "screening", until="intake-recorded")
    yield made
    made.close()


@pytest.fixture
def refused(tmp_path, qapp):  # noqa: ARG001 - as above
    """A screening with a stop that nobody can authorise."""
    made = VisitWindow(
        tmp_path / "l", "screening_refuses", "screening", before="screening-concluded"
    )
    yield made
    made.close()


@pytest.fixture
def missed(tmp_path, qapp):  # noqa: ARG001 - as above
    """Everything answered; one answer asks the prescriber."""
    made = VisitWindow(
        tmp_path / "l", "late_and_corrected", "screening", before="override-authorised"
    )
    yield made
    made.close()


@pytest.fixture
def bench(tmp_path, qapp):  # noqa: ARG001 - as above
    """The action column alone, on a visit that was just opened."""
    made = Bench(tmp_path / "l", "quiet_hour", before="identity-confirmed")
    yield made
    made.close()


def answers(window):
    return [(f.item, f.answer, f.note) for f in window.visit.facts(ScreeningAnswered)]


def row(window, code):
    return window.screen._list._rows[code]


# ------------------------------------------------------------------ answering


def test_nothing_is_answered_beforehand(begun):
    rows = all_of(begun.screen, AnswerRow)
    assert len(rows) > 30
    assert {r.answer() for r in rows} == {None}
    assert begun.focused() == "New illness, hospital stay or operation"


def test_one_key_records_an_answer_and_goes_on(begun):
    begun.keys(ONE)
    assert answers(begun) == [("changes-health", "clear", "")]
    assert begun.focused() == "Medicines or doses changed"
    assert row(begun, "changes-health").row.answer() is Answer.CLEAR
    assert "Asked 13:37" in begun.said(row(begun, "changes-health"))


def test_what_the_chart_has_answered_by_itself_is_passed_over(begun):
    row(begun, "contra-breast-feeding").take_focus()
    begun.keys(ONE)
    assert begun.focused().startswith("Opioid")  # past the age and the hours since food


def test_a_stop_waits_for_a_note_before_anything_is_recorded(begun):
    begun.keys(THREE)
    assert answers(begun) == []
    assert row(begun, "changes-health").row.answer() is None
    begun.keys(ENTER)
    assert answers(begun) == []
    assert "Note what was said or seen. Esc leaves the answer as it was." in begun.said()
    begun.type("in hospital last week")
    begun.keys(ENTER)
    assert answers(begun) == [("changes-health", "stop", "in hospital last week")]
    assert begun.focused() == "Medicines or doses changed"
    assert begun.frame.act("back") is False  # no note is open any more


def test_escape_leaves_the_answer_and_keeps_what_was_typed(begun):
    begun.keys(TWO)
    begun.type("half a sent")
    begun.keys(ESC)
    assert answers(begun) == []
    assert begun.focused() == "New illness, hospital stay or operation"
    begun.keys(TWO)
    assert QApplication.focusWidget().text() == "half a sent"


def test_a_note_can_be_typed_before_the_answer(begun):
    begun.keys(N)
    begun.type("asked twice")
    begun.keys(ENTER)
    assert answers(begun) == []
    begun.keys(ONE)
    assert answers(begun) == [("changes-health", "clear", "asked twice")]


def test_a_note_alone_records_the_same_answer_with_it(begun):
    begun.keys(ONE, Qt.Key.Key_Up, N)
    begun.type("none since May")
    begun.keys(ENTER)
    assert answers(begun)[-1] == ("changes-health", "clear", "none since May")


def test_another_answer_is_another_entry_and_the_first_stays(begun):
    begun.keys(ONE, Qt.Key.Key_Up, TWO)
    begun.type("new tablets")
    begun.keys(ENTER)
    kept = [(f.answer, f.note) for f in begun.visit.facts(ScreeningAnswered)]
    assert kept == [("clear", ""), ("ask", "new tablets")]
    assert row(begun, "changes-health").row.answer() is Answer.ASK


def test_the_same_key_again_records_nothing(begun):
    begun.keys(ONE, Qt.Key.Key_Up, ONE)
    assert len(begun.visit.facts(ScreeningAnswered)) == 1
    assert begun.focused() == "Medicines or doses changed"


def test_an_answer_that_was_not_saved_does_not_show_as_given(begun, monkeypatch):
    def full(_fact, **_how):
        raise DiskFull("The disk is full. Nothing was lost.")

    monkeypatch.setattr(begun.desk, "record", full)
    begun.keys(TWO)
    begun.type("new tablets")
    begun.keys(ENTER)
    assert row(begun, "changes-health").row.answer() is None
    assert "The disk is full. Nothing was lost." in begun.said(row(begun, "changes-health"))
    monkeypatch.undo()
    begun.keys(ENTER)
    assert answers(begun) == [("changes-health", "ask", "new tablets")]


def test_page_down_goes_to_the_next_section_and_the_list_to_any(begun):
    begun.keys(Qt.Key.Key_PageDown)
    assert begun.focused() == "Chest pain, heart attack or angina in the last 6 weeks"
    begun.keys(Qt.Key.Key_PageUp)
    assert begun.focused() == "New illness, hospital stay or operation"
    begun.screen._stepper.opened.emit("Consent")
    assert begun.focused() == "Consent signed and dated for this series"
    begun.keys(Qt.Key.Key_Return)
    assert answers(begun) == []


def test_every_section_counts_its_answers_and_shows_the_worst(refused):
    steps = {b.accessibleName(): b for b in refused.screen._stepper._buttons}
    assert steps["Medical review"].sub() == "9 of 9"
    assert steps["Medical review"]._step.sign == "octagon-alert"
    assert steps["Kit"]._step.sign == "circle-check"


# ------------------------------------------------------------------ what the chart works out


def test_enter_opens_the_sheet_that_a_computed_answer_rests_on(begun):
    for code, sheet in (
        ("pressure-today", "vitals"),
        ("fasting", "intake"),
        ("medicines-listed", "home-medicines"),
        ("history-tried", "history"),
        ("weight-today", "weight"),
        ("home-adult", "adult"),
        ("identity", "identity"),
        ("allergies", "allergies"),
    ):
        row(begun, code).take_focus()
        begun.keys(ENTER)
        assert begun.column.open_name == sheet
        begun.keys(ESC)
        assert begun.column.open_name == ""


def test_after_a_sheet_the_next_open_question_has_the_keyboard(begun):
    row(begun, "home-adult").take_focus()
    begun.keys(ENTER)
    begun.keys(ESC)
    assert begun.focused() == "New illness, hospital stay or operation"
    begun.keys(ONE)
    row(begun, "allergies").take_focus()
    begun.keys(ENTER)
    assert begun.column.open_name == "allergies"
    begun.column.close_sheet()  # as after recording
    begun.settle()
    assert begun.focused() == "Medicines or doses changed"


def test_what_the_chart_lacks_is_named_and_waits(tmp_path, qapp):  # noqa: ARG001 - as above
    made = VisitWindow(tmp_path / "l", "quiet_hour", "screening", before="identity-confirmed")
    said = made.said(made.screen)
    for words in ("weight is needed", "last solid food is needed", "name and phone are needed"):
        assert words in said
    waiting = [r for r in all_of(made.screen, ComputedRow) if "Waits" in made.said(r)]
    # identity, signs, medicines, what was tried, fasting, adult, weight
    assert len(waiting) == 7
    made.close()


def test_the_weight_is_dosed_on_in_kilograms_when_the_scale_says_pounds(bench):
    sheet = bench.open("weight")
    sheet._read.set_text("150.8")
    sheet._unit.choose("lb")
    sheet._how.choose("measured")
    assert "Dosed on 68.4 kg (150.8 lb)" in [
        w.text() for w in sheet.body.findChildren(type(sheet._becomes))
    ]
    (fact,) = bench.record()
    assert (fact.weight_kg, fact.read_lb, fact.how) == (Kg("68.4"), Decimal("150.8"), "measured")


def test_a_weight_without_its_unit_is_asked_again_and_kept(bench):
    sheet = bench.open("weight")
    sheet._read.set_text("150.8")
    sheet._how.choose("measured")
    assert bench.record() == []
    assert "Kilograms or pounds? Read it from the scale." in sheet._problem_words.text()
    assert sheet._read.text() == "150.8"


def test_pounds_typed_as_kilograms_are_named_against_the_last_visit(bench):
    def weigh(number):
        sheet = bench.open("weight")
        sheet._read.set_text(number)
        sheet._unit.choose("kg")
        sheet._how.choose("measured")
        return sheet

    weigh("68.4")
    bench.record()
    patient, order = bench.visit.patient, bench.visit.order
    bench.desk.close_visit()
    bench.desk.clock.pass_time(timedelta(days=1))
    bench.desk.new_visit(NewVisit(patient=patient, order=order))
    sheet = weigh("150.8")
    assert sheet._read._hint_text == "last visit 68.4 kg (150.8 lb)"
    assert bench.record() == []
    assert "were pounds typed as kilograms?" in sheet._problem_words.text()
    assert sheet._read.text() == "150.8"
    sheet._confirm.click()
    weighed = bench.visit.last_fact(WeightMeasured)
    assert (weighed.weight_kg, weighed.confirmed) == (Kg("150.8"), True)
    assert weighed.last_weight_kg == Kg("68.4")


def test_hours_since_food_are_told_while_the_time_is_typed(bench):
    sheet = bench.open("intake")
    solid, fatty, clear = sheet._times.values()
    solid.set_text("9:00")
    assert (solid.judgement().standing, solid.judgement().sentence) == (
        Standing.WARN,
        "09:00, 4 h 31 min ago. needs 6 h",
    )
    solid.set_text("11:00")
    assert solid.judgement().standing is Standing.BAD
    assert "under 4 h do not start" in solid.judgement().sentence
    fatty.set_text("yesterday 22:00")
    assert fatty.judgement().sentence == "Sat 21 Nov 22:00, 15 h 31 min ago. needs 8 h"
    clear.set_text("6 o'clock")
    assert clear.judgement().short == "not a time"
    assert bench.record() == []
    clear.set_text("6:00")
    (fact,) = bench.record()
    assert f"{fact.fatty_at:%d %H:%M}" == "21 22:00"


def test_a_time_that_is_not_asked_again_stays_as_it_was_charted(bench):
    bench.open("intake")._times["solid_at"].set_text("6:30")
    bench.record()
    sheet = bench.open("intake")
    assert sheet._times["solid_at"]._hint_text == "charted 06:30"
    sheet._times["clear_at"].set_text("-5")
    bench.record()
    intake = bench.visit.last_fact(IntakeRecorded)
    assert f"{intake.solid_at:%H:%M}" == "06:30"
    assert intake.clear_at is not None
    assert bench.open("intake") is sheet
    assert bench.record() == []


def test_one_identifier_is_not_enough_and_two_are_recorded(bench):
    sheet = bench.open("identity")
    QApplication.focusWidget().setFocus()
    sheet._which.choose("name")
    sheet._said_by.choose("patient")
    assert bench.record() == []
    assert "Two different identifiers" in sheet._problem_words.text()
    sheet._which.choose("name", "birth-date")
    (fact,) = bench.record()
    assert fact == IdentityConfirmed(
        at=fact.at, identifiers=("name", "birth-date"), said_by="patient"
    )


def test_nobody_is_taken_for_sober_who_was_not_asked(bench):
    sheet = bench.open("adult")
    sheet._name.set_text("Marco Rivera")
    sheet._phone.set_text("602 555 0150")
    sheet._of_age.choose("yes")
    assert bench.record() == []
    assert sheet._problem_words.text() == "Sober, and staying so: yes or no?"
    sheet._sober.choose("no")
    sheet._stays.choose("yes")
    (fact,) = bench.record()
    assert fact == AdultNamed(
        at=fact.at,
        name="Marco Rivera",
        phone="602 555 0150",
        of_age=True,
        sober=False,
        stays=True,
    )


def test_allergies_asked_today_take_the_place_of_those_before(bench):
    sheet = bench.open("allergies")
    sheet._asked.choose("none")
    sheet._list.set_text("latex: hives\n\npenicillin")
    assert bench.record() == []
    assert "exclude each other" in sheet._problem_words.text()
    sheet._asked.choose("some")
    bench.record()
    allergies = bench.visit.last_fact(PatientRecorded).allergies
    assert [(a.substance, a.reaction) for a in allergies] == [
        ("latex", "hives"),
        ("penicillin", ""),
    ]


# ------------------------------------------------------------------ the verdict


def test_a_stop_blocks_and_leads_to_its_question(refused):
    panel = refused.screen.panel()
    assert (panel._box._word.text(), panel._box.blocks()) == ("Do not start", True)
    assert panel.primary.why_closed() == "A stop stands"
    refused.main_button()
    assert refused.focused() == "Aneurysm, AVM, past brain bleed or stroke"
    assert refused.last(ScreeningConcluded) is None
    sources = "Source: Ketamine label, Swiss label, Spravato label"
    assert sources in refused.said(panel)


def test_ending_the_visit_closes_the_screening_with_no_go(refused):
    refused.screen.panel()._end.click()
    sheet = refused.column.sheet("not-started")
    sheet._who.choose("prescriber")
    refused.main_button()
    assert refused.last(InfusionNotStarted) is None
    assert "Write why it is not started." in refused.said(sheet)
    sheet._reason.set_text("aneurysm, new")
    refused.main_button()
    assert refused.last(ScreeningConcluded).verdict == "no-go"
    assert refused.last(InfusionNotStarted).reason == "aneurysm, new"
    assert refused.last(InfusionNotStarted).decided_by == "prescriber"


def test_the_main_button_records_the_call_about_the_open_ask_and_then_goes_on(missed):
    panel = missed.screen.panel()
    assert panel._box._word.text() == "Call the prescriber"
    assert panel.primary.words() == "Record call to Dr A. Okafor"
    missed.main_button()
    sheet = missed.column.sheet("override")
    assert "Blood pressure medicine taken as usual today" in missed.said(sheet)
    assert any(
        words.startswith("Acute migraine") or "mg/kg IV" in words for words in missed.said(sheet)
    )
    missed.keys(Qt.Key.Key_D)
    assert (sheet._by.text(), sheet._phone.text()) == ("Dr A. Okafor", "602 555 0188")
    sheet._back.choose("yes")
    sheet._why.set_text("well under 140/90 at rest")
    missed.main_button()
    fact = missed.last(OverrideAuthorised)
    assert (fact.about, fact.by, fact.read_back) == ("pressure-medicine", "Dr A. Okafor", True)
    assert panel._box._word.text() == "Clear to go on"
    assert "well under 140/90 at rest" in missed.said(panel)
    missed.main_button()
    assert missed.last(ScreeningConcluded).verdict == "go"
    assert missed.frame.phase == "order"


def test_a_call_that_was_not_read_back_settles_nothing(missed):
    missed.main_button()
    sheet = missed.column.sheet("override")
    sheet._by.set_text("Dr A. Okafor")
    sheet._back.choose("no")
    sheet._why.set_text("he was in a hurry")
    missed.main_button()
    assert missed.last(OverrideAuthorised).read_back is False
    assert screening(missed.visit, missed.desk.now()).verdict == "ask"
    assert "not read back" in " ".join(missed.said(missed.screen))


def test_what_was_typed_about_one_question_is_not_kept_for_another(missed):
    missed.main_button()
    sheet = missed.column.sheet("override")
    sheet._why.set_text("about the pressure")
    missed.keys(ESC)
    missed.main_button()
    assert sheet._why.text() == "about the pressure"
    sheet.about("fasting")
    assert sheet._why.text() == ""


def test_going_on_twice_concludes_once(tmp_path, qapp):  # noqa: ARG001 - as above
    made = VisitWindow(tmp_path / "l", "quiet_hour", "screening", before="screening-concluded")
    made.main_button()
    made.open("screening")
    made.main_button()
    assert made.frame.phase == "order"
    assert len(made.visit.of(ScreeningConcluded)) == 1
    made.open("screening")
    row(made, "kit-aed").take_focus()
    made.keys(TWO)
    made.type("battery low")
    made.keys(ENTER)
    assert made.screen.panel().primary.words() == "Record call to Dr A. Okafor"
    made.close()


def test_what_is_still_open_is_counted_by_section(begun):
    said = begun.said(begun.screen.panel())
    assert "42 questions" in said
    assert begun.screen.panel().primary.why_closed() == "42 questions open"
    begun.main_button()
    assert begun.focused() == "New illness, hospital stay or operation"


# ------------------------------------------------------------------ how it looks


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory, qapp):  # noqa: ARG001 - as above
    """A window in which nothing is charted."""
    made = VisitWindow(
        tmp_path_factory.mktemp("ledger") / "l",
        "screening_refuses",
        "screening",
        before="screening-concluded",
    )
    yield made
    made.close()


@pytest.mark.parametrize(("size", "scale"), LOOKS)
def test_nothing_is_cut_at_any_size(looked_at, qapp, size, scale):
    if size == (1024, 700) and scale > 1.5:
        pytest.skip("the patient's strip alone is higher than that window")
    theme.apply(qapp, "dim", scale)
    looked_at.window.resize(*size)
    looked_at.settle()
    assert cut_off(looked_at.window) == []
    assert (looked_at.window.width(), looked_at.window.height()) == size
    for side in ("actions", "chart"):
        looked_at.frame._turn(side)
        looked_at.settle()
        assert cut_off(looked_at.window) == []


@pytest.mark.parametrize("answer", [Answer.ASK, Answer.STOP])
def test_an_open_note_is_not_cut_either(looked_at, qapp, answer):
    theme.apply(qapp, "dim", 1.5)
    looked_at.window.resize(1366, 768)
    looked_at.settle()
    one = row(looked_at, "kit-aed")
    one.row.answered.emit(answer)
    looked_at.settle()
    assert cut_off(looked_at.window) == []
    assert one.close_note() is True


def test_the_dim_room_stays_dim(looked_at, qapp):
    theme.apply(qapp, "dim", 1.0)
    looked_at.window.resize(1366, 768)
    looked_at.settle()
    mean, _ = luminances(looked_at.window.grab().toImage())
    assert mean <= 0.03


def test_every_stop_has_a_name_and_every_button_its_size(looked_at, qapp):
    theme.apply(qapp, "dim", 1.0)
    looked_at.window.resize(1366, 768)
    looked_at.settle()
    for root in (looked_at.screen, looked_at.screen.panel()):
        assert [repr(w) for w in reachable(root) if not spoken_name(w)] == []
        buttons = all_of(root, Button)
        assert [b.words() for b in buttons if min(b.width(), b.height()) < tokens.TARGET] == []


def test_sources_stand_beside_the_questions_where_there_is_room(looked_at, qapp):
    theme.apply(qapp, "light", 1.0)
    looked_at.window.resize(1920, 1080)
    looked_at.settle()
    assert "source text, NCT07099235" in looked_at.said(looked_at.screen)
    looked_at.window.resize(1366, 768)
    looked_at.settle()
    assert "source text, NCT07099235" not in looked_at.said(looked_at.screen)
