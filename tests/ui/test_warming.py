"""What a visit needs is imported in small turns, so that no key waits for all of it."""

import json
import subprocess
import sys
from pathlib import Path

from ui.warming import TURNS

ROOT = Path(__file__).parent.parent.parent
MOST = 16  # modules of ours in one turn: each takes about half a millisecond
TURN_BY_TURN = """
import importlib, json, sys
import ketachart.charting, ui.app, ui.backing_up, ui.checkup, ui.heartbeat  # what comes before
import ui.veil.veil, ui.window_edges, ui.window_acts, ui.window_keys
brought = {}
for name in sys.argv[1:]:
    before = set(sys.modules)
    importlib.import_module(name)
    brought[name] = len([new for new in set(sys.modules) - before if new[:3] in {"ui.", "ket"}])
print(json.dumps(brought))
"""


def test_no_turn_brings_many_modules_and_the_last_is_the_visits_screen():
    run = [sys.executable, "-c", TURN_BY_TURN, *TURNS]
    told = subprocess.run(run, capture_output=True, text=True, cwd=ROOT, check=True, timeout=60)
    brought = json.loads(told.stdout)
    assert {name: many for name, many in brought.items() if many > MOST} == {}
    assert TURNS[-1] == "ui.screens.visit"
