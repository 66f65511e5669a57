"""A ledger's visits are listed, and one is shown as its log or as folded JSON."""

import json
import shutil

import pytest

from ketachart.commands.player import PASSPHRASE
from tests.helpers.command import command, visit_of

NUMBER = "261122-04"


@pytest.fixture(scope="module")
def folder(replayed, tmp_path_factory):
    """A replay's folder, a copy of these tests' own."""
    copy = tmp_path_factory.mktemp("show") / "o"
    shutil.copytree(replayed("late_and_corrected")[1], copy)
    return copy


def shown(folder, *words):
    answer = command("show", folder, "--passphrase-file", "-", *words, typed=PASSPHRASE + "\n")
    assert answer.code == 0, answer
    return answer


def test_the_list_names_no_one(folder):
    (row,) = shown(folder / "ledger").out.splitlines()
    assert row.split() == [
        NUMBER,
        "2026-11-22",
        "MRN",
        "004182",
        "Migraine",
        "prevention",
        "signed",
    ]
    assert "Rivera" not in row


def test_the_folder_of_a_replay_stands_for_its_ledger(folder):
    assert shown(folder).out == shown(folder / "ledger").out


def test_the_list_in_json(folder):
    assert shown(folder, "--json").json == [
        {"number": NUMBER, "day": "2026-11-22", "mrn": "004182", "status": "signed"}
    ]


def test_a_visit_in_json_is_what_the_replay_wrote(folder):
    whole = shown(folder, "--visit", NUMBER, "--json").json
    wrote = visit_of(folder)
    assert wrote.pop("refusals") == []
    assert whole == wrote


def test_the_log_of_a_visit_tells_late_and_struck_entries(folder):
    lines = shown(folder, "--visit", NUMBER).out.splitlines()
    assert lines[0] == "Sun 22 Nov"
    assert len(lines) == 118  # the day, and 117 entries
    (stop,) = [line for line in lines if "Infusion stopped" in line]
    assert stop.split()[:2] == ["14:59", "+8"]
    assert len([line for line in lines if " struck " in line and "Vitals" in line]) == 2


def test_a_log_over_midnight_names_both_days(replayed, tmp_path):
    copy = tmp_path / "o"
    shutil.copytree(replayed("across_midnight")[1], copy)
    lines = shown(copy, "--visit", "261121-01").out.splitlines()
    assert [line for line in lines if line in ("Sat 21 Nov", "Sun 22 Nov")] == [
        "Sat 21 Nov",
        "Sun 22 Nov",
    ]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--visit", "999999-99"), "There is no visit 999999-99 in this ledger. There are: 261122"),
        (("--who", "nobody"), "“nobody” is not on this ledger's list. Name one of these: ja."),
    ],
)
def test_what_is_not_there_is_told_with_what_is(folder, words, says):
    answer = command("show", folder, "--passphrase-file", "-", *words, typed=PASSPHRASE)
    assert answer.code == 2
    assert says in answer.err
    answer = command("show", folder, "--passphrase-file", "-", "--json", *words, typed=PASSPHRASE)
    assert says in json.loads(answer.out)["error"]


# ------------------------------------------------------------------ the passphrase


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\nsecond line\n"])
def test_the_passphrase_is_the_first_line_of_its_file(folder, tmp_path, end):
    path = tmp_path / "passphrase"
    path.write_bytes((PASSPHRASE + end).encode())
    assert command("show", folder, "--passphrase-file", path).code == 0


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty; nothing was tried"),
        (b"\n" + PASSPHRASE.encode(), "is empty; nothing was tried"),
        (b"\xff\xfe", "not a text file in UTF-8"),
        (None, "There is no passphrase there."),
    ],
)
def test_a_passphrase_file_that_tells_none_tries_none(folder, tmp_path, monkeypatch, content, says):
    path = tmp_path / "passphrase"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setattr("ketachart.charting.unlock", None)
    answer = command("show", folder, "--passphrase-file", path)
    assert answer.code == 2
    assert says in answer.err


def test_without_a_terminal_it_says_how_to_give_the_passphrase(folder, monkeypatch):
    def nobody(_prompt):
        raise EOFError

    monkeypatch.setattr("getpass.getpass", nobody)
    answer = command("show", folder)
    assert answer.code == 2
    assert "--passphrase-file" in answer.err


def test_the_passphrase_is_typed_where_there_is_a_terminal(folder, monkeypatch):
    monkeypatch.setattr("getpass.getpass", lambda _prompt: PASSPHRASE)
    assert command("show", folder).code == 0
