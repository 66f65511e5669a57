"""The Sign phase opened in a real window, and how long it takes until page one is painted."""

import time

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt
from PySide6.QtWidgets import QApplication

from tests.helpers.visit_window import VisitWindow
from ui import app

LONGEST_S = 60


class _Painted(QObject):
    """Sees when the card with page one is painted while it holds a page."""

    def __init__(self, frame):
        super().__init__()
        self.frame, self.at = frame, 0.0
        QApplication.instance().installEventFilter(self)

    def eventFilter(self, thing, event):  # noqa: N802 - Qt's own name
        """Only looks; the painting itself comes after it and is a copy of a few pixels."""
        screen = self.frame._screens.get("sign") if event.type() is QEvent.Type.Paint else None
        if screen is not None and not self.at and thing is screen.preview.page:
            self.at = time.perf_counter() if _is_there(screen.report) else 0.0
        return False


def _is_there(report):
    return report.front() is not None or report.is_current()


def opened_preview(place, story="paused_for_nausea"):
    """Seconds from the press of the phase's key until page one is painted."""
    QApplication.instance() or app.application()
    window = VisitWindow(place, story, "instructions")
    watch = _Painted(window.frame)
    try:
        begin = time.perf_counter()
        window.keys(Qt.Key.Key_6, ctrl=True)
        while not watch.at:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if time.perf_counter() - begin > LONGEST_S:
                raise SystemExit("The preview never opened; run KetaChart by hand to see why.")
        return watch.at - begin
    finally:
        QApplication.instance().removeEventFilter(watch)
        window.close()
