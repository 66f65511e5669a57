"""A script's lines: what cannot be read is told with its line, and nothing is guessed."""

import json

import pytest

from ketachart import house
from ketachart.commands import script
from ketachart.domain.facts import ScreeningConcluded, VisitOpened
from ketachart.errors import CannotRead
from tests.helpers.stories import FOLDER


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ("{", "not one JSON object"),
        ("[1, 2]", "not one JSON object"),
        ('"text"', "not one JSON object"),
        ('{"kind": "dance"}', "not a kind of line"),
        ('{"kind": "report-signed", "at": "2026-11-22T12:00:00-07:00"}', "not a kind of line"),
        ('{"kind": "rate-set", "rate_ml_h": "5"}', "at: this value is missing"),
        ('{"kind": "rate-set", "at": "noon", "rate_ml_h": "5"}', "a time such as"),
        ('{"kind": "rate-set", "at": "2026-11-22T12:00:00-07:00", "rate": "5"}', "rate_ml_h"),
        ('{"kind": "rate-set", "kind": "note-written"}', "stands twice"),
        ('{"kind": "strike", "at": "2026-11-22T12:00:00-07:00", "entry": "x"}', "reason"),
        ('{"kind": "correct", "at": "2026-11-22T12:00:00-07:00", "entry": "x", "reason": "r"}',
         "a fact with its kind"),
        ('{"kind": "rate-set", "at": "2026-11-22T12:00:00-07:00", "rate_ml_h": NaN}', "number"),
        ('{"kind": "sign"}', "at: this value is missing"),
        ("{" * 100_000, "not one JSON object"),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_read_says_why(raw, says):
    line = script.read_line(raw, 7)
    assert line.number == 7
    assert says in line.fault


def test_blank_lines_are_passed_over_and_numbers_stay_those_of_the_file(tmp_path):
    path = tmp_path / "s.jsonl"
    path.write_text('\n{"kind": "x"}\n\n', encoding="utf-8")
    assert [line.number for line in script.read(path)] == [2]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xff\xfe\x00"])
def test_a_file_without_a_line_is_said_to_have_none(tmp_path, content):
    path = tmp_path / "s.jsonl"
    path.write_bytes(content)
    with pytest.raises(CannotRead):
        script.read(path)


def test_a_line_separator_inside_a_note_does_not_end_the_line():
    raw = json.dumps(
        {"kind": "note-written", "at": "2026-11-22T12:00:00-07:00", "text": "a\u2028b"},
        ensure_ascii=False,
    )
    assert script.read_line(raw, 1).fact.text == "a\u2028b"


def test_every_story_is_read_without_a_fault():
    for path in FOLDER.glob("*.jsonl"):
        assert [line.fault for line in script.read(path) if line.fault] == []


def test_every_story_has_a_number_of_its_day_and_the_edition_that_is_shipped():
    numbers = set()
    for path in FOLDER.glob("*.jsonl"):
        facts = [line.fact for line in script.read(path)]
        opened = next(fact for fact in facts if isinstance(fact, VisitOpened))
        assert opened.visit[:7] == f"{opened.at:%y%m%d}-"
        numbers.add(opened.visit)
        for fact in facts:
            if isinstance(fact, ScreeningConcluded):
                assert fact.edition == house.shipped_protocol().edition
    assert len(numbers) == len(list(FOLDER.glob("*.jsonl")))
