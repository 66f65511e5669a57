"""The emergency sheet from the command line: from a signed visit and from one that never was."""

import hashlib

import pytest

from ketachart.commands.player import PASSPHRASE
from ketachart.report.text import extract
from tests.helpers.command import HEADER, command, note

NUMBER = "261122-04"


def ems(folder, *words):
    return command("ems", folder, "--passphrase-file", "-", *words, typed=PASSPHRASE + "\n")


def test_a_visit_that_never_began_gives_a_sheet(scripts, tmp_path):
    lines = [*HEADER, note("13:40"), '{"kind": "dance"}']
    _, out = scripts.replay(lines, "--strict")  # stops before it signs
    path = tmp_path / "e.pdf"
    answer = ems(out, "--visit", NUMBER, "--out", path)
    assert answer.code == 0, answer
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    assert answer.out == f"e.pdf: emergency sheet, UNSIGNED, sha256 {sha256}\n"
    assert "No ketamine is charted" in extract(path.read_bytes())
    assert command("verify", path).code == 1


def test_a_signed_visit_gives_one_too_and_the_answer_in_json(replayed, tmp_path):
    path = tmp_path / "e.pdf"
    folder = replayed("late_and_corrected")[1]
    answer = ems(folder, "--visit", NUMBER, "--out", path, "--paper", "a4", "--json").json
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    assert answer == {"good": True, "file": str(path), "signed": False, "sha256": sha256}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--out", "e.pdf"), "Say which visit: --visit NUMBER."),
        (("--visit", "nope", "--out", "e.pdf"), "There are: 261122-04."),
    ],
)
def test_what_is_lacking_is_named(replayed, tmp_path, monkeypatch, words, says):
    monkeypatch.chdir(tmp_path)
    answer = ems(replayed("late_and_corrected")[1], *words)
    assert (answer.code, says in answer.err) == (2, True), answer
    assert list(tmp_path.iterdir()) == []
