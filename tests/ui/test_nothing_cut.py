"""No text of any sheet, phase or screen is cut, covered or broken where there is the least room.

At the smaller text size the same walk looks whether everything there is said to whoever listens,
and large enough for a finger.
"""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from ketachart.domain.course import PHASES
from tests.helpers.access import misbooked, too_small, unheard
from tests.helpers.measuring import cut
from tests.helpers.qt import LOOKS, rest
from tests.helpers.visit_window import VisitWindow
from ui import theme
from ui.app import MORE_SCREENS
from ui.forms.registry import SHEETS
from ui.screens.atlas import _MAKERS

# Looked at in their own tests: they need another desk, or are the visit itself.
ELSEWHERE = {"visit", "first-start", "recover", "restore", "emergency"}


@pytest.fixture(autouse=True)
def dim():
    """In place of the look that every other test begins with: `narrow` says which."""


@pytest.fixture(scope="module")
def supervised(tmp_path_factory, qapp):  # noqa: ARG001 - the application has to be there first
    """An infusion that runs, on the laptop of a nurse who also reviews."""
    folder = tmp_path_factory.mktemp("cut") / "l"
    made = VisitWindow(folder, "paused_for_nausea", "infusion", until="infusion-resumed")
    office = made.desk.office
    office.register(replace(office.nurse, at=made.desk.now(), role="supervisor"))
    yield made
    made.close()
    theme.apply(QApplication.instance(), "dim", 1.0)


@pytest.fixture(scope="module", params=LOOKS, ids=lambda look: f"{look[0][0]}-{look[1]}")
def narrow(request, supervised):
    """The same, where there is the least room."""
    size, scale = request.param
    theme.apply(QApplication.instance(), "dim", scale)
    supervised.window.resize(*size)
    supervised.settle()
    return supervised


def faults(window, name, root):
    """What is cut once it is at rest, each line with the name of the place."""
    for _ in range(5):
        window.settle()
        found = cut(root, paints=False)
        if not found:
            break
    if theme.look().scale == 1.0:
        found += unheard(root) + too_small(root)
    return [f"{name}: {line}" for line in found]


def test_no_sheet_is_cut(narrow):
    said = []
    for name in SHEETS:
        narrow.column.open_sheet(name)
        said += faults(narrow, name, narrow.column)
    narrow.column.close_sheet()
    rest(narrow.desk)
    assert said == []


def test_no_phase_is_cut(narrow):
    said = []
    for phase in PHASES:
        narrow.frame.open_phase(phase)
        said += faults(narrow, phase, narrow.window)
    rest(narrow.desk)
    assert said == []


def test_no_screen_is_cut(narrow):
    said = []
    for name in sorted({*_MAKERS, *MORE_SCREENS} - ELSEWHERE):
        narrow.window.show_screen(name)
        said += faults(narrow, name, narrow.window)
    narrow.window.show_screen("visit")
    rest(narrow.desk)
    assert said == []
    assert misbooked(narrow.window) == []
