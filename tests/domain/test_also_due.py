"""What is due beside the vitals: responses after fifteen minutes, the IV site every thirty."""

from decimal import Decimal

from ketachart.domain import facts as f
from ketachart.domain.also_due import also_due
from ketachart.domain.infusion import delivery
from tests.helpers.story import Story


def running():
    return Story().patient().order().weight("70").start_pump(0, "17.5", strength="2")


def given(story, minute, medicine="ondansetron"):
    return story.tell(
        f.MedicineGiven(
            at=story.at(minute), medicine=medicine, dose=Decimal(4), unit="mg", against="emergency"
        )
    )


def due(story, minute):
    visit, now = story.visit(), story.at(minute)
    return [
        (item.what, item.words, (item.at - story.start).total_seconds() / 60)
        for item in also_due(visit, delivery(visit, now))
    ]


def test_the_earliest_is_told_first_and_what_is_done_is_gone():
    story = given(running(), 5)
    site, response = ("access", "Site check", 30), ("response", "Response to ondansetron", 20)
    assert due(story, 6) == [response, site]
    assert due(story, 25) == [response, site]  # overdue is still due
    assert due(story, 4) == [site]
    story.tell(f.ResponseNoted(at=story.at(19), entry=story.last_id, response="better"))
    assert due(story, 20) == [site]


def test_every_medicine_has_its_own_response_and_none_is_due_when_all_is_over():
    story = given(given(running(), 5), 10, "famotidine")
    assert [item[2] for item in due(story, 12)] == [20, 25, 30]
    story.stop(40)
    assert [item[0] for item in due(story, 41)] == ["response", "response"]
    story.tell(f.PatientReleased(at=story.at(100), to="Mark", outcome="against-advice"))
    assert due(story, 101) == []
