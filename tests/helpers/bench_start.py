"""Starting KetaChart, and the memory it takes, each in a process of its own beside a bare window.

The first screen is whole: every label, the passphrase's field and every button are painted in the
theme. Two empty bars stand where the strip and the status bar come some steps later: that is the
second program. A kept preference, as after every first unlocking, is read in both.
"""

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

BARE_WINDOW = """
import time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Bare(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print("painted", flush=True)
        QTimer.singleShot(0, app.quit)
app = QApplication([])
window = Bare()
window.resize(1366, 768)
window.show()
app.exec()
"""

UNLOCK_WINDOW = """
import sys
from pathlib import Path
from ketachart.clock import SystemClock
from ui import app as start
def tell():
    print("painted", flush=True)
    application.quit()
application = start.application()
window = start.build(Path(sys.argv[1]), SystemClock())
painted = {"first": window.screen_shown.painted, "whole": window.furnished}[sys.argv[2]]
if sys.argv[2] == "first":
    painted.disconnect()
painted.connect(tell)
window.resize(1366, 768)
window.show()
application.exec()
window.close()
"""

REAL_WINDOW = """
import sys
from pathlib import Path
from ui import app
from ui.__main__ import main
build = app.build
def tell():
    print("painted", flush=True)
    app.application().quit()
def built(*told, **more):
    window = build(*told, **more)
    window.screen_shown.painted.disconnect()
    window.screen_shown.painted.connect(tell)
    return window
app.build = built
sys.argv[:] = ["ketachart-window", "--folder", sys.argv[1]]
main()
"""

_TOLD = """
import gc, time
from PySide6.QtWidgets import QApplication
def tell():
    until = time.monotonic() + 3
    while time.monotonic() < until:
        QApplication.processEvents()
        time.sleep(0.01)
    gc.collect()
    rss = next(line for line in open("/proc/self/status") if line.startswith("VmRSS"))
    pss = next(line for line in open("/proc/self/smaps_rollup") if line.startswith("Pss:"))
    print(rss.split()[1], pss.split()[1], flush=True)
"""

BARE_MEMORY = (
    _TOLD
    + """
from PySide6.QtWidgets import QMainWindow
app = QApplication([])
window = QMainWindow()
window.resize(1366, 768)
window.show()
tell()
"""
)

UNLOCK_MEMORY = (
    _TOLD
    + """
import sys
from pathlib import Path
from ketachart.clock import SystemClock
from ui import app as start
application = start.application()
window = start.build(Path(sys.argv[1]), SystemClock())
window.resize(1366, 768)
window.show()
tell()
window.close()
"""
)

VISIT_MEMORY = (
    _TOLD
    + """
import sys
from datetime import datetime
from pathlib import Path
from ui import app as start  # first, as the program does
from ketachart import charting
from ketachart.clock import SetClock
folder, stream, now, passphrase = Path(sys.argv[1]), *sys.argv[2:]
application = start.application()
window = start.build(folder, SetClock(datetime.fromisoformat(now)))
window.resize(1366, 768)
window.show()
while not window.is_furnished:
    application.processEvents()
desk = window.desk
(staff,) = charting.staff_on_file(folder)
desk.enter_with(charting.prove(folder, staff.staff_id, passphrase, desk.clock))
desk.open_visit(stream)
tell()
window.close()
"""
)


def until_painted(program: str, *words: str) -> float:
    """From starting a process to the line it prints after its first paint, seconds."""
    begin = time.perf_counter()
    process = _begun(program, *words)
    if process.stdout is None or process.stdout.readline().strip() != "painted":
        raise SystemExit("A window did not paint; run it by hand to see why.")
    elapsed = time.perf_counter() - begin
    process.communicate()
    return elapsed


def memory_of(program: str, *words: str) -> tuple[float, float]:
    """What a process holds once it has come to rest: resident and proportional, MB."""
    told = _begun(program, *words).communicate()[0].split()
    if len(told) != 2:
        raise SystemExit("A window did not tell its memory; run it by hand to see why.")
    return int(told[0]) / 1024, int(told[1]) / 1024


def _begun(program: str, *words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", program, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        text=True,
    )


def keep_a_preference(folder: Path) -> None:
    """As after every first unlocking: who was last."""
    from ui import preferences
    from ui.preferences import Preferences

    preferences.write(folder, Preferences(last_staff="ja"))
