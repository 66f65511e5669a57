"""Listens on Linux's message buses for sleep and lock: logind, and the desktop's screen lock.

A bus may not be there, or may let one wait for ever: connecting is done on a thread of its own that
nobody waits for. Qt calls our slots on the window's thread.
"""

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import SLOT, QObject, Slot

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection, QDBusUnixFileDescriptor

_LOGIN: Final = "org.freedesktop.login1"
_MANAGER: Final = "org.freedesktop.login1.Manager"
_SESSION: Final = "org.freedesktop.login1.Session"
_MANAGER_PATH: Final = "/org/freedesktop/login1"
_SAVERS: Final = (
    ("org.freedesktop.ScreenSaver", ""),
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
    ("org.cinnamon.ScreenSaver", "/org/cinnamon/ScreenSaver"),
    ("org.mate.ScreenSaver", "/org/mate/ScreenSaver"),
)
_SYSTEM, _DESKTOP = "ketachart-system", "ketachart-desktop"


_heard_by: Final[list[QObject]] = []  # never destroyed: see _Ear


@dataclass(frozen=True, slots=True)
class Buses:
    """Where the two buses are; empty for the usual places, an address in a test."""

    system: str = ""
    desktop: str = ""


class BusSession:
    """Holds the sleep back for the moment that locking takes, where logind lets it."""

    def __init__(self, away: Callable[[str], None], buses: Buses | None = None) -> None:
        self._away, self._buses = away, buses or Buses()
        self._ear = _Ear(self)
        self._delay: QDBusUnixFileDescriptor | None = None
        self._over = False
        self.ready = threading.Event()

    def begin(self) -> None:
        """Connects on a thread of its own."""
        threading.Thread(target=self._connect, name="session-bus", daemon=True).start()

    def end(self) -> None:
        """Lets the laptop sleep, and hears nothing any more."""
        self._over = True
        self._delay = None
        self._ear.session = None

    # ------------------------------------------------ connecting, away from the window

    def _connect(self) -> None:
        try:
            self._hear_all()
        finally:
            self.ready.set()

    def _hear_all(self) -> None:
        from PySide6.QtDBus import QDBusConnection

        kind = QDBusConnection.BusType
        system = _bus(self._buses.system, kind.SystemBus, _SYSTEM)
        if system is not None:
            self._hear(system, _LOGIN, _MANAGER_PATH, _MANAGER, "PrepareForSleep", "sleeps(bool)")
            self._hear(system, _LOGIN, _own_session(system), _SESSION, "Lock", "locks()")
            self._hold_back(system)
        desktop = _bus(self._buses.desktop, kind.SessionBus, _DESKTOP)
        if desktop is not None:
            for name, path in _SAVERS:
                self._hear(desktop, name, path, name, "ActiveChanged", "covers(bool)")

    def _hear(self, bus: "QDBusConnection", *where: str) -> None:
        """Service, path, interface, signal, and our slot; an empty path is any."""
        *of_whom, slot = where
        bus.connect(*of_whom, self._ear, SLOT(slot))  # type: ignore[call-overload]

    def _hold_back(self, system: "QDBusConnection") -> None:
        """Asks logind to wait for us before it sleeps; it does so for some seconds at most."""
        from PySide6.QtDBus import QDBusMessage, QDBusUnixFileDescriptor

        call = QDBusMessage.createMethodCall(_LOGIN, _MANAGER_PATH, _MANAGER, "Inhibit")
        call.setArguments(["sleep", "KetaChart", "It locks the charts first", "delay"])
        answer = system.call(call).arguments()
        if answer and isinstance(answer[0], QDBusUnixFileDescriptor) and not self._over:
            self._delay = answer[0]

    # ------------------------------------------------ told, on the window's thread

    def sleeps(self, *, begins: bool) -> None:
        """The laptop is about to sleep, or has woken."""
        if begins and not self._over:
            self._away("sleep")
            self._delay = None  # now it may
        elif not self._over:
            threading.Thread(target=self._hold_again, name="session-bus", daemon=True).start()

    def locks(self) -> None:
        """The session is to be locked, or the desktop's screen lock came."""
        if not self._over:
            self._away("locked")

    def _hold_again(self) -> None:
        from PySide6.QtDBus import QDBusConnection

        system = QDBusConnection(_SYSTEM)
        if system.isConnected():
            self._hold_back(system)


class _Ear(QObject):
    """What the buses call. It outlives everything, the session that listens through it too.

    A bus has a thread of its own, and asks this object what its class says of being disconnected
    when the window may have let it go already: seen to end in a crash.
    """

    def __init__(self, session: BusSession) -> None:
        super().__init__()
        self.session: BusSession | None = session
        _heard_by.append(self)

    @Slot(bool)
    def sleeps(self, begins: bool) -> None:  # noqa: FBT001 - the bus's signal
        """logind: before the sleep, and after it."""
        if self.session is not None:
            self.session.sleeps(begins=begins)

    @Slot()
    def locks(self) -> None:
        """logind: this session is to be locked."""
        if self.session is not None:
            self.session.locks()

    @Slot(bool)
    def covers(self, active: bool) -> None:  # noqa: FBT001 - the bus's signal
        """A desktop: its screen lock came or went."""
        if self.session is not None and active:
            self.session.locks()


def _bus(address: str, kind: "QDBusConnection.BusType", name: str) -> "QDBusConnection | None":
    from PySide6.QtDBus import QDBusConnection

    if address:
        bus = QDBusConnection.connectToBus(address, name)
    else:
        bus = QDBusConnection.connectToBus(kind, name)
    return bus if bus.isConnected() else None


def _own_session(system: "QDBusConnection") -> str:
    """The path of this session; empty, and so any session's lock, where it is not known."""
    from PySide6.QtDBus import QDBusMessage, QDBusObjectPath

    session = os.environ.get("XDG_SESSION_ID", "")
    if not session:
        return ""
    call = QDBusMessage.createMethodCall(_LOGIN, _MANAGER_PATH, _MANAGER, "GetSession")
    call.setArguments([session])
    answer = system.call(call).arguments()
    found = answer[0] if answer else ""
    return found.path() if isinstance(found, QDBusObjectPath) else ""
