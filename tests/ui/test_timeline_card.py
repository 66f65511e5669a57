"""The timeline beside a running form: drawn after the form is clear, and not while out of sight."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ketachart.domain.facts import NoteWritten
from ketachart.timeline import scene
from ketachart.timeline.scene_parts import Text
from tests.helpers.closing import Closing
from tests.timeline.told import charted
from ui.widgets import timeline_canvas


@pytest.fixture
def running(tmp_path, qapp):  # noqa: ARG001 - the application has to be there first
    made = Closing(tmp_path / "l", "paused_for_nausea", "infusion", until="infusion-resumed")
    yield made
    made.close()


def chart(window, text):
    window.desk.clock.pass_time(timedelta(minutes=1))
    return window.desk.record(NoteWritten(at=window.desk.now(), text=text))


def drawn(window):
    """The entries that the timeline shows."""
    return {hit.entry for hit in window.screen.timeline.plot.scene().hits}


def test_an_entry_is_drawn_in_the_turn_after_it_was_recorded(running):
    before = running.screen.timeline.plot.scene()
    entry = chart(running, "asleep")
    assert running.screen.timeline.plot.scene() is before
    running.settle()
    assert entry.id in drawn(running)


def test_what_was_charted_out_of_sight_is_drawn_when_it_is_seen_again(running):
    card = running.screen.timeline
    before = card.plot.scene()
    card.hide()
    entry = chart(running, "asleep")
    running.settle()
    assert card.plot.scene() is before
    card.show()
    assert entry.id in drawn(running)


# ------------------------------------------------ a place is opened, other views, the last visit


def to_minutes_ago(window, minutes):
    window.control(Qt.Key.Key_T)
    for _ in range(minutes + 1):
        QTest.keyClick(
            QApplication.focusWidget(), Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier
        )


def test_a_sheet_opened_from_a_place_has_its_time_until_it_is_recorded(running):
    then = running.desk.now().replace(second=0, microsecond=0) - timedelta(minutes=20)
    to_minutes_ago(running, 20)
    running.keys(Qt.Key.Key_Return)
    assert running.column.open_name == "add"
    assert f"What to chart at {then:%H:%M}" in running.said(running.column)
    running.keys(Qt.Key.Key_F3)
    sheet = running.column.sheet("note")
    assert running.column.open_name == "note"
    assert sheet.when.moment() == then
    assert "from the timeline: check" in running.said(sheet)
    assert f"at {then:%H:%M}" in sheet.primary.words()
    assert running.last(NoteWritten) is None  # nothing is recorded by opening it
    running.type("slept")
    running.main_button()
    assert (running.last(NoteWritten).at, running.last(NoteWritten).text) == (then, "slept")
    running.keys(Qt.Key.Key_F3)
    assert sheet.when.text() == ""


def test_a_time_that_was_not_used_does_not_stay_in_the_sheet(running):
    to_minutes_ago(running, 5)
    running.keys(Qt.Key.Key_Return, Qt.Key.Key_F3, Qt.Key.Key_Escape, Qt.Key.Key_F3)
    assert running.column.sheet("note").when.text() == ""
    running.keys(Qt.Key.Key_Escape)
    running.control(Qt.Key.Key_I)
    assert "What to chart" in running.said(running.column)


def test_vitals_for_a_place_are_a_sheet_with_the_time_in_sight(running):
    to_minutes_ago(running, 5)
    running.keys(Qt.Key.Key_Return, Qt.Key.Key_F2)
    sheet = running.column.sheet("vitals")
    assert running.column.open_name == "vitals"
    assert sheet.when.isVisible()
    assert sheet.when.moment() < running.desk.now() - timedelta(minutes=4)


def test_one_key_goes_from_graph_to_grid_to_table(running):
    card = running.screen.timeline
    running.window.act("views")
    running.settle()
    assert card.is_grid
    assert running.focused() == "Timeline as a grid"
    assert (card.grid.isVisible(), card.plot.isVisible()) == (True, False)
    opened = []
    card.opened.connect(opened.append)
    grid = card.grid.grid()
    row = next(n for n, row in enumerate(grid.rows) if row.name == "Blood pressure")
    column = next(n for n, cell in enumerate(grid.rows[row].cells) if cell.entry)
    card.grid.setCurrentIndex(card.grid.model().index(row, column))
    running.keys(Qt.Key.Key_Return)
    assert opened == [grid.rows[row].cells[column].entry]
    assert running.column.open_name == "correct"
    running.keys(Qt.Key.Key_Escape)
    running.window.act("views")
    running.settle()
    assert (card.isVisible(), running.screen.log.isVisible()) == (False, True)
    running.window.act("views")
    running.settle()
    assert (card.is_grid, card.plot.isVisible(), running.screen.log.isVisible()) == (
        False, True, True,
    )  # fmt: skip


def test_there_may_be_no_last_visit_to_show(running):
    rail = running.screen.timeline.rail
    running.window.act("last-visit")
    assert rail.buttons["last-visit"].sub() == "none on file"
    assert not rail.buttons["last-visit"].isChecked()


def test_the_last_visit_is_shown_by_a_key_and_nothing_of_it_is_recorded(running, monkeypatch):
    last, _ = charted("pressure_climbs")
    monkeypatch.setattr(running.desk.office, "visit_before", lambda _visit: last)
    card, before = running.screen.timeline, running.visit
    assert card.plot.scene() is not None
    running.window.act("last-visit")
    texts = [part.text for part in card.plot.scene().all if isinstance(part, Text)]
    assert any(text.startswith("dashed: last visit, ") for text in texts)
    assert running.visit is before
    running.window.act("last-visit")
    texts = [part.text for part in card.plot.scene().all if isinstance(part, Text)]
    assert not any("last visit" in text for text in texts)


def test_keys_go_before_the_next_lane(running, monkeypatch):
    monkeypatch.setattr(timeline_canvas, "AT_ONCE", 0)
    field = running.screen.vitals.figures["heart_rate"]
    lanes, draw = [], scene._draw
    monkeypatch.setattr(scene, "_draw", lambda *how: lanes.append(how[1].name) or draw(*how))
    field.setFocus()
    chart(running, "asleep")
    while not lanes:
        QApplication.processEvents()
    before = len(lanes)
    line = QApplication.focusWidget()
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        key = QKeyEvent(kind, Qt.Key.Key_7, Qt.KeyboardModifier.NoModifier, "7")
        QApplication.postEvent(line, key)
    QApplication.processEvents()
    assert field.text() == "7"
    assert len(lanes) <= before + 1
    running.settle()
    assert before < len(lanes) == len(set(lanes))


def test_what_stands_drawn_is_not_drawn_again_within_its_minute(running, monkeypatch):
    lanes, draw = [], scene._draw
    monkeypatch.setattr(scene, "_draw", lambda *how: lanes.append(how[1].name) or draw(*how))
    running.frame.open_phase("infusion")
    running.settle()
    assert lanes == []
    running.desk.clock.pass_time(timedelta(minutes=1))
    running.frame.open_phase("infusion")
    running.settle()
    assert "rate" in lanes
