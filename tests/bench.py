"""How fast KetaChart is, as ratios in one run: `python3 dev.py bench [words] [--write]`.

Each thing is timed in turn with the bare act it is held against, so that a busy machine slows both.
Quote the ratios; single milliseconds are this machine's. Words choose: `bench commit open`;
`--write` puts the table into docs/performance.md; `--scale [N]` holds N visits against ten, at
length; `--heavy` gives every figure of the heavy visit as percentiles.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.helpers import (  # noqa: E402 - found by the line above
    bench_keeping,
    bench_papers,
    bench_window,
)
from tests.helpers.bench_table import HEADING, NOTES, Row  # noqa: E402

PAGE = ROOT / "docs" / "performance.md"
BENCHES: dict[str, Callable[[Path], Iterator[Row]]] = {
    "start": bench_window.start_rows,
    "memory": bench_window.memory_rows,
    "keys": bench_window.key_rows,
    "preview": bench_window.preview_rows,
    "timeline": bench_window.timeline_rows,
    "commit": bench_keeping.commit_rows,
    "open": bench_keeping.open_rows,
    "scale": bench_keeping.scale_rows,
    "search": bench_keeping.search_rows,
    "backup": bench_keeping.backup_rows,
    "package": bench_keeping.package_rows,
    "report": bench_papers.report_rows,
    "sign": bench_papers.sign_rows,
    "verify": bench_papers.verify_rows,
}


def chosen(words: Sequence[str]) -> list[str]:
    """The benchmarks with one of these words in their names; all of them where there is none."""
    return [name for name in BENCHES if not words or any(word in name for word in words)]


def measured(names: Sequence[str], place: Path) -> list[Row]:
    """Runs the benchmarks one after the other and prints each line as it comes."""
    print(HEADING, flush=True)
    found: list[Row] = []
    for name in names:
        home = place / name
        home.mkdir()
        began = time.monotonic()
        for row in BENCHES[name](home):
            found.append(row)
            print(row.told(), flush=True)
        print(f"{f'({name}: {time.monotonic() - began:.0f} s)':>54}", flush=True)
    return found


def heavy(place: Path) -> int:
    """The window on a visit of 300 entries by hand and 5,000 points, as percentiles."""
    from tests.helpers import bench_heavy

    print(bench_heavy.heading())
    for spread in bench_heavy.spreads(place):
        print(spread.text(), flush=True)
    return 0


def main(given: Sequence[str] | None = None) -> int:
    """Measures what was chosen and prints one table."""
    words = list(sys.argv[1:] if given is None else given)
    if words[:1] == ["--scale"]:
        from tests.scale import bench

        return bench.main(words[1:])
    asked = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    asked.add_argument("words", nargs="*", help=f"which: {', '.join(BENCHES)}")
    asked.add_argument("--write", action="store_true", help="into docs/performance.md; only whole")
    asked.add_argument("--heavy", action="store_true", help="the heavy visit alone, as percentiles")
    told = asked.parse_args(words)
    names = chosen(told.words)
    if not names or (told.write and told.words):
        asked.error(f"Choose among {', '.join(BENCHES)}; --write takes all of them.")
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0
    with tempfile.TemporaryDirectory() as folder:
        if told.heavy:
            return heavy(Path(folder))
        rows = measured(names, Path(folder))
    print(NOTES)
    if told.write:
        from tests.helpers.bench_page import page

        PAGE.write_text(page(rows, load), "utf-8")
        print("docs/performance.md is written anew.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
