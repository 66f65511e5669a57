"""Nothing heavy is imported before the first paint, and the charts can be unlocked after it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.door import clinic_in

ROOT = Path(__file__).parent.parent.parent
# Each was measured to slow the first paint down (look.md, section 2, REQ-UI-05).
HEAVY = (
    *("numpy", "pydantic", "sqlite_utils", "sqlcipher3", "reportlab", "pyhanko", "aiohttp"),
    *("PIL", "lxml", "cryptography", "ketachart.domain", "ketachart.charting"),
)

FIRST_PAINT = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from ketachart.clock import SystemClock
from ui import app

window = app.build(Path(sys.argv[1]), SystemClock())
# queued behind nothing: this connection was made after the one that warms up, and says so first
window.screen_shown.painted.connect(lambda: print("PAINTED", file=sys.stderr, flush=True))
window.resize(1366, 768)
window.show()
QTimer.singleShot(int(sys.argv[2]), app.application().quit)
app.application().exec()
window.close()
"""


def imported(folder, *, wait_ms):
    """The modules in the order of their import, and where among them the first paint was."""
    run = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", FIRST_PAINT, str(folder), str(wait_ms)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={"QT_QPA_PLATFORM": "offscreen", "PATH": "", "HOME": str(folder)},
        timeout=60,
        check=True,
    )
    names = []
    for line in run.stderr.splitlines():
        found = re.match(r"import time:.*\|\s*([\w.]+)$", line)
        names.append(found[1] if found else line.strip())
    assert "PAINTED" in names, run.stderr[-2000:]
    place = names.index("PAINTED")
    return names[:place], names[place:]


def heavy_among(names):
    return sorted({n for n in names for heavy in HEAVY if n == heavy or n.startswith(f"{heavy}.")})


@pytest.mark.slow
def test_nothing_heavy_is_imported_before_the_first_paint(tmp_path):
    before, after = imported(clinic_in(tmp_path / "ledger"), wait_ms=4000)
    assert heavy_among(before) == []
    assert "ui.screens.unlock" in before
    # and the search would have found them: they come right after
    assert {"sqlcipher3", "ketachart.charting"} <= set(heavy_among(after))
