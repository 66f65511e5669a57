"""Whatever does an act shows its key beside it, or stands in a list that the arrows walk."""

import re

import pytest

from tests.helpers.qt import all_of, rest
from tests.helpers.visit_window import VisitWindow
from ui.actions import ACTIONS, key_of
from ui.forms.registry import SHEETS
from ui.widgets.buttons import Button
from ui.widgets.choices import Choices

# Rows of a list: the arrows lead there, and a letter or Alt and a digit does it.
LISTS = {"AnswerRow", "PointRow", "_Point", "_Pair", "Stepper", "Places"}
# Reached with Tab where they are wanted: each acts upon what stands beside it.
BESIDE = {
    "Chart another bag": "order: upon the bag above it",
    "Another call…": "instructions: upon the calls that are planned",
    "Cannot or refuses…: responsible adult": "instructions: upon the second box of ink",
    "Strike this row…": "a correction: upon the row that is corrected",
    "Pump stopped": "an emergency: the first step says the same with its digit",
}
KEYS = {key_of(action.name) for action in ACTIONS} | {"Enter", "Esc", "Ctrl+Up", "Ctrl+Down"}
PHASES = ("screening", "order", "infusion", "observation", "instructions", "sign")
SCREENS = ("emergency", "stock", "post", "certificates", "privacy", "people", "keys")


@pytest.fixture
def window(tmp_path, qapp):  # noqa: ARG001 - the application has to be there first
    made = VisitWindow(tmp_path / "l", "paused_for_nausea", "infusion", until="infusion-resumed")
    yield made
    rest(made.desk)
    made.close()


def shows_its_key(button):
    said = " ".join((button._key, button.sub(), button.accessibleName(), button.words()))
    return bool(button._key) or any(
        re.search(rf"(?<![\w+]){re.escape(key)}(?![\w+])", said) for key in KEYS
    )


def stands_in_a_list(button):
    above = button.parentWidget()
    while above is not None:
        if isinstance(above, Choices) or type(above).__name__ in LISTS:
            return True
        above = above.parentWidget()
    return False


def without_a_key(root):
    return {
        button.accessibleName()
        for button in all_of(root, Button)
        if button.isEnabled()
        and not shows_its_key(button)
        and not stands_in_a_list(button)
        and button.accessibleName() not in BESIDE
        and not button.accessibleName().endswith(" settled")  # folds its list
    }


def test_every_phase_sheet_and_screen_shows_the_keys_of_its_acts(window):
    found = {}
    for phase in PHASES:
        window.open(phase)
        found[phase] = without_a_key(window.window)
    window.open("infusion")
    for name in SHEETS:
        if name != "pause":  # its key press itself is charted
            window.column.open_sheet(name)
            found[name] = without_a_key(window.column)
    window.column.close_sheet()
    for name in SCREENS:
        window.window.show_screen(name)
        found[name] = without_a_key(window.window)
    assert {name: lacking for name, lacking in found.items() if lacking} == {}
