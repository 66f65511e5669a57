"""The guards of the suite themselves: what is left behind is named, the network is out of reach."""

import os
import socket
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QThreadPool, QTimer
from PySide6.QtWidgets import QWidget

from tests.conftest import _qt_left_behind, _windows


def test_a_window_left_behind_is_named():
    before = set(_windows())
    window = QWidget()
    assert [line.split()[0] for line in _qt_left_behind(before)] == ["window"]
    del window
    assert _qt_left_behind(before) == []


def test_a_timer_left_running_is_named():
    timer = QTimer()
    timer.start(60_000)
    assert [line.split()[0] for line in _qt_left_behind(set(_windows()))] == ["timer"]
    timer.stop()
    assert _qt_left_behind(set(_windows())) == []


def test_a_busy_pool_is_named():
    go, pool = threading.Event(), QThreadPool()
    pool.start(lambda: go.wait(5))
    assert [line.split()[0] for line in _qt_left_behind(set(_windows()))] == ["thread"]
    go.set()
    pool.waitForDone()
    assert _qt_left_behind(set(_windows())) == []


def test_the_network_cannot_be_reached():
    with pytest.raises(pytest.fail.Exception, match="network"):
        socket.create_connection(("127.0.0.1", 9))
    with (
        socket.socket(socket.AF_INET) as plain,
        pytest.raises(pytest.fail.Exception, match="network"),
    ):
        plain.connect(("127.0.0.1", 9))


def test_the_home_is_not_the_real_one(no_real_home):
    assert Path.home() == no_real_home
    assert Path(os.environ["XDG_CONFIG_HOME"]).is_relative_to(no_real_home)


def test_no_window_is_shown_on_a_real_screen(qapp):
    assert qapp.platformName() == "offscreen"
