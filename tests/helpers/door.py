"""A practice clinic to unlock, and the real window in front of it."""

import atexit
import shutil
import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from ketachart import charting
from ketachart.charting import NewClinic
from ketachart.clock import SetClock
from ketachart.domain.facts import ClinicRecorded, NurseRecorded
from tests.helpers.qt import cut_off, wait_until_active
from ui import app
from ui.demo_clinic import SceneClock

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
PASSPHRASE = "four plain words here"


def new_clinic(*, practice=True):
    """What first start asks for, as a value."""
    return NewClinic(
        clinic=ClinicRecorded(
            at=NOON, name="Desert Bloom Infusion", phone="602 555 0119", zone="America/Phoenix"
        ),
        nurse=NurseRecorded(
            at=NOON, staff_id="ja", name="Julia Alvarez", credential="RN", licence="184220"
        ),
        passphrase=PASSPHRASE,
        practice=practice,
    )


def clinic_in(folder):
    """A practice ledger in a folder, locked: made once and copied then."""
    shutil.copytree(_made(), folder)
    return folder


@cache
def _made():
    place = Path(tempfile.mkdtemp(prefix="clinic-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    charting.create(place / "ledger", new_clinic(), SetClock(NOON)).close()
    return place / "ledger"


def window_on(qtbot, folder, *, clock=None, width=1366, height=768, demo_passphrase=""):
    """The real window as it is started, shown, its first work done."""
    folder.mkdir(exist_ok=True)
    # a set clock makes the same ids again, and this is the ledger's second session
    window = app.build(folder, clock or SceneClock(NOON), demo_passphrase=demo_passphrase)
    qtbot.addWidget(window)
    vars(qtbot).setdefault("held", []).append(window)  # qtbot itself holds it only weakly
    window.resize(width, height)
    window.show()
    wait_until_active(window)
    qtbot.waitUntil(lambda: window.is_furnished, timeout=20_000)
    settled(qtbot, window)
    return window


def settled(qtbot, window):
    """Waits until no job is under way and nothing is left to be shown."""
    for _ in range(3):  # a job may begin another
        qtbot.waitUntil(lambda: window.desk.workers.running() == 0, timeout=20_000)
        qtbot.wait(10)


def cut_off_at_rest(qtbot, window):
    """What is cut once the layouts have settled; on a busy machine that takes some turns."""
    for _ in range(50):
        if not cut_off(window):
            return []
        qtbot.wait(20)
    return cut_off(window)
