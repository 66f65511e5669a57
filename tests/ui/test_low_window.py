"""Where the letters are large and the window low, what matters most is in sight all the same."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from tests.helpers.visit_window import VisitWindow
from ui import theme
from ui.widgets.boxes import Scroller


@pytest.fixture(scope="module")
def low(tmp_path_factory, qapp):  # noqa: ARG001 - the application has to be there first
    made = VisitWindow(
        tmp_path_factory.mktemp("low") / "l", "paused_for_nausea", "infusion",
        until="infusion-resumed",
    )  # fmt: skip
    theme.apply(QApplication.instance(), "dim", 2.0)
    made.settle()
    yield made
    made.close()
    theme.apply(QApplication.instance(), "dim", 1.0)


@pytest.fixture(autouse=True)
def dim():
    """In place of the look that every other test begins with: `low` says which."""


def whole(window, widget):
    """Whether all of a widget is between the strip at the top and the status bar."""
    top = widget.mapTo(window.window, QPoint(0, 0)).y()
    low_end, high_end = window.window.status.y(), window.window.strip.geometry().bottom()
    return widget.isVisible() and high_end < top and top + widget.height() <= low_end


def scrolling(around):
    return [
        s
        for s in around.findChildren(Scroller)
        if s.isVisible() and s.verticalScrollBar().maximum()
    ]


def test_an_open_sheet_has_all_the_room_and_scrolls_once(low):
    sheet = low.column.open_sheet("vitals")
    low.settle()
    assert whole(low, sheet.primary)
    four = [sheet.figures[code] for code in ("systolic", "diastolic", "heart_rate", "spo2")]
    assert len({field.y() for field in four}) == 1
    assert all(whole(low, field) for field in four)
    assert scrolling(low.column) == [sheet._scroller]
    bar = low.frame._bar
    assert sheet.heading.isHidden()
    assert bar._heading.isVisible()
    assert bar._heading.title == "Vitals"
    assert not low.frame._stepper.isVisible()
    assert whole(low, low.frame._emergency)


def test_a_sheet_that_is_left_gives_the_steps_back(low):
    low.column.open_sheet("note")
    low.settle()
    low.frame._bar.left.emit()
    low.settle()
    assert not low.column.open_name
    assert low.frame._stepper.isVisible()
    assert not low.frame._bar._heading.isVisible()


def test_the_steps_say_which_phase_it_is(low):
    low.column.open_sheet("note")
    low.settle()
    low.window.act("turn")
    low.settle()
    assert low.frame.isAncestorOf(QApplication.focusWidget())  # never up in the strip
    low.window.act("turn")
    low.window.act("back")
    low.settle()
    named = [b.words() for b in low.frame._stepper._buttons]
    assert named == ["", "", "Infusion", "", "", ""]
    low.frame._stepper.show_rail()
    assert [b.sub() for b in low.frame._stepper._buttons][3:] == [
        "Observation", "Instructions", "Sign",
    ]  # fmt: skip
    low.frame._stepper.show_bar()


def test_observation_begins_with_the_time_of_release(low):
    screen = low.open("observation")
    assert screen.strip.button.hasFocus()
    assert whole(low, screen.strip._time)
    assert whole(low, screen.strip.button)
    low.open("infusion")


def test_an_emergency_begins_with_its_strip_and_what_is_pressed(low):
    screen = low.window.show_screen("emergency")
    low.settle()
    buttons = list(screen.steps._buttons.values())
    assert buttons[0].hasFocus()
    assert whole(low, buttons[0])
    assert whole(low, buttons[1])
    assert whole(low, screen.top.cause)
    assert len(scrolling(screen)) == 1
