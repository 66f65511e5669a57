"""Starts the window: look, unlock screen, first paint; everything heavier comes after that."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from ketachart.clock import Clock, SystemClock
from ui import theme
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.screens.unlock import UnlockScreen
from ui.workers import ended

if TYPE_CHECKING:
    from ui.power import Hardware


def application() -> QApplication:
    """The one application object, with its name and no animation."""
    running = QApplication.instance()
    if not isinstance(running, QApplication):
        QApplication.setStyle("Fusion")  # before there is one, or the system's is made in vain
    app = running if isinstance(running, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("KetaChart")
    app.setApplicationDisplayName("KetaChart")
    app.setQuitOnLastWindowClosed(True)
    return app


def build(folder: Path, clock: Clock, *, demo_passphrase: str = "") -> MainWindow:
    """The window with its desk; nothing is read from the ledger before the first paint."""
    app = application()
    desk = Desk(folder, clock, demo_passphrase=demo_passphrase)
    theme.apply(app, desk.preferences.theme, desk.preferences.scale)
    unlock = UnlockScreen(desk)
    window = MainWindow(desk, unlock=unlock)
    # queued: the paint is finished first
    unlock.painted.connect(lambda: _warm_up(window, unlock), Qt.ConnectionType.QueuedConnection)
    window.show_screen("unlock")
    desk.heartbeat.start()
    return window


def _warm_up(window: MainWindow, unlock: UnlockScreen) -> None:
    """After the first paint, while the nurse types: the heavy imports, away from the window."""
    desk = window.desk
    window.keepers()
    job = desk.workers.start(lambda _job: desk.holds_ledger())
    job.done.connect(lambda held: _go_on(window, unlock, held=bool(held)))


def _go_on(window: MainWindow, unlock: UnlockScreen, *, held: bool) -> None:
    if held:
        unlock.show_staff()
    else:
        window.show_screen("first-start")
    import ui.screens.visit  # noqa: F401 - imported now so that opening a visit does not wait
    from ui import sweeper

    sweeper.overlook()


def run(folder: Path, *, demo_passphrase: str = "", hardware: "Hardware | None" = None) -> int:
    """Shows the window until it is closed; ``hardware`` is this laptop's own, or a test's."""
    from ui import crash, discreet
    from ui.guard import LaptopGuard
    from ui.power import SystemHardware
    from ui.privacy import PrivacyGuard
    from ui.sweeper import Sweeper

    discreet.leave_nothing()
    app = application()
    sweeper = Sweeper()
    sweeper.begin()
    window = build(folder, SystemClock(), demo_passphrase=demo_passphrase)
    crash.watch(window.desk)
    guard = LaptopGuard(window.desk, window, hardware or SystemHardware())
    guard.power.look()
    privacy = PrivacyGuard(window)
    QTimer.singleShot(0, privacy.begin)  # after the first paint
    window.resize(1366, 768)
    window.showMaximized()
    code = app.exec()
    privacy.end()
    guard.end()
    sweeper.end()
    crash.rest()
    return ended(code, window.desk.workers)
