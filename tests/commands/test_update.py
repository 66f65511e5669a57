"""`update` on the command line: what a file is, putting it in, going back, what was put in."""

import pytest

from ketachart.charting import updating
from tests.helpers.command import command
from tests.helpers.door import PASSPHRASE
from tests.update import making
from tests.update.conftest import laptop, pinned

__all__ = ["laptop", "pinned"]  # fixtures of the tests of updates


@pytest.fixture
def runs(laptop, monkeypatch):
    """Pretends that a version runs."""

    def pretend(version):
        monkeypatch.setattr(updating, "this_one", lambda: laptop.here(version))

    pretend("1.0.0")
    return pretend


def update(laptop, *words):
    more = ("--passphrase-file", "-") if words[0] in ("install", "back") else ()
    ledger = ("--ledger", laptop.folder) if words[0] != "check" else ()
    return command("update", *words, *ledger, *more, typed=f"{PASSPHRASE}\n")


def test_it_is_looked_at_put_in_told_and_undone(laptop, runs):
    file = making.made(laptop.stick)
    seen = update(laptop, "check", file, "--json")
    assert (seen.code, seen.json["version"], seen.json["for"]) == (0, "1.0.1", "linux-x86_64")
    assert "signed by its makers, and whole" in update(laptop, "check", file).out
    wrong = command(
        "update", "install", file, "--ledger", laptop.folder, "--passphrase-file", "-",
        typed="wrong\n",
    )  # fmt: skip
    assert (wrong.code, laptop.starts()) == (2, "1.0.0")
    put_in = update(laptop, "install", file)
    assert (put_in.code, "KetaChart 1.0.1 is in place" in put_in.out) == (0, True)
    assert laptop.starts() == "1.0.1"
    runs("1.0.1")
    listed = update(laptop, "list", "--json").json
    assert [(row["from"], row["to"]) for row in listed["made"]] == [("1.0.0", "1.0.1")]
    assert listed["said"].startswith("KetaChart was updated from 1.0.0 to 1.0.1.")
    would = update(laptop, "back")
    assert (would.code, "Nothing was changed" in would.out) == (1, True)
    assert laptop.starts() == "1.0.1"
    assert update(laptop, "back", "--yes").code == 0
    assert laptop.starts() == "1.0.0"
    runs("1.0.0")
    assert "1.0.1 → 1.0.0" in update(laptop, "list").out


def test_what_is_refused_changes_nothing_and_has_its_exit_code(laptop, runs, monkeypatch):
    runs("1.0.1")
    file = making.made(laptop.stick)
    assert update(laptop, "check", file).code == 1
    refused = update(laptop, "install", file)
    assert (refused.code, "is what runs here already" in refused.err) == (1, True)
    file.write_bytes(file.read_bytes()[:-9])
    assert update(laptop, "check", file).code == 2
    assert update(laptop, "back").code == 1
    runs("1.0.0")
    monkeypatch.setattr(updating, "why_not_now", lambda _rows, _now: "Visit 1 is under way.")
    busy = update(laptop, "install", making.made(laptop.stick))
    assert (busy.code, busy.err.splitlines()[-1]) == (1, "Visit 1 is under way.")
    assert laptop.starts() == "1.0.0"


def test_as_administrator_only_where_it_came_as_a_package(laptop, runs):
    del runs
    answer = command("update", "put-in", making.made(laptop.stick))
    assert (answer.code, "not installed as a package" in answer.err) == (1, True)
