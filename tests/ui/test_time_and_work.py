"""Timers that a sleeping laptop does not fool, and slow work that leaves no thread behind."""

import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QThread

from ketachart.clock import SetClock
from ketachart.errors import CannotSign
from ui.heartbeat import Heartbeat
from ui.workers import Workers

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


@pytest.fixture
def clock():
    return SetClock(datetime(2026, 11, 22, 15, 28, tzinfo=UTC))


@pytest.fixture
def heart(clock):
    return Heartbeat(clock)


def test_a_timer_acts_when_its_time_has_passed_and_not_before(heart, clock):
    acts = []
    heart.once("vitals", 15 * MINUTE, lambda: acts.append("due"))
    clock.pass_time(15 * MINUTE - SECOND)
    heart.poll()
    assert (acts, heart.left("vitals")) == ([], SECOND)
    clock.pass_time(SECOND)
    heart.poll()
    heart.poll()
    assert (acts, heart.names()) == (["due"], ())


def test_after_a_sleep_of_three_hours_what_repeats_acts_once_and_keeps_its_rhythm(heart, clock):
    acts = []
    heart.every("draw", SECOND, lambda: acts.append(1))
    clock.pass_time(timedelta(hours=3) + SECOND / 2)
    heart.poll()
    assert (acts, heart.left("draw")) == ([1], SECOND / 2)


def test_setting_the_wall_clock_back_delays_nothing(heart, clock):
    acts = []
    heart.once("vitals", MINUTE, lambda: acts.append(1))
    clock.set_wall(clock.now() - timedelta(hours=1))
    clock.pass_time(MINUTE)
    heart.poll()
    assert acts == [1]


def test_a_timer_of_the_same_name_takes_the_place_of_the_old(heart, clock):
    acts = []
    heart.once("vitals", MINUTE, lambda: acts.append("old"))
    heart.once("vitals", 2 * MINUTE, lambda: acts.append("new"))
    clock.pass_time(3 * MINUTE)
    heart.poll()
    assert acts == ["new"]


def test_what_was_cancelled_by_an_earlier_act_does_not_act(heart, clock):
    acts = []
    heart.once("a", MINUTE, lambda: heart.cancel("b"))
    heart.once("b", 2 * MINUTE, lambda: acts.append("b"))
    clock.pass_time(3 * MINUTE)
    heart.poll()
    assert acts == []


def test_the_longest_due_acts_first(heart, clock):
    acts = []
    heart.once("late", 2 * MINUTE, lambda: acts.append("late"))
    heart.once("early", MINUTE, lambda: acts.append("early"))
    clock.pass_time(5 * MINUTE)
    heart.poll()
    assert acts == ["early", "late"]


def test_the_beat_comes_once_a_second_of_the_clock(heart, clock):
    beats = []
    heart.beat.connect(beats.append)
    for _ in range(10):
        clock.pass_time(timedelta(milliseconds=250))
        heart.poll()
    assert [beat.second for beat in beats] == [1, 2]


def test_a_timer_without_a_length_is_refused(heart):
    with pytest.raises(ValueError, match="length"):
        heart.every("draw", timedelta(), list)


def test_it_asks_the_clock_by_itself_once_started(qtbot, heart, clock):
    acts = []
    heart.once("soon", SECOND, lambda: acts.append(1))
    clock.pass_time(SECOND)
    heart.start()
    qtbot.waitUntil(lambda: acts == [1], timeout=2000)
    heart.stop()


@pytest.fixture
def workers():
    made = Workers()
    yield made
    made.close()


def test_the_answer_comes_back_on_the_windows_thread(qtbot, workers):
    here, there, told = threading.get_ident(), [], []
    job = workers.start(lambda _job: there.append(threading.get_ident()) or "pages")
    job.done.connect(lambda answer: told.append((answer, threading.get_ident())))
    qtbot.waitUntil(lambda: told != [], timeout=2000)
    assert told == [("pages", here)]
    assert there != [here]
    assert workers.running() == 0


def test_a_foreseen_failure_comes_back_as_itself(qtbot, workers):
    def work(_job):
        raise CannotSign("The certificate has expired. Nothing was signed.")

    with qtbot.waitSignal(workers.start(work).failed, timeout=2000) as blocker:
        pass
    assert isinstance(blocker.args[0], CannotSign)


def test_a_failure_nobody_foresaw_is_raised_on_the_windows_thread(qtbot, workers):
    def work(_job):
        raise ZeroDivisionError("no such thing")

    with qtbot.captureExceptions() as raised:
        workers.start(work)
        qtbot.waitUntil(lambda: raised != [], timeout=2000)
    assert [kind for kind, _, _ in raised] == [ZeroDivisionError]


def test_progress_is_told_in_steps(qtbot, workers):
    def work(job):
        for done in range(1, 4):
            job.step(done, 3)

    told = []
    job = workers.start(work)
    job.progress.connect(lambda done, total: told.append((done, total)))
    with qtbot.waitSignal(job.done, timeout=2000):
        pass
    assert told[-1] == (3, 3)


def test_a_cancelled_job_throws_its_answer_away(qtbot, workers):
    go, told = threading.Event(), []
    job = workers.start(lambda job: go.wait(2) and job.cancelled())
    job.done.connect(told.append)
    job.cancel()
    with qtbot.waitSignal(job.stopped, timeout=2000):
        go.set()
    assert told == []


def test_a_part_is_handed_over_before_the_rest(qtbot, workers):
    go, parts = threading.Event(), []

    def work(job):
        job.hand("page one")
        return go.wait(2) and "all pages"

    job = workers.start(work)
    job.handed.connect(parts.append)
    qtbot.waitUntil(lambda: parts == ["page one"], timeout=2000)
    with qtbot.waitSignal(job.done, timeout=2000) as blocker:
        go.set()
    assert blocker.args == ["all pages"]


def test_a_cancelled_job_hands_nothing_over(qtbot, workers):
    parts = []
    job = workers.start(lambda job: job.hand("page one"))
    job.handed.connect(parts.append)
    with qtbot.waitSignal(job.stopped, timeout=2000):
        job.cancel()
    assert parts == []


def test_a_worker_soon_lets_the_window_have_a_turn(workers):
    assert sys.getswitchinterval() <= 0.001
    assert workers.running() == 0


def test_closing_waits_for_every_job_and_leaves_no_thread(workers):
    ended = []

    def work(job):
        for _ in range(2000):
            if job.cancelled():
                break
            QThread.msleep(1)
        ended.append(job.cancelled())

    for _ in range(3):
        workers.start(work)
    workers.close()
    assert ended == [True, True, True]


def test_a_job_that_hangs_keeps_neither_the_window_nor_other_jobs(qtbot):
    """As a thread does in a dead network disk: it hears of nothing."""
    freed, workers, told = threading.Event(), Workers(), []
    jobs = [workers.start(lambda _job: freed.wait(20)) for _ in range(2)]
    waiting = workers.start(lambda _job: "late")
    for job in (*jobs, waiting):
        job.done.connect(told.append)
    for job in jobs:
        job.cancel()
    workers.start(lambda _job: "another").done.connect(told.append)
    qtbot.waitUntil(lambda: sorted(told) == ["another", "late"], timeout=2000)
    assert not workers.hangs
    workers.close(wait_ms=20)
    assert workers.hangs
    freed.set()  # the thread ends after all, and nothing of it counts
    qtbot.waitUntil(lambda: workers.running() == 0, timeout=2000)
    assert sorted(told) == ["another", "late"]


def test_the_program_ends_though_a_thread_hangs():
    """Seen from outside: the process is gone, with what the window answered."""
    code = (
        "import sys, threading\n"
        "from PySide6.QtCore import QCoreApplication\n"
        "from ui.workers import Workers, ended\n"
        "app = QCoreApplication([])\n"
        "workers = Workers()\n"
        "workers.start(lambda job: threading.Event().wait(60))\n"
        "workers.close(wait_ms=20)\n"
        "ended(7, workers)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], timeout=20, check=False)
    assert done.returncode == 7
