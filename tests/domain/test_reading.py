"""The rows of a report are entries again, each in the words in which it was written."""

import json

import pytest

from ketachart.domain import facts as f
from ketachart.domain.chain import GENESIS
from ketachart.domain.folded import reading
from ketachart.domain.folded.rows import entry_rows
from ketachart.domain.visit import fold
from ketachart.errors import CannotRead
from tests.helpers.story import Story


def rows_of(story, change=lambda row: row):
    """The rows of a story with their chain, as a ledger would have written them."""
    previous, rows = GENESIS, []
    for row in entry_rows(story.visit()):
        changed = change({**row, "stream": "visit-1"})
        previous = reading.chain_of_row(changed, previous)
        rows.append({**changed, "chain": previous})
    return rows


def opened():
    return Story().tell(f.VisitOpened(at=Story().at(0), visit="261122-01")).patient()


def test_rows_come_back_as_the_entries_they_were_made_from():
    story = opened()
    entries = reading.entries_of(rows_of(story))
    assert [entry.fact for entry in entries] == [entry.fact for entry in story.visit().entries]
    assert [entry.number for entry in entries] == list(range(1, len(entries) + 1))


def before_practice(row):
    """The visit's opening as it was written before there was such a thing as practice."""
    body = {name: value for name, value in row["body"].items() if name != "practice"}
    return {**row, "body": body}


def test_an_entry_that_was_written_before_its_kind_grew_keeps_its_hash():
    rows = rows_of(opened(), before_practice)
    entries = reading.entries_of(rows)
    assert entries[3].fact.practice is False
    assert entry_rows(fold(entries)) == rows


@pytest.mark.parametrize("name", ["heart_rate", "recorded_at", "author", "session", "number"])
def test_any_part_of_a_row_is_under_its_hash(name):
    rows = rows_of(opened())
    assert reading.broken_at(rows) is None
    row = rows[2]
    rows[2] = {**row, name: 9 if name == "number" else "other"}
    if name == "heart_rate":
        rows[2] = {**row, "body": {**row["body"], name: 9}}
    assert reading.broken_at(rows) == 3


def test_rows_that_begin_later_are_not_whole():
    later = rows_of(opened(), lambda row: {**row, "number": row["number"] + 1})
    assert reading.broken_at(later) == 1


def test_an_older_shape_is_brought_up_to_today_s(monkeypatch):
    monkeypatch.setattr(f.NoteWritten, "VERSION", 2)
    monkeypatch.setitem(
        reading.STEPS, ("note-written", 1), lambda body: {"text": body["words"].upper()}
    )
    at = "2026-11-22T12:00:00-07:00"
    told = reading.fact_from("note-written", 1, at=at, body={"words": "asleep"})
    assert told.text == "ASLEEP"
    unknown = reading.fact_from("note-written", 3, at=at, body={"words": "asleep"})
    assert (unknown.kind, unknown.version) == ("note-written", 3)


@pytest.mark.parametrize("missing", ["number", "chain", "body", "elapsed_ms", "at"])
def test_a_row_that_lacks_a_part_is_named_by_its_line(missing):
    rows = rows_of(opened())
    del rows[1][missing]
    lines = "".join(f"{json.dumps(row)}\n" for row in rows).encode()
    with pytest.raises(CannotRead, match="Line 2 of the attached entries"):
        reading.rows_of(lines)


def test_a_sign_in_a_note_that_ends_a_line_elsewhere_does_not_end_a_row():
    row = {**rows_of(opened())[0], "author": "a\u2028b\x85c"}
    content = (json.dumps(row, ensure_ascii=False) + "\n").encode()
    assert reading.rows_of(content) == (row,)
    assert reading.rows_of(b"") == ()


def test_a_row_that_holds_more_than_a_row_does_is_none():
    row = {**rows_of(opened())[0], "seen_by": "x"}
    with pytest.raises(CannotRead, match="Line 1"):
        reading.rows_of(json.dumps(row).encode())


def test_a_row_whose_time_has_no_end_is_named_by_its_line():
    rows = rows_of(opened())
    rows[1]["elapsed_ms"] = 10**30
    with pytest.raises(CannotRead, match="Line 2 of the attached entries"):
        reading.entries_of(rows)
