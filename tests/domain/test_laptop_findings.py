"""What the laptop did is told before signing, by kind, with its times; it stops nothing."""

import pytest

from ketachart.domain import facts as f
from ketachart.domain.found.findings import findings
from tests.helpers.story import Story


def told(*facts):
    story = Story().patient()
    for make in facts:
        story.tell(make(story))
    found = findings(story.visit(), story.at(60))
    return {x.code: x for x in found if x.code.startswith("laptop-")}


def slept(minute, seconds):
    return lambda s: f.LaptopSlept(at=s.at(minute), for_s=seconds)


def reopened(minute, how):
    return lambda s: f.ChartReopened(at=s.at(minute), closed_at=s.at(minute - 3), how=how)


def power(minute, what, words):
    return lambda s: f.PowerNoted(at=s.at(minute), what=what, words=words)


def test_sleeps_are_one_point_with_each_time():
    found = told(slept(10, 600), slept(30, 90))["laptop-slept"]
    assert found.sentence == "The laptop slept 2 times"
    assert found.detail == "10 min until 12:10; 1 min until 12:30"
    assert found.severity == "know"


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("closed", ""),
        ("ended", "ended by itself 12:07, open again 12:10"),
        ("unknown", "was closed, how is not known 12:07, open again 12:10"),
    ],
)
def test_only_an_end_that_nobody_chose_is_told(how, said):
    found = told(reopened(10, how))
    assert (found["laptop-reopened"].detail if found else "") == said


def test_battery_and_disk_are_told_with_what_was_left():
    found = told(power(10, "battery", "14 %, not charging"), power(20, "disk", "300 MB free"))
    assert found["laptop-power"].sentence == "Battery and disk ran low"
    assert found["laptop-power"].detail == (
        "battery 14 %, not charging 12:10; disk 300 MB free 12:20"
    )


def test_a_laptop_that_stayed_awake_is_no_point():
    assert told() == {}
