"""Measures the rows of a table, and says how many of them a page or a column takes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ketachart.report.sections.pieces import Column, Divider, Line, Row, Run, Table
from ketachart.report.styles import SMALL, TABLE
from ketachart.report.wrap import Looks, TextLine, lines_of, looks

LEAD = 9.5  # from base line to base line inside a row
SMALL_LEAD = 8.8  # the same in the smallest type
PAD = 1.1  # above and below the lines of a row
CLOSE = 0.8  # the same in a list without rules
GAP = 7.0  # between columns
DIVIDER = 15.0
FEWEST = 3  # rows that a table goes on with, at least, on another page
CONTINUED = 11.0
BODY_LOOKS = looks(TABLE)
SMALL_LOOKS = looks(SMALL)


@dataclass(frozen=True, slots=True)
class Measured:
    """A row with its cells broken into lines, its height, and its number in the table."""

    line: Line
    cells: tuple[tuple[TextLine, ...], ...]
    height: float
    number: int


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a table and each of its columns stand: left edge and width."""

    left: float
    right: float
    columns: tuple[Column, ...]
    edges: tuple[tuple[float, float], ...]


def frame_of(columns: Sequence[Column], left: float, right: float) -> Frame:
    """The columns between two edges; those of width 0 share what is left."""
    loose = sum(not column.width for column in columns)
    fixed = sum(column.width for column in columns) + GAP * (len(columns) - 1)
    share = (right - left - fixed) / max(loose, 1)
    edges, x = [], left
    for column in columns:
        wide = column.width or share
        edges.append((x, wide))
        x += wide + GAP
    return Frame(left, right, tuple(columns), tuple(edges))


def measure(table: Table, rows: Sequence[Measured], most: float) -> list[Measured]:
    """Every row with its height; a row that is higher than a page is cut into parts."""
    pad, lead = pad_of(table), lead_of(table)
    found: list[Measured] = []
    for row in rows:
        if isinstance(row.line, Divider):
            found.append(row)
        else:
            found += _parts(row, most, pad=pad, lead=lead)
    return found


def broken(table: Table, frame: Frame) -> list[Measured]:
    """Every row with its cells broken into lines; only dividers have their height yet."""
    found: list[Measured] = []
    number = 0
    for line in table.rows:
        if isinstance(line, Divider):
            wide = frame.right - frame.left
            words = lines_of((Run(line.text, "strong"),), SMALL_LOOKS, wide, field=table.heading)
            high = DIVIDER + lead_of(table) * (len(words) - 1)
            found.append(Measured(line, (words,), high, 0))
            continue
        number += 1
        field = f"{table.heading}, {line.about}"
        cells = tuple(
            lines_of(cell, looks_of(table), wide, field=field)
            for cell, (_, wide) in zip(line.cells, frame.edges, strict=True)
        )
        found.append(Measured(line, cells, 0.0, number))
    return found


def pad_of(table: Table) -> float:
    """What stands above and below the lines of a row."""
    return PAD if table.ruled else CLOSE


def lead_of(table: Table) -> float:
    """From base line to base line inside a row."""
    return SMALL_LEAD if table.small else LEAD


def looks_of(table: Table) -> Looks:
    """The type of its cells."""
    return SMALL_LOOKS if table.small else BODY_LOOKS


def _parts(row: Measured, most: float, *, pad: float, lead: float) -> Iterator[Measured]:
    """A row in the parts that a page holds; all but the first show no entry of their own."""
    fits = max(int((most - 2 * pad) // lead), 1)
    lines = max([1, *map(len, row.cells)])
    for first in range(0, lines, fits):
        part = tuple(cell[first : first + fits] for cell in row.cells)
        high = max([1, *map(len, part)]) * lead + 2 * pad
        line = replace(row.line, entry="") if first and isinstance(row.line, Row) else row.line
        yield Measured(line, part, high, row.number)


def least_of(rows: Sequence[Measured]) -> float:
    """What must stand under a heading at least: two rows, and no divider alone."""
    high, seen = 0.0, 0
    for row in rows:
        high += row.height
        seen += isinstance(row.line, Row)
        if seen == 2:
            break
    return high


def share(
    rows: Sequence[Measured], across: int, room: float, *, closing: float
) -> list[list[Measured]]:
    """The rows that this page takes, column by column; even columns where all of them fit."""
    if across == 1:
        return [_fill(rows, room, closing=closing)]
    high = min(sum(row.height for row in rows) / across, room)
    while True:
        columns = _fill_all(rows, across, high)
        if sum(map(len, columns)) == len(rows):
            return columns
        if high >= room:
            return _fill_all(rows, across, room - CONTINUED)
        high = min(high + 3, room)


def _fill_all(rows: Sequence[Measured], across: int, room: float) -> list[list[Measured]]:
    columns: list[list[Measured]] = []
    left = list(rows)
    for _ in range(across):
        column = _packed(left, room)
        columns.append(column)
        left = left[len(column) :]
    return columns


def _fill(rows: Sequence[Measured], room: float, *, closing: float) -> list[Measured]:
    everything = sum(row.height for row in rows) + closing
    if everything <= room:
        return list(rows)
    taken = _packed(rows, room - CONTINUED)
    while len(rows) - len(taken) < FEWEST < len(taken):
        taken.pop()  # a page with one row and a heading tells nobody anything
    return taken


def _packed(rows: Sequence[Measured], room: float) -> list[Measured]:
    """As many rows as fit; the last row of all stays with its closing, a divider with its row."""
    taken: list[Measured] = []
    for row in rows:
        room -= row.height
        if room < 0 and taken:
            break
        taken.append(row)
    while len(taken) > 1 and isinstance(taken[-1].line, Divider):
        taken.pop()
    return taken
