"""Starts the window: look, unlock screen, first paint; everything heavier comes after that."""

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from ketachart.clock import Clock, SystemClock
from ui import theme
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.screens.unlock import UnlockScreen


def application() -> QApplication:
    """The one application object, with its name and no animation."""
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("KetaChart")
    app.setApplicationDisplayName("KetaChart")
    app.setQuitOnLastWindowClosed(True)
    return app


def build(folder: Path, clock: Clock, *, demo_passphrase: str = "") -> MainWindow:
    """The window with its desk; nothing is read from the ledger yet."""
    app = application()
    desk = Desk(folder, clock, demo_passphrase=demo_passphrase)
    theme.apply(app, desk.preferences.theme, desk.preferences.scale)
    window = MainWindow(desk, unlock=UnlockScreen(desk))
    window.show_screen("unlock")
    desk.heartbeat.start()
    return window


def warm_up(window: MainWindow) -> None:
    """After the first paint, while the nurse types: the list of staff, and the heavy imports."""
    from ui import crash

    crash.watch(window.desk)
    if window.desk.holds_ledger():
        screen = window.show_screen("unlock")
        told: Callable[[], None] | None = getattr(screen, "show_staff", None)
        if told is not None:
            told()
    else:
        window.show_screen("first-start")
    import ui.screens.visit  # noqa: F401 - imported now so that opening a visit does not wait


def run(folder: Path, *, demo_passphrase: str = "") -> int:
    """Shows the window until it is closed."""
    from ui import crash

    app = application()
    window = build(folder, SystemClock(), demo_passphrase=demo_passphrase)
    window.resize(1366, 768)
    window.showMaximized()
    QTimer.singleShot(0, lambda: warm_up(window))
    code = app.exec()
    crash.rest()
    return code
