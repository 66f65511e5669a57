"""Starts the window: look, unlock screen, first paint; all else comes after that, in steps."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QApplication

from ketachart.clock import SystemClock
from ui import first_paint, remembered, theme
from ui.desk import Desk
from ui.language import language_of, spoken
from ui.main_window import MainWindow
from ui.screens.unlock import UnlockScreen
from ui.sweeper import Sweeper
from ui.widgets import drawn

if TYPE_CHECKING:
    from collections.abc import Callable

    from ketachart.clock import Clock
    from ui.power import Hardware
    from ui.screens.base import Screen
    from ui.screens.base import Window as HasScreens

_STYLE = ("-style", "Fusion")  # before there is one, or the system's is made in vain


def application() -> QApplication:
    """The one application object, with its name and no animation."""
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication([*sys.argv[:1], *_STYLE])
    app.setApplicationName("KetaChart")
    app.setApplicationDisplayName("KetaChart")
    app.setQuitOnLastWindowClosed(True)
    return app


def build(folder: Path, clock: "Clock", *, demo_passphrase: str = "") -> MainWindow:
    """The window with its desk; nothing is read from the ledger before the first paint.

    Until it is closed, what only holds itself is swept up on its own thread.
    """
    app = application()
    sweeper = Sweeper()
    sweeper.begin()  # before there is any worker
    kept = remembered.read_file(folder)
    if (language := language_of(remembered.language_in(kept))) != spoken():
        from ui.speaking import begin

        begin(app, language)
    name, scale = remembered.look_in(kept)
    if kept.get("follow_system") is True:
        from ui.light import theme_at_start

        name = theme_at_start(folder)
    theme.apply(app, name, scale, settled=False)
    drawn.leave_signs_out()
    first_paint.hold()
    desk = Desk(folder, clock, demo_passphrase=demo_passphrase)
    unlock = UnlockScreen(desk)
    window = MainWindow(desk, unlock=unlock, bare=True)
    window.more_screens |= MORE_SCREENS
    sweeper.setParent(window)
    window.closed.connect(sweeper.end)
    unlock.painted.connect(window.furnish_slowly)
    window.furnished.connect(lambda: _warm_up(window, unlock))
    window.show_screen("unlock")
    return window


def _practice(desk: Desk, window: "HasScreens") -> "Screen":
    from ui.practice.menu import PracticeMenu

    return PracticeMenu(desk, window)


# Those that open a window of their own, which therefore know it: no window knows them.
MORE_SCREENS: "Final[dict[str, Callable[[Desk, HasScreens], Screen]]]" = {"practice": _practice}


def _warm_up(window: MainWindow, unlock: UnlockScreen) -> None:
    """While the nurse types: the heavy imports, away from the window."""
    desk = window.desk
    desk.heartbeat.start()
    window.keepers()
    job = desk.workers.start(lambda _job: desk.holds_ledger())
    job.done.connect(lambda held: _go_on(window, unlock, held=bool(held)))


def _go_on(window: MainWindow, unlock: UnlockScreen, *, held: bool) -> None:
    from ui.left_update import tell
    from ui.warming import Warming

    if held:
        unlock.show_staff()
    else:
        window.show_screen("first-start")
    warming = Warming(window)
    warming.over.connect(lambda: _look_ahead(window))
    warming.over.connect(lambda: tell(window.desk))
    warming.begin()  # so that opening a visit does not wait


def _look_ahead(window: MainWindow) -> None:
    """And so that the next phase of it does not."""
    from ui.screens.next_phase import NextPhase

    NextPhase(window, window.veil.idle.length)


def run(folder: Path, *, demo_passphrase: str = "", hardware: "Hardware | None" = None) -> int:
    """Shows the window until it is closed; ``hardware`` is this laptop's own, or a test's."""
    from ui import discreet

    discreet.leave_nothing()
    app = application()
    sweeper = Sweeper()
    sweeper.begin()  # not only until the window is closed: a worker may end after that
    window = build(folder, SystemClock(), demo_passphrase=demo_passphrase)
    ends: list[Callable[[], None]] = []
    window.furnished.connect(lambda: ends.extend(_guarded(window, hardware)))
    window.resize(1366, 768)
    window.showMaximized()
    code = app.exec()
    for end in ends:
        end()
    sweeper.end()
    from ui.workers import ended

    return ended(code, window.desk.workers)


def _guarded(window: MainWindow, hardware: "Hardware | None") -> "tuple[Callable[[], None], ...]":
    """What watches over a real run, from the end of the first paint on; what ends it again."""
    from ui import crash
    from ui.guard import LaptopGuard
    from ui.power import SystemHardware
    from ui.privacy import PrivacyGuard

    crash.watch(window.desk)
    guard = LaptopGuard(window.desk, window, hardware or SystemHardware())
    guard.power.look()
    privacy = PrivacyGuard(window)
    privacy.begin()
    return privacy.end, guard.end, crash.rest
