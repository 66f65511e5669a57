"""The real window at one of the closing phases: Alt keys, ink, and work that is waited for."""

import time
from datetime import timedelta

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.helpers.qt import all_of, cut_off, wait_until_active
from tests.helpers.visit_window import VisitWindow, visit_frame
from tests.helpers.window import desk_at
from ui.main_window import MainWindow
from ui.screens.base import Screen
from ui.widgets.buttons import Button

LONGEST_S = 30


class Closing(VisitWindow):
    """As the nurse has it, with the keys of the closing phases."""

    def __init__(self, folder, story, phase, **how):
        self.desk = desk_at(folder, story, **how)
        self.window = MainWindow(self.desk, unlock=Screen(self.desk))
        self.frame = visit_frame(self.window, phase)
        self.window.resize(1366, 768)
        self.window.show()
        wait_until_active(self.window)
        self.open(phase)

    def alt(self, *keys):
        """Press keys with Alt held."""
        for key in keys:
            there = QApplication.focusWidget() or self.window
            QTest.keyClick(there, key, Qt.KeyboardModifier.AltModifier)
            QApplication.processEvents()
        self.settle()

    def control(self, *keys):
        """Press keys with Ctrl held."""
        self.keys(*keys, ctrl=True)
        self.settle()

    def sign(self, pad, across=10):
        """Draw a line with the pen, some points long."""
        left = Qt.MouseButton.LeftButton
        QTest.mousePress(pad, left, pos=QPoint(30, 40))
        for step in range(across):
            QTest.mouseMove(pad, QPoint(30 + 12 * step, 40 + (step % 3) * 6))
        QTest.mouseRelease(pad, left, pos=QPoint(30 + 12 * across, 40))
        self.settle()

    def work_done(self):
        """Wait for the workers, as the nurse does; a job that hangs fails the test."""
        end = time.monotonic() + LONGEST_S
        while self.desk.workers.running():
            assert time.monotonic() < end, "a worker never came to its end"
            QApplication.processEvents()
            time.sleep(0.005)
        self.settle()

    def button(self, words, root=None):
        """The button with those words that can be seen."""
        found = [b for b in all_of(root or self.window, Button) if b.words() == words]
        assert found, f"no button {words!r}: {[b.words() for b in all_of(self.window, Button)]}"
        return found[0]

    def press(self, words, root=None):
        """Press the button with those words."""
        self.button(words, root).click()
        self.settle()

    def minutes(self, count):
        """Time goes by, and the window hears of every minute of it."""
        self.desk.clock.pass_time(timedelta(minutes=count))
        self.desk.beat.emit(self.desk.now())
        self.settle()

    def cut_off(self):
        """What is cut in the phase and in its column, each looked at while it is in sight."""
        faults = []
        for part in (self.screen, self.screen.panel()):
            if not part.isVisible():
                self.control(Qt.Key.Key_Tab)  # chart and actions take turns
            assert part.isVisible()
            faults += cut_off(part)
        return faults

    def wear(self, scale, width, height):
        """Another size of letters and window."""
        self.window.wear("dim", scale)
        self.window.resize(width, height)
        self.settle()
        self.settle()  # what gets its picture in the first turn is laid out anew in the next


class Flashes(QObject):
    """Notes every window that comes up while it watches: a widget shown before it has a parent."""

    def __init__(self):
        super().__init__()
        self.seen = []
        QApplication.instance().installEventFilter(self)

    def eventFilter(self, thing, event):  # noqa: N802 - Qt's own name
        """Only looks."""
        if event.type() is QEvent.Type.Show and thing.isWidgetType() and thing.isWindow():
            self.seen.append(thing)
        return False

    def stop(self):
        """Watch no longer."""
        QApplication.instance().removeEventFilter(self)
