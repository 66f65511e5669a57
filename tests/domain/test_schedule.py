"""When sets are due, row by row of the shipped protocol (C1), and what each has to hold."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from ketachart import house
from ketachart.domain import facts as f
from ketachart.domain.early_infusions import infusion_number
from ketachart.domain.monitoring import due, slots_of
from ketachart.domain.quantities import Minutes
from ketachart.domain.release import release
from ketachart.domain.start import against_start
from tests.helpers.story import NOON, Story

SHIPPED = house.shipped_protocol()
PRESSURE = {"systolic", "diastolic", "spo2", "heart_rate"}
FULL = PRESSURE | {"rass"}


def started(story=None, minutes=90):
    told = story or Story()
    told.patient().order(duration_min=Minutes(minutes)).weight("70")
    return told.start_pump(0, "8.75", strength="2")


def slots(story, now=0):
    return {
        int((slot.at - story.start).total_seconds() // 60): set(slot.needs)
        for slot in slots_of(story.visit(), story.at(now))
    }


# ------------------------------------------------------------------ while it runs
@pytest.mark.parametrize(
    ("minute", "needs"),
    [
        (5, {"spo2", "heart_rate"}), (15, {"spo2", "heart_rate"}), (25, {"spo2", "heart_rate"}),
        (10, FULL | {"nausea", "dissociation"}), (20, FULL | {"nausea", "dissociation"}),
        (30, FULL | {"nausea", "dissociation"}), (40, FULL), (50, FULL), (60, FULL), (75, FULL),
        (90, FULL), (35, None), (45, None), (55, None), (65, None), (70, None), (80, None),
    ],
)  # fmt: skip
def test_each_row_of_the_infusion(minute, needs):
    assert slots(started(), 40).get(minute) == needs


@pytest.mark.parametrize(
    ("tell", "minutes"),
    [
        (lambda s: s.rate(62, "20", reason="planned-step"), {67, 77}),
        (lambda s: s.rate(62, "5"), set()),
        (lambda s: s.bolus(62, "5"), {67, 77}),
        (lambda s: given(s, "midazolam", "1"), {67, 77}),
        (lambda s: given(s, "labetalol", "5"), {67, 77}),
        (lambda s: given(s, "ondansetron", "4"), set()),
    ],
)
def test_extra_sets_after_an_act(tell, minutes):
    """At 5 and 15 min; minute 77 falls together with the regular set of minute 75."""
    before, after = slots(started(), 62), slots(tell(started()), 62)
    assert set(after) - set(before) == minutes - {77}
    if minutes:
        assert after[67] >= PRESSURE
        assert after[75] >= PRESSURE


def given(story, medicine, dose):
    return story.tell(
        f.MedicineGiven(
            at=story.at(62), medicine=medicine, dose=Decimal(dose), unit="mg", indication="x"
        )
    )


def test_a_sedative_asks_for_the_sedation_too_and_a_pressure_medicine_does_not():
    assert slots(given(started(), "midazolam", "1"), 62)[67] == FULL
    assert slots(given(started(), "labetalol", "5"), 62)[67] == PRESSURE


def test_a_pause_asks_every_five_minutes_and_the_rows_go_on_after_it():
    paused = started().pause(52)
    assert [minute for minute in slots(paused, 60) if minute > 52][:4] == [57, 62, 67, 72]
    assert slots(paused, 60)[57] == PRESSURE
    resumed = started().pause(52).resume(64, "8")
    assert [minute for minute in slots(resumed, 64) if 50 < minute <= 90] == [57, 62, 75, 90]


def test_a_pause_that_ends_in_the_stop_goes_on_with_the_observation():
    story = started().pause(52).stop(58)
    assert [minute for minute in slots(story, 58) if minute > 52][:3] == [57, 73, 88]


def test_the_rows_go_on_while_the_pump_runs_past_its_planned_end():
    story = Story().patient().order().weight("70").start_pump(0, "17.5", strength="2")
    assert max(slots(story, 30)) == 60
    assert max(slots(story, 91)) == 90


def test_the_observation_asks_every_fifteen_minutes():
    found = slots(started().stop(60), 60)
    assert [minute for minute in found if minute > 60] == [75, 90, 105, 120]
    assert found[75] == FULL


# ------------------------------------------------------------------ done, late, overdue
@pytest.mark.parametrize(
    ("minute", "state"),
    [(75, "soon"), (77, "soon"), (79.9, "soon"), (80, "soon"), (80.1, "overdue")],
)
def test_amber_and_red_at_two_and_five_minutes(minute, state):
    story = started(minutes=120)
    for done in (5, 10, 15, 20, 25, 30, 40, 50, 60):
        story.full(done)
    item = next(i for i in due(story.visit(), story.at(minute)) if i.at == story.at(75))
    assert item.state == state


@pytest.mark.parametrize(("taken", "state"), [(75, "done"), (77, "done"), (77.1, "late")])
def test_a_set_is_late_after_two_minutes(taken, state):
    story = started(minutes=120).full(60).full(taken)
    item = next(i for i in due(story.visit(), story.at(80)) if i.at == story.at(75))
    assert item.state == state


def test_the_alertness_of_the_moaas_does_for_the_sedation():
    story = started().vitals(
        10, systolic=120, diastolic=70, spo2=98, heart_rate=70, nausea=0, dissociation=0, moaas=5
    )
    item = next(i for i in due(story.visit(), story.at(11)) if i.at == story.at(10))
    assert item.state == "done"


# ------------------------------------------------------------------ before and at the end
@pytest.mark.parametrize(("minute", "stands"), [(14.9, False), (15, False), (15.1, True)])
def test_the_baseline_is_no_older_than_fifteen_minutes(minute, stands):
    story = Story().patient().order().weight("70").full(0)
    codes = [point.code for point in against_start(story.visit(), story.at(minute))]
    assert ("baseline" in codes) is stands


@pytest.mark.parametrize("sign", ["systolic", "diastolic", "heart_rate", "spo2", "pain"])
def test_a_baseline_that_lacks_a_sign_names_it(sign):
    story = Story().patient().order().weight("70").full(0, **{sign: None})
    points = {p.code: p.sentence for p in against_start(story.visit(), story.at(5))}
    assert SHIPPED.sign(sign).label in points["baseline"]


@pytest.mark.parametrize(("minute", "met"), [(14.9, True), (15, True), (15.1, False)])
def test_the_last_set_is_no_older_than_fifteen_minutes_at_leaving(minute, met):
    story = started().stop(60).full(120)
    states = {s.criterion.code: s for s in release(story.visit(), story.at(120 + minute)).criteria}
    assert states["vitals"].met is met


# ------------------------------------------------------------------ the first infusions (B4.5)
def past(count):
    told = tuple(
        f.PastInfusion(on=(NOON - timedelta(days=7 * (n + 1))).date()) for n in range(count)
    )
    return f.PastRecorded(at=NOON, infusions=told)


@pytest.mark.parametrize(("before", "closer"), [(0, True), (1, True), (2, True), (3, False)])
def test_the_first_three_infusions_have_two_sets_more_where_the_pressure_is_highest(before, closer):
    story = Story()
    story.tell(past(before))
    found = slots(started(story), 30)
    assert infusion_number(story.visit()) == before + 1
    assert ({35, 45} <= set(found)) is closer
    if closer:
        assert found[35] == PRESSURE


def test_they_rest_in_a_pause_and_after_the_stop():
    story = Story()
    story.tell(past(0))
    found = slots(started(story).pause(31).resume(36, "10").stop(42), 42)
    assert not {35, 45} & set(found)


def test_a_clinic_may_switch_them_off_and_an_older_protocol_has_none():
    off = tuple(
        replace(value, value=Decimal(0)) if value.code == "watch.first" else value
        for value in SHIPPED.values
    )
    without = tuple(value for value in SHIPPED.values if value.code != "watch.first")
    for values in (off, without):
        story = Story(protocol=replace(SHIPPED, values=values))
        story.tell(past(0))
        assert not {35, 45} & set(slots(started(story), 30))


def test_without_knowing_which_infusion_it_is_the_usual_rows_stand():
    assert infusion_number(started().visit()) is None
    assert not {35, 45} & set(slots(started(), 30))
