"""What holds for every test: no screen, no network, no real home, and nothing left behind."""

import gc
import os
import shutil
import socket
import sys
import tempfile
import threading
from pathlib import Path

# Python keeps what it compiles, whatever it was told: hundreds of modules are otherwise compiled
# anew for every core and every process that a test starts.
os.environ["PYTHONDONTWRITEBYTECODE"] = ""

# Qt reads this when the application object is made, so it stands here, before any Qt import.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
# The window speaks the system's language unless another was chosen; the tests read English.
os.environ["LC_ALL"] = "C.UTF-8"

import pytest


def pytest_collection_finish():
    """What importing made is no test's doing: the search for leftovers need not look at it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """No worker sweeps up a window, as `ui/sweeper.py` sees to it in the program: between tests."""
    if "ui" in item.path.parts:
        gc.disable()
    else:
        gc.enable()


# The dearest files, dearest first: each is one core's from its beginning to its end, and one that
# begins last has the other cores wait for it.
_FIRST = (
    "test_demo", "test_whole_visit_by_pointer", "test_whole_visit", "test_new_visit",
    "test_emergency", "test_nothing_cut", "test_golden", "test_screening_sheets",
    "test_on_file", "test_order_rows", "test_pump_check", "test_order_sheets", "test_signing",
    "test_random_visits",
)  # fmt: skip


_MEMORY, _ROOM = Path("/dev/shm"), 4_000_000_000  # noqa: S108 - it is asked whether it is there


def pytest_configure(config):
    """Before the cores begin: in which order they are handed files, and where tests write.

    Tests write thousands of ledgers, and wait for the disk at every entry. Where there is memory
    to spare the ledgers lie there; where ``TMPDIR`` says something else, it is done.
    """
    config.option.loadscopereorder = False  # otherwise the files with the most tests come first
    sys.dont_write_bytecode = False
    may = "TMPDIR" not in os.environ and os.access(_MEMORY, os.W_OK)
    if may and shutil.disk_usage(_MEMORY).free > _ROOM:
        os.environ["TMPDIR"] = str(_MEMORY)
        tempfile.tempdir = None  # asked for again


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Files are handed to the cores in this order, which is the same in every process."""
    place = {name: number for number, name in enumerate(_FIRST)}
    items.sort(key=lambda item: place.get(item.path.stem, len(_FIRST)))  # the rest stays as it is


def pytest_make_parametrize_id(val, argname):
    """Long bytes do not name a test: a zip holds the moment it was made, each core's another.

    Two cores that collect tests of other names run none of them.
    """
    return argname if isinstance(val, bytes) and len(val) > 40 else None  # None: as pytest does


_HOME_NAMES = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA")
_XDG_NAMES = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")


@pytest.fixture(scope="session", autouse=True)
def no_real_home(tmp_path_factory):
    """A test that writes to its home writes here, and so does every process it starts."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in _HOME_NAMES:
            patch.setenv(name, str(home))
        for name in _XDG_NAMES:
            patch.setenv(name, str(home / name.lower()))
        yield home


@pytest.fixture(scope="session", autouse=True)
def no_network():
    """Any call beyond this machine's own sockets fails the test, whoever catches what it raises."""
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family in {socket.AF_INET, socket.AF_INET6}:
            pytest.fail(f"a test reached for the network: {address}")
        return connect(self, address)

    def refuse(*address, **_options):
        pytest.fail(f"a test reached for the network: {address}")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        patch.setattr(socket.socket, "connect_ex", guarded)
        patch.setattr(socket, "getaddrinfo", refuse)
        yield


def _windows():
    """The windows Qt has now, by address; none while there is no application object."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return {}
    return {id(window): window for window in widgets.QApplication.topLevelWidgets()}


def _qt_left_behind(before):
    """Names what Qt still has: windows that were not there before, timers, busy threads."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return []
    from PySide6.QtCore import QCoreApplication, QEvent, QThread, QThreadPool, QTimer
    from shiboken6 import isValid

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()  # a window held only by a finished test's own circle of references is no leak
    own_thread = QCoreApplication.instance().thread()
    left = [f"window {w!r}" for address, w in _windows().items() if address not in before]
    watched = {}  # by kind: a hundred thousand things are of some hundred kinds
    for thing in gc.get_objects():
        kind = type(thing)
        if kind not in watched:
            watched[kind] = issubclass(kind, (QTimer, QThreadPool, QThread))
        if not watched[kind] or not isValid(thing):
            continue
        if isinstance(thing, QTimer):
            left += [f"timer {thing!r}"] if thing.isActive() else []
        elif isinstance(thing, QThreadPool):
            left += [f"thread pool {thing!r}"] if thing.activeThreadCount() else []
        elif thing is not own_thread and thing.isRunning():
            left.append(f"thread {thing!r}")
    gc.freeze()  # what outlives this test was looked at: the next need not look at it again
    return left


@pytest.fixture(autouse=True)
def nothing_left_behind(request):
    """A window, timer or thread that outlives its test fails it."""
    threads, windows = set(threading.enumerate()), set(_windows())
    yield
    started = [t for t in threading.enumerate() if t not in threads]
    # Python keeps a stand-in for every foreign thread it has met; Qt's pool is asked itself, below
    started = [t for t in started if not isinstance(t, threading._DummyThread)]
    for thread in started:
        thread.join(timeout=1)
    left = [f"thread {t.name}" for t in started if t.is_alive()]
    if "ui" in request.path.parts:  # nothing outside may so much as import Qt
        left += _qt_left_behind(windows)
    assert left == []


@pytest.fixture(scope="session", autouse=True)
def one_cost():
    """No test waits while this computer is measured: real passphrases cost the standard here."""
    from ketachart.storage import calibrate
    from ketachart.storage.kdf import STANDARD

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(calibrate, "_measured_once", lambda: STANDARD)
        yield
