"""The door: clocks in the chart's time, times of the visit, the time-out, what is told later."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ketachart.domain import facts as f
from ketachart.domain.admission.door import admit
from ketachart.domain.arrival.clocks import (
    as_device_shows,
    clock_of,
    clocks,
    clocks_apart,
    in_chart_time,
)
from ketachart.domain.arrival.times import visit_times
from ketachart.domain.folded.whole import folded
from ketachart.domain.found.findings import findings
from ketachart.domain.time_out import time_out_steps, time_out_waits
from ketachart.errors import Refused
from tests.helpers.story import NOON, Story

STEPS = ("identity", "consent", "screened", "fasting", "baseline", "dose", "label", "line", "kit")


def compared(story, minute, showed, device="pump", name=""):
    at = story.at(minute)
    story.tell(f.ClockCompared(at=at, device=device, name=name, showed=at + timedelta(**showed)))
    return story


def codes(story, minute=300):
    return {found.code: found.severity for found in findings(story.visit(), story.at(minute))}


# ------------------------------------------------------------------ clocks


@pytest.mark.parametrize(
    ("showed", "told"),
    [
        ({"minutes": 7}, "7 min ahead"),
        ({"minutes": -3}, "3 min behind"),
        ({}, "agrees"),
        ({"minutes": 62}, "1 h 2 min ahead"),
    ],
)
def test_a_clock_is_off_by_whole_minutes(showed, told):
    (clock,) = clocks(compared(Story(), 0, showed).visit())
    assert clock.verdict == told


def test_the_seconds_of_the_chart_do_not_make_a_clock_behind():
    at = NOON + timedelta(seconds=50)
    story = Story()
    story.tell(f.ClockCompared(at=at, device="pump", showed=NOON + timedelta(minutes=7)))
    pump = clock_of(story.visit(), "pump")
    assert pump.verdict == "7 min ahead"


def test_a_pump_seven_minutes_fast_and_back():
    pump = clock_of(compared(Story(), 0, {"minutes": 7}).visit(), "pump")
    shown = NOON.replace(hour=14, minute=7)
    assert in_chart_time(pump, shown) == NOON.replace(hour=14, minute=0)
    assert as_device_shows(pump, NOON.replace(hour=14, minute=0)) == shown


def test_the_last_comparison_of_a_clock_counts_and_clocks_are_apart():
    story = compared(Story(), 0, {"minutes": 7})
    compared(story, 10, {"minutes": 1})
    compared(story, 11, {"minutes": 4}, device="monitor", name="Philips")
    assert [(clock.label, clock.verdict) for clock in clocks(story.visit())] == [
        ("pump", "1 min ahead"),
        ("monitor Philips", "4 min ahead"),
    ]
    assert clock_of(story.visit(), "nurse") is None


@pytest.mark.parametrize(("minutes", "apart"), [(1, 0), (2, 0), (3, 1), (-2, 0), (-3, 1)])
def test_a_clock_at_its_limit(minutes, apart):
    assert len(clocks_apart(compared(Story(), 0, {"minutes": minutes}).visit())) == apart


# ------------------------------------------------------------------ times of the visit


def timed(story, minute, what):
    story.tell(f.VisitTimed(at=story.at(minute), what=what))
    return story


def test_the_way_and_the_time_in_the_home():
    story = timed(timed(timed(Story(), 0, "set-out"), 25, "arrived"), 205, "left")
    times = visit_times(story.visit())
    assert (times.travel, times.on_site) == (timedelta(minutes=25), timedelta(minutes=180))
    assert visit_times(timed(Story(), 0, "arrived").visit()).on_site is None


def test_a_visit_left_before_it_was_come_to_is_refused():
    story = timed(Story(), 30, "arrived")
    with pytest.raises(Refused, match="You arrived at 12:30"):
        admit(story.visit(), f.VisitTimed(at=story.at(10), what="left"), now=story.at(40))


def test_the_six_elements_stand_in_the_folded_visit():
    story = Story().patient(address="40 N Central Ave, Phoenix")
    timed(timed(story, 25, "arrived"), 205, "left")
    six = folded(story.visit(), now=story.at(300))["arrival"]["verification"]
    assert six["nurse"] == "Julia Alvarez, RN"
    assert (six["date"], six["place"]) == ("2026-11-22", "40 N Central Ave, Phoenix")
    assert six["begin"].startswith("2026-11-22T12:25")
    assert six["end"].startswith("2026-11-22T15:25")
    assert six["service"]
    assert six["patient"]
    missing = folded(Story().visit(), now=NOON)["arrival"]["verification"]
    assert (missing["patient"], missing["begin"], missing["end"]) == (None, None, None)


# ------------------------------------------------------------------ the time-out


def test_every_step_is_answered_by_the_chart_but_the_label():
    states = {one.step.code: one for one in time_out_steps(Story().visit(), NOON)}
    assert tuple(states) == STEPS
    assert states["label"].holds is None
    assert {code for code, one in states.items() if one.holds is False} == set(STEPS) - {"label"}
    assert "two identifiers" in states["identity"].note
    assert "priming" in states["line"].note
    assert "questions not answered" in states["screened"].note


def test_a_step_holds_once_what_it_rests_on_is_charted():
    story = Story().patient().order().weight("70")
    story.tell(f.IdentityConfirmed(at=NOON, identifiers=("name", "mrn"), said_by="patient"))
    story.tell(
        f.IntakeRecorded(
            at=NOON, solid_at=NOON - timedelta(hours=9), clear_at=NOON - timedelta(hours=3)
        )
    )
    story.full(1, pain=7)
    states = {one.step.code: one for one in time_out_steps(story.visit(), story.at(2))}
    assert states["identity"].holds is True
    assert states["fasting"].holds is True
    assert states["baseline"].holds is True
    assert states["dose"].holds is False
    later = {one.step.code: one for one in time_out_steps(story.visit(), story.at(40))}
    assert later["baseline"].holds is False


def test_another_bag_asks_for_another_time_out():
    story = Story().patient().order().weight("70").vial().bag("2", "100")
    assert time_out_waits(story.visit(), story.at(5))
    story.tell(f.TimeOutHeld(at=story.at(4), steps=STEPS))
    assert not time_out_waits(story.visit(), story.at(5))
    story.bag("4", "100", minute=6, name="B2")
    assert time_out_waits(story.visit(), story.at(7))


@pytest.mark.parametrize(
    ("steps", "left_open", "words"),
    [
        ((), (), "which steps"),
        (("identity", "prayer"), (), "“prayer” is no step"),
        (("identity",), ("identity",), "either held or open"),
    ],
)
def test_a_time_out_of_steps_that_are_not_is_refused(steps, left_open, words):
    fact = f.TimeOutHeld(at=NOON, steps=steps, open=left_open)
    with pytest.raises(Refused, match=words):
        admit(Story().visit(), fact, now=NOON)


# ------------------------------------------------------------------ what is told before signing


def started(held=None, **protocol):
    story = Story(**protocol).patient().order().weight("70").vial().bag("2", "100")
    if held is not None:
        story.tell(f.TimeOutHeld(at=story.at(4), steps=held[0], open=held[1]))
    return story.start_pump(5, "30")


def test_a_start_without_a_time_out_asks_for_a_reason():
    assert codes(started())["no-time-out"] == "reason"
    assert "no-time-out" not in codes(started((STEPS, ())))
    assert codes(started((STEPS[1:], ("identity",))))["time-out-open"] == "reason"


def test_an_older_protocol_asks_for_no_time_out_and_no_clock():
    shipped = Story().visit().protocol
    values = tuple(value for value in shipped.values if value.code != "clock.apart")
    old = replace(shipped, time_out=(), kit=(), values=values)
    story = timed(compared(started(protocol=old), 6, {"minutes": 40}), 1, "arrived")
    assert not {"no-time-out", "pump-clock"} & set(codes(story))
    assert not [code for code in codes(story) if code.startswith("clock-apart")]
    assert not time_out_waits(Story(protocol=old).visit(), NOON)


def test_the_pump_clock_is_told_until_it_is_compared():
    assert codes(started())["pump-clock"] == "know"
    assert "pump-clock" not in codes(compared(started(), 6, {"minutes": 1}))
    apart = codes(compared(started(), 6, {"minutes": 7}))
    assert [level for code, level in apart.items() if code.startswith("clock-apart")] == ["know"]


def released(story, minute=100):
    fact = f.PatientReleased(at=story.at(minute), outcome="criteria-met", to="husband", reason="")
    story.tell(fact)
    return story


def test_leaving_is_told_where_it_is_missing_and_asked_where_it_was_too_early():
    assert codes(released(started()))["left-not-charted"] == "know"
    assert codes(timed(released(started()), 99, "left"))["left-before-release"] == "reason"
    for minute in (100, 101):
        found = codes(timed(released(started()), minute, "left"))
        assert not {"left-not-charted", "left-before-release"} & set(found)
    assert "left-not-charted" not in codes(started())
