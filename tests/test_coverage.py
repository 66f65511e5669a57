"""Every line of the source text has a place in KetaChart, and the places in the table exist."""

import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

from ketachart import house
from ketachart.domain.course import PHASES
from ui.forms.registry import SHEETS
from ui.screens import atlas

ROOT = Path(__file__).parent.parent
LINES = (
    *(f"A1.{n}" for n in range(1, 18)),
    *(f"A2.{n}" for n in range(1, 4)),
    *(f"A3.{n}" for n in range(1, 8)),
    *(f"A4.{n}" for n in range(1, 4)),
    *(f"A5.{n}" for n in range(1, 9)),
    *(f"A6.{n}" for n in range(1, 17)),
    *(f"A7.{n}" for n in range(1, 6)),
    "A8",
    "A9",
)
# Words of an advertisement (A3.7), and the number that the source text never gave (A9).
CLAIMS = ("synap", "imbalance", "rewire", "brain heal", "heals the", r"cures?\b")


@cache
def table():
    """The rows of the table by their line: cells as lists of what stands in backticks."""
    found = {}
    for line in (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8").split("\n"):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if re.fullmatch(r"A\d+(\.\d+)?", cells[0]):
            assert cells[0] not in found, f"{cells[0]} stands twice"
            found[cells[0]] = [re.findall(r"`([^`]+)`", cell) for cell in cells[2:]]
    return found


@cache
def codes_of(file):
    """Every code and name in one file of the resources."""
    rows = tomllib.loads((ROOT / "resources" / file).read_text(encoding="utf-8"))
    names = ("code", "name")
    return {
        str(row[name])
        for value in rows.values()
        if isinstance(value, list)
        for row in value
        for name in names
        if isinstance(row, dict) and name in row
    }


@cache
def sections():
    """The codes of the report's sections."""
    folder = ROOT / "ketachart" / "report" / "sections"
    return {
        code
        for path in folder.glob("*.py")
        for code in re.findall(r'code="([a-z-]+)"', path.read_text(encoding="utf-8"))
    }


def exists(place):
    """Whether one place of the table is there."""
    kind, _, name = place.partition(":")
    known = {
        "screen": lambda: name in atlas._MAKERS,
        "phase": lambda: name in PHASES,
        "sheet": lambda: name in SHEETS,
        "report": lambda: name in sections(),
    }
    if kind in known:
        return known[kind]()
    return name in codes_of(kind) if kind.endswith(".toml") else (ROOT / place).is_file()


def test_every_line_of_the_source_text_is_in_the_table():
    assert tuple(sorted(table())) == tuple(sorted(LINES))


@pytest.mark.parametrize("line", LINES)
def test_each_line_has_a_place_a_module_a_resource_and_a_section_and_all_exist(line):
    cells = table()[line]
    assert len(cells) == 4
    assert all(cells), f"{line} lacks a place"
    assert [place for cell in cells for place in cell if not exists(place)] == []


@pytest.mark.parametrize("place", ["sheet:no", "screen:no", "report:no", "words.toml:no", "no.py"])
def test_a_place_that_is_not_there_is_noticed(place):
    assert not exists(place)


def test_no_claim_of_an_advertisement_is_printed():
    for path in sorted((ROOT / "resources").glob("*.toml")):
        text = path.read_text(encoding="utf-8").lower()
        assert [claim for claim in CLAIMS if re.search(rf"\b{claim}", text)] == [], path.name


def test_nothing_that_the_source_text_does_not_say_is_put_in_its_mouth():
    protocol = house.shipped_protocol()
    rows = (*protocol.limits, *protocol.rounds, *protocol.scores)
    assert [row.source for row in rows if re.match(r"A\d", row.source)] == []
    silent = ("depression", "ptsd", "anxiety", "chronic-pain")
    dosed = [goal for goal in protocol.goals if goal.code in silent and goal.dose_from is not None]
    assert [goal.source for goal in dosed if re.match(r"A\d", goal.source)] == []
    assert all("biweekly" not in (goal.apart_words + goal.note) for goal in protocol.goals)
