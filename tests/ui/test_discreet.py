"""The process leaves no image of its memory, and lets no program of the same person read it."""

import subprocess
import sys
from pathlib import Path

import pytest

from ui import app, discreet

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = """
import ctypes, resource
from ui import discreet
GET_DUMPABLE = 3
before = ctypes.CDLL(None).prctl(GET_DUMPABLE, 0, 0, 0, 0)
discreet.dump_no_core()
after = ctypes.CDLL(None).prctl(GET_DUMPABLE, 0, 0, 0, 0)
print(before, after, *resource.getrlimit(resource.RLIMIT_CORE))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="prctl(2) is Linux's")
def test_a_crash_leaves_no_image_of_the_memory_and_nobody_may_look_into_it():
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() == ["1", "0", "0", "0"]


def test_it_is_done_before_a_window_is_built(monkeypatch, tmp_path):
    done = []

    class Built(Exception):
        """So far it came."""

    def build(*_told, **_more):
        done.append("begun")
        raise Built

    monkeypatch.setattr(discreet, "leave_nothing", lambda: done.append("left nothing"))
    monkeypatch.setattr(app, "application", build)
    with pytest.raises(Built):
        app.run(tmp_path)
    assert done == ["left nothing", "begun"]
