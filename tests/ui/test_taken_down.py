"""A window that is gone hears of nothing more, and says nothing while it goes."""

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLineEdit

from tests.helpers.window import desk_at
from ui.main_window import MainWindow
from ui.screens.unlock import UnlockScreen
from ui.widgets.boxes import Scroller


def test_a_window_that_was_taken_down_hears_no_lock(qtbot, tmp_path):
    desk = desk_at(tmp_path / "ledger", "quiet_hour", until="identity-confirmed")
    window = MainWindow(desk, unlock=UnlockScreen(desk))
    window.show_screen("visit")
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    with qtbot.captureExceptions() as raised:
        desk.close()
    assert raised == []


def test_a_window_that_closes_shows_nothing_more(qtbot, tmp_path):
    desk = desk_at(tmp_path / "ledger", "quiet_hour", until="identity-confirmed")
    window = MainWindow(desk, unlock=UnlockScreen(desk))
    qtbot.addWidget(window)
    window.show_screen("visit")
    window.close()
    assert window.shown == "visit"
    assert not desk.is_unlocked


def test_the_focus_is_followed_once_however_many_scrollers_there_are(qapp):
    Scroller("one", QLineEdit())
    heard = qapp.receivers("2focusChanged(QWidget*,QWidget*)")
    kept = [Scroller("more", QLineEdit()) for _ in range(3)]
    assert qapp.receivers("2focusChanged(QWidget*,QWidget*)") == heard
    del kept
