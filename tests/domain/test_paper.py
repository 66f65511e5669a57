"""A time on paper: what may be recorded, which entries are copies, what is asked before signing."""

import pytest

from ketachart.domain import facts as f
from ketachart.domain.admission.door import admit
from ketachart.domain.found.findings import findings
from ketachart.domain.paper import from_paper, paper_periods
from ketachart.domain.quantities import MlPerHour
from ketachart.errors import Refused
from tests.helpers.story import Story


def running():
    return Story().patient().order().weight("70").vial().bag("3.5", "17.5").start_pump(0, "17.5")


def paper(story, since=20, until=40, **told):
    return f.PaperKept(at=story.at(since), until=story.at(until), **{"why": "battery", **told})


@pytest.mark.parametrize(
    ("since", "until", "now", "rule"),
    [
        (20, 40, 40, ""),
        (20, 40, 39, ""),  # the minute that has just begun is not the future
        (20, 40, 38.9, "in the future"),
        (20, 20, 40, "paper ends before it begins"),
        (20, 19, 40, "paper ends before it begins"),
        (20, 20.1, 40, ""),
        (5, 10, 60, ""),  # it ends where the other begins
        (5, 10.1, 60, "paper twice"),
        (12, 14, 60, "paper twice"),
        (5, 30, 60, "paper twice"),
        (15, 20, 60, ""),
        (14.9, 20, 60, "paper twice"),
        (-24 * 60, -23 * 60, 40, ""),
        (-24 * 60 - 1, -23 * 60, 40, "long before the visit"),
    ],
)
def test_a_time_on_paper_is_over_and_meets_no_other(since, until, now, rule):
    story = running()
    if now == 60:  # there is one from minute 10 to 15
        story.tell(paper(story, 10, 15))
    if rule:
        with pytest.raises(Refused) as refused:
            admit(story.visit(), paper(story, since, until), now=story.at(now))
        assert refused.value.rule == rule
    else:
        admit(story.visit(), paper(story, since, until), now=story.at(now))


def test_a_struck_one_stands_in_nobodys_way_and_another_reason_is_written():
    story = running()
    story.tell(paper(story), entry_id="p")
    story.tell(f.EntryStruck(at=story.at(41), entry="p", reason="slip"))
    admit(story.visit(), paper(story), now=story.at(60))
    for note, rule in (("", "note missing"), (" ", "note missing"), ("the cat", "")):
        fact = paper(story, why="other", note=note)
        if not rule:
            admit(story.visit(), fact, now=story.at(60))
            continue
        with pytest.raises(Refused) as refused:
            admit(story.visit(), fact, now=story.at(60))
        assert refused.value.rule == rule


@pytest.mark.parametrize(
    ("at", "written", "copied"),
    [
        (20, 40, True),
        (19.9, 41, False),
        (40, 41, True),
        (40.1, 41, False),
        (30, 39.9, False),  # written while paper was kept: not copied afterwards
        (30, 40, True),
        (40, 40, False),  # charted as it happened
    ],
)
def test_a_copy_happened_in_the_period_and_was_written_after_it(at, written, copied):
    story = running()
    story.tell(paper(story), recorded=41)
    story.tell(f.NoteWritten(at=story.at(at), text="x"), recorded=written, entry_id="n")
    visit = story.visit()
    assert from_paper(visit, visit.entry("n")) is copied
    (period,) = paper_periods(visit, story.at(60))
    assert [e.id for e in period.copied] == (["n"] if copied else [])


def test_what_the_laptop_wrote_and_the_period_itself_are_no_copies():
    story = running()
    story.tell(paper(story), recorded=41, entry_id="p")
    story.tell(f.PowerNoted(at=story.at(20), what="battery", words="4 %"), recorded=45)
    (period,) = paper_periods(story.visit(), story.at(60))
    assert period.copied == ()


def told(story, now):
    return {x.code: x for x in findings(story.visit(), story.at(now)) if "paper" in x.code}


def test_sets_that_were_due_on_paper_and_are_not_here_are_asked_about():
    story = running()
    story.tell(paper(story, 2, 22), recorded=23)
    found = told(story, 60)
    assert found["paper-sets"].severity == "reason"
    assert found["paper-sets"].sentence == "4 sets were due while paper was kept"
    assert found["paper-sets"].detail == (
        "Due 12:05, 12:10, 12:15 and 12:20, on paper 12:02–12:22. Transcribe, or say why not."
    )
    missed = [x for x in findings(story.visit(), story.at(60)) if x.code == "vitals-missed"]
    assert "12:20" not in missed[0].detail  # asked once
    assert "12:25" in missed[0].detail
    story.tell(f.VitalsTaken(at=story.at(5), heart_rate=80, spo2=98), recorded=24)
    assert told(story, 60)["paper-sets"].sentence == "3 sets were due while paper was kept"
    assert told(story, 60)["paper-kept"].detail == (
        "20 min, the battery was empty; 1 entry transcribed."
    )


def test_a_reason_settles_one_period_and_not_the_next():
    story = running()
    story.tell(paper(story, 2, 8)).tell(paper(story, 12, 22))
    story.tell(f.FindingExplained(at=story.at(50), finding="paper-sets", reason="hands"))
    found = told(story, 60)
    assert found["paper-sets"].settled
    assert not found["paper-sets-2"].settled


def test_without_paper_nothing_is_said():
    story = running()
    story.tell(f.RateSet(at=story.at(5), rate_ml_h=MlPerHour("10")), recorded=50)
    assert told(story, 60) == {}
    assert not any(from_paper(story.visit(), e) for e in story.visit().entries)
