"""What every picture needs: the real window on a throw-away ledger, and a hand that works it.

A module ``tests/shot_*.py`` holds the scenes of one room of the house. A scene is played once; the
camera then takes its pictures, one for each look. Nothing in a scene may depend on the day, the
clock or the folder it is played in, so that two runs give the same pictures.
"""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).resolve().parent
LONGEST_S = 30  # a worker that takes longer hangs
ROOMS: list["Room"] = []


@dataclass(frozen=True)
class Scene:
    """A picture by its name; ``take(app, camera)`` plays it and lets the camera look."""

    name: str
    module: str
    take: Callable[..., None]


@dataclass(frozen=True)
class Room:
    """A moment of a story, and what is done in the window then; ``ready`` goes before it opens."""

    name: str
    story: str
    play: Callable[["Hand"], None]
    until: str = ""
    before: str = ""
    visit: bool = True
    ready: Callable[[object], None] | None = None

    def take(self, app, camera):
        """Plays the story as far as is told, and what is done then."""
        from tests.helpers.window import desk_at

        with camera.place() as folder:
            desk = desk_at(folder / "ledger", self.story, until=self.until, before=self.before)
            if self.ready is not None:
                self.ready(desk)
            if not self.visit:
                desk.close_visit()
            with window_on(app, desk) as window:
                window.show_screen("visit" if self.visit else "day")
                wait_for_workers(app, desk)
                self.play(Hand(window, desk, lambda: wait_for_workers(app, desk)))
                camera(window)


def room(name, story="quiet_hour", **how):
    """Makes the function a picture of this name."""

    def enter(play):
        ROOMS.append(Room(name, story, play, **how))
        return play

    return enter


def scenes() -> Iterator[Scene]:
    """Every scene there is, in the order of its modules; each name once."""
    modules = [import_module(f"tests.{path.stem}") for path in sorted(HERE.glob("shot_*.py"))]
    for module in modules:
        for name, take in getattr(module, "takes", tuple)():
            yield Scene(name, module.__name__, take)
    for each in ROOMS:
        yield Scene(each.name, each.play.__module__, each.take)


@contextmanager
def scratch(name: str) -> Iterator[Path]:
    """A folder that has the same path in every run, empty at first and gone afterwards."""
    folder = Path(tempfile.gettempdir()) / "ketachart-pictures" / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def settle(app) -> None:
    """Lets layouts and queued work come to rest, and windows that were put away go."""
    from PySide6.QtCore import QCoreApplication, QEvent

    for _ in range(8):
        app.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def wait_for_workers(app, desk) -> None:
    """Lets workers end and their answers be shown."""
    end = time.monotonic() + LONGEST_S
    while desk.workers.running() and time.monotonic() < end:
        app.processEvents()
        time.sleep(0.005)
    settle(app)


@contextmanager
def window_on(app, desk, *, door=False):
    """The real window on a desk, dim and small as on the laptop; closed at the end.

    ``door`` has the screen that unlocks in it; a scene that does not look at it goes without.
    """
    from tests.shot_looks import begin
    from ui.main_window import MainWindow
    from ui.screens.base import Screen
    from ui.screens.unlock import UnlockScreen

    begin(app)
    unlock = UnlockScreen(desk) if door else Screen(desk)
    window = MainWindow(desk, unlock=unlock)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    settle(app)
    try:
        yield window
    finally:
        wait_for_workers(app, desk)
        window.backing_up = None  # no backup before it closes
        window.close()
        window.deleteLater()
        settle(app)


class Hand:
    """Works the window by the names that a screen reader says."""

    def __init__(self, window, desk, settle):
        self.window, self.desk, self._settle = window, desk, settle

    def rest(self):
        """Until nothing is queued, and no visit is left to read for the drug count."""
        self._settle()

    def act(self, *names):
        """What these keys do, one after the other."""
        for name in names:
            self.window.act(name)
            self.rest()

    def actions(self):
        """To the actions, where a narrow window shows only the chart."""
        from tests.helpers.qt import reachable, spoken_name

        if any(spoken_name(w) == "Actions" for w in reachable(self.window)):
            self.act("turn")

    def find(self, name):
        """The visible control whose spoken name begins so; those below the last in sight too."""
        from tests.helpers.qt import reachable, spoken_name

        found = [w for w in reachable(self.window) if spoken_name(w).startswith(name)]
        found.sort(key=lambda w: spoken_name(w) != name)  # of that very name, before longer ones
        assert found, (name, sorted({spoken_name(w) for w in reachable(self.window)}))
        return found[0]

    def write(self, name, text):
        """Types into a field over what stands in it."""
        from PySide6.QtWidgets import QLineEdit

        there = self.find(name)
        there.setFocus()
        if isinstance(there, QLineEdit):
            there.clear()
        else:
            there.selectAll()
        there.insert(text) if isinstance(there, QLineEdit) else there.insertPlainText(text)
        self.rest()

    def take(self, *names):
        """Presses these."""
        for name in names:
            there = self.find(name)
            there.setFocus()
            there.click()
            self.rest()

    def key(self, *names):
        """Presses keys, each by Qt's name, where the focus is."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QApplication

        for name in names:
            ctrl, none = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
            held = ctrl if name.startswith("Ctrl+") else none
            key = getattr(Qt.Key, f"Key_{name.removeprefix('Ctrl+')}")
            QTest.keyClick(QApplication.focusWidget() or self.window, key, held)
            self.rest()

    def pass_time(self, **length):
        """Time goes by, and the window hears of it."""
        self.desk.clock.pass_time(timedelta(**length))
        self.desk.beat.emit(self.desk.now())
        self.rest()
