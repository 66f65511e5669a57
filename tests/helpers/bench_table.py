"""What a benchmark came to: one line of the table, on the terminal and in docs/performance.md."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

HEADING = (
    f"{'':54} {'KetaChart':>10} {'against':>10}      {'ratio':>6} {'worst':>6}  {'goal':>9}"
    "   what it is against"
)
NOTES = """\
ratio: the median of the ratios of each pair of runs; worst: of the 99th percentiles. A goal is the
most that the ratio may be; held against a limit, the ratio is of the 99th percentile."""


@dataclass(frozen=True)
class Row:
    """One line of the answer: what, against what, each time it was measured, and the goal.

    ``goal`` is the most that the ratio may be; ``why`` says what is known where it is missed.
    """

    what: str
    against: str
    ours: list[float]
    bare: list[float]
    goal: float | None = None
    unit: str = "ms"
    why: str = ""

    @property
    def ratio(self) -> float:
        """How many times as long, or as much, as what it is held against."""
        return statistics.median(a / b for a, b in zip(self.ours, self.bare, strict=True))

    @property
    def worst(self) -> float:
        """The same of the 99th percentiles."""
        return _late(self.ours) / _late(self.bare)

    @property
    def kept(self) -> bool:
        """Whether the goal is reached; where none is set, it is."""
        return self.goal is None or self.ratio <= self.goal

    def told(self) -> str:
        """The line on the terminal."""
        goal = "" if self.goal is None else f"{self.goal:g}"
        ours, bare = statistics.median(self.ours), statistics.median(self.bare)
        return (
            f"{self.what:54} {ours:10.2f} {bare:10.2f} {self.unit:4} {self.ratio:6.2f} "
            f"{self.worst:6.2f}  {goal + ('' if self.kept else ' MISSED'):>9}   {self.against}"
        )

    def cells(self) -> str:
        """The line in a Markdown table."""
        goal = "" if self.goal is None else f"{self.goal:g}" + ("" if self.kept else ", **missed**")
        ours, bare = statistics.median(self.ours), statistics.median(self.bare)
        figures = f"{figure(ours)} {self.unit} | {figure(bare)} {self.unit} | {self.ratio:.2f}"
        return f"| {self.what} | {self.against} | {figures} | {goal} |"

    def text(self) -> str:
        """The line of `bench --scale`."""
        ours, bare = statistics.median(self.ours), statistics.median(self.bare)
        return (
            f"{self.what:44} {ours:9.2f} {bare:9.2f}  {ours / bare:6.2f}  "
            f"{self.ratio:6.2f}  {self.worst:6.2f}   {self.against}"
        )


def limited(what: str, limit_ms: float, took: list[float], *, why: str = "") -> Row:
    """A line for a limit in milliseconds: the 99th percentile is held against it."""
    return Row(what, f"a limit of {limit_ms:g} ms", [_late(took)], [limit_ms], 1, why=why)


def figure(number: float) -> str:
    """A number with three places that count."""
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


def _late(took: list[float]) -> float:
    return sorted(took)[max(0, round(len(took) * 0.99) - 1)]


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
