"""Addenda on paper: the question of a supervisor stands with its answer, and names the row."""

from datetime import timedelta

import pytest

from ketachart.domain import facts as f
from ketachart.domain.addenda import MEANING, signed_by
from ketachart.domain.facts.closing import Addendum
from ketachart.domain.infusion import last_moment
from ketachart.report import pdf
from ketachart.report.document import document_of, text
from ketachart.report.text import extract, missing_values
from tests.helpers.story import Story
from tests.report.charted_visits import more

QUESTION = "Dr A. Okafor: why was the pump paused at 13:05?"
ANSWER = "The patient asked for the bathroom; the line was clamped."


@pytest.fixture(scope="module")
def answered():
    """A visit with an answer to a question about its first set of vitals."""
    visit = Story().patient().order().full(5).visit()
    about = visit.of(f.VitalsTaken)[0]
    addendum = Addendum(
        at=last_moment(visit) + timedelta(hours=20), about="answer", text=ANSWER,
        entry=about.id, answers="question-1", question=QUESTION,
    )  # fmt: skip
    return more(visit, signed_by(addendum, "ja", "ab" * 32, version=2))


def test_a_question_stands_before_its_answer_and_names_the_row(answered):
    said = text(document_of(answered, now=last_moment(answered)))
    row = next(line for line in said.splitlines() if QUESTION in line)
    assert row.index("Addendum: answer:") < row.index(QUESTION) < row.index(ANSWER)
    assert "(about Vitals, 12:05)" in row
    assert "question-1" not in said  # an id of the program's own


def test_the_answer_is_read_back_whole_from_the_paper(answered):
    content = pdf.render(answered, now=last_moment(answered)).content
    assert missing_values(answered, content) == ()
    printed = " ".join(extract(content).split())
    assert QUESTION in printed
    assert MEANING.split(";")[0] in printed
    assert "Version 2, with 1 addendum" in printed


def test_an_answer_without_a_question_is_told_as_any_addendum(answered):
    addendum = Addendum(at=last_moment(answered), about="late-information", text=ANSWER)
    visit = more(answered, signed_by(addendum, "ja", "ab" * 32, version=3))
    assert ANSWER in text(document_of(visit, now=last_moment(visit)))
