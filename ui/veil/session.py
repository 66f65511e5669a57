"""Tells that the laptop is about to sleep or that its session was locked: then the chart locks too.

Linux tells it over D-Bus, Windows by messages to the window. macOS tells a program written in
Python nothing that Qt passes on: there the key, the idle time and the system's own lock must do.
"""

import sys
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget


class Listener(Protocol):
    """One system's way of telling."""

    def begin(self) -> None:
        """Listen; never lets the window wait."""
        ...

    def end(self) -> None:
        """Listen no more."""
        ...


class SessionWatch(QObject):
    """``away`` is sent in time: before the sleep where the system waits for us, else at once."""

    away = Signal(str)  # “sleep” or “locked”

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._listener: Listener | None = None

    def begin(self) -> None:
        """After the first paint."""
        if sys.platform == "win32":
            from ui.veil.windows_session import WindowsSession

            self._listener = WindowsSession(int(self._window.winId()), self.away.emit)
        elif sys.platform == "linux":
            from ui.veil.bus_session import BusSession

            self._listener = BusSession(self.away.emit)
        if self._listener is not None:
            self._listener.begin()

    def end(self) -> None:
        """The window goes."""
        if self._listener is not None:
            self._listener.end()
            self._listener = None
