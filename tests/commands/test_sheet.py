"""A sheet for the patient from the command line, in the language the patient reads."""

import shutil

import pytest

from ketachart.commands.player import PASSPHRASE
from ketachart.report.text import extract
from tests.helpers.command import command


@pytest.fixture(scope="module")
def folder(replayed, tmp_path_factory):
    copy = tmp_path_factory.mktemp("sheet") / "o"
    shutil.copytree(replayed("late_and_corrected")[1], copy)
    return copy


def sheet(folder, which, *words, visit="261122-04"):
    out = folder / "s.pdf"
    answer = command(
        "sheet", which, folder, "--visit", visit, "--out", out, "--passphrase-file", "-", *words,
        typed=PASSPHRASE + "\n",
    )  # fmt: skip
    return answer, out


def test_the_handout_of_a_signed_visit(folder):
    answer, out = sheet(folder, "handout", "--language", "es", "--paper", "a4", "--json")
    assert answer.code == 0
    assert (answer.json["sheet"], answer.json["language"]) == ("handout", "es")
    assert "Después de su infusión de ketamina" in extract(out.read_bytes())


def test_the_sheet_before_the_visit_takes_the_time_and_the_patient_s_language(folder):
    answer, out = sheet(folder, "pre-visit", "--starts", "2026-12-02T09:30-07:00")
    assert answer.code == 0
    assert "s.pdf: pre-visit, en, 1 page" in answer.out
    assert "Last solid food: before 3:30 AM" in extract(out.read_bytes())


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--starts", "tomorrow"), "is no time"),
        (("--starts", "2026-12-02T09:30"), "has no offset"),
    ],
)
def test_a_time_that_cannot_be_read_is_told(folder, words, says):
    answer, _out = sheet(folder, "pre-visit", *words)
    assert answer.code == 2
    assert says in answer.err


def test_a_visit_that_is_not_there_is_told(folder):
    answer, _out = sheet(folder, "handout", visit="nothing")
    assert answer.code == 2
    assert "no visit nothing" in answer.err
