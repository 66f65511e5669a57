"""How fast KetaChart is, as ratios in one run: `python3 dev.py bench`.

Each thing is timed in turn with the bare act it is held against, so that a busy machine slows both.
Quote the median ratios; single milliseconds are this machine's.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

STARTS = 9
COMMITS = 400
RENDERS = 9


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


def timed_anew(work: Callable[[], object]) -> float:
    """The same for the first look at a report: nothing is left of the one before."""
    from ketachart.report import redrawn, wrap

    redrawn.forget()
    wrap.forget()
    return timed(work)


def start_rows(place: Path) -> list[Row]:
    """Start to the first painted unlock screen, with a ledger there, against a bare window."""
    from tests.helpers import bench_start as start
    from tests.helpers.bench_visits import clinic_in

    clinic_in(place).close()
    start.keep_a_preference(place)
    return [
        Row(
            what,
            "a bare QMainWindow",
            *in_turn(
                lambda until=until: start.until_painted(start.UNLOCK_WINDOW, str(place), until),
                lambda: start.until_painted(start.BARE_WINDOW),
                STARTS,
            ),
        )
        for what, until in (
            ("start to painted unlock screen", "first"),
            ("start to the whole window around it", "whole"),
        )
    ]


def memory_rows(place: Path) -> list[Row]:
    """What the window holds in memory, MB and not milliseconds, against a bare one's."""
    from tests.helpers import bench_start as start
    from tests.helpers.bench_visits import clinic_in
    from tests.helpers.heavy_visit import PASSPHRASE as HEAVY_PASSPHRASE
    from tests.helpers.heavy_visit import heavy_ledger

    clinic_in(place / "locked").close()
    stream, now = heavy_ledger(place / "heavy")
    visit = (str(place / "heavy"), stream, now.isoformat(), HEAVY_PASSPHRASE)
    bare = [start.memory_of(start.BARE_MEMORY) for _ in range(3)]
    rows = []
    for what, program, words in (
        ("at the unlock screen", start.UNLOCK_MEMORY, (str(place / "locked"),)),
        ("in the heavy visit", start.VISIT_MEMORY, visit),
    ):
        held = [start.memory_of(program, *words) for _ in range(3)]
        for kind, number in (("resident", 0), ("proportional", 1)):
            rows.append(
                Row(
                    f"memory, MB, {kind}: {what}",
                    "a bare QMainWindow",
                    [each[number] for each in held],
                    [each[number] for each in bare],
                )
            )
    return rows


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
    """Report, PDF/A and signature against a bare render; strict verification against pyHanko's.

    The bare render lays out the same words in the same rows and cells with reportlab's own
    platypus: see `bare_render`. pyHanko's own validation reads the same signed file.
    """
    from ketachart.report import authority
    from tests.helpers.bench_visits import PASSPHRASE, crowded_visit, story_visit

    now = story_visit("quiet_hour", place / "issuing")[1]
    root = authority.make_authority(clinic="Bench", passphrase=PASSPHRASE, now=now, rounds=1000)
    own = authority.issue(
        root, PASSPHRASE, name="N", staff_id="n", credential="RN", clinic="Bench",
        passphrase=PASSPHRASE, now=now, rounds=1000,
    )  # fmt: skip
    signer = authority.open_credential(own.pkcs12, PASSPHRASE)
    rows = []
    for name, (visit, at) in {
        "typical": story_visit("paused_for_nausea", place / "typical"),
        "300 entries": crowded_visit(300, place / "crowded"),
    }.items():
        rows += rows_of_a_report(f"{name}, {len(visit.entries)}", visit, at, signer)
        rows += rows_of_a_check(name, visit, at, signer, root.certificate_pem.encode())
    return rows + rows_of_bare_pages(*story_visit("quiet_hour", place / "quiet"), signer)


def rows_of_bare_pages(visit: Any, now: datetime, signer: Any) -> list[Row]:
    """Render and sign against a bare reportlab set of as many pages."""
    from ketachart.report import pdf, signing
    from tests.helpers.bench_reports import bare_pages

    def signed() -> bytes:
        content = pdf.render(visit, now=now).content
        return signing.sign(content, signer, at=now, reason="r", place="p")

    pages = pdf.render(visit, now=now).pages
    against = f"bare reportlab, {pages} pages of text lines"
    return [
        Row(
            f"report: {what}",
            against,
            *in_turn(lambda act=act: timed(act), lambda: timed(lambda: bare_pages(pages)), RENDERS),
        )
        for what, act in {
            "render and sign": signed,
            "render alone": lambda: pdf.render(visit, now=now),
        }.items()
    ]


def rows_of_a_report(name: str, visit: Any, now: datetime, signer: Any) -> list[Row]:
    """Render and sign, render alone, the words worked out, and the values read back."""
    from ketachart.report import pdf, signing, text
    from ketachart.report.document import document_of
    from tests.helpers.bench_reports import bare_render, cells_of

    def rendered() -> bytes:
        return pdf.render(visit, now=now).content

    def signed() -> bytes:
        return signing.sign(rendered(), signer, at=now, reason="r", place="p")

    content = rendered()
    whole = {
        "render, PDF/A and sign": signed,
        "render and PDF/A": rendered,
        "its words alone": lambda: document_of(visit, now=now),
        "reading it back before signing": lambda: text.missing_values(visit, content),
    }
    document = document_of(visit, now=now)
    rows, cells = cells_of(document)
    against = f"bare platypus of the same {rows} rows, {cells} cells"
    return [
        Row(
            f"report ({name}): {what}",
            against,
            *in_turn(
                lambda act=act: timed_anew(act), lambda: timed(lambda: bare_render(document)), 9
            ),
        )
        for what, act in whole.items()
    ]


def rows_of_a_check(name: str, visit: Any, now: datetime, signer: Any, root: bytes) -> list[Row]:
    """The strict check: without the pages, with them drawn again, and once more thereafter.

    A window looks at one report several times in a row, and draws its pages at the first look.
    """
    from ketachart.report import pdf, signing
    from ketachart.report.verify import verify
    from tests.helpers.bench_reports import own_validation

    content = signing.sign(
        pdf.render(visit, now=now).content, signer, at=now, reason="I charted this visit", place="p"
    )
    if not own_validation(content, root).intact:
        raise SystemExit("pyHanko does not take the bench's own signature.")
    return [
        Row(
            f"verify ({name}){what}",
            "pyHanko's validate_pdf_signature",
            *in_turn(
                lambda numbers=numbers, time_of=time_of: time_of(
                    lambda: verify(content, trust_pem=root, numbers=numbers)
                ),
                lambda: timed(lambda: own_validation(content, root)),
                RENDERS,
            ),
        )
        for what, numbers, time_of in (
            ("", False, timed),
            (" and every number on the pages", True, timed_anew),
            (" and numbers, the second look", True, timed),
        )
    ]


def preview_rows(place: Path) -> list[Row]:
    """The Sign phase, from the press of its key until page one is painted: at most 500 ms."""
    from tests.helpers.bench_preview import opened_preview

    times = [opened_preview(place / f"{n}") for n in range(RENDERS)]
    return [
        Row(
            "Sign: from the key to page one painted",
            "500 ms",
            [seconds * 1000 for seconds in times[1:]],
            [500.0] * (len(times) - 1),
        )
    ]


def heavy_lines(place: Path) -> Iterator[str]:
    """The window on a visit of 300 entries by hand and 5,000 points, as percentiles."""
    from tests.helpers import bench_heavy

    yield bench_heavy.heading()
    for spread in bench_heavy.spreads(place):
        yield spread.text()


def timeline_rows(_place: Path) -> list[Row]:
    """The timeline from new data to its picture: 500 and 5,000 points against a usual visit's 65.

    At most 5 and 40 times as long (REQ-UI-11).
    """
    from tests.helpers.bench_timeline import painted, timelines

    usual, many, most = (painted(timeline) for timeline in timelines())
    return [
        Row(f"timeline drawn and painted, {points} points", "65 points", *in_turn(ours, usual, 15))
        for points, ours in (("500", many), ("5,000", most))
    ]


def main() -> int:
    """Runs everything and prints one table; --scale [N] and --heavy: that alone."""
    if sys.argv[1:2] == ["--scale"]:
        from tests.scale import bench

        return bench.main(sys.argv[2:])
    if sys.argv[1:2] == ["--heavy"]:
        with tempfile.TemporaryDirectory() as folder:
            for line in heavy_lines(Path(folder)):
                print(line, flush=True)
        return 0
    print(
        f"{'':44} {'ours ms':>9} {'bare ms':>9}  {'ratio':>6}  {'paired':>6}  {'p99':>6}   against"
    )
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for make in (
            start_rows,
            memory_rows,
            commit_rows,
            report_rows,
            preview_rows,
            timeline_rows,
        ):
            home = place / make.__name__
            home.mkdir()
            for row in make(home):
                print(row.text(), flush=True)
        print()
        for line in heavy_lines(Path(folder)):
            print(line, flush=True)
        print()
    print("ratio: of the medians; paired: median of each run's ratio; p99: of the 99th percentiles")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
