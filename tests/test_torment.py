"""The short form of the published test; at length: `python3 dev.py torment`."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ketachart.errors import DiskFull
from tests.torment import shim
from tests.torment.sentences import unclear

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What the short form found."""
    if why := shim.why_not():
        pytest.skip(why)
    counts = tmp_path_factory.mktemp("torment") / "counts.json"
    words = [sys.executable, "-P", "tests/torment/run.py", "--short", "--jobs", "1"]
    done = subprocess.run(
        [*words, "--json", str(counts)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert counts.exists(), done.stdout + done.stderr
    return json.loads(counts.read_text()) | {"said": done.stdout, "code": done.returncode}


def test_nothing_acknowledged_is_lost_by_kills_cuts_and_faults(told):
    assert told["bad"] == [], told["said"]
    for part, at_least in {
        "kill -9": 5,
        "power cut, simulated": 15,
        "power cut, garbage in the first page": 4,
        "disk full until room is made": 50,
        "odd: second writer without the lock": 1,
    }.items():
        counts = told["parts"][part]
        assert counts["rounds"] >= at_least
        assert counts["checked"] > 20
        assert counts["lost"] == counts["corrupt"] == 0


def test_promises_broken_on_purpose_are_noticed(told):
    assert told["missed"] == [], told["said"]
    assert told["code"] == 0
    controls = {part for part in told["parts"] if part.startswith(("cut: ", "kill -9: "))}
    assert controls == {
        "cut: synchronous = NORMAL",
        "cut: names not flushed",
        "kill -9: told before it is kept",
    }


def test_a_sentence_that_helps_nobody_is_noticed():
    assert "raw OSError" in unclear(OSError(28, "No space left on device"))
    assert "what is safe" in unclear(DiskFull("The disk is full. Do it again."))
    assert "what to do" in unclear(DiskFull("The disk is full. Everything is safe."))
    assert "SQLITE" in unclear(DiskFull("SQLITE_FULL. Everything is safe. Do it again."))
