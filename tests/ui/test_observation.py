"""Observation in the real window: the clock, the criteria, the release, read back from the disk."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ketachart.domain.facts import (
    AdultNamed,
    CriterionJudged,
    PatientReleased,
    RecoveryScored,
    VitalsTaken,
)
from ketachart.domain.readiness import readiness
from ketachart.domain.release import release
from ketachart.errors import DiskFull
from tests.helpers.closing import Closing, Flashes
from tests.helpers.qt import all_of, cut_off, luminances, reachable, spoken_name
from ui import theme
from ui.forms.score import ITEMS, meaning_of
from ui.screens.criteria_card import way_of
from ui.screens.told import step_sub
from ui.widgets.bar import Bar

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape
SIZES = ((1.0, 1366, 768), (1.0, 1920, 1080), (1.0, 1024, 700), (1.25, 1366, 768), (1.5, 1366, 768))


@pytest.fixture
def watched(tmp_path, qapp):  # noqa: ARG001 - the application has to be there first
    """48 minutes after the end: the drug is accounted for, most is still to be looked at."""
    made = Closing(tmp_path / "l", "quiet_hour", "observation", until="drug-returned")
    yield made
    made.close()


@pytest.fixture
def ready(tmp_path, qapp):  # noqa: ARG001 - as above
    """Everything met, nobody released yet."""
    made = Closing(tmp_path / "l", "quiet_hour", "observation", before="patient-released")
    yield made
    made.close()


def strip(window):
    return window.said(window.screen.strip)


def rows(window):
    """The criteria in the order shown: what is open first."""
    return [r.row.accessibleName() for r in window.screen.criteria._rows.values()]


def row(window, code):
    return window.screen.criteria._rows[code]


# ------------------------------------------------------------------ the clock


def test_the_earliest_release_is_told_with_how_far_it_is(watched):
    said = strip(watched)
    assert "15:59" in said
    assert "48 of 60 min since the last ketamine 14:59" in said
    assert "in 12 min, if all is met" in said
    (bar,) = all_of(watched.screen.strip, Bar)
    assert bar._part == pytest.approx(48 / 60)


def test_the_clock_goes_on_by_the_minute_and_then_waits_for_the_rest(watched):
    watched.minutes(5)
    assert "53 of 60 min since the last ketamine 14:59" in strip(watched)
    watched.minutes(7)
    said = strip(watched)
    assert "60 of 60 min since the last ketamine 14:59" in said
    assert "when all is met" in said


def test_when_and_what_is_waited_for_stand_in_one_sentence_and_the_rest_is_counted(watched):
    assert (
        "Earliest 15:59; waiting for: awake and oriented, gait, no confusion, "
        "thoughts of self-harm asked, 8 more"
    ) in strip(watched)


def test_while_the_pump_runs_no_release_is_promised(tmp_path, qapp):  # noqa: ARG001 - as above
    window = Closing(tmp_path / "l", "quiet_hour", "observation", before="infusion-stopped")
    said = strip(window)
    assert "the infusion is not over" in said
    assert "The observation begins when the infusion is stopped" in said
    window.close()


def test_once_released_the_strip_says_to_whom_and_nothing_more_can_be_released(ready):
    ready.desk.record(
        PatientReleased(at=ready.desk.now(), outcome="criteria-met", to="Marco Rivera, husband")
    )
    ready.settle()
    said = strip(ready)
    assert "Released" in said
    assert "to Marco Rivera, husband, all criteria met" in said
    assert not ready.screen.strip.button.isEnabled()


# ------------------------------------------------------------------ the criteria


def test_every_criterion_of_the_protocol_stands_once_with_what_the_chart_says(watched):
    criteria = release(watched.visit, watched.desk.now()).criteria
    assert len(rows(watched)) == len(criteria) == 23
    for state in criteria:
        assert state.note in watched.said(row(watched, state.criterion.code).row)


def test_open_ones_have_a_way_and_met_ones_their_time(watched):
    state = release(watched.visit, watched.desk.now())
    for one in state.criteria:
        shown = row(watched, one.criterion.code)
        assert shown.button.isVisibleTo(watched.window) == (
            way_of(one) is not None and (not one.met or not one.criterion.computed)
        )
    assert "15:44" in watched.said(row(watched, "pressure").row)
    assert "10 of 23 met" in watched.said(watched.screen.criteria)


def test_alt_and_a_digit_opens_that_open_point_and_its_judgement_is_recorded(watched):
    watched.alt(Qt.Key.Key_3)
    assert watched.column.open_name == "criterion"
    assert watched.focused() == "It holds: Yes"
    said = watched.said(watched.column.sheet("criterion").holds)
    assert "Walks 10 steps, turns, steady" in said  # what is judged stands beside its answer
    watched.keys(Qt.Key.Key_Y)
    watched.main_button()
    judged = watched.last(CriterionJudged)
    assert (judged.criterion, judged.met, judged.note) == ("gait", True, "")
    assert watched.column.open_name == ""
    assert watched.focused() == "Record: No confusion"
    assert not row(watched, "gait").button.isHidden()  # it can be judged again


def test_a_no_without_what_was_seen_is_refused_in_words_and_keeps_the_answer(watched):
    watched.alt(Qt.Key.Key_3)
    watched.keys(Qt.Key.Key_N)
    watched.main_button()
    assert "Note what was seen." in watched.said(watched.column)
    assert watched.last(CriterionJudged) is None
    watched.type("leans to the left")
    watched.main_button()
    judged = watched.last(CriterionJudged)
    assert (judged.met, judged.note) == (False, "leans to the left")
    assert "leans to the left" in watched.said(row(watched, "gait").row)


def test_what_was_judged_before_is_told_and_the_last_stands(watched):
    at = watched.desk.now()
    watched.desk.record(CriterionJudged(at=at, criterion="gait", met=False, note="sways"))
    watched.settle()
    row(watched, "gait").button.click()
    watched.settle()
    assert "15:47: no, sways. What is recorded now stands in its place." in watched.said(
        watched.column
    )


def test_words_typed_about_one_point_are_not_taken_to_another(watched):
    row(watched, "gait").button.click()
    watched.keys(Qt.Key.Key_Y)
    sheet = watched.column.sheet("criterion")
    sheet.note.set_text("10 steps")
    watched.keys(ESC)
    row(watched, "confusion").button.click()
    watched.settle()
    assert (sheet.note.text(), sheet.holds.chosen()) == ("", ())


@pytest.mark.parametrize(
    ("code", "sheet"), [("aldrete", "score"), ("access-out", "access"), ("gait", "criterion")]
)
def test_each_way_opens_its_sheet_and_escape_comes_back_to_the_point(watched, code, sheet):
    row(watched, code).button.click()
    watched.settle()
    assert watched.column.open_name == sheet
    watched.keys(ESC)
    watched.settle()
    assert watched.column.open_name == ""


def test_instructions_are_opened_as_a_phase_and_vitals_in_their_form(watched):
    row(watched, "awake").button.click()
    assert watched.screen.vitals.isAncestorOf(QApplication.focusWidget())
    row(watched, "instructions").button.click()
    assert watched.frame.phase == "instructions"


def test_vitals_are_recorded_from_here_with_the_orientation(watched):
    watched.screen.vitals.oriented.choose("4")
    watched.screen.vitals.rass.choose("0")
    watched.main_button()
    taken = watched.last(VitalsTaken)
    assert (taken.oriented, taken.rass, taken.systolic) == (4, 0, None)
    assert row(watched, "awake").row.accessibleDescription() == "RASS 0, oriented × 4. 15:47"


def test_f2_goes_to_the_vitals_from_an_open_sheet(watched):
    watched.alt(Qt.Key.Key_3)
    watched.keys(Qt.Key.Key_F2)
    assert watched.column.open_name == ""
    assert watched.screen.vitals.isAncestorOf(QApplication.focusWidget())


# ------------------------------------------------------------------ the recovery score


def test_the_score_is_recorded_item_by_item_with_nothing_chosen_beforehand(watched):
    watched.alt(Qt.Key.Key_R)
    sheet = watched.column.sheet("score")
    assert all(choices.chosen() == () for choices in sheet.items.values())
    for digit in (2, 2, 1, 2, 2):
        watched.keys(Qt.Key.Key_0 + digit, ENTER)
    assert "Total 9 of 10, needs 9" in watched.said(sheet)
    watched.main_button()
    assert watched.last(RecoveryScored).total == 9
    assert watched.last(RecoveryScored).circulation == 1


def test_a_score_that_is_not_whole_is_refused_at_the_item_that_is_missing(watched):
    watched.alt(Qt.Key.Key_R)
    watched.keys(Qt.Key.Key_2, ENTER)
    watched.main_button()
    assert "Breathing: 2, 1 or 0?" in watched.said(watched.column)
    assert watched.last(RecoveryScored) is None
    assert watched.column.sheet("score").items["activity"].chosen() == ("2",)


def test_the_items_mean_what_the_record_says_they_mean(watched):
    watched.alt(Qt.Key.Key_R)
    for item in ITEMS:
        assert meaning_of(item) in watched.said(watched.column)
    assert meaning_of("activity") == "Moves 4 limbs 2, 2 limbs 1, none 0."


# ------------------------------------------------------------------ the release


def test_a_release_with_everything_met_takes_the_adult_by_one_key(ready):
    ready.control(Qt.Key.Key_R)
    assert ready.column.open_name == "release"
    assert "Ready: everything is met" in ready.said(ready.column)
    ready.keys(Qt.Key.Key_Space)
    sheet = ready.column.sheet("release")
    assert sheet.to.text() == "Marco Rivera, husband"
    assert sheet.outcome.chosen() == ()
    sheet.outcome.setFocus()
    ready.keys(Qt.Key.Key_1)
    ready.main_button()
    released = ready.last(PatientReleased)
    assert (released.outcome, released.to) == ("criteria-met", "Marco Rivera, husband")
    assert f"{released.ready_at:%H:%M}" == "16:00"  # gait, confusion and the score came last
    assert "Released" in strip(ready)


def test_what_stands_against_leaving_is_told_in_the_sheet_and_refused_in_words(watched):
    watched.control(Qt.Key.Key_R)
    said = watched.said(watched.column)
    assert readiness(watched.visit, watched.desk.now()) in said  # as in the strip
    assert any(one.startswith("Earliest 15:59; waiting for: ") for one in said)
    assert step_sub(watched.visit, "observation", watched.desk.now()) == "Earliest 15:59, 12 open"
    assert "Stop: IV out, catheter whole, site dry, still in" in said
    sheet = watched.column.sheet("release")
    sheet.to.set_text("Marco Rivera")
    sheet.outcome.choose("with-reason")
    sheet.reason.set_text("wants to sleep")
    watched.main_button()
    assert watched.last(PatientReleased) is None
    (why,) = [t for t in watched.said(watched.column) if "points against leaving" in t]
    assert "IV out, catheter whole, site dry: still in" in why
    assert sheet.reason.text() == "wants to sleep"


def test_against_advice_is_recorded_in_spite_of_every_stop(watched):
    watched.control(Qt.Key.Key_R)
    sheet = watched.column.sheet("release")
    sheet.to.set_text("himself")
    assert not sheet.explained.isVisibleTo(sheet)
    sheet.outcome.choose("against-advice")
    assert sheet.explained.isVisibleTo(sheet)
    sheet.explained.choose("still-acting", "call-911")
    sheet.reason.set_text("explained the risks, left at once")
    watched.main_button()
    released = watched.last(PatientReleased)
    assert (released.outcome, released.explained) == (
        "against-advice",
        ("still-acting", "call-911"),
    )
    assert released.ready_at is None  # gait was never judged


def test_nobody_to_release_to_and_no_ground_are_asked_for(watched):
    watched.control(Qt.Key.Key_R)
    watched.main_button()
    assert "Fill in into whose care." in watched.said(watched.column)
    watched.column.sheet("release").to.set_text("Marco")
    watched.main_button()
    assert "Choose on what ground." in watched.said(watched.column)


def test_without_a_named_adult_the_name_is_typed(watched):
    adult = next(e for e in watched.visit.of(AdultNamed))
    watched.desk.strike(adult.id, "somebody else came")
    watched.settle()
    watched.control(Qt.Key.Key_R)
    assert "No responsible adult is named." in watched.said(watched.column)
    assert watched.focused() == "Into whose care"


def test_a_full_disk_is_told_and_what_was_typed_stays(watched, monkeypatch):
    watched.control(Qt.Key.Key_R)
    sheet = watched.column.sheet("release")
    sheet.to.set_text("himself")
    sheet.outcome.choose("against-advice")
    sheet.reason.set_text("left")

    def full(*_facts, **_how):
        raise DiskFull("The disk is full. Free some room, then record again.")

    monkeypatch.setattr(watched.desk.room, "record_all", full)
    watched.main_button()
    assert "The disk is full. Free some room, then record again." in watched.said(watched.column)
    assert (sheet.to.text(), sheet.reason.text()) == ("himself", "left")


# ------------------------------------------------------------------ back to the baseline


def test_the_signs_stand_beside_what_they_were(watched):
    said = watched.screen.back._cells.accessibleDescription()
    assert "Baseline 14:59 15:14 15:29 15:44 Change" in said
    assert "Blood pressure 126/78 132/80 128/78 126/78 126/76 same" in said
    assert "Pain 8 3 3 3 3 −5" in said


def test_where_there_is_height_the_timeline_stands_under_the_criteria(watched):
    assert not watched.screen.timeline.isVisible()
    watched.wear(1.0, 1920, 1080)
    assert watched.screen.timeline.isVisible()
    assert watched.screen.timeline.plot.scene() is not None
    watched.wear(1.0, 1366, 768)
    assert not watched.screen.timeline.isVisible()
    assert watched.screen.back.isVisible()


# ------------------------------------------------------------------ how it looks


def test_nothing_is_cut_off(watched):
    for size in SIZES:
        watched.wear(*size)
        assert cut_off(watched.screen) == [], size


def test_at_twice_the_size_everything_scrolls_and_nothing_is_cut_off(watched):
    watched.wear(2.0, 1366, 768)
    assert cut_off(watched.screen) == []
    assert watched.screen.strip.isVisible()


def test_long_names_and_notes_wrap(watched):
    at = watched.desk.now()
    long = "walked twice to the bathroom, leaning on the wall, " * 6
    watched.desk.record(
        AdultNamed(
            at=at, name="Maria-Magdalena Wolfeschlegelsteinhausenbergerdorff-Rivera " * 2,
            phone="1", of_age=True, sober=True, stays=False,
        ),
        act="",
    )  # fmt: skip
    watched.desk.record(CriterionJudged(at=at, criterion="gait", met=False, note=long))
    watched.settle()
    for scale, width, height in SIZES[:3]:
        watched.wear(scale, width, height)
        assert cut_off(watched.screen) == []


def test_the_dim_room_stays_dim(watched):
    mean, _ = luminances(watched.window.grab().toImage())
    assert mean <= 0.03


def test_everything_that_takes_the_keyboard_has_a_name(watched):
    for widget in reachable(watched.screen):
        assert spoken_name(widget), widget


def test_no_window_flashes_up_while_the_criteria_are_shown(watched):
    flashes = Flashes()
    watched.open("sign")
    watched.open("observation")
    watched.desk.record(CriterionJudged(at=watched.desk.now(), criterion="gait", met=True))
    watched.settle()
    flashes.stop()
    watched.work_done()
    assert flashes.seen == []


def test_the_look_can_change_while_it_is_open(watched):
    watched.window.wear("light", 1.25)
    watched.settle()
    assert theme.look().name == "light"
    assert cut_off(watched.screen) == []


def test_a_late_medicine_moves_the_time(watched):
    from decimal import Decimal

    from ketachart.domain.facts import MedicineGiven

    watched.desk.record(
        MedicineGiven(
            at=watched.desk.now() - timedelta(minutes=1), medicine="naloxone",
            dose=Decimal("0.4"), unit="mg", against="emergency",
        )
    )  # fmt: skip
    watched.settle()
    assert "1 of 120 min since the reversal medicine 15:46" in strip(watched)
    assert "17:46" in strip(watched)


def test_symptoms_and_scales_have_a_button_beside_the_criteria(watched):
    for words, sheet in (("Symptoms", "symptoms"), ("Scales", "scale")):
        watched.button(words, watched.screen.criteria).click()
        watched.settle()
        assert watched.column.open_name == sheet
        watched.keys(ESC)
