"""What came of each story is what came of it before, the same each time it is made."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests import golden
from tests.golden_files import (
    FOLDER,
    LETTERS,
    differs,
    letters_text,
    makers,
    picture,
    picture_path,
    played,
    visit_text,
)
from tests.golden_pictures import alike, opened, text_as_charted
from tests.helpers.stories import MORE_STORIES, STORIES

ROOT = Path(__file__).parent.parent
EVERY = (*STORIES, *MORE_STORIES)
MAKE_SOME = """
import hashlib
from tests.golden_files import makers
for path, make in makers().items():
    if path.parent.name in {'late_and_corrected', 'fonts'}:
        made = make()
        kept = made if isinstance(made, bytes) else made.encode()
        print(path.parent.name, path.name, hashlib.sha256(kept).hexdigest())
"""


@pytest.mark.parametrize("name", EVERY)
def test_a_story_folds_to_what_it_folded_to_before(name):
    assert not differs(FOLDER / name / "visit.json", visit_text(name))


@pytest.mark.parametrize("name", MORE_STORIES)
def test_a_story_of_the_drug_or_the_day_is_told_as_before(name):
    assert not differs(FOLDER / name / "document.txt", text_as_charted(played(name)))


@pytest.mark.parametrize("name", EVERY)
def test_the_first_pages_of_a_story_look_as_they_looked_before(name):
    for page in (1, 2):
        kept = picture_path(name, page)
        assert kept.exists(), f"{kept.name} of {name} is missing: python dev.py golden makes it"
        assert alike(opened(kept.read_bytes()), picture(name, page)), f"page {page} looks different"
        assert kept.stat().st_size < 25_000


@pytest.mark.parametrize("by", [0, 1, 12])
def test_a_line_that_moves_by_a_point_is_seen(by):
    page = picture(EVERY[0], 1)
    moved = page.copy()
    line = page.crop((30, 190, 400, 200))  # a line of small words
    moved.paste(255, (30, 190, 400, 200))
    moved.paste(line, (30, 190 + by))
    assert alike(page, moved) is (by == 0)


def test_letters_that_are_smoothed_otherwise_are_not_seen():
    page = picture(EVERY[0], 1)
    assert alike(page, page.point(lambda grey: min(grey + 20, 255)))


def test_the_letters_that_may_be_charted_are_those_the_fonts_hold():
    assert not differs(LETTERS, letters_text())


def test_every_golden_file_belongs_to_a_story_and_every_story_has_its_files():
    there = {path for path in FOLDER.rglob("*") if path.is_file()}
    assert there | {LETTERS} == set(makers())


@pytest.mark.parametrize("name", EVERY)
def test_a_golden_visit_holds_nothing_that_chance_made(name):
    kept = json.loads((FOLDER / name / "visit.json").read_text(encoding="utf-8"))
    assert kept["head"] == "(a head)"
    assert kept["signature"]["certificate"] == "(a certificate)"


@pytest.mark.slow
def test_two_processes_make_the_same_golden_files():
    # each with its own seed for the order of sets
    runs = [
        subprocess.run(
            [sys.executable, "-c", MAKE_SOME],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
            env={"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert len(runs[0].splitlines()) == 5


# ------------------------------------------------------------------ the command


class Terminal:
    """A keyboard with one line typed at it, or none there."""

    def __init__(self, line=None):
        self._line = line

    def isatty(self):
        return self._line is not None

    def readline(self, *_size):
        return f"{self._line}\n"


@pytest.fixture
def files(tmp_path):
    """A folder of golden files as they are kept, and what is made now."""
    folder = tmp_path / "golden"
    (folder / "old").mkdir(parents=True)
    (folder / "same.txt").write_text("a\nb\n", encoding="utf-8")
    (folder / "other.txt").write_text("one\ntwo\nthree\n", encoding="utf-8")
    (folder / "old" / "visit.json").write_text("{}\n", encoding="utf-8")
    made = {
        folder / "same.txt": "a\nb\n",
        folder / "other.txt": "one\n2\nthree\n",
        folder / "new" / "visit.json": "{}\n",
    }
    return folder, made


def settled(files, monkeypatch, *, line=None, yes=False):
    folder, made = files
    monkeypatch.setattr(sys, "stdin", Terminal(line))
    return golden.settle(made, folder, yes=yes)


def is_kept(files):
    folder, made = files
    there = {path: path.read_text(encoding="utf-8") for path in folder.rglob("*.*")}
    return there == made


def test_what_changed_is_shown_line_by_line(files, monkeypatch, capsys):
    settled(files, monkeypatch)
    said = capsys.readouterr().out
    assert "-two\n+2\n" in said
    assert "visit.json belongs to no story" in said
    assert "2 of 3 golden files changed, 1 to be removed." in said
    assert "same.txt" not in said


def test_without_a_terminal_nothing_is_kept(files, monkeypatch, capsys):
    assert settled(files, monkeypatch) == 1
    assert not is_kept(files)
    assert "no terminal" in capsys.readouterr().out


@pytest.mark.parametrize(("line", "kept"), [("y", True), ("Yes ", True), ("n", False), ("", False)])
def test_the_answer_decides_whether_it_is_kept(files, monkeypatch, line, kept):
    assert settled(files, monkeypatch, line=line) == (0 if kept else 1)
    assert is_kept(files) is kept


def test_yes_keeps_without_asking_and_then_all_is_as_it_was(files, monkeypatch, capsys):
    assert settled(files, monkeypatch, yes=True) == 0
    assert is_kept(files)
    assert settled(files, monkeypatch) == 0
    assert "3 golden files, all as they were." in capsys.readouterr().out


def test_a_changed_line_end_is_a_change(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"a\r\n")
    assert list(golden.changes({path: "a\n"})) == [path]


def test_a_word_that_is_not_understood_is_said_and_nothing_is_made(capsys):
    with pytest.raises(SystemExit) as left:
        golden.main(["--maybe"])
    assert left.value.code == 2
    assert "--maybe" in capsys.readouterr().err
