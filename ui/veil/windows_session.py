"""Listens on Windows for sleep and lock: messages that the system sends to the window.

Never run on a Windows laptop so far; its reading of the messages is tested.
"""

import contextlib
import ctypes
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication

WM_POWERBROADCAST: Final = 0x0218
WM_WTSSESSION_CHANGE: Final = 0x02B1
PBT_APMSUSPEND: Final = 0x0004
WTS_SESSION_LOCK: Final = 0x0007
_THIS_SESSION: Final = 0


class Message(ctypes.Structure):
    """The beginning of a ``MSG``: all that is read of it."""

    _fields_ = (
        ("hwnd", ctypes.c_void_p),
        ("message", ctypes.c_uint),
        ("wparam", ctypes.c_size_t),
    )


def meaning(message: int, wparam: int) -> str:
    """What a message tells: “sleep”, “locked”, or nothing of ours."""
    if (message, wparam) == (WM_POWERBROADCAST, PBT_APMSUSPEND):
        return "sleep"
    if (message, wparam) == (WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK):
        return "locked"
    return ""


class WindowsSession(QAbstractNativeEventFilter):
    """Asks to be told, and reads what comes."""

    def __init__(self, window: int, away: Callable[[str], None]) -> None:
        super().__init__()
        self._window, self._away = window, away

    def begin(self) -> None:
        """Registers the window; one that is refused still hears of sleep."""
        app = QCoreApplication.instance()
        if app is not None:
            app.installNativeEventFilter(self)
        with contextlib.suppress(OSError, AttributeError):
            ctypes.windll.wtsapi32.WTSRegisterSessionNotification(  # type: ignore[attr-defined]
                ctypes.c_void_p(self._window), _THIS_SESSION
            )

    def end(self) -> None:
        """No more messages."""
        app = QCoreApplication.instance()
        if app is not None:
            app.removeNativeEventFilter(self)
        with contextlib.suppress(OSError, AttributeError):
            ctypes.windll.wtsapi32.WTSUnRegisterSessionNotification(  # type: ignore[attr-defined]
                ctypes.c_void_p(self._window)
            )

    def nativeEventFilter(
        self,
        eventType: QByteArray | bytes | bytearray | memoryview,  # noqa: N803 - Qt's own name
        message: int,
        /,
    ) -> object:
        """Reads one message and lets it pass."""
        if QByteArray(eventType) == b"windows_generic_MSG":
            told = Message.from_address(int(message))
            what = meaning(told.message, told.wparam)
            if what:
                self._away(what)
        return False, 0
