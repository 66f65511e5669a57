"""Everything that keeps eyes off one window: the veil by itself, the lock with the system's own,
the clipboard. A window in a test has of it what the test asks for."""

from PySide6.QtCore import QObject

from ui.main_window import MainWindow
from ui.veil.clipboard import ClipboardGuard
from ui.veil.session import SessionWatch
from ui.veil.veil import put_questions_away


class PrivacyGuard(QObject):
    """Begins after the first paint, ends with the window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.clipboard = ClipboardGuard(window.desk)
        self.session = SessionWatch(window)
        self.session.away.connect(self._away)

    def begin(self) -> None:
        """Listen to the system, and watch the time."""
        self._window.veil.watch()
        self.session.begin()

    def _away(self, _why: str) -> None:
        """The laptop sleeps or is locked: so are the charts. What runs, runs on."""
        put_questions_away()
        self._window.act("lock")

    def end(self) -> None:
        """The window goes."""
        self.clipboard.clear()
        self.session.end()
