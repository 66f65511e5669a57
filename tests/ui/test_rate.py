"""The change of rate in the real window: few keys, the right questions, slips named."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ketachart.domain.facts import (
    BolusGiven,
    InfusionPaused,
    InfusionResumed,
    OrderRecorded,
    RateSet,
    TitrationStep,
    VitalsTaken,
)
from ketachart.domain.infusion import delivery
from ketachart.domain.quantities import Mg, MgPerKgPerHour, Minutes, MlPerHour
from tests.helpers.bench import click, said
from tests.helpers.qt import LOOKS, all_of, cut_off, luminances
from tests.helpers.visit_window import VisitWindow
from ui import theme
from ui.widgets.buttons import Button

ENTER, CTRL = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
# 68.4 kg at 2 mg/mL, running at 8 mL/h, which is 0.234 mg/kg/h; the order's highest is 0.3


@pytest.fixture
def window(tmp_path, qapp):  # noqa: ARG001 - the application has to be there first
    made = VisitWindow(tmp_path / "l", "paused_for_nausea", "infusion", until="infusion-resumed")
    yield made
    made.close()


class Hands:
    """Presses keys one by one, wherever the focus then is, and counts what is no digit."""

    def __init__(self, window):
        self.window, self.count = window, 0

    def press(self, *keys, held=Qt.KeyboardModifier.NoModifier):
        for key in keys:
            self.count += 1
            QTest.keyClick(QApplication.focusWidget() or self.window.window, key, held)
            self.window.settle()

    def digits(self, text):
        self.window.type(text)


def sheet_of(window, name="rate"):
    return window.column.sheet(name)


def with_steps(window):
    """The order with a step to 0.26 mg/kg/h after 20 min and one to 0.3 after 90."""
    steps = tuple(
        TitrationStep(
            after_min=Minutes(after), rate_mg_kg_h=MgPerKgPerHour(rate), condition="pain over 4"
        )
        for after, rate in ((20, "0.26"), (90, "0.3"))
    )
    order = window.visit.last(OrderRecorded)
    window.desk.correct(order.id, replace(order.fact, titration=steps), "steps were left out")
    window.settle()


# ------------------------------------------------------------------ keys


def test_a_lower_rate_takes_four_keys_beside_the_digits(window):
    hands = Hands(window)
    hands.press(Qt.Key.Key_F6)
    hands.digits("6.8")
    hands.press(ENTER, Qt.Key.Key_3)
    hands.press(ENTER, held=CTRL)
    fact = window.last(RateSet)
    assert (fact.rate_ml_h, fact.reason) == (MlPerHour("6.8"), "side-effect")
    assert hands.count == 4


def test_a_higher_rate_takes_four_keys_too_and_says_tolerance_and_need(window):
    window.desk.record(VitalsTaken(at=window.desk.now(), pain=6, nausea=1))
    hands = Hands(window)
    hands.press(Qt.Key.Key_F6)
    hands.digits("8.5")
    hands.press(ENTER, Qt.Key.Key_1)
    hands.press(ENTER, held=CTRL)
    fact = window.last(RateSet)
    assert (fact.rate_ml_h, fact.reason) == (MlPerHour("8.5"), "pain-tolerated")
    assert hands.count == 4


def test_a_pause_takes_one_key_and_its_reason_two_more(window):
    hands = Hands(window)
    hands.press(Qt.Key.Key_F7)
    paused = window.last(InfusionPaused)
    assert (paused.at, paused.reasons) == (window.desk.now(), ())
    window.pass_time(seconds=40)
    hands.press(Qt.Key.Key_6)
    hands.press(ENTER, held=CTRL)
    completed = window.last(InfusionPaused)
    assert (completed.at, completed.reasons) == (paused.at, ("nausea",))
    assert hands.count == 3


def test_recording_twice_charts_once(window):
    window.keys(Qt.Key.Key_F6)
    window.type("6.8")
    window.keys(ENTER, Qt.Key.Key_3)
    window.main_button()
    window.main_button()
    assert len(window.visit.of(RateSet)) == 1


# ------------------------------------------------------------------ what is asked


def test_the_reasons_follow_what_is_typed(window):
    sheet = window.column.open_sheet("rate")
    window.type("8.5")
    assert (sheet.increase.isVisible(), sheet.reasons.isVisible()) == (True, False)
    sheet.increase.choose("pain-tolerated")
    sheet.rate.field.set_text("7")
    assert (sheet.increase.isVisible(), sheet.reasons.isVisible()) == (False, True)
    assert sheet.increase.chosen() == ()
    sheet.rate.field.set_text("8")
    assert not sheet.increase.isVisible()


def test_old_readings_are_asked_for_before_an_increase_and_never_in_its_way(window):
    window.pass_time(minutes=11)
    sheet = window.column.open_sheet("rate")
    window.type("7")
    assert not sheet.ask.isVisible()
    sheet.rate.field.set_text("8.5")
    assert "Ask now: pain and side effects" in said(sheet)
    click(sheet, "Pain now")
    assert window.column.open_name == "vitals"
    window.desk.record(VitalsTaken(at=window.desk.now(), pain=6))
    sheet = window.column.open_sheet("rate")
    assert sheet.rate.field.text() == "8.5"
    assert "Ask now: side effects" in said(sheet)
    sheet.increase.choose("pain-tolerated")
    window.main_button()
    assert window.last(RateSet).rate_ml_h == MlPerHour("8.5")


def test_the_next_step_is_told_with_its_time_and_its_condition(window):
    with_steps(window)
    sheet = window.column.open_sheet("rate")
    told = sheet._step.text()
    assert told == "Next step of the order: 0.26 mg/kg/h = 8.9 mL/h, now, if pain over 4"
    window.type("8.9")
    assert sheet._verdict.words() == "Inside the order: up to 0.3 mg/kg/h"
    sheet.increase.choose("step-tolerated")
    window.main_button()
    assert window.last(RateSet).reason == "step-tolerated"
    sheet = window.column.open_sheet("rate")
    assert "0.3 mg/kg/h = 10.3 mL/h, not before" in sheet._step.text()


def test_a_step_before_its_time_wants_words(window):
    with_steps(window)
    sheet = window.column.open_sheet("rate")
    window.type("10.3")
    assert "over the order's next step" in sheet._verdict.words()
    sheet.increase.choose("step-tolerated")
    window.main_button()
    assert window.visit.of(RateSet) == ()
    assert window.focused() == "Why, in your own words"
    window.type("Dr A. Okafor by phone, tolerated")
    window.main_button()
    assert window.last(RateSet).reason.endswith("; Dr A. Okafor by phone, tolerated")


def test_ten_times_the_rate_is_named_and_charted_once_it_was_looked_at_again(window):
    sheet = window.column.open_sheet("rate")
    window.type("80")
    assert "80 mL/h after 8 mL/h is ten times as much or more" in sheet._verdict.words()
    sheet.increase.choose("prescriber-tolerated")
    window.main_button()
    assert window.visit.of(RateSet) == ()
    click(sheet, "The pump shows this rate")
    fact = window.last(RateSet)
    assert (fact.rate_ml_h, fact.confirmed) == (MlPerHour(80), True)


def test_the_dose_rate_typed_as_the_pump_rate_is_named(window):
    sheet = window.column.open_sheet("rate")
    window.type("16")
    assert "mg/h may have been typed as mL/h" in sheet._verdict.words()


def test_a_resume_at_a_tenth_is_named_and_charted_once_it_was_looked_at_again(window):
    window.keys(Qt.Key.Key_F7)
    window.column.close_sheet()
    sheet = window.column.open_sheet("resume")
    window.type("0.8")
    window.main_button()
    assert any("0.8 mL/h after 8 mL/h is a tenth or less" in text for text in said(sheet))
    click(sheet, "The pump shows this rate")
    fact = window.last(InfusionResumed)
    assert (fact.rate_ml_h, fact.confirmed) == (MlPerHour("0.8"), True)


def test_a_bolus_names_who_does_not_allow_it_and_is_charted_with_the_reason(window):
    sheet = window.column.open_sheet("bolus")
    words = sheet._allowed.words()
    assert "AZ does not allow a nurse to give a bolus." in words
    assert "This order does not allow a bolus." in words
    window.type("5")
    window.main_button()
    assert window.visit.of(BolusGiven) == ()
    sheet.despite.set_text("given by the paramedics")
    window.main_button()
    assert window.last(BolusGiven).amount_mg == Mg(5)


# ------------------------------------------------------------------ late, and looks


def test_a_late_change_is_put_where_it_happened_and_the_totals_follow(window):
    window.pass_time(minutes=20)
    window.desk.record(RateSet(at=window.desk.now(), rate_ml_h=MlPerHour(6), reason="patient"))
    window.pass_time(minutes=1)
    before = delivery(window.visit, window.desk.now()).total_mg
    sheet = window.column.open_sheet("rate")
    window.type("4")
    sheet.when.set_text("-11")
    window.main_button()
    late, last = window.visit.of(RateSet)
    assert late.recorded_at > last.recorded_at
    assert (late.fact.rate_ml_h, last.fact.rate_ml_h) == (MlPerHour(4), MlPerHour(6))
    # 10 min at 4 mL/h and not at 8, at 2 mg/mL: 4 × 10/60 × 2 = 1 1/3 mg less
    assert (before - delivery(window.visit, window.desk.now()).total_mg).times(3) == Mg(4)


def test_enter_brings_every_reason_into_sight_when_everything_is_asked_at_once(window):
    with_steps(window)
    window.pass_time(minutes=25)
    sheet = window.column.open_sheet("rate")
    window.type("9.5")
    window.settle()
    assert {*sheet.ask.buttons.values()} == {*all_of(sheet.ask, Button)}  # pain and effects, too
    window.keys(ENTER)
    window.settle()
    reasons = all_of(sheet.increase, Button)
    assert reasons[0].hasFocus()
    assert [b.words() for b in reasons if b.visibleRegion().boundingRect() != b.rect()] == []


def test_at_200_percent_the_question_that_has_the_focus_is_seen_and_the_screen_stays_dim(
    window, qapp, qtbot
):
    theme.apply(qapp, "dim", 2.0)
    window.settle()
    window.keys(Qt.Key.Key_F6)
    sheet = sheet_of(window)
    for part in (sheet.rate.field.editor(), all_of(sheet.reasons, Button)[0]):
        part.setFocus()
        window.settle()
        qtbot.waitUntil(
            lambda part=part: part.visibleRegion().boundingRect() == part.rect(), timeout=3000
        )
        mean, _ = luminances(window.window.grab().toImage())
        assert mean <= 0.03, part
    theme.apply(qapp, "dim", 1.0)


def test_no_text_is_cut_when_everything_is_asked_at_once(window, qapp):
    with_steps(window)
    window.pass_time(minutes=11)
    for size, scale in LOOKS:
        theme.apply(qapp, "dim", scale)
        window.window.resize(*size)
        sheet = window.column.open_sheet("rate")
        sheet.empty()
        sheet.rate.field.set_text("80")
        window.main_button()
        window.settle()
        assert window.visit.of(RateSet) == ()
        assert cut_off(window.column) == [], (size, scale)
        window.column.close_sheet()
    theme.apply(qapp, "dim", 1.0)
