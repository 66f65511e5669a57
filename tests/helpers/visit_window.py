"""The real window on a story's visit, at one of its phases, worked by keys alone."""

from datetime import timedelta
from unittest.mock import patch

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from tests.helpers.qt import all_of, wait_until_active
from tests.helpers.window import desk_at
from ui.app import MORE_SCREENS
from ui.main_window import MainWindow
from ui.screens.base import Screen
from ui.widgets.buttons import Button


def visit_frame(window, phase):
    """The visit's screen, looked at in a phase from the beginning.

    It would begin with the phase that the record has reached: at the end of a story all of the
    report would be drawn, only to be left at once.
    """
    with patch("ui.screens.visit.phase_at", lambda _visit: phase):
        return window.show_screen("visit")


class VisitWindow:
    """A window as the nurse has it; time passes only when told to."""

    def __init__(self, folder, story, phase, *, width=1366, height=768, **how):
        self.desk = desk_at(folder, story, **how)
        self.window = MainWindow(self.desk, unlock=Screen(self.desk))
        self.window.more_screens |= MORE_SCREENS
        self.frame = visit_frame(self.window, phase)
        self.window.resize(width, height)
        self.window.show()
        wait_until_active(self.window)
        self.open(phase)

    def open(self, phase):
        """Look at a phase."""
        self.frame.open_phase(phase)
        self.settle()
        return self.screen

    @property
    def screen(self):
        """The screen of the phase that is looked at."""
        return self.frame._screens[self.frame.phase]

    @property
    def column(self):
        """The action column."""
        return self.frame.action_column

    @property
    def visit(self):
        """The visit as it stands on the disk."""
        return self.desk.visit

    def settle(self):
        """Let what was posted happen: layouts, deferred deletions."""
        for _ in range(4):
            QApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def keys(self, *keys, ctrl=False):
        """Press keys one after the other, wherever the focus then is."""
        held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
        for key in keys:
            QTest.keyClick(QApplication.focusWidget() or self.window, key, held)
            QApplication.processEvents()

    def type(self, text):
        """Type where the focus is."""
        QTest.keyClicks(QApplication.focusWidget(), text)
        QApplication.processEvents()

    def fill(self, *texts):
        """Type into one field after the other, Tab between them; an empty text leaves one."""
        for text in texts:
            if text:
                self.type(text)
            self.keys(Qt.Key.Key_Tab)

    def main_button(self):
        """Ctrl+Enter."""
        self.keys(Qt.Key.Key_Return, ctrl=True)
        self.settle()

    def pass_time(self, **length):
        """Time goes by, and the window hears of it."""
        self.desk.clock.pass_time(timedelta(**length))
        self.desk.beat.emit(self.desk.now())
        self.desk.visit_changed.emit(self.visit)
        self.settle()

    def said(self, widget=None):
        """Every text that can be seen, of labels, buttons and what they tell a screen reader."""
        root = widget or self.window
        buttons = all_of(root, Button)
        labels = [w.text() for w in all_of(root, QLabel)]
        return [
            t for t in (*labels, *(b.words() for b in buttons), *(b.sub() for b in buttons)) if t
        ]

    def focused(self):
        """The name of what has the keyboard."""
        there = QApplication.focusWidget()
        return there.accessibleName() if there is not None else ""

    def last(self, kind):
        """The last standing fact of a kind."""
        return self.visit.last_fact(kind)

    def close(self):
        """Put everything away."""
        self.window.close()
        self.window.deleteLater()
        self.settle()
