"""The cannula while the drug runs: what stops the dose, and when the site is looked at next."""

import pytest

from ketachart.domain import facts as f
from ketachart.domain.alerts import alert_history, alerts
from ketachart.domain.infusion import delivery
from ketachart.domain.line import next_site_check
from tests.helpers.story import Story


def running():
    story = Story().patient().order().weight("70")
    story.tell(
        f.AccessPlaced(
            at=story.at(-10), site="forearm", side="left", gauge=22, blood_return=True, patent=True
        )
    )
    return story.start_pump(0, "17.5", strength="2")


def looked(story, minute, grade=0, *, patent=True):
    return story.tell(f.AccessChecked(at=story.at(minute), grade=grade, patent=patent))


def line(story, minute):
    return [
        (alert.level, alert.sentence)
        for alert in alerts(story.visit(), story.at(minute))
        if alert.code.startswith("line-")
    ]


@pytest.mark.parametrize(
    ("grade", "patent", "says"),
    [
        (0, True, []),
        (1, True, []),
        (2, True, ["IV site grade 2: stop the pump and look"]),
        (4, False, ["IV site grade 4: stop the pump and look"]),
        (0, False, ["The IV does not run freely: stop the pump and look"]),
    ],
)
def test_a_bad_site_or_a_blocked_cannula_stops_the_dose(grade, patent, says):
    story = looked(running(), 20, grade, patent=patent)
    assert line(story, 21) == [("pause", sentence) for sentence in says]


@pytest.mark.parametrize("end", ["looked", "moved", "removed"])
def test_the_alert_ends_with_the_next_look_or_another_cannula(end):
    story = looked(running(), 20, 3)
    if end == "looked":
        looked(story, 25, 1)
    elif end == "moved":
        story.tell(
            f.AccessPlaced(
                at=story.at(25), site="hand", side="right", gauge=24, blood_return=True, patent=True
            )
        )
    else:
        story.tell(f.AccessRemoved(at=story.at(25), catheter_whole=True, site_dry=True))
    assert line(story, 24) != []
    assert line(story, 26) == []
    (past,) = [a for a in alert_history(story.visit(), story.at(26)) if "line-" in a.code]
    assert (past.since, past.until) == (story.at(20), story.at(25))


def test_a_catheter_that_was_not_whole_is_told_at_once():
    story = running().stop(60)
    story.tell(f.AccessRemoved(at=story.at(70), catheter_whole=False, site_dry=True))
    assert line(story, 71) == [
        ("pause", "The catheter did not come out whole: call the prescriber")
    ]


def test_the_site_is_looked_at_every_thirty_minutes_while_the_drug_runs():
    def due(story, minute):
        visit, now = story.visit(), story.at(minute)
        return next_site_check(visit, delivery(visit, now))

    story = running()
    assert due(story, 5) == story.at(30)
    looked(story, 28)
    assert due(story, 29) == story.at(58)
    assert due(story, 20) == story.at(30)  # what is looked at later does not count yet
    story.pause(40)
    assert due(story, 41) == story.at(58)
    story.stop(50)
    assert due(story, 51) is None
    assert due(Story().patient().order().weight("70"), 5) is None
