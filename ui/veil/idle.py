"""How long nobody has touched this window: no key, no pointer, no finger, no wheel, no pen."""

from datetime import timedelta
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPointF, Signal
from PySide6.QtGui import QGuiApplication, QMouseEvent, QWindow

from ketachart.clock import Clock

_TOUCHES: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletMove,
        QEvent.Type.TabletPress,
    }
)
_JITTER: Final = 3.0  # pixels: a table that is knocked moves a mouse by less


class IdleWatch(QObject):
    """Sees what comes into the windows from outside, before any widget does.

    It stands at the few windows and not at the application, which would ask it of every repaint.
    """

    touched = Signal()

    def __init__(self, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._clock = clock
        self._last = clock.elapsed()
        self._pointer: QPointF | None = None
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._watch)
        self._watch(QGuiApplication.focusWindow())

    def _watch(self, window: QWindow | None) -> None:
        """A window that has the keyboard for the first time: the main one, or a question's."""
        if window is not None:
            window.removeEventFilter(self)  # installed twice it would be asked twice
            window.installEventFilter(self)

    def length(self) -> timedelta:
        """How long it is since the last touch; sleep counts."""
        return self._clock.elapsed() - self._last

    def touch(self) -> None:
        """Somebody is there."""
        self._last = self._clock.elapsed()
        self.touched.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Looks, and lets everything pass."""
        if event.type() in _TOUCHES and not self._is_jitter(event):
            self.touch()
        return super().eventFilter(watched, event)

    def _is_jitter(self, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.MouseMove or not isinstance(event, QMouseEvent):
            return False
        here, before = event.globalPosition(), self._pointer
        if before is not None and (here - before).manhattanLength() < _JITTER:
            return True
        self._pointer = here
        return False
