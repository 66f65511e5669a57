"""Windows that were put away are taken down on the window's thread, whoever makes rubbish where."""

import gc
import threading

import pytest
from PySide6.QtCore import QObject, Qt

from tests.helpers.door import NOON, clinic_in
from ui import app
from ui.demo_clinic import SceneClock
from ui.sweeper import Sweeper

ENOUGH = 120_000  # the tests sweep after 50,000


class Put(QObject):
    """Holds itself, as a window with its signals does, and says where it was taken down."""

    def __init__(self, told):
        super().__init__()
        self.itself = self
        self.destroyed.connect(
            lambda: told.append(threading.current_thread()), Qt.ConnectionType.DirectConnection
        )


@pytest.fixture
def sweeper():
    gc.enable()
    made = Sweeper()
    made.begin()
    yield made
    made.end()
    gc.disable()  # as every test of the window has it


def _make_rubbish():
    kept = [[] for _ in range(ENOUGH)]
    for each in kept:
        each.append(each)
    kept.clear()


def test_a_worker_that_makes_rubbish_takes_no_window_down(sweeper):
    told = []
    Put(told)
    worker = threading.Thread(target=_make_rubbish)
    worker.start()
    worker.join()
    assert told == []
    sweeper.look()
    assert told == [threading.main_thread()]


def test_little_is_not_swept(sweeper):
    gc.collect()
    told = []
    Put(told)
    sweeper.look()
    assert told == []
    gc.collect()
    assert told == [threading.main_thread()]


def test_at_the_end_the_interpreter_sweeps_by_itself_again(sweeper):
    assert not gc.isenabled()
    sweeper.end()
    assert gc.isenabled()


def test_no_test_of_the_window_is_swept_beside_it():
    assert not gc.isenabled()


def test_a_second_sweeper_leaves_all_to_the_first(sweeper):
    second = Sweeper()
    second.begin()
    second.end()
    assert not gc.isenabled()
    sweeper.end()
    assert gc.isenabled()


def test_the_window_brings_its_own_until_it_is_closed(qtbot, tmp_path):
    gc.enable()
    window = app.build(clinic_in(tmp_path / "ledger"), SceneClock(NOON))
    qtbot.addWidget(window)
    began = gc.isenabled()
    window.close()
    assert (began, gc.isenabled()) == (False, True)
    gc.disable()
