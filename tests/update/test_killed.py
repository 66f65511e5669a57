"""An update, and a way back, killed at each step: the next start finishes it, or undoes it."""

import os
import shutil
import signal
import sys
import warnings

import pytest

from ketachart.charting import going_back, updating
from ketachart.storage import putting_back
from ketachart.update import journal
from tests.update import making

CHANGING = {"os.rename", "os.remove", "os.mkdir", "os.symlink", "os.rmdir"}


def killed_at(step):
    """This process ends, unasked, before the so-many-th change of a name on the disk."""
    left = [step]

    def hook(event, _arguments):
        if event in CHANGING:
            left[0] -= 1
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


def forward(laptop):
    laptop.task(next(laptop.stick.glob("*1.0.1*update"))).work()


def back(laptop):
    here = laptop.here("1.0.1")
    chosen = going_back.plan(laptop.folder, here, None, None)
    going_back.task_for(laptop.folder, chosen, laptop.clock, here, None).work()


def killed(act, base, out):
    """A copy of all of it for each kill, in order; the last one came to its end."""
    laptops, code = [], -signal.SIGKILL
    while code == -signal.SIGKILL:
        place = out / str(len(laptops) + 1)
        shutil.copytree(base, place, symlinks=True)
        laptops.append(making.Laptop.at(place))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the child does one thing and ends
            child = os.fork()
        if not child:
            killed_at(len(laptops))
            act(laptops[-1])
            os._exit(7)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code == 7
    return laptops


@pytest.mark.usefixtures("pinned")
def test_an_update_that_is_killed_anywhere_is_finished_or_undone(bare, tmp_path):
    making.made(bare.stick)
    ends = set()
    for laptop in killed(forward, bare.place, tmp_path / "out"):
        runs = laptop.starts()
        under_way = journal.read(laptop.folder).under_way
        found = updating.left_over(laptop.folder, laptop.here(runs))
        ends.add((runs, found.what if found else "nothing"))
        assert (found is None) == (under_way is None)
        assert updating.changes(laptop.folder).under_way is None
        assert not list(laptop.place.rglob("*.partial"))
        if runs == "1.0.0":
            laptop.update(next(laptop.stick.glob("*update")))  # it can be begun again
            assert laptop.starts() == "1.0.1"
    assert ends == {("1.0.0", "nothing"), ("1.0.0", "undone"), ("1.0.1", "done")}


@pytest.mark.usefixtures("pinned")
def test_a_way_back_that_is_killed_anywhere_is_finished_or_undone(bare, tmp_path):
    bare.update()
    updating.left_over(bare.folder, bare.here("1.0.1"))
    ends = set()
    for laptop in killed(back, bare.place, tmp_path / "out"):
        found = updating.left_over(laptop.folder, laptop.here(laptop.starts()))
        if found is not None and found.what == "waiting":  # the newer one finished it
            assert laptop.starts() == "1.0.0"
            found = updating.left_over(laptop.folder, laptop.here("1.0.0"))
        ends.add((laptop.starts(), found.what if found else "nothing"))
        assert updating.changes(laptop.folder).under_way is None
        assert not putting_back.ready(laptop.folder).exists()
    assert ends == {("1.0.1", "nothing"), ("1.0.0", "back")}
