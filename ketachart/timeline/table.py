"""The visit as a grid: times across, lanes down, and in each cell what was charted in that minute.

An empty cell is a minute in which nothing of that lane was charted; nothing is carried forward.
Only what was given by then is worked out for every column.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from ketachart.domain.quantities import Mg
from ketachart.domain.wording import amount, clock, decimal_text
from ketachart.timeline.columns import TITLES
from ketachart.timeline.contents import Drug, Run, Timeline, VitalsState
from ketachart.timeline.moment import given_at, rate_at, to_minute

_STATES: Final[dict[VitalsState, str]] = {
    "done": "done", "late": "late", "not-done": "not done", "missed": "missed", "due": "due",
    "soon": "due now", "overdue": "overdue",
}  # fmt: skip
_UNITS: Final = {"Heart rate": "/min", "SpO₂": "%", "Pain": "of 10", "Sedation (RASS)": ""}


@dataclass(frozen=True, slots=True)
class Cell:
    """What was charted in a minute, with its unit, and the entry that says so; or nothing."""

    text: str = ""
    entry: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One lane: its name and a cell for each time."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The times, and the lanes below each other; ``ahead`` are the columns still to come."""

    times: tuple[datetime, ...]
    rows: tuple[Row, ...]
    ahead: int = 0

    def said(self, row: int, column: int) -> str:
        """A cell for someone who cannot see where it stands."""
        text = self.rows[row].cells[column].text or "nothing charted"
        return f"{clock(self.times[column])} {self.rows[row].name}: {text}"


_Filled = dict[datetime, list[Cell]]


def grid_of(timeline: Timeline) -> Grid:
    """The grid of a timeline, a column for every minute that has something charted or due."""
    filled = [(name, _by_minute(cells)) for name, cells in _lanes(timeline)]
    times = tuple(sorted({minute for _, cells in filled for minute in cells}))
    rows = [
        Row(name=name, cells=tuple(_joined(cells.get(minute, [])) for minute in times))
        for name, cells in filled
    ]
    given = Row(name=TITLES["totals"], cells=tuple(_given(timeline, minute) for minute in times))
    place = 1 + next(n for n, (name, _) in enumerate(filled) if name == TITLES["rate"])
    now = timeline.now
    return Grid(
        times=times,
        rows=(*rows[:place], given, *rows[place:]),
        ahead=sum(now is not None and minute > now for minute in times),
    )


def _by_minute(cells: Iterator[tuple[datetime, Cell]]) -> _Filled:
    found: _Filled = {}
    for at, cell in cells:
        found.setdefault(to_minute(at), []).append(cell)
    return found


def _joined(cells: list[Cell]) -> Cell:
    """Several things in one minute stand in one cell; Enter goes to the last of them."""
    if len(cells) < 2:
        return cells[0] if cells else Cell()
    return Cell("; ".join(dict.fromkeys(cell.text for cell in cells)), cells[-1].entry)


def _lanes(timeline: Timeline) -> Iterator[tuple[str, Iterator[tuple[datetime, Cell]]]]:
    """The lanes in the order of the drawing, each with what was charted in it."""
    yield TITLES["flags"], ((f.at, Cell(f.names[0], f.entry)) for f in timeline.flags)
    yield TITLES["rate"], _rates(timeline.drug)
    yield (
        TITLES["pressure"],
        ((p.at, Cell(f"{p.text} mmHg {p.mark}".strip(), p.entry)) for p in timeline.pressures),
    )
    series = (
        (TITLES["pulse"], timeline.pulse),
        (TITLES["spo2"], timeline.spo2),
        (TITLES["pain"], timeline.pain),
        (TITLES["sedation"], timeline.sedation),
    )
    for name, runs in series:
        yield name, _readings(_UNITS[name], runs)
    for band in timeline.bands:
        stretches = ((s.start, Cell(s.words, s.entry)) for s in band.stretches)
        yield band.label, iter([*stretches, *((at, Cell("none", e)) for at, e in band.ends)])
    marks = timeline.vitals
    yield TITLES["vitals"], ((mark.at, Cell(_STATES[mark.state], mark.entry)) for mark in marks)


def _readings(unit: str, runs: tuple[Run, ...]) -> Iterator[tuple[datetime, Cell]]:
    for spot in (spot for run in runs for spot in run):
        value = decimal_text(spot.value).replace("-", "−")
        yield spot.at, Cell(" ".join(filter(None, (value, unit, spot.mark))), spot.entry)


def _rates(drug: Drug) -> Iterator[tuple[datetime, Cell]]:
    """The rate where it changed, and what the pump does since then."""
    last = ""
    for step in drug.steps:
        last = rate_at(drug, step.start)
        yield step.start, Cell(last)
    if drug.steps and drug.rate_now != last:
        yield drug.steps[-1].end, Cell(drug.rate_now)


def _given(timeline: Timeline, minute: datetime) -> Cell:
    """What was given by then; nothing before the first drop, and nothing of what is to come."""
    if timeline.now is not None and minute > timeline.now:
        return Cell()
    given: Mg | None = given_at(timeline.drug, minute)
    return Cell("" if given is None else f"{amount(given, 1)} mg")
