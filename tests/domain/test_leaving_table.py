"""Every criterion of leaving: below, at and above its limit, with a baseline, not charted."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest

from ketachart import house
from ketachart.domain import facts as f
from ketachart.domain.admission.door import admit
from ketachart.domain.readiness import readiness, ready_at, ready_words
from ketachart.domain.release import release
from ketachart.errors import Refused
from tests.domain.test_release import JUDGED, leave, open_codes, recovered
from tests.helpers.story import Story


def state_of(story, code, minute=120):
    return next(
        one
        for one in release(story.visit(), story.at(minute)).criteria
        if one.criterion.code == code
    )


def treated(**baseline):
    """An hour's infusion after a baseline, and nothing charted since."""
    story = Story().patient().order().weight("70").full(-5, **baseline)
    return story.start_pump(0, "17.5", strength="2").stop(60)


# ------------------------------------------------------------------ missing is never met


@pytest.mark.parametrize(
    "code",
    [
        "pressure", "oxygen", "awake", "dissociation", "nausea", "aldrete", "pain", "adult",
        "instructions", "follow-up", *JUDGED,
    ],
)  # fmt: skip
def test_what_was_not_charted_is_open(code):
    assert state_of(treated(), code).state == "open"


def test_levels_are_those_of_the_table():
    stops = {
        "observed": "reason", "reversal": "stop", "pressure": "reason", "oxygen": "reason",
        "awake": "stop", "dissociation": "reason", "gait": "stop", "confusion": "stop",
        "nausea": "reason", "drinks": "reason", "thoughts": "stop", "access-out": "stop",
        "instructions": "stop", "adult": "stop", "follow-up": "reason", "sharps": "reason",
        "kit-packed": "reason", "home-safe": "reason",
    }  # fmt: skip
    levels = {one.code: one.level for one in house.shipped_protocol().criteria}
    assert {code: levels[code] for code in stops} == stops


# ------------------------------------------------------------------ pressure, two in a row


def pressures(*values, baseline=(124, 76)):
    story = treated(systolic=baseline[0], diastolic=baseline[1])
    for number, (systolic, diastolic) in enumerate(values):
        story.bp(65 + 15 * number, systolic, diastolic)
    return story


@pytest.mark.parametrize(
    ("values", "baseline", "met"),
    [
        ([(126, 78), (124, 76)], (124, 76), True),
        ([(124, 76)], (124, 76), False),  # a second one is waited for
        ([(126, 78), (152, 78), (124, 76)], (124, 76), False),  # not in a row
        ([(152, 92), (126, 78), (124, 76)], (124, 76), True),
        ([(139, 89), (139, 89)], (124, 76), True),
        ([(139, 89), (140, 89)], (124, 76), False),
        ([(139, 89), (139, 90)], (124, 76), False),
        ([(120, 70), (120, 70)], (100, 60), True),  # +20 %
        ([(121, 70), (121, 70)], (100, 60), False),  # +21 %
        ([(80, 50), (80, 50)], (100, 60), True),  # −20 %
        ([(79, 50), (79, 50)], (100, 60), False),
        ([(126, 78), (124, None)], (124, 76), False),  # the lower one was not heard
    ],
)
def test_the_pressure_is_near_the_baseline_twice_in_a_row(values, baseline, met):
    assert state_of(pressures(*values, baseline=baseline), "pressure").met is met


def test_readings_during_the_infusion_are_no_second_reading():
    story = treated().bp(30, 124, 76).bp(65, 124, 76)
    assert "1 of 2 readings in a row" in state_of(story, "pressure").note


def test_without_a_baseline_the_limits_alone_count():
    story = Story().patient().order().weight("70").start_pump(0, "17.5", strength="2").stop(60)
    story.bp(65, 95, 60).bp(80, 95, 60)
    assert state_of(story, "pressure").met
    assert not state_of(story.bp(95, 141, 60), "pressure").met


def test_an_older_protocol_asks_for_one_reading():
    shipped = house.shipped_protocol()
    old = replace(
        shipped, values=tuple(v for v in shipped.values if v.code != "release.bp.readings")
    )
    story = Story(protocol=old).patient().order().weight("70").full(-5)
    story.start_pump(0, "17.5", strength="2").stop(60).bp(65, 124, 76)
    assert state_of(story, "pressure").met


@pytest.mark.parametrize(
    ("call", "met"),
    [
        ({}, True),
        ({"read_back": False}, False),
        ({"reached": False}, False),
        ({"to": "Desert Bloom"}, False),
        ({"about": "nausea"}, False),
        ({"minute": 70}, False),  # before the reading it would be about
    ],
)
def test_the_prescriber_s_agreement_read_back_is_as_good_as_a_reading(call, met):
    story = pressures((150, 88), (152, 88))
    told = {"to": "Dr A. Okafor", "about": "BP 152/88 after", "read_back": True, **call}
    story.tell(f.CallMade(at=story.at(told.pop("minute", 90)), **told))
    state = state_of(story, "pressure")
    assert state.met is met
    assert ("Dr A. Okafor agreed 13:30, read back" in state.note) is met


# ------------------------------------------------------------------ the other signs


@pytest.mark.parametrize(
    ("signs", "code", "met"),
    [
        ({"spo2": 94}, "oxygen", False),
        ({"spo2": 95}, "oxygen", True),
        ({"spo2": 96}, "oxygen", True),
        ({"rass": -1}, "awake", False),
        ({"rass": 0}, "awake", True),
        ({"rass": 1}, "awake", False),
        ({"rass": None, "moaas": 4}, "awake", False),
        ({"rass": None, "moaas": 5}, "awake", True),
        ({"oriented": 3}, "awake", False),
        ({"oriented": None}, "awake", False),
        ({"dissociation": 0}, "dissociation", True),
        ({"dissociation": 1}, "dissociation", True),
        ({"dissociation": 2}, "dissociation", False),
        ({"nausea": 2}, "nausea", True),
        ({"nausea": 3}, "nausea", True),
        ({"nausea": 4}, "nausea", False),
        ({"pain": 0}, "pain", True),
        ({"pain": None}, "pain", False),
    ],
)
def test_each_sign_below_at_and_above(signs, code, met):
    assert state_of(treated().full(100, **signs), code).met is met


@pytest.mark.parametrize(
    ("before", "after", "met"), [(93, 93, True), (93, 92, False), (99, 95, True)]
)
def test_saturation_is_held_against_the_baseline_where_that_is_lower(before, after, met):
    assert state_of(treated(spo2=before).full(100, spo2=after), "oxygen").met is met


@pytest.mark.parametrize(("total", "met"), [(8, False), (9, True), (10, True)])
def test_the_recovery_score_below_at_and_above(total, met):
    items = [2, 2, 2, 2, 2]
    for place in range(10 - total):
        items[place] -= 1
    names = ("activity", "breathing", "circulation", "consciousness", "oxygen")
    story = treated()
    story.tell(f.RecoveryScored(at=story.at(100), **dict(zip(names, items, strict=True))))
    assert state_of(story, "aldrete").met is met


@pytest.mark.parametrize("code", JUDGED)
@pytest.mark.parametrize("holds", [True, False])
def test_what_the_nurse_judges_holds_or_not_and_the_last_word_counts(code, holds):
    story = treated()
    for minute, met in ((90, not holds), (100, holds)):
        story.tell(f.CriterionJudged(at=story.at(minute), criterion=code, met=met, note="seen"))
    assert state_of(story, code).met is holds


@pytest.mark.parametrize("fault", ["of_age", "sober", "stays"])
def test_an_adult_who_is_not_fit_is_none(fault):
    fit = {"of_age": True, "sober": True, "stays": True, fault: False}
    story = treated()
    story.tell(f.AdultNamed(at=story.at(0), name="M", phone="1", **fit))
    assert not state_of(story, "adult").met


@pytest.mark.parametrize(("after", "state"), [(119.9, "waiting"), (120, "met"), (120.1, "met")])
@pytest.mark.parametrize("medicine", ["naloxone", "flumazenil"])
def test_two_hours_after_a_reversal_medicine_whenever_it_was_given(medicine, after, state):
    story = recovered()
    story.tell(
        f.MedicineGiven(
            at=story.at(100), medicine=medicine, dose=Decimal("0.2"), unit="mg", against="emergency"
        )
    )
    found = state_of(story, "reversal", 100 + after)
    assert (found.state, found.level) == (state, "stop")


# ------------------------------------------------------------------ the clock at night


@pytest.mark.parametrize(
    ("start", "shown"),
    [
        (datetime(2026, 11, 1, 0, 15, tzinfo=timezone(timedelta(hours=-6))), "01:15"),
        (datetime(2027, 3, 14, 0, 15, tzinfo=timezone(timedelta(hours=-7))), "03:15"),
    ],
)
def test_an_hour_of_observation_is_a_real_hour_in_the_night_the_clocks_change(start, shown):
    story = Story(start=start).patient().order().weight("70")
    story.tell(f.VisitOpened(at=start, visit="1", zone="America/Denver"))
    story.start_pump(0, "17.5", strength="2").stop(60)
    earliest = release(story.visit(), story.at(70)).earliest
    assert earliest - story.at(60) == timedelta(hours=1)
    assert f"{earliest:%H:%M}" == shown  # as the clock on the wall has it by then
    assert readiness(story.visit(), story.at(70)).startswith(f"Earliest {shown}; ")


# ------------------------------------------------------------------ one sentence, and since when


def test_the_sentence_names_the_time_and_what_is_waited_for():
    story = recovered(observed=40)
    story.strike(next(e.id for e in story.entries if getattr(e.fact, "criterion", "") == "gait"))
    assert readiness(story.visit(), story.at(100)) == "Earliest 14:00; waiting for: gait"


def test_a_second_pressure_is_called_the_second():
    story = pressures((124, 76))
    assert readiness(story.visit(), story.at(70)).startswith("Earliest 14:00; waiting for: ")
    assert "second blood pressure within 20 % of baseline" in readiness(
        story.visit(), story.at(70), most=9
    )


def test_the_sentence_when_only_the_clock_is_waited_for_and_when_nothing_is():
    story = recovered(observed=40)
    assert readiness(story.visit(), story.at(100)) == "Earliest 14:00; all else is met"
    story.full(119)
    assert readiness(story.visit(), story.at(120)) == "Ready: everything is met"


def test_nothing_is_said_before_the_end_and_after_the_goodbye():
    running = Story().patient().order().weight("70").start_pump(0, "17.5", strength="2")
    assert readiness(running.visit(), running.at(10)) == ""
    story = recovered()
    story.tell(f.PatientReleased(at=story.at(120), outcome="criteria-met", to="M"))
    assert readiness(story.visit(), story.at(121)) == ""


def test_ready_is_when_the_last_of_the_patient_s_own_criteria_held():
    story = recovered(observed=40)  # judged and scored 40 minutes after the end
    assert ready_at(story.visit(), story.at(130)) == story.at(100)
    assert ready_words(story.visit(), story.at(130)).endswith(
        "since 13:40, whatever the clock asks"
    )


def test_a_relapse_moves_it_and_a_late_recovery_counts_from_then():
    story = recovered(observed=40).vitals(110, dissociation=4)
    assert ready_at(story.visit(), story.at(112)) is None
    assert "dissociation gone" in ready_words(story.visit(), story.at(112))
    story.vitals(118, dissociation=0)
    assert ready_at(story.visit(), story.at(130)) == story.at(118)


def test_ready_at_another_time_than_between_stop_and_release_is_refused():
    story = recovered()
    for minute in (59, 121):
        fact = f.PatientReleased(
            at=story.at(120), outcome="criteria-met", to="M", ready_at=story.at(minute)
        )
        with pytest.raises(Refused, match="not between the end of the infusion"):
            admit(story.visit(), fact, now=story.at(122))


def test_against_advice_only_words_of_the_list_are_explained():
    story = recovered(rass=-1)
    fact = f.PatientReleased(
        at=story.at(120), outcome="against-advice", to="self", reason="r", explained=("weather",)
    )
    with pytest.raises(Refused, match="not on the list"):
        admit(story.visit(), fact, now=story.at(120))
    leave(story, "against-advice", "explained, insists")


def test_a_later_medicine_reopens_the_clock():
    story = recovered().bolus(118, "2")
    assert "observed" in open_codes(story, 120)
