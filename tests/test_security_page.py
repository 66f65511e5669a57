"""docs/security.md: every claim names a test that exists; every row says what does not help."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
LONGEST = 130  # lines: one page of prose, and the list of tests behind it
COLUMNS = 4


def rows():
    """The rows of the table: who, can, stopped by, not stopped by."""
    lines = [line for line in PAGE.splitlines() if line.startswith("| **")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def numbers_in(text):
    """The tests that a text names by number."""
    groups = re.findall(r"\[([\d, ]+)\]", text)
    return [int(number) for group in groups for number in group.split(",")]


def named():
    """The list at the end: each number, with file and function."""
    found = re.findall(r"^(\d+)\. `(tests/[\w/]+\.py)::(\w+)`$", PAGE, re.MULTILINE)
    return {int(number): (file, name) for number, file, name in found}


@cache
def functions_in(file):
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_test_that_the_page_names_exists():
    assert sorted(named()) == list(range(1, len(named()) + 1))
    gone = [f"{file}::{name}" for file, name in named().values() if name not in functions_in(file)]
    assert gone == []


def test_every_number_has_its_test_and_every_test_its_claim():
    assert set(numbers_in(PAGE)) == set(named())


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0].strip("* "))
def test_each_row_says_what_stops_and_what_does_not_and_names_a_test(row):
    assert len(row) == COLUMNS
    assert all(row)
    assert unproved(row[2]) == []


def unproved(stops):
    """The claims of a cell that name no test; what is left out of the program needs none."""
    claims = [claim.strip() for claim in stops.split(";")]
    return [one for one in claims if not numbers_in(one) and not one.startswith("no telemetry")]


def test_a_claim_without_a_test_would_be_noticed():
    assert unproved("It is locked [3, 4]; nobody can open it") == ["nobody can open it"]
    assert numbers_in("closed [34]; refused [35, 36]") == [34, 35, 36]
    assert "test_that_nobody_wrote" not in functions_in("tests/test_security_page.py")


def test_it_is_a_page_and_the_whole_of_who_was_thought_of():
    assert len(PAGE.splitlines()) < LONGEST
    assert len(rows()) >= 14
