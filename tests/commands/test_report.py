"""The signed report comes out of the ledger as it was signed; an unsigned visit as a draft."""

import hashlib
import shutil
from contextlib import closing

import pypdfium2
import pytest

from ketachart.commands.player import PASSPHRASE
from tests.helpers.command import HEADER, command, note

NUMBER = "261122-04"


@pytest.fixture(scope="module")
def folder(replayed, tmp_path_factory):
    """A replay's folder, a copy of these tests' own."""
    copy = tmp_path_factory.mktemp("report") / "o"
    shutil.copytree(replayed("late_and_corrected")[1], copy)
    return copy


def report(folder, *words):
    return command("report", folder, "--passphrase-file", "-", *words, typed=PASSPHRASE + "\n")


def pages_of(path):
    with closing(pypdfium2.PdfDocument(path)) as document:
        return len(document)


def test_the_signed_report_is_written_as_it_was_signed(folder, tmp_path):
    out, root = tmp_path / "r.pdf", tmp_path / "root.pem"
    answer = report(folder, "--visit", NUMBER, "--out", out, "--trust-out", root)
    assert answer.code == 0, answer
    assert out.read_bytes() == (folder / "report.pdf").read_bytes()
    assert root.read_bytes() == (folder / "root.pem").read_bytes()
    sha256 = hashlib.sha256(out.read_bytes()).hexdigest()
    assert answer.out == f"r.pdf: signed, {pages_of(out)} pages, sha256 {sha256}\n"
    assert command("verify", out, "--trust", root).code == 0


def test_the_answer_in_json(folder, tmp_path):
    out = tmp_path / "r.pdf"
    answer = report(folder, "--visit", NUMBER, "--out", out, "--json").json
    sha256 = hashlib.sha256(out.read_bytes()).hexdigest()
    assert answer == {
        "good": True, "file": str(out), "signed": True, "pages": pages_of(out),
        "sha256": sha256,
    }  # fmt: skip


def test_a_visit_that_is_not_signed_gives_a_draft_that_says_so(scripts, tmp_path):
    lines = [*HEADER, note("13:40"), '{"kind": "dance"}']
    _, out = scripts.replay(lines, "--strict")  # stops before it signs
    path = tmp_path / "r.pdf"
    answer = report(out, "--visit", NUMBER, "--out", path)
    assert answer.code == 0, answer
    assert answer.out.startswith("r.pdf: UNSIGNED draft, ")
    with closing(pypdfium2.PdfDocument(path)) as document:
        assert "UNSIGNED" in document[0].get_textpage().get_text_range()
    assert command("verify", path).code == 1
    answer = report(out, "--visit", NUMBER, "--out", path, "--json").json
    assert (answer["good"], answer["signed"]) == (True, False)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--out", "r.pdf"), "Say which visit: --visit NUMBER."),
        (("--visit", "nope", "--out", "r.pdf"), "There are: 261122-04."),
        (("--visit", NUMBER, "--out", "none/r.pdf"), "There is no r.pdf there."),
        (("--visit", NUMBER, "--out", "."), "is a folder; the name of a file is needed"),
        (("--visit", NUMBER), "--out"),
    ],
)
def test_what_is_lacking_is_named(folder, tmp_path, monkeypatch, words, says):
    monkeypatch.chdir(tmp_path)
    answer = report(folder, *words)
    assert answer.code == 2
    assert says in answer.err
    assert list(tmp_path.iterdir()) == []
