"""What a visit is charted without is not in memory while one is charted."""

import subprocess
import sys
from pathlib import Path

from tests.helpers.bench_visits import PASSPHRASE, visit_in

ROOT = Path(__file__).parent.parent.parent
# Each is one to ten megabytes of a window that is charted in.
NOT_LOADED = (
    *("cryptography.x509", "cryptography.hazmat.primitives.serialization", "asn1crypto"),
    *("pyhanko", "reportlab", "lxml", "PIL", "pikepdf", "pypdfium2", "fontTools"),
    *("sqlite_utils", "jsonschema", "babel", "numpy", "aiohttp", "ssl", "email", "unittest"),
    *("ketachart.commands", "ketachart.report", "ketachart.exchange.package"),
    *("ketachart.charting.certificates", "ketachart.charting.supervision"),
    *(
        "ketachart.domain.editing.edit",
        "ketachart.domain.supervision.flags",
        "ui.language.catalogue",
    ),
)

CHART = """
import sys
from datetime import datetime
from pathlib import Path
from ui import app
from ketachart import charting
from ketachart.clock import SetClock
from ui import warming

folder, stream, now, passphrase = Path(sys.argv[1]), *sys.argv[2:]
application = app.application()
window = app.build(folder, SetClock(datetime.fromisoformat(now)))
window.resize(1366, 768)
window.show()
ready = []
warming.overlook = lambda: ready.append(True)  # all is imported that is warmed up
while not ready:
    application.processEvents()
(staff,) = charting.staff_on_file(folder)
window.desk.enter_with(charting.prove(folder, staff.staff_id, passphrase, window.desk.clock))
window.desk.open_visit(stream)
for _ in range(20):
    application.processEvents()
assert window.shown == "visit"
print(*sys.modules)
window.close()
"""


def test_a_visit_is_charted_without_what_signs_draws_reviews_and_speaks_another_language(tmp_path):
    office, room, clock = visit_in(tmp_path, notes=1)
    stream, now = room.stream, clock.now().isoformat()
    office.close()
    told = subprocess.run(
        [sys.executable, "-c", CHART, str(tmp_path / "ledger"), stream, now, PASSPHRASE],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={"QT_QPA_PLATFORM": "offscreen", "PATH": "", "HOME": str(tmp_path)},
        timeout=60,
        check=True,
    )
    loaded = told.stdout.split()
    assert {"ui.screens.visit", "ui.forms.vitals", "ketachart.charting.room", "sqlcipher3"} <= set(
        loaded
    )
    found = {n for n in loaded for name in NOT_LOADED if n == name or n.startswith(f"{name}.")}
    assert not found
