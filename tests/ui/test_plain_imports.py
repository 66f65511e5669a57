"""What is imported after Qt's bindings is not read as text by them, and kept in memory."""

import builtins
import importlib
import linecache
import sys

import pytest

from ui import plain_imports

ALL_OF_QT = "from PySide6.QtGui import *\n"


@pytest.fixture
def module(tmp_path, monkeypatch):
    """The name of a module that nobody has imported."""
    (tmp_path / "never_read_before.py").write_text(ALL_OF_QT)
    monkeypatch.syspath_prepend(tmp_path)
    yield "never_read_before"
    sys.modules.pop("never_read_before", None)


def test_no_source_is_read_or_kept(module):
    made = __import__(module)  # as the statement does it
    assert [name for name in linecache.cache if module in name] == []
    assert {"QColor", "QKeySequence"} <= set(vars(made))  # all of it is there, though lazily made


def test_where_nothing_was_put_in_its_place_python_imports_as_before(monkeypatch):
    now = builtins.__import__
    monkeypatch.delattr(builtins, "__orig_import__")
    plain_imports.restore()
    assert builtins.__import__ is now
    assert importlib.import_module("ui.tokens").SCALES
