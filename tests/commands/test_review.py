"""`review` and `trends` over a folder: the queue, what is not good, the table; no names."""

import pytest

from tests.helpers.command import command
from tests.helpers.reviewing import made


@pytest.fixture
def folder(tmp_path):
    """Both versions of one visit, a file that is no report, and the clinic's trust file."""
    inside = tmp_path / "reports"
    inside.mkdir()
    (inside / "a.pdf").write_bytes(made().first)
    (inside / "b.pdf").write_bytes(made().second)
    (tmp_path / "trust.pem").write_bytes(made().trust)
    return inside


def test_the_queue_of_a_folder_is_listed_without_names(folder):
    answer = command("review", folder, "--trust", folder.parent / "trust.pem")
    assert answer.code == 0
    assert answer.out.startswith("2 reports of 1 visit, 1 flagged.\n261122-01")
    assert "Julia Alvarez, RN: waiting for review" in answer.out
    assert "! signed incomplete: practice" in answer.out
    assert "1 addendum" in answer.out
    assert "Rivera" not in answer.out


def test_what_is_not_good_is_said_and_answers_one(folder):
    (folder / "no.pdf").write_text("no report")
    (folder / "b.pdf").write_bytes(made().second[:-200])
    answer = command("review", folder, "--json", "--trust", folder.parent / "trust.pem")
    assert answer.code == 1
    told = answer.json
    assert (told["good"], told["trust_checked"]) == (False, True)
    (visit,) = told["visits"]
    assert (visit["number"], visit["version"], visit["good"]) == ("261122-01", 1, True)
    assert "no.pdf" in [one["file"] for one in told["not_read"]]


def test_figures_are_counted_and_written_as_a_table(folder, tmp_path):
    out = tmp_path / "out.csv"
    answer = command("trends", folder, "--csv", out, "--json")
    assert answer.code == 0
    assert answer.json["visits"] == 1
    assert answer.json["by_nurse"][0]["staff_id"] == "ja"
    text = out.read_bytes().decode("utf-8-sig")
    assert text.startswith("visit,day,")
    assert "261122-01,2026-11-22,ja" in text
    assert command("trends", folder, "--table", "nurses", "--csv", out).code == 0
    assert out.read_bytes().decode("utf-8-sig").startswith("staff id,nurse,month")


def test_days_limit_what_is_counted(folder):
    answer = command("trends", folder, "--since", "2026-11-23", "--json")
    assert answer.json["visits"] == 0
    told = command("trends", folder, "--until", "2026-11-22").out
    assert told.startswith("1 visit counted.\nWho signed was not checked")
    assert command("trends", folder, "--since", "yesterday").code == 2


def test_what_is_not_good_is_not_counted(folder):
    (folder / "a.pdf").unlink()
    (folder / "b.pdf").write_bytes(made().second[:-200])
    answer = command("trends", folder)
    assert answer.code == 1
    assert "0 visits counted." in answer.out
    assert "Who signed" not in answer.out
    assert "Not counted: b.pdf" in answer.out


def test_a_folder_that_is_not_there_is_said(tmp_path):
    answer = command("review", tmp_path / "gone")
    assert answer.code == 2
    assert "There is no gone there" in answer.err
