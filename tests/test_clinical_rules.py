"""Each rule of C1 to C6 has a test that holds it at its limit, and each number of theirs is named.

The rows are those of the clinical reference: observation schedule, limits, dose, people and place,
time-out, leaving.
"""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from ketachart import house

DOMAIN = Path(__file__).parent / "domain"
# rule: the file and the test that holds it, and the numbers of the policy that it stands on
RULES = {
    "C1 baseline": (
        "schedule",
        "test_the_baseline_is_no_older_than_fifteen_minutes",
        "baseline.within",
    ),
    "C1 what a baseline holds": ("schedule", "test_a_baseline_that_lacks_a_sign_names_it"),
    "C1 rows of the infusion": ("schedule", "test_each_row_of_the_infusion"),
    "C1 after an act": ("schedule", "test_extra_sets_after_an_act"),
    "C1 pause": ("schedule", "test_a_pause_asks_every_five_minutes_and_the_rows_go_on_after_it"),
    "C1 after the end": ("schedule", "test_the_observation_asks_every_fifteen_minutes"),
    "C1 last set": (
        "schedule",
        "test_the_last_set_is_no_older_than_fifteen_minutes_at_leaving",
        "release.vitals.within",
    ),
    "C1 amber and red": (
        "schedule",
        "test_amber_and_red_at_two_and_five_minutes",
        "due.amber",
        "due.red",
    ),
    "C1 late": ("schedule", "test_a_set_is_late_after_two_minutes"),
    "C2 each limit": ("limits", "test_each_limit_below_at_and_above"),
    "C2 baseline and 30 %": ("limits", "test_thirty_percent_over_the_baseline"),
    "C2 twice, 5 min apart": (
        "limits",
        "test_an_emergency_pressure_is_two_readings_five_minutes_apart",
    ),
    "C2 twice, diastolic": ("limits", "test_so_is_the_lower_pressure"),
    "C2 missing": ("limits", "test_what_was_not_measured_is_over_no_limit"),
    "C2 believable": (
        "start_rules",
        "test_readings_at_the_ends_are_believed_and_beyond_are_read_again",
    ),
    "C2 believable weight": (
        "weighing",
        "test_beyond_what_is_believable_the_other_unit_is_named_where_it_would_fit",
        "weight.low",
        "weight.high",
    ),
    "C2 before the start": (
        "screening",
        "test_resting_signs_are_held_against_the_limits_before_the_start",
    ),
    "C2 resume under a limit": ("admission", "test_going_on_while_a_limit_stands_needs_a_reason"),
    "C2 resume no higher": (
        "admission",
        "test_going_on_higher_than_before_the_pause_needs_a_reason",
    ),
    "C2 fresh before a rise": (
        "rate_changes",
        "test_pain_and_side_effects_older_than_ten_minutes_are_asked_for",
        "rate.fresh",
    ),
    "C3 goal's range": ("dose_limits", "test_a_dose_below_at_and_above_each_goals_range"),
    "C3 absolute": (
        "dose_limits",
        "test_an_anaesthetic_dose_begins_at_one_milligram_per_kilogram",
        "dose.absolute",
    ),
    "C3 rate": ("dose_limits", "test_the_highest_rate_of_an_order", "rate.warn", "rate.stop"),
    "C3 bolus off": (
        "scope",
        "test_whoever_does_not_allow_a_bolus_is_named_and_one_that_was_given_is_charted",
    ),
    "C3 bolus": (
        "scope",
        "test_the_strictest_of_three_limits_counts_and_is_inclusive",
        "bolus.most",
    ),
    "C3 duration": ("dose_limits", "test_a_duration_below_at_and_above_each_goals_range"),
    "C3 rise": ("series", "test_a_rise_of_more_than_twenty_percent_asks", "dose.rise"),
    "C3 rise after an effect": (
        "series",
        "test_after_a_grade_two_effect_any_rise_asks",
        "rise.after.grade",
    ),
    "C3 interval": ("series", "test_twenty_hours_between_two_infusions", "series.interval"),
    "C3 series": ("series", "test_more_than_five_in_seven_days_ask_for_a_reason", "series.most"),
    "C3 series days": ("series", "test_the_seven_days_end_after_today", "series.window"),
    "C3 weight": (
        "dose_limits",
        "test_a_weight_that_changed_by_more_than_a_tenth_asks",
        "weight.change",
    ),
    "C3 no weight": ("dose_limits", "test_without_a_weight_there_is_no_row_and_the_start_says_so"),
    "C3 order's age": (
        "dose_limits",
        "test_an_order_is_valid_for_thirty_days_or_for_less",
        "order.age",
    ),
    "C3 same draw": (
        "dose_limits",
        "test_the_same_draw_within_two_minutes_is_asked_about",
        "repeat.within",
    ),
    "C3 same set": ("dose_limits", "test_the_same_set_within_two_minutes_is_asked_about"),
    "C4 adult": ("review", "test_the_adult_is_of_age_sober_and_stays"),
    "C4 adult at leaving": ("leaving_table", "test_an_adult_who_is_not_fit_is_none"),
    "C4 licence": ("review", "test_a_licence_counts_through_its_last_day"),
    "C4 second person, prescriber, room": (
        "start_rules",
        "test_a_question_of_people_and_place_is_open_until_it_is_clear",
    ),
    "C4 alone": ("start_rules", "test_being_alone_is_settled_once_the_prescriber_knows"),
    "C4 evaluation": ("screening", "test_the_order_is_in_date_and_the_patient_was_evaluated"),
    "C4 travel time": ("raised", "test_a_home_that_asks_or_stops", "travel.most"),
    "C5 identifiers": ("start_rules", "test_two_different_identifiers"),
    "C5 consent": ("review", "test_a_consent_older_than_a_year_asks"),
    "C5 allergies": ("screening", "test_allergies_that_were_not_asked_stand_against_the_start"),
    "C5 questions": (
        "start_rules",
        "test_each_question_that_nobody_answered_stands_against_the_start",
    ),
    "C5 medicines": ("start_rules", "test_a_list_that_was_not_taken_stands_against_the_start"),
    "C5 fasting": (
        "review",
        "test_each_rule_of_fasting_at_below_and_above_its_hours",
        "fasting.solid",
    ),
    "C5 pregnancy": ("screening", "test_a_question_about_pregnancy_is_not_asked_of_a_man"),
    "C5 second reader": ("dosing", "test_a_slip_of_the_rate_is_named"),
    "C5 alone for 60 s": (
        "../ui/pump_check",
        "test_alone_the_numbers_are_hidden_for_a_minute_before_they_are_read",
        "check.alone.wait",
    ),
    "C5 the rate that was read": (
        "start_rules",
        "test_the_pump_is_started_at_the_rate_that_was_read_and_compared",
    ),
    "C5 line": ("start_rules", "test_a_cannula_that_does_not_flush_is_none"),
    "C5 kit": ("raised", "test_a_kit_at_its_last_day_and_what_is_missing"),
    "C5 steps": ("arrival", "test_a_step_holds_once_what_it_rests_on_is_charted"),
    "C6 minutes": (
        "release",
        "test_the_floor_is_a_stop_and_the_default_asks_for_a_reason",
        "observe.floor",
        "observe.default",
    ),
    "C6 reversal": (
        "leaving_table",
        "test_two_hours_after_a_reversal_medicine_whenever_it_was_given",
        "observe.reversal",
    ),
    "C6 recovery score": (
        "leaving_table",
        "test_the_recovery_score_below_at_and_above",
        "release.aldrete",
    ),
    "C6 pressure": (
        "leaving_table",
        "test_the_pressure_is_near_the_baseline_twice_in_a_row",
        "release.bp.percent",
        "release.bp.readings",
        "release.systolic",
        "release.diastolic",
    ),
    "C6 agreement": (
        "leaving_table",
        "test_the_prescriber_s_agreement_read_back_is_as_good_as_a_reading",
    ),
    "C6 signs": (
        "leaving_table",
        "test_each_sign_below_at_and_above",
        "release.spo2",
        "release.dissociation",
        "release.nausea",
    ),
    "C6 saturation and baseline": (
        "leaving_table",
        "test_saturation_is_held_against_the_baseline_where_that_is_lower",
    ),
    "C6 judged": (
        "leaving_table",
        "test_what_the_nurse_judges_holds_or_not_and_the_last_word_counts",
    ),
    "C6 missing": ("leaving_table", "test_what_was_not_charted_is_open"),
    "C6 levels": ("leaving_table", "test_levels_are_those_of_the_table"),
    "C6 line out": ("release", "test_a_cannula_that_is_still_in_stands_against_leaving"),
    "C6 against advice": (
        "leaving_table",
        "test_against_advice_only_words_of_the_list_are_explained",
    ),
}


@cache
def names_in(file):
    """The names of the tests in one file of the domain's."""
    folder, _, name = file.rpartition("/")
    tree = ast.parse((DOMAIN / folder / f"test_{name}.py").read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_has_the_test_that_is_named_for_it(rule):
    file, name, *_ = RULES[rule]
    assert name in names_in(file)


def test_each_number_that_stands_on_these_tables_is_held_by_one_of_the_tests():
    named = {code for _, _, *codes in RULES.values() for code in codes}
    shipped = {
        value.code
        for value in house.shipped_protocol().values
        if re.search(r"\bC[1-6]\b(?!\.)", value.source)
    }
    assert shipped == named
