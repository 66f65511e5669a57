"""The command line of an installed KetaChart: the core's commands, and the window's."""

import pytest

from ui import __main__ as window
from ui import line


@pytest.fixture
def opened(monkeypatch):
    """What the window was opened with, in its place."""
    told = []
    monkeypatch.setattr(window, "show", lambda arguments: told.append(arguments) or 0)
    return told


@pytest.mark.parametrize("words", [[], ["window"]])
def test_without_a_command_the_window_is_opened(opened, words):
    assert line.main(words) == 0
    (arguments,) = opened
    assert (arguments.story, arguments.demo, arguments.folder) == (None, False, None)


def test_the_window_is_told_what_it_shall_show(opened, tmp_path):
    assert line.main(["window", "--demo", "--folder", str(tmp_path)]) == 0
    assert (opened[0].demo, opened[0].folder) == (True, tmp_path)


def test_the_demo_leaves_a_ledger_alone_that_is_there(tmp_path, capsys):
    ledger = tmp_path / "ledger"
    ledger.mkdir()
    words = ["demo", "--out", str(tmp_path / "out"), "--ledger", str(ledger)]
    assert line.main(words) == 2
    assert "is there already" in capsys.readouterr().err
    assert not [*ledger.iterdir()]


def test_the_commands_of_the_core_are_the_same(capsys):
    with pytest.raises(SystemExit) as ended:
        line.main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("KetaChart 1.")
    assert line.main(["verify", "/nowhere.pdf"]) == 2
