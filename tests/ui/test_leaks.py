"""No word of a patient in any file that the program leaves, and none in what it says."""

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from tests.helpers.window import _played
from ui import preferences
from ui.preferences import Preferences

ROOT = Path(__file__).resolve().parent.parent.parent

# Everything that the program does with a patient's words, in the window as it is started.
STORY = """
import logging, os, sys, threading, warnings
from datetime import datetime, timedelta
from pathlib import Path

folder, stream, now, put = Path(sys.argv[1]), sys.argv[2], sys.argv[3], Path(sys.argv[4])
from PySide6.QtCore import QCoreApplication, QEvent, QTimer, qWarning
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from ketachart.clock import SetClock
from ketachart.commands.player import PASSPHRASE
from ui import app, crash, discreet
from ui.dialogs import Dialogs
from ui.privacy import PrivacyGuard

discreet.leave_nothing()
window = app.build(folder, SetClock(datetime.fromisoformat(now)))
desk = window.desk
crash.watch(desk)
guard = PrivacyGuard(window)
window.show()

def rest():
    while desk.workers.running():
        QApplication.processEvents()
    for _ in range(5):
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

rest()
guard.begin()
(staff,) = desk.staff()
desk.unlock(staff.staff_id, PASSPHRASE)
rest()
desk.open_visit(stream)
rest()
window.act("note")
rest()
QTest.keyClicks(QApplication.focusWidget(), "Osei said: Abena has the key")
QApplication.clipboard().setText("Daniel K. Osei")
window.act("veil")
window.veil.lift()

def choose():
    dialog = QApplication.activeModalWidget()
    dialog.selectFile(str(put / "Osei-emergency.pdf"))
    dialog.findChild(QLineEdit).setText(str(put / "Osei-emergency.pdf"))
    dialog.accept()

QTimer.singleShot(0, choose)
path = Dialogs.ask_save_path(window, "Save the sheet", put / "sheet.pdf")
assert path is not None, "the dialog was not answered"
rest()
from ui.saving import save_file
job = desk.emergency_sheet()
job.done.connect(lambda made: save_file(path, made.content))
rest()
from dataclasses import replace
desk.prefer(replace(desk.preferences, export_folder=str(put)))

# what nobody foresaw, everywhere it can happen
secret = "Osei 004377"
for hook in (
    lambda: (_ for _ in ()).throw(ValueError(secret)),
    lambda: warnings.warn(secret),
    lambda: logging.getLogger("pyhanko").error(secret),
    lambda: logging.getLogger("fontTools").warning(secret),
    lambda: qWarning(secret.encode()),
    lambda: threading.Thread(target=lambda: int(secret)).start(),
):
    QTimer.singleShot(0, hook)
class Unraisable:
    def __del__(self):
        raise ValueError(secret)
Unraisable()
rest()
window.act("lock")
rest()
desk.unlock(staff.staff_id, PASSPHRASE)
rest()
assert desk.has_visit
print("PLAYED", path.exists(), desk.visit.patient.family_name == "Osei", flush=True)
os._exit(9)  # as if it was killed: nothing is tidied away
"""

PATIENT = ("Daniel", "Osei", "Abena", "004377", "South Mill", "602 555 0163", "602 555 0168")
PATIENT += ("has the key", "side door", "4K21877", "etamine 4")
BORN = date(1979, 9, 2)


def needles():
    """Each word and date in every spelling and code that a file may hold it in."""
    days = [
        BORN.strftime(way) for way in ("%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y", "%Y%m%d", "%d %b %Y")
    ]
    days += [day.lstrip("0") for day in days] + [BORN.strftime("%d-%m-%Y")]
    words = {spelt for word in (*PATIENT, *days) for spelt in (word, word.lower(), word.upper())}
    codes = ("utf-8", "utf-16-le", "utf-16-be")
    return {word.encode(code): word for word in words for code in codes}


def found_in(*roots):
    """Which words stand in which files, names of files and folders among them."""
    wanted, found = needles(), set()
    for root in roots:
        for path in root.rglob("*"):
            held = bytes(path.relative_to(root)) + b"\n"
            held += path.read_bytes() if path.is_file() and not path.is_symlink() else b""
            found |= {(path.name, word) for needle, word in wanted.items() if needle in held}
    return found


@pytest.mark.slow
def test_the_files_that_a_visit_leaves_hold_no_word_of_the_patient(tmp_path):
    ledger, now, stream, _proof = _played("pressure_climbs", "infusion-paused", "")
    home, place, put = tmp_path / "home", tmp_path / "ledger", tmp_path / "stick-of-Osei"
    shutil.copytree(ledger, place)
    put.mkdir()
    spots = {name: home / name for name in ("TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
    spots |= {name: home / name for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")}
    for spot in spots.values():
        spot.mkdir(parents=True, mode=0o700)
    env = {name: str(spot) for name, spot in spots.items()}
    env |= {"HOME": str(home), "QT_QPA_PLATFORM": "offscreen", "PATH": os.environ["PATH"]}
    ran = subprocess.run(
        [sys.executable, "-B", "-c", STORY, str(place), stream, now.isoformat(), str(put)],
        cwd=ROOT,
        env=env | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert ran.stdout.startswith(b"PLAYED True True"), ran.stderr[-2000:]
    assert ran.returncode == 9
    said = ran.stdout + ran.stderr
    assert b"ValueError" in said  # the crash is told, without its words
    assert [word for needle, word in needles().items() if needle in said] == []
    assert (place / "last-words.txt").stat().st_size > 0
    assert found_in(home, place) == set()
    assert not list(home.rglob("QtProject.conf"))
    assert not list(home.rglob("recently-used*"))
    # the controls: the search finds them where they are
    (place / "control.txt").write_text("OSEI 02.09.1979", encoding="utf-16-le")
    (home / "osei.pdf").write_bytes(b"")
    assert {name for name, _word in found_in(home, place)} == {"control.txt", "osei.pdf"}
    assert {word for _name, word in found_in(tmp_path)} >= {"Osei"}  # where she put it


def test_a_folder_that_bears_a_name_is_in_no_file(tmp_path):
    chosen = Preferences(last_staff="ja", export_folder="/media/Osei", veil_after=5, lock_after=30)
    preferences.write(tmp_path, chosen)
    assert "Osei" not in (tmp_path / preferences.FILE).read_text()
    assert preferences.read(tmp_path) == Preferences(last_staff="ja", veil_after=5, lock_after=30)


@pytest.mark.parametrize(
    ("told", "minutes"), [(0, 3), (1, 1), (3, 3), (10, 10), (11, 3), (True, 3), ("5", 3), (None, 3)]
)
def test_only_the_offered_minutes_are_taken(tmp_path, told, minutes):
    import json

    (tmp_path / preferences.FILE).write_text(json.dumps({"veil_after": told}))
    assert preferences.read(tmp_path).veil_after == minutes
