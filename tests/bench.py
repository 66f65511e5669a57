"""How fast KetaChart is, as ratios in one run: `python3 dev.py bench`.

Each thing is timed in turn with the bare act it is held against, so that a busy machine slows both.
Quote the median ratios; single milliseconds are this machine's.
"""

import io
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

STARTS = 9
COMMITS = 400
RENDERS = 9

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
from PySide6.QtCore import QEvent, QObject, QTimer
from ketachart.clock import SystemClock
from ui import app as start
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.UpdateRequest and watched is window:
            QTimer.singleShot(0, self.tell)
        return False
    def tell(self):
        print("painted", flush=True)
        application.quit()
application = start.application()
window = start.build(Path(sys.argv[1]), SystemClock())
watch = Watch()
window.installEventFilter(watch)
window.resize(1366, 768)
window.show()
application.exec()
window.close()
"""


@dataclass(frozen=True)
class Row:
    """One line of the answer: what, against what, medians in milliseconds, ratios."""

    what: str
    against: str
    ours: list[float]
    bare: list[float]

    def text(self) -> str:
        ratios = [a / b for a, b in zip(self.ours, self.bare, strict=True)]
        ours, bare = statistics.median(self.ours), statistics.median(self.bare)
        worst = sorted(self.ours)[max(0, round(len(self.ours) * 0.99) - 1)]
        worst_bare = sorted(self.bare)[max(0, round(len(self.bare) * 0.99) - 1)]
        return (
            f"{self.what:44} {ours:9.2f} {bare:9.2f}  {ours / bare:6.2f}  "
            f"{statistics.median(ratios):6.2f}  {worst / worst_bare:6.2f}   {self.against}"
        )


def in_turn(
    ours: Callable[[], float], bare: Callable[[], float], times: int
) -> tuple[list[float], list[float]]:
    """Times both, A B A B, after one run of each that is not counted; milliseconds."""
    ours()
    bare()
    found: tuple[list[float], list[float]] = ([], [])
    for _ in range(times):
        found[0].append(ours() * 1000)
        found[1].append(bare() * 1000)
    return found


def timed(work: Callable[[], object]) -> float:
    """How long one call takes, seconds."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def until_painted(program: str, *words: str) -> float:
    """From starting a process to the line it prints after its first paint, seconds."""
    begin = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", program, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        text=True,
    )
    if process.stdout is None or process.stdout.readline().strip() != "painted":
        raise SystemExit("A window did not paint; run it by hand to see why.")
    elapsed = time.perf_counter() - begin
    process.communicate()
    return elapsed


def start_rows(place: Path) -> list[Row]:
    """Start to the first painted unlock screen, with a ledger there, against a bare window."""
    from tests.helpers.bench_visits import clinic_in

    clinic_in(place).close()
    times = in_turn(
        lambda: until_painted(UNLOCK_WINDOW, str(place)),
        lambda: until_painted(BARE_WINDOW),
        STARTS,
    )
    return [Row("start to painted unlock screen", "a bare QMainWindow", *times)]


def commit_rows(place: Path) -> list[Row]:
    """One entry on the disk, against writing and syncing the same bytes to a file."""
    from ketachart.domain.facts import NoteWritten
    from tests.helpers.bench_visits import draft_for, visit_in

    office, room, clock = visit_in(place)
    rows = []
    with (place / "bare").open("ab", buffering=0) as bare:

        def write(size: int) -> float:
            content = os.urandom(size)
            return timed(lambda: (bare.write(content), os.fsync(bare.fileno())))

        def commit() -> float:
            clock.pass_time(timedelta(seconds=1))
            drafts = (draft_for(clock),)
            return timed(lambda: room._ledger.append(drafts))

        def record() -> float:
            clock.pass_time(timedelta(seconds=1))
            return timed(lambda: room.record(NoteWritten(at=room.now(), text="a short note")))

        entry_bytes = len(draft_for(clock).body) + 300
        rows.append(
            Row(
                "commit of one entry (ledger)",
                f"write+fsync of the same {entry_bytes} bytes",
                *in_turn(commit, lambda: write(entry_bytes), COMMITS),
            )
        )
        rows.append(
            Row(
                "commit of one entry (ledger)",
                "write+fsync of what the journal writes, 12,360 bytes",
                *in_turn(commit, lambda: write(12_360), COMMITS),
            )
        )
        rows.append(
            Row(
                "record() through the door, 100+ entries",
                f"write+fsync of the same {entry_bytes} bytes",
                *in_turn(record, lambda: write(entry_bytes), 100),
            )
        )
    office.close()
    return rows


def report_rows(place: Path) -> list[Row]:
    """Render and sign against a bare reportlab set of as many pages."""
    from ketachart.report import authority, pdf, signing
    from tests.helpers.bench_visits import PASSPHRASE, story_visit

    visit, now = story_visit("quiet_hour", place)
    rendered = pdf.render(visit, now=now)
    root = authority.make_authority(clinic="Bench", passphrase=PASSPHRASE, now=now, rounds=1000)
    own = authority.issue(
        root, PASSPHRASE, name="N", staff_id="n", credential="RN", clinic="Bench",
        passphrase=PASSPHRASE, now=now, rounds=1000,
    )  # fmt: skip
    signer = authority.open_credential(own.pkcs12, PASSPHRASE)

    def ours() -> float:
        return timed(
            lambda: signing.sign(
                pdf.render(visit, now=now).content, signer, at=now, reason="r", place="p"
            )
        )

    def render_only() -> float:
        return timed(lambda: pdf.render(visit, now=now))

    def bare() -> float:
        return timed(lambda: bare_pages(rendered.pages))

    pages = f"bare reportlab, {rendered.pages} pages of text lines"
    return [
        Row("report: render and sign", pages, *in_turn(ours, bare, RENDERS)),
        Row("report: render alone", pages, *in_turn(render_only, bare, RENDERS)),
    ]


def bare_pages(pages: int) -> bytes:
    """As many pages with as many lines of text as a table page holds."""
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    canvas = Canvas(file, invariant=1)
    for page in range(pages):
        canvas.setFont("Helvetica", 8)
        for line in range(60):
            canvas.drawString(38, 750 - 12 * line, f"page {page} line {line} 128/82 78 98 14 0 5 0")
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def main() -> int:
    """Runs everything and prints one table."""
    print(
        f"{'':44} {'ours ms':>9} {'bare ms':>9}  {'ratio':>6}  {'paired':>6}  {'p99':>6}   against"
    )
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for make in (start_rows, commit_rows, report_rows):
            home = place / make.__name__
            home.mkdir()
            for row in make(home):
                print(row.text(), flush=True)
    print("ratio: of the medians; paired: median of each run's ratio; p99: of the 99th percentiles")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
