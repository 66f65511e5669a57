"""Alerts: at the limit, just beyond it, when they began, when they were over."""

import pytest

from ketachart.domain import facts as f
from ketachart.domain.alerts import alert_history, alerts
from ketachart.domain.audit import words
from ketachart.domain.policy import Limit
from ketachart.domain.quantities import MgPerKg, MgPerKgPerHour, MgPerMl, Ml
from tests.helpers.story import Story


def started(**order):
    story = Story().patient().order(**order).weight("70").full(-5)
    return story.start_pump(0, "17.5", strength="2")


def standing(story, now=15):
    found = alerts(story.visit(), story.at(now))
    return {a.code for a in found if a.code != "vitals-overdue"}


@pytest.mark.parametrize(
    ("signs", "code"),
    [
        ({"systolic": 160, "diastolic": 90}, None),
        ({"systolic": 161, "diastolic": 90}, "systolic-pause"),
        ({"systolic": 150, "diastolic": 100}, None),
        ({"systolic": 150, "diastolic": 101}, "diastolic-pause"),
        ({"heart_rate": 120}, None),
        ({"heart_rate": 121}, "heart_rate-pause"),
        ({"heart_rate": 50}, None),
        ({"heart_rate": 49}, "heart_rate-pause"),
        ({"heart_rate": 151}, "heart_rate-emergency"),
        ({"heart_rate": 39}, "heart_rate-emergency"),
        ({"spo2": 92}, None),
        ({"spo2": 91}, "spo2-pause"),
        ({"spo2": 89}, "spo2-emergency"),
        ({"respiratory_rate": 10}, None),
        ({"respiratory_rate": 9}, "respiratory_rate-pause"),
        ({"respiratory_rate": 7}, "respiratory_rate-emergency"),
        ({"rass": -1}, None),
        ({"rass": -2}, "rass-pause"),
        ({"rass": 2}, "rass-pause"),
        ({"rass": -3}, "rass-emergency"),
        ({"dissociation": 7}, None),
        ({"dissociation": 8}, "dissociation-pause"),
        ({"nausea": 6}, None),
        ({"nausea": 7}, "nausea-pause"),
    ],
)
def test_each_limit_during_the_infusion(signs, code):
    story = started().full(10, **signs)
    assert (code in standing(story)) if code else standing(story) == set()


@pytest.mark.parametrize(("systolic", "stands"), [(156, False), (157, True)])
def test_the_limit_relative_to_the_baseline(systolic, stands):
    # the baseline is 120: +30 % is 156
    story = Story().patient().order().weight("70").full(-5, systolic=120)
    story.start_pump(0, "17.5", strength="2").full(10, systolic=systolic, diastolic=80)
    assert ("systolic-pause" in standing(story)) is stands


@pytest.mark.parametrize(
    ("second", "minute", "stands"),
    [(180, 15, True), (180, 14.9, False), (179, 15, False)],
)
def test_a_pressure_of_180_is_an_emergency_twice_five_minutes_apart(second, minute, stands):
    story = started().full(10, systolic=185, diastolic=95).full(minute, second, 95)
    assert ("systolic-emergency" in standing(story, 16)) is stands


def test_a_good_reading_between_breaks_the_row():
    story = started().full(10, 185, 95).full(13, 150, 90).full(16, 185, 95)
    assert "systolic-emergency" not in standing(story, 17)


def test_an_alert_ends_with_the_reading_that_is_back():
    story = started().full(10, 170, 95).full(20, 150, 90)
    found = [a for a in alert_history(story.visit(), story.at(21)) if a.code == "systolic-pause"]
    assert [(a.since, a.until) for a in found] == [(story.at(10), story.at(20))]


def test_a_limit_in_the_order_replaces_the_protocol_s():
    limit = Limit(sign="systolic", when="during", level="pause", above=150)
    assert "systolic-pause" in standing(started(limits=(limit,)).full(10, 151, 80))
    assert "systolic-pause" not in standing(started(limits=(limit,)).full(10, 150, 80))


def test_what_was_done_about_an_alert_stands_with_it():
    story = started().full(10, 170, 95)
    story.tell(f.AlertAnswered(at=story.at(11), alert="systolic-pause", action="paused"))
    (alert,) = [a for a in alerts(story.visit(), story.at(12)) if a.code == "systolic-pause"]
    assert alert.answered == ("paused 12:11",)


def test_a_missing_set_is_another_alert_than_an_abnormal_one():
    story = started().full(5).full(10).full(15).full(20).full(25).full(30).full(40).full(50)
    assert [a.code for a in alerts(story.visit(), story.at(65))] != []
    codes = {a.code for a in alerts(story.visit(), story.at(66))}
    assert "vitals-overdue" in codes


def test_a_reading_before_the_start_raises_no_alert_of_the_infusion():
    story = Story().patient().order().weight("70").full(-5, 170, 95)
    story.start_pump(0, "17.5", strength="2", despite="x")
    assert "systolic-pause" not in standing(story, 1)


def test_the_ceiling_is_near_then_reached():
    # 35 mg ordered, 35 mg/h: 90 % after 54 min, all after 60
    story = started()
    assert "ceiling-near" not in standing(story, 53.9)
    assert "ceiling-near" in standing(story, 54.1)
    assert "ceiling-reached" in standing(story, 60.1)
    assert "ceiling-reached" not in standing(story.stop(60), 61)


def test_a_bag_that_must_be_empty_by_now_is_told():
    story = Story().patient().order().weight("70").start_pump(0, "60", strength="2", volume="10")
    assert "bag-empty" not in standing(story, 9.9)
    assert "bag-empty" in standing(story, 10.1)


@pytest.mark.parametrize(
    ("minute", "stands"), [(53.98, ()), (54, ("near",)), (59.98, ("near",)), (60, ("reached",))]
)
def test_the_ceiling_is_told_from_the_very_second_on(minute, stands):
    found = {code for code in standing(started(), minute) if code.startswith("ceiling-")}
    assert found == {f"ceiling-{name}" for name in stands}


def test_the_bag_is_told_empty_since_when_and_until_the_pump_is_stopped_or_has_another():
    def told(story, minute):
        found = alert_history(story.visit(), story.at(minute))
        return [(a.since, a.until, a.sentence) for a in found if a.code == "bag-empty"]

    def ran():
        story = Story().patient().order(dose_mg_per_kg=MgPerKg("0.9")).weight("70")
        return story.start_pump(0, "60", strength="2", volume="10")

    assert told(ran(), 10) == []
    ((since, until, sentence),) = told(ran(), 15)
    assert (since, until) == (ran().at(10), None)
    assert sentence.startswith("By the rates the bag must be empty since 12:10: look at it")
    slower = ran().rate(12, "30")  # another rate on an empty bag is still the same empty bag
    assert [row[:2] for row in told(slower, 15)] == [(ran().at(10), None)]
    assert [row[:2] for row in told(ran().stop(20), 30)] == [(ran().at(10), ran().at(20))]
    changed = ran().tell(
        f.BagChanged(at=ran().at(14), bag="B2", strength_mg_per_ml=MgPerMl("1"), volume_ml=Ml(10))
    )
    assert [row[:2] for row in told(changed, 20)] == [(ran().at(10), ran().at(14))]
    assert len(told(changed, 25)) == 2  # 10 mL at 60 mL/h from 12:14 on: empty again at 12:24


@pytest.mark.parametrize(("rate", "over"), [("10.5", False), ("10.6", True)])
def test_a_rate_over_the_order_is_told_but_the_pump_s_own_step_is_not(rate, over):
    # 0.3 mg/kg/h × 70 kg ÷ 2 mg/mL = 10.5 mL/h; half a step is 0.05 mL/h
    story = Story().patient().order(highest_rate_mg_kg_h=MgPerKgPerHour("0.3")).weight("70")
    story.start_pump(0, rate, strength="2")
    assert ("rate-over" in standing(story, 5)) is over


def test_a_medicine_asks_for_its_response_after_fifteen_minutes():
    from decimal import Decimal

    story = started()
    story.tell(
        f.MedicineGiven(
            at=story.at(5), medicine="ondansetron", dose=Decimal(4), unit="mg", against="emergency"
        )
    )
    code = f"response-due-{len(story.entries)}"
    assert code not in standing(story, 19)
    assert code in standing(story, 21)
    story.tell(f.ResponseNoted(at=story.at(22), entry=story.last_id, response="better"))
    assert code not in standing(story, 23)


def test_the_gravest_comes_first():
    story = started().full(10, spo2=89, systolic=170, diastolic=95)
    levels = [a.level for a in alerts(story.visit(), story.at(11))]
    assert levels == sorted(levels, key=["emergency", "pause", "attention"].index)


def test_an_answer_is_told_with_the_alert_as_it_stood_then():
    story = started().bp(10, 168, 96)
    fact = f.AlertAnswered(at=story.at(11), alert="systolic-pause", action="paused")
    told = words(story.tell(fact).bp(20, 130, 80).visit(), fact)
    assert told == ("Alert answered", "“Systolic 168 mmHg, over 160: pause and call”: paused")


def test_an_answer_whose_alert_was_struck_is_told_by_its_code():
    story = started()
    fact = f.AlertAnswered(at=story.at(11), alert="systolic-pause", action="paused")
    assert words(story.tell(fact).visit(), fact)[1] == "systolic pause: paused"


def overdue(story, now):
    found = [a for a in alert_history(story.visit(), story.at(now)) if a.code == "vitals-overdue"]
    return [(a.since, a.until) for a in found]


def test_a_pump_that_runs_without_any_vitals_asks_anew_at_each_set():
    story = started()
    assert overdue(story, 9.9) == []
    marks = [10, 15, 20, 25, 30, 35, 45, 55]  # due 5, 10 … 30, 40, 50; red 5 min later
    spans = [*zip(marks, [*marks[1:], None], strict=True)]
    assert overdue(story, 56) == [(story.at(a), b and story.at(b)) for a, b in spans]


@pytest.mark.parametrize(("minute", "asked"), [(9, []), (10, []), (10.1, [(10, 10.1)])])
def test_what_was_due_is_overdue_from_its_red_time_until_it_was_measured(minute, asked):
    story = started().full(minute)
    assert overdue(story, 14) == [(story.at(a), story.at(b)) for a, b in asked]


def test_a_set_without_its_pressure_goes_on_asking_until_the_pressure_is_there():
    story = started().full(5).vitals(10, spo2=98, heart_rate=78).vitals(15, spo2=98, heart_rate=78)
    assert overdue(story, 16) == [(story.at(15), None)]
    assert overdue(story.full(17), 18) == [(story.at(15), story.at(17))]


def test_a_reason_why_a_set_is_not_done_ends_it_and_the_next_asks_again():
    story = started().full(5)
    missed = f.VitalsMissed(at=story.at(16), reason="in the bathroom", due_at=story.at(10))
    assert overdue(story.tell(missed), 19) == [(story.at(15), story.at(16))]
    assert overdue(story, 21)[1:] == [(story.at(20), None)]


@pytest.mark.parametrize(
    ("answered", "stands"),
    [((10, 10), True), ((9, 10), False), ((13, 13), True), ((42, 42), True), ((42.1, 43), False)],
)
def test_an_answer_is_about_the_alert_that_was_there_to_see(answered, stands):
    at, recorded = answered
    story = started().full(10, 170, 95)
    fact = f.AlertAnswered(at=story.at(at), alert="systolic-pause", action="paused")
    story.tell(fact, recorded=recorded).full(12, 120, 76)
    (alert,) = [a for a in alert_history(story.visit(), story.at(50)) if "systolic" in a.code]
    assert bool(alert.answered) is stands


def test_an_answer_does_not_reach_an_alert_that_began_again():
    story = started().full(10, 170, 95)
    story.tell(f.AlertAnswered(at=story.at(11), alert="systolic-pause", action="paused"))
    story.full(15, 120, 76).full(20, 170, 95)
    first, again = [a for a in alert_history(story.visit(), story.at(21)) if a.code[0] == "s"]
    assert (first.answered, again.answered) == (("paused 12:11",), ())


def test_a_reading_that_was_written_after_the_answer_was_not_answered():
    story = started().full(10, 170, 95).full(12, 120, 76)
    story.tell(f.AlertAnswered(at=story.at(16), alert="systolic-pause", action="paused"))
    story.full(14, 170, 95, recorded=20)
    found = [a for a in alert_history(story.visit(), story.at(21)) if a.code == "systolic-pause"]
    assert [bool(a.answered) for a in found] == [True, False]
