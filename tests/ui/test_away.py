"""The laptop sleeps, or its screen is locked: the charts lock too. Copied words do not stay."""

import shutil
import subprocess
from datetime import timedelta
from types import SimpleNamespace

import pytest
from PySide6.QtGui import QClipboard, QGuiApplication

from tests.helpers.visit_window import VisitWindow
from ui.privacy import PrivacyGuard
from ui.veil import bus_session
from ui.veil.bus_session import Buses, BusSession
from ui.veil.windows_session import (
    PBT_APMSUSPEND,
    WM_POWERBROADCAST,
    WM_WTSSESSION_CHANGE,
    WTS_SESSION_LOCK,
    meaning,
)


@pytest.fixture
def bus():
    """A message bus of this test's own."""
    program = shutil.which("dbus-daemon")
    if program is None:
        pytest.skip("no message bus here")
    started = subprocess.Popen(
        [program, "--session", "--nofork", "--nosyslog", "--print-address"],
        stdout=subprocess.PIPE,
        text=True,
    )
    yield started.stdout.readline().strip()
    started.terminate()
    started.wait(10)
    started.stdout.close()


SIGNALS = (
    ("org.freedesktop.login1", "/org/freedesktop/login1", ".Manager", "PrepareForSleep", [True]),
    ("org.freedesktop.login1", "/org/freedesktop/login1/session/_32", ".Session", "Lock", []),
    ("org.freedesktop.ScreenSaver", "/ScreenSaver", "", "ActiveChanged", [True]),
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver", "", "ActiveChanged", [True]),
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver", "", "ActiveChanged", [False]),
    ("org.freedesktop.login1", "/org/freedesktop/login1", ".Manager", "PrepareForSleep", [False]),
)


def test_sleep_and_lock_are_heard_on_the_buses(qtbot, bus, monkeypatch):
    from PySide6.QtDBus import QDBusConnection, QDBusMessage

    monkeypatch.delenv("XDG_SESSION_ID", raising=False)
    system = QDBusConnection.connectToBus(bus, "test-system")
    heard = []
    for name in {signal[0] for signal in SIGNALS}:
        assert system.registerService(name)
    session = BusSession(heard.append, Buses(system=bus, desktop=bus))
    session.begin()
    assert session.ready.wait(20)
    for name, path, rest, signal, told in SIGNALS:
        message = QDBusMessage.createSignal(path, name + rest, signal)
        message.setArguments(told)
        assert system.send(message)
    qtbot.waitUntil(lambda: len(heard) >= 4)
    qtbot.wait(20)
    assert sorted(heard) == ["locked", "locked", "locked", "sleep"]
    session.end()
    ear = session._ear
    del session
    for name, path, rest, signal, told in SIGNALS:  # nobody is there any more, but the ear is
        message = QDBusMessage.createSignal(path, name + rest, signal)
        message.setArguments(told)
        assert system.send(message)
    qtbot.wait(20)
    assert len(heard) == 4
    assert any(kept is ear for kept in bus_session._heard_by)
    for name in ("test-system", "ketachart-system", "ketachart-desktop"):
        QDBusConnection.disconnectFromBus(name)


def test_no_bus_is_no_harm(qapp):
    assert qapp is not None
    session = BusSession(print, Buses(system="unix:path=/nowhere", desktop="unix:path=/nowhere"))
    session.begin()
    assert session.ready.wait(20)
    session.end()


def test_what_windows_tells():
    told = {(WM_POWERBROADCAST, PBT_APMSUSPEND): "sleep", (WM_WTSSESSION_CHANGE, 7): "locked"}
    assert WTS_SESSION_LOCK == 7
    for message in (WM_POWERBROADCAST, WM_WTSSESSION_CHANGE, 0):
        for wparam in (0, 4, 7, 8):
            assert meaning(message, wparam) == told.get((message, wparam), "")


# ------------------------------------------------ the clipboard, and the lock


@pytest.fixture
def private(qapp, tmp_path):
    window = VisitWindow(
        tmp_path / "ledger", "pressure_climbs", "infusion", until="infusion-paused"
    )
    guard = PrivacyGuard(window.window)
    held = SimpleNamespace(guard=guard, window=window, desk=window.desk, clip=qapp.clipboard())
    yield held
    guard.end()
    window.close()
    held.clip.clear()


def test_what_was_copied_leaves_the_clipboard(private):
    clip, desk = private.clip, private.desk
    clip.setText("Daniel K. Osei")
    assert clip.mimeData().data("x-kde-passwordManagerHint") == b"secret"
    desk.clock.pass_time(timedelta(seconds=59))
    desk.heartbeat.poll()
    assert clip.text() == "Daniel K. Osei"
    desk.clock.pass_time(timedelta(seconds=1))
    desk.heartbeat.poll()
    assert clip.text() == ""
    for go in (
        lambda: private.window.window.act("veil"),
        lambda: private.guard.session.away.emit("sleep"),
    ):
        clip.setText("Daniel K. Osei")
        assert clip.text()
        go()
        assert clip.text() == ""
    assert not desk.is_unlocked


def test_what_somebody_else_copied_is_left(private, monkeypatch):
    clip, desk, guard = private.clip, private.desk, private.guard.clipboard
    clip.setText("ours")
    monkeypatch.setattr(guard, "_owned", lambda _mode: False)
    clip.setText("theirs")
    desk.clock.pass_time(timedelta(seconds=61))
    desk.heartbeat.poll()
    guard.clear()
    assert clip.text() == "theirs"
    assert guard._ours == {}
    assert QClipboard.Mode.Clipboard not in guard._ours
    assert QGuiApplication.platformName() == "offscreen"
