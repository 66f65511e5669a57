"""The entries as a table for a spreadsheet: every one of them, and none that it takes for a sum."""

import csv
from datetime import timedelta
from io import StringIO

import pytest

from ketachart.domain.facts import NoteWritten
from ketachart.domain.facts.safekeeping import EmergencyAccess
from ketachart.domain.log_table import book_csv, log_csv
from ketachart.domain.spreadsheet import MARK, table
from ketachart.domain.visit import Entry
from tests.helpers.story import NOON, Story


def rows(content):
    assert content.startswith(MARK)
    return list(csv.DictReader(StringIO(content.removeprefix(MARK), newline="")))


def entry(fact, number=1):
    return Entry(
        number=number, id=f"e{number}", author="ja", recorded_at=fact.at, elapsed=timedelta(),
        session="s", fact=fact,
    )  # fmt: skip


def test_every_entry_of_a_visit_is_a_row_with_its_two_times_and_why_it_was_struck():
    story = Story().patient().order()
    told = story.visit()
    found = rows(log_csv(told))
    assert [row["id"] for row in found] == [each.id for each in told.entries]
    assert found[0]["happened at"] == told.entries[0].at.isoformat(timespec="seconds")
    assert {row["struck (1 = yes)"] for row in found} == {"0"}


def test_the_laptops_book_tells_an_emergency_in_words():
    fact = EmergencyAccess(
        at=NOON,
        staff_id="ja",
        name="Julia Alvarez",
        reason='=HYPERLINK("x")',
        fingerprint="ab" * 32,
    )
    (row,) = rows(book_csv([entry(fact)]))
    assert row["entry"] == "OPENED WITH THE RECOVERY KEY"
    assert "Julia Alvarez" in row["words"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "−"])
def test_a_text_that_a_spreadsheet_would_work_out_stays_a_text(start):
    (row,) = rows(table(["words"], [[f"{start}1+1"]]))
    assert row["words"] == f"'{start}1+1"


def test_a_fact_that_begins_like_a_formula_stays_a_text_in_the_log():
    note = NoteWritten(at=NOON, text="=1+1")
    told = [row["words"] for row in rows(book_csv([entry(note)]))]
    assert told == ["'=1+1"]
