"""Sets tables on pages: headings repeat, a row never splits, and every row knows its place."""

from collections.abc import Sequence

from ketachart.report.flow import Flow
from ketachart.report.rows import (
    CONTINUED,
    LEAD,
    PAD,
    SMALL_LOOKS,
    Frame,
    Measured,
    broken,
    frame_of,
    lead_of,
    least_of,
    looks_of,
    measure,
    pad_of,
    share,
)
from ketachart.report.sections.pieces import Divider, Row, Run, Table
from ketachart.report.sheet import Sheet
from ketachart.report.styles import BAND, FRAME, GREY, HAIR, HEADING, INK, RED, SMALL, TABLE, THIN
from ketachart.report.table_tags import Cells, TableTags
from ketachart.report.tags import Node
from ketachart.report.wrap import TextLine, draw_line, lines_of

BESIDE = 18.0  # between a table and itself, when it stands twice across the page
HEAD = 12.0  # the row of column headings
ABOVE = 12.5  # before a heading that does not begin a page
KEPT = 0.2  # a table that takes no more than this of a page is not split
BEGUN = 96.0  # a list in two columns begins on a page that leaves it so much


def set_table(flow: Flow, table: Table) -> None:
    """Sets a table from where the flow stands, on as many pages as it needs."""
    frames = _frames(flow, table)
    heading = heading_height(flow.sheet, table.heading, table.says)
    if not table.rows:
        _set_empty(flow, table, heading)
        return
    closing = lines_of(table.closing, looks_of(table), flow.paper.inner, field=table.heading)
    rest = _measured(flow, table, flow.whole - heading - HEAD - CONTINUED)
    total = rest[-1].number
    first, tagged = True, TableTags(flow.tree, table)
    whole = full_height(flow, table)
    kept = whole <= flow.whole * KEPT
    while rest:
        least = heading + HEAD + max(least_of(rest), BEGUN * (table.across > 1)) + CONTINUED
        begin(flow, whole if first and kept else min(least, whole))
        room = flow.room - heading - HEAD
        columns = share(rest, len(frames), room, closing=len(closing) * LEAD + PAD)
        taken = sum(map(len, columns))
        if first:
            flow.began(table.code)
            flow.y += draw_heading(flow.sheet, flow.y, table.heading, table.says)
        else:
            name, says = f"{table.heading}, continued", _which(rest[:taken], total)
            flow.y += draw_again(flow.sheet, flow.y, name, says)
        _draw_columns(flow, frames, columns, table, tagged)
        rest, first = rest[taken:], False
        if rest:
            _continued(flow)
            flow.turn()
    _close(flow, closing)


def _set_empty(flow: Flow, table: Table, heading: float) -> None:
    """A table without rows: its heading, and the sentence that says so."""
    begin(flow, heading + LEAD)
    flow.began(table.code)
    flow.y += draw_heading(flow.sheet, flow.y, table.heading, table.says)
    with flow.sheet.part("P"):
        flow.sheet.write(flow.paper.left, flow.y + LEAD, table.empty, TABLE.tinted(GREY))
    flow.y += LEAD + PAD


def height_of(flow: Flow, table: Table) -> float:
    """How high a table is where all of it stands on one page, its heading included."""
    frames = _frames(flow, table)
    heading = heading_height(flow.sheet, table.heading, table.says)
    if not table.rows:
        return heading + LEAD + PAD
    rows = _measured(flow, table, flow.whole)
    columns = share(rows, len(frames), 1e6, closing=0)
    return heading + HEAD + max(sum(row.height for row in column) for column in columns)


def full_height(flow: Flow, table: Table) -> float:
    """The same with what closes it."""
    closing = lines_of(table.closing, looks_of(table), flow.paper.inner, field=table.heading)
    return height_of(flow, table) + len(closing) * LEAD + (PAD + 1.5 if closing else 0)


def _measured(flow: Flow, table: Table, most: float) -> list[Measured]:
    """The rows in the width that the flow has now; their words are broken into lines once."""
    wide = (id(table), flow.paper.inner)
    if wide not in flow.broken:
        flow.broken[wide] = broken(table, _frames(flow, table)[0])
    return measure(table, flow.broken[wide], most)


def _frames(flow: Flow, table: Table) -> list[Frame]:
    wide = (flow.paper.inner - BESIDE * (table.across - 1)) / table.across
    lefts = [flow.paper.left + number * (wide + BESIDE) for number in range(table.across)]
    return [frame_of(table.columns, left, left + wide) for left in lefts]


def begin(flow: Flow, needed: float) -> None:
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
    if not closing:
        return
    with flow.sheet.part("P"):
        for line in closing:
            flow.y += LEAD
            draw_line(flow.sheet, flow.paper.left, flow.y + 1.5, line)
    flow.y += PAD + 1.5


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
    heading, remark = sheet.tree.add("H2"), sheet.tree.add("P")
    return _draw_heading(sheet, y, (name, heading), (says, remark))


def draw_again(sheet: Sheet, y: float, name: str, says: str) -> float:
    """The same on another page: for the eye alone, since the part goes on."""
    return _draw_heading(sheet, y, (name, None), (says, None))


def _draw_heading(
    sheet: Sheet, y: float, head: tuple[str, Node | None], beside: tuple[str, Node | None]
) -> float:
    (name, heading), (says, remark) = head, beside
    sheet.about = name
    with sheet.within(heading):
        end = sheet.write(sheet.paper.left, y + 9, name, HEADING)
    high = 15.0
    with sheet.within(remark):
        if _fits_beside(sheet, name.removesuffix(", continued"), says):
            sheet.write(end + 8, y + 9, says, SMALL.tinted(GREY))
        else:
            for line in _remark(sheet, says):
                draw_line(sheet, sheet.paper.left, y + high + 3.5, line)
                high += 9.2
    sheet.rule(y + high - 0.5, FRAME, HAIR)
    return high


def _draw_columns(
    flow: Flow,
    frames: Sequence[Frame],
    columns: Sequence[Sequence[Measured]],
    table: Table,
    tagged: TableTags,
) -> None:
    top, lowest = flow.y, flow.y
    for frame, rows in zip(frames, columns, strict=True):
        if not rows:
            continue
        y = top + _draw_head(flow.sheet, frame, top, tagged.heads())
        for row in rows:
            flow.sheet.about = f"{table.heading}, {getattr(row.line, 'about', 'divider')}"
            _draw_row(flow, frame, row, y, (table, tagged.row(row)))
            y += row.height
        lowest = max(lowest, y)
    flow.y = lowest


def _draw_head(sheet: Sheet, frame: Frame, y: float, cells: Cells) -> float:
    """The column headings; a table without any has none."""
    style = SMALL.heavier("medium").tinted(GREY)
    if not any(column.head for column in frame.columns):
        return 1.0
    for column, (x, wide), cell in zip(frame.columns, frame.edges, cells, strict=True):
        with sheet.within(cell):
            if column.right:
                sheet.write_right(x + wide, y + 8.2, column.head, style)
            else:
                sheet.write(x, y + 8.2, column.head, style)
    sheet.line(((frame.left, y + HEAD - 1), (frame.right, y + HEAD - 1)), FRAME)
    return HEAD


def _draw_row(
    flow: Flow, frame: Frame, measured: Measured, y: float, of: tuple[Table, Cells]
) -> None:
    sheet, row, (table, nodes) = flow.sheet, measured.line, of
    bottom, lead = y + measured.height, lead_of(table)
    if isinstance(row, Divider):
        with sheet.within(nodes[0]):
            for number, line in enumerate(measured.cells[0]):
                draw_line(sheet, frame.left, y + 10.5 + number * lead, line)
        sheet.line(((frame.left, bottom - 1), (frame.right, bottom - 1)), THIN, GREY)
        return
    if row.shaded:
        sheet.box(frame.left - 3, y, frame.right - frame.left + 6, measured.height, fill=BAND)
    _draw_bar(sheet, frame, row, y, measured.height)
    for column, (x, wide), lines, node in zip(
        frame.columns, frame.edges, measured.cells, nodes, strict=True
    ):
        with sheet.within(node):
            for number, line in enumerate(lines):
                at = x + wide - line.width if column.right else x
                draw_line(sheet, at, y + pad_of(table) + 7.4 + number * lead, line)
    if table.ruled:
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
