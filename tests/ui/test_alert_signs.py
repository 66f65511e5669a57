"""An alert in a dim and silent room: edge, taskbar, status bar; sound only where it is wanted."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ketachart.domain.facts import AlertSnoozed, VitalsTaken
from tests.helpers.qt import colours, cut_off, luminances
from tests.helpers.visit_window import VisitWindow
from ui import theme, tokens
from ui.contrast import contrast
from ui.widgets.status_bar import StatusBar

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def running(tmp_path, qapp, monkeypatch):  # noqa: ARG001 - a look has to stand first
    called = []
    monkeypatch.setattr(QApplication, "beep", lambda: called.append("beep"))
    monkeypatch.setattr(QApplication, "alert", lambda *_: called.append("taskbar"))
    made = VisitWindow(tmp_path / "ledger", "quiet_hour", "infusion", until="infusion-started")
    made.called = called
    yield made
    made.close()


def take(running, **signs):
    running.desk.record(VitalsTaken(at=running.desk.now(), **signs))
    running.settle()


def level(running):
    edge = running.window.signs.edge
    return edge.level if edge._bars else None


def status(running):
    bar = running.window.findChild(StatusBar)
    return bar.accessibleDescription()


def edge_pixels(running):
    """The colours of the outermost line of the window, and of the line just inside the glow."""
    picture = running.window.grab().toImage()
    wide = theme.look().px(tokens.EDGE)
    lines = [picture.copy(0, y, picture.width(), 1) for y in (0, wide)]
    return [colours(line) for line in lines]


def test_an_emergency_shows_at_the_edge_in_the_taskbar_and_in_the_status_bar(running):
    assert level(running) is None
    assert "Silent alerts" in status(running)
    take(running, spo2=88, heart_rate=70)
    outer, inner = edge_pixels(running)
    danger = QColor(theme.look().palette.danger_line).name()
    assert outer == {danger}
    assert inner != {danger}
    assert running.called == ["taskbar"]
    assert "Alert: SpO₂ 88 %, under 90" in status(running)
    mean, _ = luminances(running.window.grab().toImage())
    assert mean <= 0.03
    running.pass_time(seconds=1)
    assert running.called == ["taskbar"]  # it stands still; nothing is called twice


@pytest.mark.parametrize("name", tokens.THEMES)
def test_the_glow_can_be_seen_beside_whatever_it_lies_on(name):
    palette = tokens.THEMES[name]
    for glow in ("danger", "warn_line"):
        assert all(contrast(palette[glow], palette[on]) >= 3 for on in ("bg", "surface"))


def test_the_signs_follow_the_record_through_answer_delay_sleep_and_end(running):
    take(running, systolic=170, diastolic=90)
    assert level(running) == "pause"
    snooze = AlertSnoozed(at=running.desk.now(), alert="systolic-pause", for_min=5, reason="cuff")
    running.desk.record(snooze)
    running.settle()
    assert level(running) is None
    assert "1 alert put off until" in status(running)
    assert "170" not in " ".join(running.said(running.window._notices))
    running.called.clear()
    running.desk.clock.pass_time(timedelta(minutes=5))  # the lid was closed meanwhile
    running.desk.beat.emit(running.desk.now())
    running.settle()
    assert (level(running), running.called) == ("pause", ["taskbar"])
    assert "It was put off, and asks again." in " ".join(running.said(running.window._notices))
    take(running, systolic=120, diastolic=76, spo2=98, heart_rate=70, rass=0, nausea=0,
         dissociation=0)  # fmt: skip
    assert level(running) is None


def test_sound_is_off_until_it_is_turned_on_and_off_again_after_the_lock(running):
    take(running, systolic=170, diastolic=90)
    assert "beep" not in running.called
    QTest.keyClick(running.window, Qt.Key.Key_F9, SHIFT)
    assert running.called[-1] == "beep"
    assert "Alerts with sound" in status(running)
    running.called.clear()
    for _ in range(3):
        running.pass_time(seconds=10)
    assert running.called == []  # once a minute, not once a second
    running.pass_time(seconds=30)
    assert running.called == ["beep"]
    running.desk.unlocked.emit()
    assert "with sound" not in status(running)


def test_the_test_shows_every_sign_for_five_seconds_and_charts_nothing(running):
    before = len(running.visit.entries)
    QTest.keyClick(running.window, Qt.Key.Key_F7, SHIFT)
    running.settle()
    assert (level(running), running.called) == ("emergency", ["taskbar"])
    assert "TEST of the alert" in status(running)
    assert "Test: so an emergency shows" in running.said(running.window._notices)
    assert cut_off(running.window) == []
    running.desk.clock.pass_time(timedelta(seconds=4.9))
    running.desk.heartbeat.poll()
    assert level(running) == "emergency"
    running.desk.clock.pass_time(timedelta(seconds=0.1))
    running.desk.heartbeat.poll()
    running.settle()
    assert level(running) is None
    assert "TEST" not in status(running)
    assert len(running.visit.entries) == before


def test_an_alert_is_put_off_by_keys_alone(running):
    take(running, systolic=170, diastolic=90)
    QTest.keyClick(running.window, Qt.Key.Key_L, Qt.KeyboardModifier.AltModifier)
    running.settle()
    QTest.keyClick(running.window, Qt.Key.Key_F3, SHIFT)
    running.settle()
    sheet = running.column.sheet("put-off")
    assert running.column.open_name == "put-off"
    running.main_button()
    assert "Choose for how many minutes." in " ".join(running.said(sheet))
    sheet.minutes.choose("5")
    assert "Put off 5 min" in sheet.primary.words()
    running.main_button()
    assert "Say why it can wait." in " ".join(running.said(sheet))
    sheet.reason.setFocus()
    running.type("cuff moved")
    running.main_button()
    fact = running.last(AlertSnoozed)
    assert (fact.alert, fact.for_min, fact.reason) == ("systolic-pause", 5, "cuff moved")
    assert sheet.reason.text() == ""


def test_one_that_asks_to_stop_is_named_and_not_offered(running):
    take(running, spo2=88)
    sheet = running.column.open_sheet("put-off")
    said = " ".join(running.said(sheet))
    assert "Cannot wait: SpO₂ 88 %" in said
    assert cut_off(running.window) == []
