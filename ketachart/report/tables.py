"""Sets tables on pages: headings repeat, a row never splits, and every row knows its place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ketachart.report.flow import Flow
from ketachart.report.sections.pieces import Column, Divider, Line, Row, Run, Table
from ketachart.report.sheet import Sheet
from ketachart.report.styles import BAND, FRAME, GREY, HAIR, HEADING, INK, RED, SMALL, TABLE, THIN
from ketachart.report.wrap import TextLine, draw_line, lines_of, looks

LEAD = 9.5  # from base line to base line inside a row
PAD = 1.5  # above and below the lines of a row
CLOSE = 0.8  # the same in a list without rules
GAP = 7.0  # between columns
BESIDE = 18.0  # between a table and itself, when it stands twice across the page
HEAD = 12.5  # the row of column headings
DIVIDER = 15.0
ABOVE = 14.0  # before a heading that does not begin a page
CONTINUED = 11.0
KEPT = 0.42  # a table that takes no more than this of a page is not split
FEWEST = 3  # rows that a table goes on with, at least, on another page
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


def set_table(flow: Flow, table: Table) -> None:
    """Sets a table from where the flow stands, on as many pages as it needs."""
    frames = _frames(flow, table)
    heading = heading_height(flow.sheet, table.heading, table.says)
    if not table.rows:
        _begin(flow, heading + LEAD)
        flow.began(table.code)
        flow.y += draw_heading(flow.sheet, flow.y, table.heading, table.says)
        flow.sheet.write(flow.paper.left, flow.y + LEAD, table.empty, TABLE.tinted(GREY))
        flow.y += LEAD + PAD
        return
    closing = lines_of(table.closing, BODY_LOOKS, flow.paper.inner, field=table.heading)
    rest = _measure(table, frames[0], flow.whole - heading - HEAD - CONTINUED)
    total = rest[-1].number
    first = True
    whole = height_of(flow, table) + len(closing) * LEAD
    kept = whole <= flow.whole * (1.0 if table.across > 1 else KEPT)
    while rest:
        least = heading + HEAD + _least(rest) + CONTINUED
        _begin(flow, whole if first and kept else least)
        room = flow.room - heading - HEAD
        columns = _share(rest, len(frames), room, closing=len(closing) * LEAD + PAD)
        taken = sum(map(len, columns))
        if first:
            flow.began(table.code)
            says = table.says
        else:
            says = _which(rest[:taken], total)
        name = table.heading if first else f"{table.heading}, continued"
        flow.y += draw_heading(flow.sheet, flow.y, name, says)
        _draw_columns(flow, frames, columns, table)
        rest, first = rest[taken:], False
        if rest:
            _continued(flow)
            flow.turn()
    _close(flow, closing)


def height_of(flow: Flow, table: Table) -> float:
    """How high a table is where all of it stands on one page, its heading included."""
    frames = _frames(flow, table)
    heading = heading_height(flow.sheet, table.heading, table.says)
    if not table.rows:
        return heading + LEAD + PAD
    rows = _measure(table, frames[0], flow.whole)
    columns = _share(rows, len(frames), 1e6, closing=0)
    return heading + HEAD + max(sum(row.height for row in column) for column in columns)


def _frames(flow: Flow, table: Table) -> list[Frame]:
    wide = (flow.paper.inner - BESIDE * (table.across - 1)) / table.across
    lefts = [flow.paper.left + number * (wide + BESIDE) for number in range(table.across)]
    return [frame_of(table.columns, left, left + wide) for left in lefts]


def _begin(flow: Flow, needed: float) -> None:
    """Leaves room above a heading, or turns the page where heading and first rows do not fit."""
    if flow.fresh:
        return
    if ABOVE + needed > flow.room:
        flow.turn()
    else:
        flow.y += ABOVE


def _which(rows: Sequence[Measured], total: int) -> str:
    numbers = [row.number for row in rows if row.number]
    if not numbers:
        return ""
    if min(numbers) == max(numbers):
        return f"row {min(numbers)} of {total}"
    return f"rows {min(numbers)} to {max(numbers)} of {total}"


def _continued(flow: Flow) -> None:
    words = f"continued on page {flow.page + 1}"
    flow.sheet.write_right(flow.paper.right, flow.y + 8, words, SMALL.tinted(GREY))


def _close(flow: Flow, closing: Sequence[TextLine]) -> None:
    for line in closing:
        flow.y += LEAD
        draw_line(flow.sheet, flow.paper.left, flow.y + 1.5, line)
    if closing:
        flow.y += PAD + 1.5


# ------------------------------------------------------------------ measuring


def _measure(table: Table, frame: Frame, most: float) -> list[Measured]:
    """Every row with its height; a row that is higher than a page is cut into parts."""
    found: list[Measured] = []
    number = 0
    for line in table.rows:
        if isinstance(line, Divider):
            wide = frame.right - frame.left
            words = lines_of((Run(line.text, "strong"),), SMALL_LOOKS, wide, field=table.heading)
            high = DIVIDER + LEAD * (len(words) - 1)
            found.append(Measured(line, (words,), high, 0))
            continue
        number += 1
        field = f"{table.heading}, {line.about}"
        cells = tuple(
            lines_of(cell, BODY_LOOKS, wide, field=field)
            for cell, (_, wide) in zip(line.cells, frame.edges, strict=True)
        )
        found += _parts(line, cells, number, most, pad=_pad(table))
    return found


def _pad(table: Table) -> float:
    return PAD if table.ruled else CLOSE


def _parts(
    row: Row, cells: tuple[tuple[TextLine, ...], ...], number: int, most: float, *, pad: float
) -> Iterator[Measured]:
    fits = max(int((most - 2 * pad) // LEAD), 1)
    lines = max([1, *map(len, cells)])
    for first in range(0, lines, fits):
        part = tuple(cell[first : first + fits] for cell in cells)
        high = max([1, *map(len, part)]) * LEAD + 2 * pad
        yield Measured(replace(row, entry="") if first else row, part, high, number)


def _least(rows: Sequence[Measured]) -> float:
    """What must stand under a heading at least: two rows, and no divider alone."""
    high, seen = 0.0, 0
    for row in rows:
        high += row.height
        seen += isinstance(row.line, Row)
        if seen == 2:
            break
    return high


def _share(
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


# ------------------------------------------------------------------ drawing


def heading_height(sheet: Sheet, name: str, says: str) -> float:
    """How high a heading with its remark is; the remark goes under it where it is long."""
    extra = 0 if _fits_beside(sheet, name, says) else len(_remark(sheet, says)) * 9.2
    return 15.0 + extra


def _fits_beside(sheet: Sheet, name: str, says: str) -> bool:
    beside = sheet.width(f"{name}, continued", HEADING) + 8 + sheet.width(says, SMALL)
    return beside <= sheet.paper.inner


def _remark(sheet: Sheet, says: str) -> tuple[TextLine, ...]:
    return lines_of((Run(says, "faint"),), SMALL_LOOKS, sheet.paper.inner, field="remark")


def draw_heading(sheet: Sheet, y: float, name: str, says: str) -> float:
    """Draws a heading with its remark and the rule under it; gives back its height."""
    sheet.about = name
    end = sheet.write(sheet.paper.left, y + 9, name, HEADING)
    high = 15.0
    if _fits_beside(sheet, name.removesuffix(", continued"), says):
        sheet.write(end + 8, y + 9, says, SMALL.tinted(GREY))
    else:
        for line in _remark(sheet, says):
            draw_line(sheet, sheet.paper.left, y + high + 3.5, line)
            high += 9.2
    sheet.rule(y + high - 0.5, FRAME, HAIR)
    return high


def _draw_columns(
    flow: Flow, frames: Sequence[Frame], columns: Sequence[Sequence[Measured]], table: Table
) -> None:
    top, lowest = flow.y, flow.y
    for frame, rows in zip(frames, columns, strict=True):
        if not rows:
            continue
        y = top + _draw_head(flow.sheet, frame, top)
        for row in rows:
            flow.sheet.about = f"{table.heading}, {getattr(row.line, 'about', 'divider')}"
            _draw_row(flow, frame, row, y, ruled=table.ruled)
            y += row.height
        lowest = max(lowest, y)
    flow.y = lowest


def _draw_head(sheet: Sheet, frame: Frame, y: float) -> float:
    """The column headings; a table without any has none."""
    style = SMALL.heavier("medium").tinted(GREY)
    if not any(column.head for column in frame.columns):
        return 1.0
    for column, (x, wide) in zip(frame.columns, frame.edges, strict=True):
        if column.right:
            sheet.write_right(x + wide, y + 8.2, column.head, style)
        else:
            sheet.write(x, y + 8.2, column.head, style)
    sheet.line(((frame.left, y + HEAD - 1), (frame.right, y + HEAD - 1)), FRAME)
    return HEAD


def _draw_row(flow: Flow, frame: Frame, measured: Measured, y: float, *, ruled: bool) -> None:
    sheet, row = flow.sheet, measured.line
    bottom = y + measured.height
    if isinstance(row, Divider):
        for number, line in enumerate(measured.cells[0]):
            draw_line(sheet, frame.left, y + 10.5 + number * LEAD, line)
        sheet.line(((frame.left, bottom - 1), (frame.right, bottom - 1)), THIN, GREY)
        return
    if row.shaded:
        sheet.box(frame.left - 3, y, frame.right - frame.left + 6, measured.height, fill=BAND)
    _draw_bar(sheet, frame, row, y, measured.height)
    for column, (x, wide), lines in zip(frame.columns, frame.edges, measured.cells, strict=True):
        for number, line in enumerate(lines):
            at = x + wide - line.width if column.right else x
            draw_line(sheet, at, y + (PAD if ruled else CLOSE) + 7.4 + number * LEAD, line)
    if ruled:
        sheet.line(((frame.left, bottom), (frame.right, bottom)), THIN, HAIR)
    flow.stood(row.entry, y, bottom)


def _draw_bar(sheet: Sheet, frame: Frame, row: Row, y: float, height: float) -> None:
    """What stands out: a red bar for a limit, a black one for an override, a frame for an alarm."""
    if row.bar == "emergency":
        sheet.box(
            frame.left - 3.5, y + 0.6, frame.right - frame.left + 7, height - 1.2, frame=THICK_FRAME
        )
    elif row.bar:
        colour = RED if row.bar == "limit" else INK
        sheet.box(frame.left - 5.5, y + 0.8, 2.6, height - 1.6, fill=colour)


THICK_FRAME = 1.3
