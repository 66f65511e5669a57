"""A ledger backed up and made again from the command line."""

import pytest

from ketachart.commands.player import PASSPHRASE
from tests.helpers.command import HEADER, command, note


def told(*words, typed=PASSPHRASE):
    return command(*words, "--passphrase-file", "-", typed=typed + "\n")


@pytest.fixture
def place(tmp_path):
    made = tmp_path / "stick"
    made.mkdir()
    return made


@pytest.fixture
def folder(scripts):
    return scripts.replay([*HEADER, note("13:40"), '{"kind": "dance"}'], "--strict")[1]


def test_a_ledger_is_backed_up_and_made_again_elsewhere(folder, place, tmp_path):
    nowhere = told("backup", folder)
    assert (nowhere.code, nowhere.err.startswith("No place for backups")) == (2, True)
    made = told("backup", folder, "--to", place)
    assert made.code == 0, made
    assert made.out.startswith("Backed up and read back whole: ")
    assert "same disk" in made.out
    again = told("backup", folder, "--json").json
    restored = told("restore", tmp_path / "new", "--from", place, "--json", "--reason", "a test")
    assert restored.json["item"] == again["item"]
    assert (restored.json["kept"], restored.json["regained"]) == (None, 0)
    assert told("show", tmp_path / "new").code == 0
    over = told("restore", tmp_path / "new", "--from", place)
    assert "Nothing was charted after it" not in over.out  # that it was restored is kept as well
    assert over.code == 0


def test_what_cannot_be_restored_is_said_in_words(folder, place, tmp_path):
    empty = told("restore", tmp_path / "new", "--from", place)
    assert (empty.code, empty.err) == (2, "There is no whole backup in stick.\n")
    told("backup", folder, "--to", place)
    wrong = told("restore", tmp_path / "new", "--from", place, typed="wrong")
    assert (wrong.code, "not the passphrase of this backup" in wrong.err) == (2, True)
    nobody = told("restore", tmp_path / "new", "--from", place, "--who", "xx")
    assert "not on this backup's list" in nobody.err
    for ledger in place.glob("*/*/ledger.db"):
        ledger.unlink()
    gone = told("restore", tmp_path / "new", "--from", place)
    assert "The ledger is missing from this backup" in gone.err
