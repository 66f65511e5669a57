"""A visit with something serious says so in the list, and stands first among those to finish."""

from dataclasses import replace
from datetime import date, timedelta

from ketachart.charting.history import VisitRow
from ketachart.charting.shelf import shelved
from ketachart.domain import facts as f
from tests.helpers.story import NOON, Story
from ui.screens.day_lines import lines_of
from ui.screens.day_post import Beside

TODAY = date(2026, 11, 22)
ROW = VisitRow(
    stream="a", day=TODAY - timedelta(days=2), number="1", patient="Elena Rivera", mrn="004182",
    birth_date=None, sex="F", goal="", series="", status="sign", opened_at=None, practice=True,
)  # fmt: skip


def test_the_line_of_a_visit_says_what_was_serious_and_nothing_where_nothing_was():
    story = Story().patient()
    assert "serious" not in shelved("a", story.visit(), NOON).summary
    story.tell(f.EmergencyDeclared(at=story.at(20), why="anaphylaxis"))
    assert '"serious":["emergency: anaphylaxis"]' in shelved("a", story.visit(), NOON).summary


def test_what_was_serious_stands_first_among_the_visits_to_finish():
    grave = replace(
        ROW, stream="b", day=TODAY - timedelta(days=1), serious=("emergency: anaphylaxis",)
    )
    _columns, first, second = lines_of((ROW, grave), "finish", TODAY, Beside())
    assert (first.key, second.key) == ("b", "a")
    assert first.status == "To sign. Serious: emergency: anaphylaxis"
    assert (first.tone, second.tone) == ("danger", "warn")
