"""docs/performance.md: the table of the benchmarks, how to read it, and what misses its goal."""

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.helpers.bench_table import Row

HOW = """\
Each line was timed in turn with the bare act beside it, in one run on one machine, so that what
slows the machine slows both. **Read the ratios**: milliseconds are this machine's, and a laptop's
are others. *Ratio* is the median of the ratios of each pair of runs. A *goal* is the most that
the ratio may be. Where a line is held against a limit in milliseconds, its figure is the 99th
percentile, and the goal is 1.

What stands beside is what the same library does with the least that could be asked of it: it
checks nothing, chains nothing, reads nothing back. What KetaChart does beyond that is meant; the
ratio says what it costs.

`python3 dev.py bench` runs it again, `bench commit open` a part of it, `bench --write` writes
this page. At length: `bench --heavy` (every figure of the heavy visit), `bench --scale` (100,000
visits)."""


def page(rows: Sequence[Row], load: float = 0) -> str:
    """The whole page; ``load`` is how many programs wanted the cores when it began."""
    table = "\n".join(
        [
            "| what | against | KetaChart | the other | ratio | goal |",
            "|---|---|---|---|---|---|",
            *(row.cells() for row in rows),
        ]
    )
    day = datetime.now(UTC).strftime("%d %B %Y").lstrip("0")  # noqa: TID251 - not the chart's time
    others = "another program" if round(load) == 1 else f"{load:.0f} other programs"
    calm = "else idle" if load < 0.7 else f"beside {others} that wanted its cores"
    head = f"# How fast KetaChart is\n\nMeasured on {day}: {machine()} It was {calm}."
    return f"{head}\n\n{HOW}\n\n{table}\n\n## What misses its goal, and why\n\n{_missed(rows)}\n"


def _missed(rows: Sequence[Row]) -> str:
    missed = [row for row in rows if not row.kept]
    if not missed:
        return "Nothing does."
    return "\n".join(
        f"- **{row.what}**: {row.ratio:.2f}, the goal is {row.goal:g}. "
        f"{_sentence(row.why or 'why is not known yet')}"
        for row in missed
    )


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."


def machine() -> str:
    """This machine in plain words, with nothing that names it."""
    import psutil
    import PySide6

    memory = psutil.virtual_memory().total / 2**30
    system = platform.system()
    if system == "Linux":
        system = platform.freedesktop_os_release().get("PRETTY_NAME", system)
    return (
        f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GB of memory; {system}; Python "
        f"{platform.python_version()}, Qt {PySide6.__version__}."
    )


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    lines = told.read_text("utf-8").splitlines() if told.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
