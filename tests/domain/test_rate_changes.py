"""A change of the rate: what the order's steps allow, what looks like a slip, what it rests on."""

import pytest

from ketachart import house
from ketachart.domain import facts as f
from ketachart.domain.admission.door import admit
from ketachart.domain.quantities import MgPerKgPerHour, Minutes, MlPerHour
from ketachart.domain.rate_changes import (
    against_rate,
    increases,
    next_step,
    rate_slip,
    to_ask,
)
from ketachart.errors import Refused
from tests.helpers.story import Story

# 70 kg at 2 mg/mL: 1 mL/h is 2 mg/h, and 35 mL/h is 1 mg/kg/h
STEPS = (
    f.TitrationStep(
        after_min=Minutes(20), rate_mg_kg_h=MgPerKgPerHour("0.2"), condition="pain over 4"
    ),
    f.TitrationStep(
        after_min=Minutes(40), rate_mg_kg_h=MgPerKgPerHour("0.3"), condition="pain over 4"
    ),
)


def running(**order):
    """0.1 mg/kg/h from minute 1 on."""
    return Story().patient().order(**order).weight("70").start_pump(1, "3.5", strength="2")


def chart(story, minute, rate, reason="", **values):
    fact = f.RateSet(at=story.at(minute), rate_ml_h=MlPerHour(rate), reason=reason, **values)
    now = story.at(minute)
    admit(story.visit(), fact, now=now, letters=house.printable_letters())


def test_the_next_step_is_told_with_its_rate_on_this_pump_and_its_time():
    story = running(titration=STEPS)
    step = next_step(story.visit(), story.at(5))
    assert (step.step, step.rate, step.not_before) == (STEPS[0], MlPerHour(7), story.at(21))
    story.rate(22, "7")
    step = next_step(story.visit(), story.at(25))
    assert (step.step, step.rate, step.not_before) == (STEPS[1], MlPerHour("10.5"), story.at(41))
    story.rate(42, "10.5")
    assert next_step(story.visit(), story.at(45)) is None
    story.rate(50, "7")  # lowered again: the step above is the next one once more
    assert next_step(story.visit(), story.at(55)).step == STEPS[1]


def test_without_steps_or_before_the_start_there_is_no_next_step():
    story = running()
    assert next_step(story.visit(), story.at(5)) is None
    early = Story().patient().order(titration=STEPS).weight("70")
    assert next_step(early.visit(), early.at(0)) is None


@pytest.mark.parametrize(
    ("minute", "rate", "against"),
    [
        (21, "7", []),
        (20.9, "7", ["not before 12:21"]),
        (21, "7.1", ["over the order's next step"]),
        (5, "10.5", ["over the order's next step", "not before 12:21"]),
        (5, "3.5", []),
        (5, "2", []),
    ],
)
def test_a_rate_is_held_against_the_next_step_and_its_time(minute, rate, against):
    story = running(titration=STEPS)
    found = against_rate(story.visit(), MlPerHour(rate), story.at(minute))
    assert len(found) == len(against)
    assert all(words in said for said, words in zip(found, against, strict=True))


@pytest.mark.parametrize(
    ("rate", "against"),
    [("17.5", []), ("17.6", ["the highest rate of the order"]), ("35", ["of the order"])],
)
def test_a_rate_over_the_orders_highest_has_that_against_it(rate, against):
    story = running(highest_rate_mg_kg_h=MgPerKgPerHour("0.5"))
    found = against_rate(story.visit(), MlPerHour(rate), story.at(5))
    assert [words in said for said, words in zip(found, against, strict=True)] == [True] * len(
        against
    )


@pytest.mark.parametrize(("rate", "over"), [("35", False), ("35.1", True)])
def test_a_rate_over_the_protocols_highest_has_that_against_it(rate, over):
    found = against_rate(running().visit(), MlPerHour(rate), running().at(5))
    assert bool(found) is over
    assert all("protocol's highest" in said for said in found)


def test_over_the_last_step_there_is_no_step_to_stand_on():
    story = running(titration=STEPS[:1]).rate(22, "7")
    assert "last step" in against_rate(story.visit(), MlPerHour(8), story.at(30))[0]


def test_what_stands_against_a_rate_asks_for_words_and_the_rate_is_charted_with_them():
    story = running(titration=STEPS)
    with pytest.raises(Refused, match="not before 12:21") as refused:
        chart(story, 5, "7", "pain-tolerated")
    assert refused.value.field == "reason"
    with pytest.raises(Refused, match="not before"):
        chart(story, 5, "7", "step-tolerated")
    chart(story, 5, "7", "prescriber-tolerated")
    chart(story, 5, "7", "cluster attack, Dr A. Okafor not reached, tolerated")
    chart(story, 21, "7", "step-tolerated")


def test_a_step_is_no_reason_where_the_order_names_none():
    with pytest.raises(Refused, match="names no steps"):
        chart(running(), 5, "7", "step-tolerated")
    chart(running(), 5, "5", "pain-tolerated")


@pytest.mark.parametrize(
    ("rate", "named"),
    [
        ("35", "ten times"),
        ("34.3", "ten times"),  # one part in fifty is what a pump may round
        ("34.2", ""),
        ("37.5", "ten times"),
        ("350", "ten times"),
        ("0.35", "a tenth"),
        ("0.1", "a tenth"),
        ("0.4", ""),
        ("7", "mg/h may have been typed"),  # 3.5 mL/h are 7 mg/h
        ("6.8", ""),
        ("0", ""),
        ("3.5", ""),
    ],
)
def test_a_slip_is_named(rate, named):
    story = running()
    said = rate_slip(story.visit(), MlPerHour(rate), story.at(5))
    assert (named in said) if named else said == ""


def test_mg_kg_h_typed_as_ml_h_is_named_and_the_orders_own_step_is_none():
    story = running(titration=STEPS)
    visit, at = story.visit(), story.at(25)
    assert rate_slip(visit, MlPerHour(7), at) == ""  # it is 7 mg/h too, but the order's step
    assert "mg/h may have been typed" in rate_slip(visit, MlPerHour(14), at)
    assert "mg/kg/h may have been typed" in rate_slip(
        running(titration=STEPS).rate(3, "0.6").visit(), MlPerHour("0.2"), at
    )


def test_a_slip_is_charted_once_it_was_looked_at_again():
    story = running()
    with pytest.raises(Refused, match="confirm it") as refused:
        chart(story, 5, "0.35")
    assert (refused.value.rule, refused.value.field) == ("looks like a slip", "rate_ml_h")
    chart(story, 5, "0.35", confirmed=True)


def test_a_resume_at_ten_times_the_rate_is_looked_at_again():
    story = running().pause(10)
    fact = f.InfusionResumed(at=story.at(12), rate_ml_h=MlPerHour(35), reason="allowed by phone")
    letters = house.printable_letters()
    with pytest.raises(Refused, match="confirm it"):
        admit(story.visit(), fact, now=story.at(12), letters=letters)
    seen = f.InfusionResumed(
        at=story.at(12), rate_ml_h=MlPerHour(35), reason="allowed by phone", confirmed=True
    )
    admit(story.visit(), seen, now=story.at(12), letters=letters)


@pytest.mark.parametrize(
    ("sets", "asked"),
    [
        ([(20, {"pain": 6, "nausea": 0})], ()),
        ([(19.9, {"pain": 6, "nausea": 0})], ("pain", "side effects")),
        ([(25, {"systolic": 120, "diastolic": 80})], ("pain", "side effects")),
        ([(25, {"pain": 5})], ("side effects",)),
        ([(25, {"rass": 0})], ("pain",)),
        ([(31, {"pain": 5, "rass": 0})], ("pain", "side effects")),
    ],
)
def test_pain_and_side_effects_older_than_ten_minutes_are_asked_for(sets, asked):
    story = running()
    for minute, values in sets:
        story.vitals(minute, **values)
    assert to_ask(story.visit(), story.at(30)) == asked


def test_only_what_went_up_is_an_increase():
    story = running().rate(5, "4").rate(6, "3").rate(7, "3").rate(8, "3.5")
    assert [entry.at for entry in increases(story.visit())] == [story.at(5), story.at(8)]
