"""The series on paper: every infusion with all that was copied, the sums, visits at one home."""

from datetime import date, timedelta

from ketachart.domain import facts as f
from ketachart.domain.quantities import Kg, Mg, MgPerKg
from ketachart.report import document
from ketachart.report.charted import unsaid
from ketachart.report.sections.record import Record
from ketachart.report.sections.series import series_table
from ketachart.report.spoken import spoken
from tests.helpers.story import NOON, Story

BEFORE = f.PastInfusion(
    visit="261119-02",
    on=date(2026, 11, 19),
    goal="induction",
    started_at=NOON - timedelta(days=3, minutes=61),
    ended_at=NOON - timedelta(days=3, minutes=1),
    delivered_mg=Mg("34.17"),
    dosing_weight_kg=Kg("68.45"),
    delivered_mg_per_kg=MgPerKg("0.499"),
    pain_start=8,
    pain_end=3,
    worst_effect="Nausea",
    worst_grade=2,
    stop_reason="Complete",
    series_number=2,
    charted="not-signed",
)
TOLD = f.InfusionElsewhere(
    at=NOON,
    infusion=f.PastInfusion(on=date(2026, 11, 14), delivered_mg=Mg("30.125"), pain_start=7),
    told_by="letter of the clinic",
)


def story(*past, here=None, **order):
    told = Story().patient().weight(70).order(goal="induction", **order)
    return told.tell(f.PastRecorded(at=NOON, infusions=past, visits_here=here))


def table(told):
    return series_table(Record(told.visit(), NOON))


def words(told):
    """The section as it is read out."""
    found = series_table(Record(told.visit(), NOON))
    text = spoken(document.document_of(told.visit(), now=NOON))
    begin = text.index(f"## {found.heading}")
    return text[begin : text.index("\n## ", begin + 3)]


def test_every_value_that_was_copied_stands_in_the_table():
    told = story(BEFORE, here=2)
    assert unsaid(told.visit(), told.entries[-1].fact, words(told)) == ()


def test_an_infusion_elsewhere_stands_with_who_told_it_in_its_place_of_time():
    told = story(BEFORE).tell(TOLD)
    days = [row.cells[0][0].text for row in table(told).rows]
    assert days == ["14 Nov 2026", "19 Nov 2026"]
    assert "elsewhere, told by letter of the clinic" in words(told)
    assert "30.125 mg" in words(told)
    assert "7 to —" in words(told)


def test_what_is_not_sure_of_an_earlier_chart_is_said():
    assert "Complete, not signed" in words(story(BEFORE))


def test_place_days_and_sums_are_told():
    told = words(story(BEFORE, series_number=3, series_of=5).tell(TOLD))
    assert "(infusion 3 of 5, 3 days since the last)" in told
    assert "Last 30 days: 2 infusions, 64.3 mg. Last 365 days: 2 infusions, 64.3 mg." in told
    assert "This infusion is included" not in told


def test_this_infusion_stands_last_and_is_counted():
    told = story(BEFORE).start_pump(0, 17, strength=2, volume=50).stop(60)
    assert "this infusion" in words(told)
    assert "2 infusions, 68.17 mg. This infusion is included." in words(told)
    assert table(told).rows[-1].cells[0][0].text == "22 Nov 2026"
    assert "not signed" not in str(table(told).rows[-1])


def test_with_nothing_before_the_count_of_visits_is_printed_all_the_same():
    told = words(story(here=1))
    assert "no infusion on file" in told
    assert "1 visit at this address in 30 days, this one included." in told


def test_a_home_that_is_visited_often_is_a_decision_on_page_one():
    told = story(here=4)
    looks = document.document_of(told.visit(), now=NOON).front.looks
    (line,) = [line for line in looks if line.kind == "Address"]
    assert (line.decision, line.section) == (True, "series")
    assert line.sentence == (
        "4 visits at this address in 30 days: does this place need a registration?"
    )
    calm = document.document_of(story(here=3).visit(), now=NOON).front.looks
    assert not [line for line in calm if line.kind == "Address"]


def test_page_one_tells_place_and_days():
    visit = story(BEFORE, series_number=3, series_of=5).visit()
    lines = document.document_of(visit, now=NOON).front.identity.order
    told = [" ".join(run.text for run in line) for line in lines]
    assert "Induction series, 3 of 5, 3 days since the last" in told
