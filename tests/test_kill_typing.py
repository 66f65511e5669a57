"""Kill the window while something is being typed: all of it is offered back, nothing is charted."""

import signal
import subprocess
import sys
from pathlib import Path

from ketachart import charting
from ketachart.clock import SystemClock
from tests.helpers.bench_visits import PASSPHRASE

ROOT = Path(__file__).resolve().parent.parent
NOTE = "half a sentence, and then the power was g"

WINDOW = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.helpers.bench_visits import visit_in
from ketachart.clock import SystemClock
from ui.app import build

folder = Path(sys.argv[1])
office, room, _clock = visit_in(folder, notes=1)
window = build(folder / "ledger", SystemClock())
window.furnish()
window.desk._open_office(office)
window.desk.open_visit(room.stream)
window.show()
column = window.screen_shown.action_column
column.open_sheet("note")
QTest.keyClicks(column.sheet("note").text.editor(), sys.argv[2])
QTimer.singleShot(1000, lambda: print(room.stream, flush=True))
QApplication.exec()
"""


def test_what_was_typed_a_second_before_a_kill_is_offered_back(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-c", WINDOW, str(tmp_path), NOTE],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env={"QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path), "PATH": ""},
    )
    stream = process.stdout.readline().strip()  # a second after the last letter
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    office = charting.unlock(tmp_path / "ledger", "ja", PASSPHRASE, SystemClock())
    (draft,) = office.keeping.drafts.all()
    entries = office.open_visit(stream).visit.entries
    assert (draft.form, draft.title, draft.stream) == ("note", "Note", stream)
    assert NOTE in draft.content["fields"].values()
    assert draft.content["focus"] in draft.content["fields"]
    assert draft.staff_id == "ja"
    assert NOTE not in {getattr(entry.fact, "text", "") for entry in entries}
    for path in (tmp_path / "ledger").iterdir():
        assert b"half a sentence" not in path.read_bytes()
    office.close()
