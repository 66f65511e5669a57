"""The scales on paper: items with their answers, the total with its meaning, whose scale it is."""

from datetime import date

from ketachart.domain import facts as f
from ketachart.domain.scales.scoring import NOT_ASKED
from ketachart.report.charted import unsaid
from ketachart.report.document import document_of
from ketachart.report.sections.pieces import words_of
from ketachart.report.sections.record import Record
from ketachart.report.sections.scales import scale_tables
from ketachart.report.spoken import spoken
from tests.helpers.story import NOON, Story

PHQ = f.ScaleScored(
    at=NOON, scale="phq-9", total=12, answers=(2, 2, 2, 1, 1, 1, 1, 1, 1), asked_in="es"
)
SCREENER = f.ScaleScored(
    at=NOON, scale="c-ssrs", total=1, answers=(1, 0, NOT_ASKED, NOT_ASKED, NOT_ASKED, 0, NOT_ASKED)
)
FORM = f.ScaleScored(
    at=NOON, scale="hit-6", total=63, filled_on=date(2026, 11, 14), note="A 12, B 7"
)


def told(*facts, goal="depression"):
    story = Story().patient().order(goal=goal)
    for fact in facts:
        story.tell(fact)
    return story


def rows(story):
    (table,) = scale_tables(Record(story.visit(), NOON))
    return [tuple(words_of(cell) for cell in row.cells) for row in table.rows]


def test_each_item_stands_with_its_answer_and_the_total_with_its_meaning():
    found = rows(told(PHQ))
    assert found[0][1:] == (
        "PHQ-9: depression over two weeks asked in Spanish", "12, moderate",
    )  # fmt: skip
    assert found[1] == (
        "", "1  Little interest or pleasure in doing things", "2  More than half the days",
    )  # fmt: skip
    assert len([row for row in found if row[1][:1].isdigit()]) == 9


def test_an_item_that_was_not_asked_is_told_so():
    answers = [row[2] for row in rows(told(SCREENER))[1:8]]
    assert answers == ["1  Yes", "0  No", *["not asked"] * 3, "0  No", "not asked"]


def test_who_made_the_scale_is_named_and_what_is_missing_too():
    found = rows(told(PHQ))
    assert ("", "GAD-7: anxiety over two weeks", "not scored") in found
    assert any("No permission required to reproduce" in row[1] for row in found)


def test_a_protected_scale_has_its_day_and_note_and_no_items():
    found = rows(told(FORM, goal="acute-migraine"))
    assert found[0][1] == (
        "HIT-6: what headaches cost in daily life form of 14 Nov 2026; A 12, B 7"
    )
    assert found[0][2] == "63, severe impact"
    assert not any(row[1][:1].isdigit() for row in found)


def test_every_value_is_in_the_report_and_a_visit_without_scales_has_no_such_part():
    story = told(PHQ, SCREENER, FORM)
    text = spoken(document_of(story.visit(), now=NOON))
    for entry in story.visit().of(f.ScaleScored):
        assert unsaid(story.visit(), entry.fact, text) == ()
    assert scale_tables(Record(told(goal="chronic-pain").visit(), NOON)) == ()
