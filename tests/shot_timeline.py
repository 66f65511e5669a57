"""Pictures of the timeline: a place read out, closer, the last visit behind it, and the grid."""

from tests.shot_stage import room

HOW = {"story": "paused_for_nausea", "until": "infusion-resumed"}


def _to(hand, *keys):
    hand.act("phase-3", "timeline")
    hand.key(*keys)


def _back(hand, minutes):
    """The cursor goes so many minutes back from now."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    for _ in range(minutes + 1):
        shift = Qt.KeyboardModifier.ShiftModifier
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left, shift)
    hand.rest()


@room("timeline-entry", **HOW)
def _entry(hand):
    _to(hand, "Left", "Left", "Left")


@room("timeline-minute", **HOW)
def _minute(hand):
    _to(hand)
    _back(hand, 20)


@room("timeline-close", **HOW)
def _close(hand):
    _to(hand, "Plus", "Plus", "Plus")
    _back(hand, 3)


@room("timeline-grid", **HOW)
def _grid(hand):
    hand.act("phase-3", "views")


@room("timeline-table", **HOW)
def _table(hand):
    hand.act("phase-3", "views", "views")


@room("timeline-chart-at", **HOW)
def _chart_at(hand):
    _to(hand)
    _back(hand, 20)
    hand.key("Return")


@room("timeline-medicine-at", **HOW)
def _medicine_at(hand):
    _chart_at(hand)
    hand.act("medicine")
