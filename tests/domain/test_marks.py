"""Moments marked with one press: one press is one mark, told once, and never forgotten."""

import pytest

from ketachart import house
from ketachart.domain import facts as f
from ketachart.domain.admission.door import admit
from ketachart.domain.found.findings import findings
from ketachart.domain.marks import mark_of_minute, open_marks, open_told
from ketachart.errors import Refused
from tests.helpers.story import Story


def running():
    return Story().patient().order().weight("70").start_pump(1, "3.5", strength="2")


def marked(story, minute, name, word=""):
    return story.tell(f.MomentMarked(at=story.at(minute), word=word), entry_id=name)


def chart(story, fact):
    admit(story.visit(), fact, now=fact.at, letters=house.printable_letters())


def points(story, minute=60):
    found = findings(story.visit(), story.at(minute))
    return {p.code.rpartition("-")[0]: p for p in found if p.code.startswith("mark-open")}


@pytest.mark.parametrize(("seconds", "again"), [(2, False), (3, True), (60, True)])
def test_a_doubled_press_marks_the_moment_once(seconds, again):
    story = marked(running(), 5, "m1")
    press = f.MomentMarked(at=story.at(5 + seconds / 60))
    if again:
        chart(story, press)
        return
    with pytest.raises(Refused, match="marked already, at 12:05:00"):
        chart(story, press)


def test_a_moment_that_is_told_can_be_marked_anew_at_once():
    story = marked(running(), 5, "m1")
    story.tell(f.MomentTold(at=story.at(5), mark="m1", reason="pressed by accident"))
    chart(story, f.MomentMarked(at=story.at(5)))


def test_open_marks_are_counted_with_their_minutes():
    story = marked(marked(running(), 9, "m2", "retching"), 5, "m1")
    assert [mark.id for mark in open_marks(story.visit())] == ["m1", "m2"]
    assert open_told(story.visit()) == "2 marked moments to tell: 12:05 and 12:09 retching"
    assert mark_of_minute(story.visit(), story.at(9.5)).id == "m2"
    assert mark_of_minute(story.visit(), story.at(10)) is None
    story.tell(f.MomentTold(at=story.at(12), mark="m2", reason="nothing"))
    assert open_told(story.visit()) == "1 marked moment to tell: 12:05"


def test_an_open_mark_asks_before_signing_and_a_told_or_struck_one_does_not():
    story = marked(running(), 5, "m1")
    point = points(story)["mark-open"]
    assert (point.severity, point.sentence) == ("reason", "The moment marked 12:05 is not told")
    told = (
        marked(running(), 5, "m1")
        .rate(5, "3")
        .tell(f.MomentTold(at=story.at(8), mark="m1", entry=running().rate(5, "3").entries[-1].id))
    )
    assert points(told) == {}
    struck = marked(running(), 5, "m1")
    struck.tell(f.EntryStruck(at=story.at(6), entry="m1", reason="slip"))
    assert points(struck) == {}


@pytest.mark.parametrize(
    ("told", "rule"),
    [
        ({"mark": "m1"}, "entry or reason"),
        ({"mark": "m1", "entry": "n1", "reason": "x"}, "entry or reason"),
        ({"mark": "zz", "reason": "x"}, "no such mark"),
        ({"mark": "n1", "reason": "x"}, "no such mark"),
        ({"mark": "m1", "entry": "zz"}, "no such entry"),
        ({"mark": "m1", "entry": "m1"}, "no such entry"),
        ({"mark": "m0", "reason": "x"}, "told already"),
    ],
)
def test_a_mark_is_told_once_and_by_something_that_is_there(told, rule):
    story = marked(marked(running(), 3, "m0"), 5, "m1")
    story.tell(f.NoteWritten(at=story.at(5), text="slept"), entry_id="n1")
    story.tell(f.MomentTold(at=story.at(6), mark="m0", reason="nothing"))
    with pytest.raises(Refused) as refused:
        chart(story, f.MomentTold(at=story.at(7), **told))
    assert refused.value.rule == rule
    chart(story, f.MomentTold(at=story.at(7), mark="m1", entry="n1"))
    chart(story, f.MomentTold(at=story.at(7), mark="m1", reason="pressed by accident"))


def test_an_increase_on_old_readings_is_good_to_know_and_never_in_the_way():
    story = running().vitals(2, pain=6).rate(10, "5")
    found = findings(story.visit(), story.at(20))
    point = next(p for p in found if p.code.startswith("increase-unasked"))
    assert point.severity == "know"
    assert point.sentence == "Rate raised 12:10 without a fresh look at side effects"
    fresh = running().vitals(2, pain=6, nausea=0).rate(10, "5").rate(20, "4")
    codes = [p.code for p in findings(fresh.visit(), fresh.at(30))]
    assert not any(code.startswith("increase-unasked") for code in codes)


def test_a_catheter_that_was_not_whole_is_looked_at_before_signing():
    story = running()
    story.tell(f.AccessRemoved(at=story.at(70), catheter_whole=False, site_dry=True))
    found = findings(story.visit(), story.at(80))
    point = next(p for p in found if p.code.startswith("catheter-not-whole"))
    assert point.severity == "reason"
