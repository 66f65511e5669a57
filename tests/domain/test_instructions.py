"""The times the patient is told: the strictest rule, rounded up, across a change of clocks."""

from datetime import datetime, timedelta, timezone

import pytest

from ketachart.domain import facts as f
from ketachart.domain.instructions import rounded_up, told, zone_of
from tests.helpers.story import NOON, PHOENIX, Story


def ended(start, minutes=60, zone="America/Phoenix"):
    story = Story(start=start).patient().order().weight("70")
    story.tell(f.VisitOpened(at=start, visit="1", zone=zone))
    return story.start_pump(0, "17.5", strength="2").stop(minutes)


def item(story, code):
    return next(i for i in told(story.visit()) if i.instruction.code == code)


def test_no_driving_until_the_next_day_after_sleep_and_at_least_24_hours():
    # ended 13:12, so 13:15 the next day
    driving = item(ended(NOON, 72), "driving")
    assert driving.until == (NOON + timedelta(days=1)).replace(hour=13, minute=15)
    assert driving.when == "until Mon 23 Nov 13:15, and after a night's sleep"
    assert driving.when_for_patient == "Until Monday 1:15 PM"


def test_before_the_end_of_the_drug_no_time_is_made_up():
    story = Story().patient().order()
    assert item(story, "driving").until is None
    assert item(story, "driving").when == "after the infusion"


def test_an_infusion_that_ends_after_midnight_has_its_morning_the_same_day():
    story = ended(NOON.replace(hour=23, minute=30))
    assert item(story, "adult").until.date() == (NOON + timedelta(days=1)).date()
    assert item(story, "driving").until.date() == (NOON + timedelta(days=2)).date()


def test_a_day_is_24_hours_also_when_the_clocks_go_back():
    # Denver, 31 Oct 2026 18:00 −06:00; in the night the clocks go back to −07:00
    start = datetime(2026, 10, 31, 17, 0, tzinfo=timezone(timedelta(hours=-6)))
    until = item(ended(start, 60, "America/Denver"), "alcohol").until
    assert until - (start + timedelta(hours=1)) == timedelta(hours=24)
    assert (until.hour, until.minute) == (17, 0)
    assert until.utcoffset() == timedelta(hours=-7)


def test_a_day_is_24_hours_also_when_the_clocks_go_forward():
    start = datetime(2027, 3, 13, 17, 0, tzinfo=timezone(timedelta(hours=-7)))
    until = item(ended(start, 60, "America/Denver"), "alcohol").until
    assert until - (start + timedelta(hours=1)) == timedelta(hours=24)
    assert (until.hour, until.utcoffset()) == (19, timedelta(hours=-6))


@pytest.mark.parametrize(
    ("minute", "second", "shown"), [(0, 0, 0), (0, 1, 15), (15, 0, 15), (46, 0, 60)]
)
def test_times_are_rounded_up_to_the_quarter(minute, second, shown):
    moment = NOON.replace(minute=minute, second=second)
    assert rounded_up(moment, timedelta(minutes=15)) == NOON + timedelta(minutes=shown)


def test_a_zone_that_is_not_known_falls_back_on_the_laptop_s_offset():
    story = Story().tell(f.VisitOpened(at=NOON, visit="1", zone="Mars/Olympus"))
    assert zone_of(story.visit()) == PHOENIX


def test_helped_counts_as_heard_and_silence_does_not():
    story = ended(NOON)
    assert not item(story, "driving").heard
    story.tell(f.InstructionTaught(at=story.at(61), instruction="driving", adult="helped"))
    assert item(story, "driving").heard
