"""Fuzzes every target in turn, each in a process of its own: `dev.py torment --fuzz SECONDS`.

libFuzzer ends a process at an input that takes more than 5 s or 500 MB, or at what is no sentence;
the input is kept in build/fuzz, with the line that tries it again. The counts of a whole run go
into build/fuzz/counts.json.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "build" / "fuzz"
COUNTS = KEPT / "counts.json"
SLOWEST, MOST_MB = 5, 500


@dataclass(frozen=True, slots=True)
class Counts:
    """What came of one target; ``slowest`` in seconds, ``memory`` in MB with the tool's own."""

    target: str
    tried: int
    slowest: float
    memory: int
    findings: tuple[str, ...] = ()


def say(words: str) -> None:
    """A line for who waits at the terminal."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def fuzzed(target: str, seconds: float, seed: int) -> Counts:
    """One target for so many seconds."""
    kept = KEPT / re.sub(r"[^a-z]+", "-", target.lower())
    kept.mkdir(parents=True, exist_ok=True)
    before = set(kept.iterdir())
    with tempfile.TemporaryDirectory(prefix="fuzz-corpus-") as corpus:
        done = subprocess.run(
            [
                *(sys.executable, "-P", "tests/fuzz/child.py", target, corpus),
                *(f"-timeout={SLOWEST}", f"-rss_limit_mb={MOST_MB}", f"-seed={seed}"),
                *(f"-max_total_time={max(1, round(seconds))}", "-print_final_stats=1"),
                f"-artifact_prefix={kept}{os.sep}",
            ],
            cwd=ROOT,
            capture_output=True,
            text=True,
            errors="replace",
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            check=False,
        )
    found = tuple(sorted(path.name for path in set(kept.iterdir()) - before))
    if done.returncode and not found:
        found = (f"ended with {done.returncode}",)
    if found:
        (kept / "said.txt").write_text(done.stdout[-4_000:] + done.stderr[-12_000:], "utf-8")
    for name in found:
        say(
            f"  FOUND: {target}: {name}; again: python tests/fuzz/child.py '{target}' {kept / name}"
        )
    stats = dict(re.findall(r"stat::(\w+):\s+([0-9]+)", done.stderr))
    return Counts(
        target,
        int(stats.get("number_of_executed_units", 0)),
        float(stats.get("slowest_unit_time_sec", 0)),
        int(stats.get("peak_rss_mb", 0)),
        found,
    )


def main(seconds: float, seed: int, only: str = "") -> int:
    """Every target for its part of the seconds; 0 where nothing was found."""
    sys.path.insert(0, str(ROOT))
    from tests.fuzz.table import TARGETS

    names = [name for name in TARGETS if only in name]
    every = [one for name in names if (one := told(fuzzed(name, seconds / len(names), seed)))]
    tried = sum(one.tried for one in every)
    found = sum(len(one.findings) for one in every)
    say(f"{len(every)} targets, {tried:,} files, {found} findings")
    if not only:
        COUNTS.write_text(json.dumps([asdict(one) for one in every], indent=1) + "\n", "utf-8")
    return int(found > 0)


def told(one: Counts) -> Counts:
    """Says the counts as they come."""
    count = len(one.findings)
    say(f"{one.target:28}{one.tried:10,} files {one.slowest:3.0f} s {one.memory:4} MB {count}")
    return one


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), 20261122, " ".join(sys.argv[2:])))
