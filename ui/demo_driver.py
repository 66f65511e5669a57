"""A pair of hands: presses keys in the real window, lets time go by, remembers what it typed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget

from ketachart.clock import SetClock
from ketachart.errors import KetaChartError
from ui.actions import BY_NAME
from ui.main_window import MainWindow
from ui.widgets.notice import Notice
from ui.widgets.primary_button import PrimaryButton

_MOST_STEPS: Final = 160  # so often Tab is pressed in search of a field before giving up
_LONGEST: Final = 120.0  # seconds that a worker may take on a slow laptop
_POLL_MS: Final = 5


class Stuck(KetaChartError):
    """The window did not do what the demo expected of it."""


@dataclass(frozen=True, slots=True)
class Typed:
    """One thing that was typed: where, how, and how the report shows it."""

    field: str
    text: str
    paper: str


class Driver:
    """Works a window as a nurse without a mouse does; the clock moves only when told to."""

    def __init__(
        self, window: MainWindow, clock: SetClock, *, look: Callable[[str], None] | None = None
    ) -> None:
        self.window, self.desk = window, window.desk
        self.typed: list[Typed] = []
        self._clock = clock
        self._look = look

    def begin(self, width: int, height: int) -> None:
        """Shows the window in that size, and waits until it has the keyboard."""
        self.window.resize(width, height)
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)
        self.rest()

    def end(self) -> None:
        """Closes the window, which locks."""
        self.window.close()
        self.window.deleteLater()
        self._settle()

    # ------------------------------------------------ keys

    def press(self, *chords: str) -> None:
        """Presses keys, each named as Qt names it: ``Tab``, ``1``, ``Ctrl+Return``."""
        for chord in chords:
            QTest.keySequence(self.there(), QKeySequence(chord))
            self._settle()

    def do(self, *acts: str) -> None:
        """Presses the keys of acts, by their names in `ui.actions`."""
        self.press(*(BY_NAME[act].key for act in acts))

    def write(self, text: str, *, paper: str | None = None) -> None:
        """Types where the focus is; ``paper`` is how the report shows it, if otherwise."""
        self.typed.append(Typed(self.focused(), text, text if paper is None else paper))
        _strike(self.there(), text)
        self._settle()

    def secret(self, text: str) -> None:
        """Types what no report may show."""
        _strike(self.there(), text)
        self._settle()

    def to(self, name: str) -> None:
        """Presses Tab until the field of that name has the focus.

        Raises:
            Stuck: no number of Tabs leads there.
        """
        self._walk("Tab", lambda: self.focused() == name, name)

    def fill(self, name: str, text: str, *, paper: str | None = None) -> None:
        """Goes to a field and types."""
        self.to(name)
        self.write(text, paper=paper)

    def choose(self, group: str, *words: str) -> None:
        """Goes to a row of choices, and by its arrows to each choice that is to be taken."""
        self._walk("Tab", lambda: self.focused().startswith(f"{group}: "), group)
        for word in words:
            name = f"{group}: {word}"
            self._walk("Right", lambda name=name: self.focused() == name, name)  # type: ignore[misc]
            there = self.there()
            if not (isinstance(there, QAbstractButton) and there.isChecked()):
                self.press("Space")

    def record(self) -> None:
        """Ctrl+Enter, and the entry is on the disk.

        Raises:
            Stuck: nothing was recorded; the sentence is the window's own.
        """
        before = len(self.desk.visit.entries)
        self.do("primary")
        if len(self.desk.visit.entries) == before:
            raise Stuck(f"Nothing was recorded: {self.why()}")

    def _walk(self, chord: str, there: Callable[[], bool], name: str) -> None:
        seen = [self.focused()]
        for _ in range(_MOST_STEPS):
            if there():
                return
            self.press(chord)
            seen.append(self.focused())
        raise Stuck(f"{chord} never led to “{name}”. It led to: {', '.join(dict.fromkeys(seen))}.")

    # ------------------------------------------------ the pen

    def ink(self, pad: str) -> None:
        """Draws a signature with the pen: the one thing that nobody does by keyboard.

        Raises:
            Stuck: that pad is not in sight.
        """
        found = [w for w in self.window.findChildren(QWidget) if w.accessibleName() == pad]
        shown = [w for w in found if w.isVisible() and w.isEnabled()]
        if not shown:
            raise Stuck(f"There is no “{pad}” to sign on.")
        wide, high = shown[0].width(), shown[0].height()
        for stroke in _STROKES:
            spots = [QPoint(round(x * wide), round(y * high)) for x, y in stroke]
            QTest.mousePress(shown[0], Qt.MouseButton.LeftButton, pos=spots[0])
            for spot in spots[1:]:
                QTest.mouseMove(shown[0], spot)
            QTest.mouseRelease(shown[0], Qt.MouseButton.LeftButton, pos=spots[-1])
        self._settle()

    # ------------------------------------------------ time

    def minutes(self, count: int = 1) -> None:
        """Lets time go by; the window hears of every minute, and is drawn after the last."""
        for _ in range(count):
            self._clock.pass_time(timedelta(minutes=1))
            self.desk.heartbeat.poll()
        self._settle()

    def until(self, moment: datetime) -> None:
        """Lets time go by to a moment, by whole minutes."""
        while self.desk.now() < moment:
            self.minutes()

    def rest(self) -> None:
        """Waits until no work is under way.

        Raises:
            Stuck: it takes too long.
        """
        waited = 0.0
        self._settle()
        while self.desk.workers.running():  # a job may begin another
            if waited > _LONGEST:
                raise Stuck("A job of the window did not come to its end.")
            QTest.qWait(_POLL_MS)
            waited += _POLL_MS / 1000
        self._settle()

    def answer(self, act: str, text: str) -> None:
        """Presses a key that asks where to save, types the path, Enter.

        Raises:
            Stuck: nothing was asked.
        """
        answered: list[bool] = []
        timer = QTimer(self.window)
        timer.setInterval(_POLL_MS)

        def reply() -> None:
            dialog, there = QApplication.activeModalWidget(), QApplication.focusWidget()
            if isinstance(dialog, QDialog) and there is not None and dialog.isAncestorOf(there):
                timer.stop()
                _strike(there, text)
                QTest.keyClick(there, Qt.Key.Key_Return)
                answered.append(not dialog.isVisible())
                dialog.close()  # where the answer was not taken

        timer.timeout.connect(reply)
        timer.start()
        self.do(act)
        timer.stop()
        timer.deleteLater()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)
        if answered != [True]:
            raise Stuck("The window did not ask where to save, or did not take the answer.")

    # ------------------------------------------------ looking

    def look(self, name: str) -> None:
        """Shows the window to whoever takes pictures."""
        self.rest()
        if self._look is not None:
            self._look(name)

    def focused(self) -> str:
        """The name of what has the focus, as a screen reader says it."""
        return self.there().accessibleName()

    def expect(self, shown: str) -> None:
        """Says so if another screen shows.

        Raises:
            Stuck: another screen shows.
        """
        self.rest()
        if self.window.shown != shown:
            raise Stuck(f"The screen is “{self.window.shown}”, not “{shown}”: {self.why()}")

    def why(self) -> str:
        """What the window says in its boxes and on its closed buttons just now."""
        told = [notice for notice in self.window.findChildren(Notice) if notice.isVisible()]
        said = [notice.accessibleDescription() for notice in told]
        buttons = self.window.findChildren(PrimaryButton)
        said += [button.why_closed() for button in buttons if button.isVisible()]
        return ". ".join(filter(None, said)) or f"the focus is on “{self.focused()}”"

    def there(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    def _settle(self) -> None:
        for _ in range(2):
            QCoreApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _strike(there: QWidget, text: str) -> None:
    """Strikes one key after the other; Qt's test keyboard has the letters of ASCII only."""
    for letter in text:
        if letter.isascii():
            QTest.keyClicks(there, letter)
        else:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                stroke = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(there, stroke)


# A made-up hand, as parts of the pad's width and height.
_STROKES: Final = (
    tuple((0.12 + 0.006 * n, 0.5 + 0.28 * (-1) ** (n // 6) * (n % 6) / 6) for n in range(60)),
    tuple((0.5 + 0.005 * n, 0.55 - 0.2 * ((n % 9) / 9)) for n in range(60)),
)
