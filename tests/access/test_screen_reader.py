"""The real program under a screen reader's library: found by name, typed into, pressed, heard."""

import json
import os
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from ketachart.clock import SystemClock
from ketachart.commands.player import PASSPHRASE
from ui import demo_clinic
from ui.demo_scenes import Scene

READER = Path(__file__).parent / "reader.py"
ROOT = READER.parents[2]
SYSTEM_PYTHON = "/usr/bin/python3"
BUSES = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
ASKS = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"


def missing():
    """What this computer lacks for it, in words; empty where nothing is."""
    if sys.platform != "linux":
        return "AT-SPI is Linux's way"
    tools = [t for t in ("xvfb-run", "dbus-run-session", SYSTEM_PYTHON) if not shutil.which(t)]
    if not any(map(shutil.which, BUSES)):
        tools.append("at-spi2-core")
    if tools:
        return f"not installed: {', '.join(tools)}"
    asked = subprocess.run([SYSTEM_PYTHON, "-c", ASKS], capture_output=True, check=False)
    return "" if asked.returncode == 0 else "not installed: python3-gi, gir1.2-atspi-2.0"


class Reader:
    """Hands lines to the screen reader, and back what it found."""

    def __init__(self, process):
        self._process = process

    def __call__(self, does, name, role="", **more):
        line = {"do": does, "name": name, "role": role} | more
        self._process.stdin.write(json.dumps(line) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline() or '{"missing": "the reader ended"}')
        assert "missing" not in answer, answer
        return answer


@pytest.fixture
def reader(tmp_path):
    """The program on an infusion that was begun a minute ago, at the list of who may unlock."""
    if lacks := missing():
        pytest.skip(lacks)
    ledger = tmp_path / "ledger"
    scene = Scene("quiet_hour", "infusion-started", 1, timedelta(minutes=1))
    demo_clinic.play(ledger, scene, SystemClock().now())
    settings = {"QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
    settings |= {"XDG_RUNTIME_DIR": str(tmp_path), "HOME": str(tmp_path)}
    settings["A11Y_BUS"] = next(filter(shutil.which, BUSES))
    command = ["xvfb-run", "-a", "-s", "-screen 0 1366x768x24", "dbus-run-session", "--"]
    command += [SYSTEM_PYTHON, str(READER), sys.executable, "-m", "ui", "--folder", str(ledger)]
    pipe = subprocess.PIPE
    with (tmp_path / "errors").open("w") as errors:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | settings,
            stdin=pipe,
            stdout=pipe,
            stderr=errors,
            text=True,
        )
        try:
            yield Reader(process)
        finally:
            process.stdin.close()  # the reader then ends the program, and both their buses
            process.stdout.close()
            process.wait(timeout=20)


def test_a_visit_is_charted_and_an_alert_is_heard_through_a_screen_reader(reader):
    passphrase = reader("type", "Passphrase", "password text", text=PASSPHRASE)
    assert passphrase["text"] == ""  # never read out
    assert passphrase["description"] == "for Julia Alvarez, RN"
    assert "CHECKED" in reader("read", "Who is charting: Julia Alvarez", "radio button")["states"]
    reader("press", "Unlock", "push button")
    row = reader("read", "Elena M. Rivera", "list item")
    assert "Acute migraine" in row["name"]
    reader("press", "Open visit", "push button")

    phase = reader("read", "Infusion", "radio button")
    assert "CHECKED" in phase["states"]
    assert "now" in phase["description"]
    assert "CHECKED" not in reader("read", "Sign", "radio button")["states"]
    systolic = reader("type", "Systolic, mmHg", "text", text="172")
    assert {"EDITABLE", "ENABLED", "FOCUSABLE"} <= set(systolic["states"])
    assert systolic["text"] == "172"
    # how it stands is said with the field, not only painted
    assert "Systolic 172, over 160: pause and call" in systolic["description"]
    reader("type", "Diastolic, mmHg", "text", text="95")
    reader("press", "Record vitals", "push button")

    words, breaks_in = reader("hear", "Alert: ")
    assert words == "Alert: Systolic 172 mmHg, over 160: pause and call"
    assert breaks_in == 2
    words, breaks_in = reader("hear", "BP 172/95")
    assert words.startswith("Recorded ")
    assert breaks_in == 1
    assert "Alert: Systolic 172 mmHg" in reader("read", "Status", "panel")["description"]
