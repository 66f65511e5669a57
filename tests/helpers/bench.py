"""The action column alone on a real desk: a sheet is opened, typed into, and recorded."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from tests.helpers.qt import all_of, wait_until_active
from tests.helpers.window import desk_at
from ui.forms.action_column import ActionColumn
from ui.forms.registry import SHEETS
from ui.widgets.buttons import Button


class Bench:
    """One desk with one column; every use begins a minute later than the one before."""

    def __init__(self, folder, story, **how):
        self.desk = desk_at(folder, story, **how)
        self.column = ActionColumn(self.desk, SHEETS)
        self.desk.visit_changed.connect(self.column.show_visit)
        self.column.resize(self.column.width(), 900)
        self.column.show()
        wait_until_active(self.column)

    def open(self, name):
        """The sheet as it opens on a press of its key."""
        self.desk.clock.pass_time(timedelta(minutes=1))
        self.column.close_sheet()
        wait_until_active(self.column)  # another window may have had the keyboard meanwhile
        sheet = self.column.open_sheet(name)
        QApplication.processEvents()
        return sheet

    def record(self):
        """Press the main button, as Ctrl+Enter does; the facts that were charted by it."""
        before = len(self.visit.entries)
        self.column.press_primary()
        QApplication.processEvents()
        return [entry.fact for entry in self.visit.entries[before:]]

    @property
    def visit(self):
        """The visit as it stands on the disk."""
        return self.desk.visit

    def close(self):
        """Put everything away."""
        self.column.close()
        self.column.deleteLater()
        self.desk.close()
        QApplication.processEvents()


def said(widget):
    """Every text that can be seen in a widget."""
    labels = [w.text() for w in all_of(widget, QLabel)]
    return [text for text in labels if text] + [b.words() for b in all_of(widget, Button)]


def click(widget, words):
    """Press the button with those words."""
    next(b for b in all_of(widget, Button) if b.words() == words).click()
    QApplication.processEvents()


def focused():
    """The name of what has the keyboard."""
    there = QApplication.focusWidget()
    return there.accessibleName() if there is not None else ""


def control(key):
    """Press a key with Ctrl, wherever the focus is."""
    QTest.keyClick(QApplication.focusWidget(), key, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
