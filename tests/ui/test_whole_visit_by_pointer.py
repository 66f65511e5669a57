"""One whole visit by a pointer alone: fields, choices, buttons, and keys on the screen.

The phases and their order are those of the visit by keyboard in `test_whole_visit.py`, except that
patient and adult sign with the pen.
"""

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from ketachart.commands.player import PASSPHRASE
from tests.helpers.pointer_driver import PointerDriver
from tests.ui.test_whole_visit import ONE
from ui import app
from ui.demo_clinic import SceneClock
from ui.demo_course import phases

pytestmark = pytest.mark.slow


class Keyboard(QObject):
    """Notes every key that came from outside the program while it watches."""

    def __init__(self):
        super().__init__()
        self.strokes = []
        QApplication.instance().installEventFilter(self)

    def eventFilter(self, thing, event):  # noqa: N802 - Qt's own name
        """Only looks."""
        if event.type() is QEvent.Type.KeyPress and event.spontaneous():
            self.strokes.append((repr(thing), event.text()))
        return False


def test_a_whole_visit_is_charted_and_signed_with_a_pointer_alone(tmp_path, qapp):
    clock, keyboard = SceneClock(ONE), Keyboard()
    window = app.build(tmp_path / "ledger", clock, demo_passphrase=PASSPHRASE)
    hands = PointerDriver(window, clock)
    try:
        hands.begin(1366, 768)
        for _name, part in phases(hands, ink="pen"):
            part()
        visit = hands.desk.visit
    finally:
        hands.end()
        qapp.removeEventFilter(keyboard)
    assert visit.signed is not None
    assert keyboard.strokes == []
