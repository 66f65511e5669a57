"""The order's own monitoring makes the protocol stricter and never laxer."""

from datetime import timedelta
from itertools import pairwise

import pytest

from ketachart.domain import facts as f
from ketachart.domain.monitoring import slots_of
from ketachart.domain.ordered_monitoring import (
    asked_beyond,
    full_set,
    observation_needed,
    ordered_times,
)
from ketachart.domain.quantities import Minutes
from ketachart.domain.recovery import observation
from ketachart.domain.release import criterion_text, release
from tests.helpers.story import Story


def told(**plan):
    monitoring = f.MonitoringPlan(**plan) if plan else None
    return (
        Story()
        .patient()
        .order(monitoring=monitoring, duration_min=Minutes(240))
        .weight("70")
        .start_pump(0, "5", strength="2", volume="200")
    )


def sets(story, now=60, *, full=False):
    visit = story.visit()
    whole = full_set(visit.protocol)
    return [
        int((slot.at - story.start).total_seconds() // 60)
        for slot in slots_of(visit, story.at(now))
        if not full or slot.needs >= whole
    ]


def test_a_full_set_is_what_every_round_with_a_pressure_asks_for():
    assert full_set(told().visit().protocol) == {
        "systolic", "diastolic", "spo2", "heart_rate", "rass",
    }  # fmt: skip


@pytest.mark.parametrize("every", range(1, 61))
def test_no_two_full_sets_are_further_apart_than_the_order_says(every):
    plain, ordered = told(), told(vitals_every_min=every)
    times = [0, *sets(ordered, full=True)]
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert max(gaps) <= (every if every < 5 else every + 2)  # sets within two minutes are one
    assert set(sets(plain)) <= set(sets(ordered))  # nothing of the protocol is lost


@pytest.mark.parametrize("every", [15, 60])
def test_a_laxer_order_changes_nothing(every):
    assert sets(told(vitals_every_min=every)) == sets(told())


def test_every_five_minutes_is_a_full_set_each_time():
    assert sets(told(vitals_every_min=5), full=True) == list(range(5, 121, 5))


def test_after_the_end_the_order_adds_no_set():
    plain, ordered = told().stop(32), told(vitals_every_min=5).stop(32)
    assert [m for m in sets(ordered, 32) if m > 32] == [m for m in sets(plain, 32) if m > 32]


def test_without_a_plan_nothing_is_added():
    story = told()
    assert ordered_times(story.visit(), story.start, [], story.at(60)) == []


@pytest.mark.parametrize(
    ("minutes", "needed"), [(None, 60), ("59", 60), ("60", 60), ("61", 61), ("90", 90)]
)
def test_the_longer_observation_counts(minutes, needed):
    story = told(observe_min=Minutes(minutes)) if minutes else told()
    visit = story.stop(30).visit()
    assert observation_needed(visit) == timedelta(minutes=needed)
    just_before, there = story.at(30 + needed - 0.1), story.at(30 + needed)
    assert _observed(visit, just_before).state == "waiting"
    assert _observed(visit, there).state == "met"


def _observed(visit, now):
    return next(s for s in release(visit, now).criteria if s.criterion.code == "observed")


def test_the_observation_screen_counts_to_the_orders_time():
    story = told(observe_min=Minutes(90)).stop(30)
    seen = observation(story.visit(), story.at(40))
    assert seen.needed == timedelta(minutes=90)
    assert "10 of 90 min" in seen.sentence
    state = _observed(story.visit(), story.at(40))
    assert criterion_text(story.visit(), state) == "1 h 30 min after the last ketamine"


def test_the_plan_is_said_in_words():
    story = told(vitals_every_min=5, observe_min=Minutes(90), continuous=("spo2", "ecg"))
    assert asked_beyond(story.visit()) == (
        "full set at least every 5 min, observed at least 90 min, SpO₂ and ECG without a break"
    )
    assert asked_beyond(told().visit()) == ""
