"""One command makes a story's report, opens it where that can be, and says where it is."""

import stat

import pypdfium2
import pytest

from tests import pdf
from tests.helpers.command import command

STORY = "screening_refuses"


@pytest.fixture(autouse=True)
def no_display(monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(pdf.sys, "platform", "linux")


def size_of(path):
    document = pypdfium2.PdfDocument(path)
    try:
        return tuple(round(length) for length in document[0].get_size())
    finally:
        document.close()


def test_the_signed_report_lies_where_it_is_said(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(pdf, "ROOT", tmp_path)
    assert pdf.main([STORY]) == 0
    path = tmp_path / "build" / "pdf" / f"{STORY}.pdf"
    assert capsys.readouterr().out == f"{path}: look at it with any PDF reader\n"
    assert command("verify", path).code == 0
    assert size_of(path) == (612, 792)


def test_the_place_and_the_paper_may_be_named(tmp_path, capsys):
    path = tmp_path / "deep" / "r.pdf"
    assert pdf.main([STORY, "--out", str(path), "--paper", "a4"]) == 0
    assert str(path) in capsys.readouterr().out
    assert size_of(path) == (595, 842)
    assert command("verify", path).code == 0


def test_the_systems_viewer_is_asked_where_there_is_a_display(tmp_path, monkeypatch, capsys):
    asked = tmp_path / "asked"
    viewer = tmp_path / "xdg-open"
    viewer.write_text(f'#!/bin/sh\necho "$1" > {asked}\n', encoding="utf-8")
    viewer.chmod(viewer.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setenv("DISPLAY", ":9")
    monkeypatch.setattr(pdf, "report_of", lambda _story, _paper: b"%PDF-")
    out = tmp_path / "r.pdf"
    assert pdf.main([STORY, "--out", str(out)]) == 0
    assert asked.read_text(encoding="utf-8") == f"{out}\n"
    assert capsys.readouterr().out == f"{out}: opened\n"


def test_without_a_viewer_it_says_where_the_report_is(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("DISPLAY", ":9")
    monkeypatch.setattr(pdf, "report_of", lambda _story, _paper: b"%PDF-")
    assert pdf.main([STORY, "--out", str(tmp_path / "r.pdf")]) == 0
    assert "look at it with any PDF reader" in capsys.readouterr().out


def test_a_story_that_is_none_is_told_with_those_there_are(tmp_path, capsys):
    assert pdf.main(["noisy_hour", "--out", str(tmp_path / "r.pdf")]) == 2
    said = capsys.readouterr().out
    assert said.startswith("There is no story “noisy_hour”. There are: across_midnight, ")
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_told(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(pdf, "report_of", lambda _story, _paper: b"%PDF-")
    (tmp_path / "file").write_bytes(b"")
    assert pdf.main([STORY, "--out", str(tmp_path / "file" / "r.pdf")]) == 2
    assert "Choose another place with --out." in capsys.readouterr().out


@pytest.mark.parametrize("words", [[], [STORY, "--paper", "napkin"]])
def test_words_that_are_not_understood_show_how_it_is_used(words, capsys):
    with pytest.raises(SystemExit) as left:
        pdf.main(words)
    assert left.value.code == 2
    assert "usage: python3 dev.py pdf" in capsys.readouterr().err
