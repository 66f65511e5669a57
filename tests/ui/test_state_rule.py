"""What the state's rule asks of a visit at home, answered in the real window before the start."""

import pytest
from PySide6.QtCore import Qt

from ketachart.domain.facts import FindingExplained
from ketachart.domain.start import against_start
from tests.helpers.qt import all_of
from tests.helpers.visit_window import VisitWindow
from ui.widgets.buttons import Button

WANTS = "The rule for AZ wants the prescriber in the building; this is a home (AZ board 2015)"


@pytest.fixture
def window(tmp_path, qapp):  # noqa: ARG001 - the application has to be there first
    """Everything is ready for the start, but the reason was struck."""
    made = VisitWindow(tmp_path / "l", "quiet_hour", "order", before="infusion-started")
    given = next(
        entry
        for entry in made.visit.of(FindingExplained)
        if entry.fact.finding == "prescriber-on-site"
    )
    made.desk.strike(given.id, "entered for another visit")
    made.settle()
    yield made
    made.close()


def on_site(made):
    points = against_start(made.visit, made.desk.now())
    return [point.level for point in points if point.code == "prescriber-on-site"]


def test_the_point_asks_for_a_reason_which_stays_in_the_visit(window):
    assert on_site(window) == ["reason"]
    point = next(b for b in all_of(window.window, Button) if b.words() == WANTS)
    assert point.sub() == "Give the reason"
    point.setFocus()
    window.keys(Qt.Key.Key_Space)
    sheet = window.column.sheet("explain-check")
    said = window.said(sheet)
    assert "AZ board 2015" in said
    window.main_button()
    assert "Write the reason." in window.said(sheet)
    window.type("Home visit under policy 12; the prescriber is on the phone")
    window.main_button()
    kept = window.last(FindingExplained)
    assert kept.finding == "prescriber-on-site"
    assert kept.reason == "Home visit under policy 12; the prescriber is on the phone"
    assert on_site(window) == []
