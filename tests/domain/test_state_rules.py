"""A state that wants the prescriber in the building: asked at the start, answered, and kept."""

from dataclasses import replace

import pytest

from ketachart import house
from ketachart.domain import facts as f
from ketachart.domain.found.findings import findings
from ketachart.domain.quantities import MlPerHour
from ketachart.domain.start import against_start
from ketachart.domain.state_rules import ON_SITE
from ketachart.domain.summary import look_at
from tests.helpers.story import Story

WHY = "Home visit under the clinic's policy 12; the prescriber is on the phone"


def told(state, **protocol):
    story = Story(**protocol)
    story.tell(f.ClinicRecorded(at=story.at(0), name="Clinic", phone="1", state=state))
    return story.order()


def about_site(story):
    points = against_start(story.visit(), story.at(20))
    return [(p.level, p.sentence, p.source) for p in points if p.code == "prescriber-on-site"]


def explained(story):
    return story.tell(f.FindingExplained(at=story.at(2), finding="prescriber-on-site", reason=WHY))


def started(story):
    story.tell(f.InfusionStarted(at=story.at(20), rate_ml_h=MlPerHour(17), despite="made up"))
    return {x.code: x for x in findings(story.visit(), story.at(30))}


def test_a_state_that_wants_the_prescriber_there_asks_for_a_reason():
    wanted = "The rule for AZ wants the prescriber in the building; this is a home"
    assert about_site(told("AZ")) == [("reason", wanted, "B4.11")]


@pytest.mark.parametrize("state", ["PA", "NY", "SC", "TX", ""])
def test_a_state_that_does_not_say_so_asks_nothing(state):
    assert about_site(told(state)) == []


def test_a_reason_settles_it_and_stays_with_its_rule():
    story = explained(told("AZ"))
    assert about_site(story) == []
    finding = started(story)["prescriber-on-site"]
    assert finding.explained == WHY
    assert "may not give it as a bolus" in finding.detail
    assert "AZ board 2015" in finding.detail


@pytest.mark.parametrize(
    ("state", "sentence"),
    [("TX", "No rule on file for TX"), ("", "The clinic's record names no state")],
)
def test_a_state_that_the_protocol_does_not_know_is_said(state, sentence):
    finding = started(told(state))["no-rule-of-state"]
    assert (finding.sentence, finding.severity) == (sentence, "know")


@pytest.mark.parametrize("state", ["AZ", "NY"])
def test_a_known_state_is_not_said_to_be_unknown(state):
    assert "no-rule-of-state" not in started(told(state))


def test_a_visit_under_a_protocol_before_the_states_rules_reads_as_it_did():
    old = replace(house.shipped_protocol(), states=())
    story = told("AZ", protocol=old)
    assert about_site(story) == []
    assert not {"no-rule-of-state", "prescriber-on-site"} & set(started(story))


def test_what_is_the_same_at_every_visit_is_not_the_reviewers_first_line():
    story = Story().patient().order().weight("70").vial().bag("3.5", "17.5")
    story.tell(f.FindingExplained(at=story.at(1), finding=ON_SITE, reason="written policy 12"))
    visit = story.start_pump(10, "17.5").stop(70).visit()
    assert [point for point in look_at(visit) if point.kind == "Explained"] == []
    story.tell(f.FindingExplained(at=story.at(1), finding="dose-range", reason="asked for"))
    assert [point.kind for point in look_at(story.visit())].count("Explained") == 1
