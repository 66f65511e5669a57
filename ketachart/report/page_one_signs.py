"""Page one, the middle: the furthest readings at the left, side effects at the right."""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Literal

from ketachart.report.sections.pieces import (
    EffectRow,
    ExtremeRow,
    Front,
    Pressure,
    plain,
    strong,
)
from ketachart.report.sheet import Place, Sheet
from ketachart.report.styles import (
    BODY,
    FRAME,
    GREY,
    HAIR,
    HEADING,
    SMALL,
    TABLE,
    THIN,
    Style,
)
from ketachart.report.tags import Node
from ketachart.report.wrap import TextLine, draw_few, lines_of, looks

LEFT = 0.444  # share of the width for the left half, then a gap
BETWEEN = 18.0
ROW = 10.3
LEAD = 9.4
_HEAD = SMALL.heavier("medium").tinted(GREY)
_MORE = TABLE.heavier("semibold")


def halves(sheet: Sheet, y: float) -> tuple[Place, Place]:
    """The left half and the right half of the page from y on."""
    left, inner = sheet.paper.left, sheet.paper.inner
    wide = inner * LEFT
    return Place(left, y, wide), Place(left + wide + BETWEEN, y, inner - wide - BETWEEN)


def draw_heading(sheet: Sheet, place: Place, name: str, says: str) -> None:
    """A heading inside one half, with its rule: left edge, top, width."""
    x, y, width = place
    with sheet.part("H2"):
        end = sheet.write(x, y + 9.5, name, HEADING)
    room = x + width - end - 8
    if says:
        with sheet.part("P"):
            sheet.write(end + 8, y + 9.5, sheet.fitted(says, SMALL, room), SMALL.tinted(GREY))
    sheet.line(((x, y + 14), (x + width, y + 14)), FRAME, HAIR)


def draw_signs_and_effects(
    sheet: Sheet, y: float, front: Front, page: Callable[[str], str]
) -> float:
    """Both halves; the right one is cut to the height of the left, and says where it goes on."""
    left, right = halves(sheet, y)
    high = _draw_extremes(sheet, left, front.extremes)
    high += _draw_pressures(sheet, left.below(high), front.pressures)
    _draw_effects(sheet, right, front.effects, high, page)
    return high


def effects_left_out(sheet: Sheet, front: Front) -> int:
    """How many side effects have no room on page one."""
    left, right = halves(sheet, 0)
    high = _draw_extremes(sheet, left, front.extremes)
    high += _draw_pressures(sheet, left.below(high), front.pressures)
    _, rows = _effect_lines(front.effects, right.width)
    return len(rows) - _fitting(rows, high)


def _draw_extremes(sheet: Sheet, place: Place, rows: tuple[ExtremeRow, ...]) -> float:
    sheet.about = "extremes"
    x, y, width = place
    draw_heading(sheet, place, "Extremes", "minutes after the start; limit: pause")
    if not rows:
        with sheet.part("P"):
            sheet.write(x, y + 26, "No vital signs are charted.", TABLE.tinted(GREY))
        return 60.0
    edges = (x, x + width * 0.27, x + width * 0.475, x + width * 0.775)
    top = y + 15
    table = sheet.tree.add("Table")
    heads = ("", "value", "at", "limit")
    _write_row(sheet, table, top + 8, zip(edges, heads, (_HEAD,) * 4, strict=True), kind="TH")
    top += 10.5
    sheet.line(((x, top), (x + width, top)), FRAME)
    for row in rows:
        limit = sheet.fitted(row.limit, SMALL, x + width - edges[3])
        cells = (row.label, row.value, row.when, limit)
        styles = (TABLE, TABLE.heavier("semibold"), TABLE, SMALL)
        _write_row(sheet, table, top + 7.9, zip(edges, cells, styles, strict=True))
        top += ROW
        sheet.line(((x, top), (x + width, top)), THIN, HAIR)
    return top - y


def _write_row(
    sheet: Sheet,
    table: Node,
    base: float,
    cells: Iterable[tuple[float, str, Style]],
    *,
    kind: Literal["TH", "TD"] = "TD",
) -> None:
    """One row of words on a base line, each from its left edge."""
    row = table.add("TR")
    for x, words, style in cells:
        with sheet.within(row.add(kind, scope="Column" if kind == "TH" else "")):
            sheet.write(x, base, words, style)


def _draw_pressures(sheet: Sheet, place: Place, pressures: tuple[Pressure, ...]) -> float:
    """Three pressures side by side: baseline, nearest to 40 minutes, before release."""
    sheet.about = "three pressures"
    x, y, width = place
    with sheet.part("P"):
        sheet.write(x, y + 11, "BP, SpO₂", SMALL.tinted(GREY))
    share = (width - 42) / 3
    for number, one in enumerate(pressures):
        at = x + 42 + number * share
        with sheet.part("P"):
            sheet.write(at, y + 11, sheet.fitted(one.label, SMALL, share - 2), SMALL.tinted(GREY))
            end = sheet.write(at, y + 21.5, one.value, BODY.heavier("semibold"))
            sheet.write(end + 4, y + 21.5, one.oxygen, SMALL)
    return 25.0


# ------------------------------------------------------------------ side effects


RESPONSES = (0.70, 0.73, 0.76, 0.79, 0.82)  # where the last column may begin
FEW_LINES = 2  # of a row, where page one cannot hold all of every row
MOST_LINES = 99
EFFECT_TOP = 25.5  # heading and column heads
EFFECT_END = 13.4  # the last line: the scale of the grades, or what is left out
_Cells = tuple[tuple[TextLine, ...], ...]


def _draw_effects(
    sheet: Sheet,
    place: Place,
    rows: tuple[EffectRow, ...],
    high: float,
    page: Callable[[str], str],
) -> None:
    sheet.about = "side effects"
    x, y, width = place
    draw_heading(sheet, place, "Side effects and what was done", "")
    if not rows:
        with sheet.part("P"):
            sheet.write(x, y + 26, "No side effect was charted.", TABLE)
        return
    shares, measured = _effect_lines(rows, width)
    edges = [x + share * width for share in shares[:-1]]
    top = y + EFFECT_TOP
    table = sheet.tree.add("Table")
    heads = ("effect, grade", "from, to", "done", "response")
    _write_row(sheet, table, top - 2.5, zip(edges, heads, (_HEAD,) * 4, strict=True), kind="TH")
    sheet.line(((x, top), (x + width, top)), FRAME)
    whole = _fitting(measured, high) == len(rows)
    most = MOST_LINES if whole else FEW_LINES
    shown = _fitting(measured, high, most=most)
    for cells in measured[:shown]:
        row = table.add("TR")
        for cell, (edge, end) in zip(cells, pairwise((*edges, x + width)), strict=True):
            with sheet.within(row.add("TD")):
                held = Place(edge, top + 8.1, end - edge - 5)
                draw_few(sheet, held, cell, most=most, lead=LEAD)
        top += _effect_height(cells, most)
        sheet.line(((x, top), (x + width, top)), THIN, HAIR)
    if not whole:
        left = f"and {len(rows) - shown} more" if shown < len(rows) else "whole"
        words, style = f"{left}, {page('effects')}", _MORE
    else:
        words, style = "Grades: CTCAE 5.0, worst of its time.", SMALL.tinted(GREY)
    with sheet.part("P"):
        sheet.write(x, top + 10, words, style)


def _fitting(rows: Sequence[_Cells], high: float, *, most: int = MOST_LINES) -> int:
    """How many rows fit into that height, each with so many lines at most."""
    room = high - EFFECT_TOP - EFFECT_END
    for number, cells in enumerate(rows):
        room -= _effect_height(cells, most)
        if room < 0:
            return number
    return len(rows)


def _effect_height(cells: _Cells, most: int = MOST_LINES) -> float:
    return min(max(map(len, cells)), most) * LEAD + 2.6


def _effect_lines(
    rows: tuple[EffectRow, ...], width: float
) -> tuple[tuple[float, ...], list[_Cells]]:
    """The columns' edges, as shares of the width, with which the rows take the least height."""
    tried = ((0.0, 0.28, 0.48, last, 1.0) for last in RESPONSES)
    made = [(shares, _measured(rows, width, shares)) for shares in tried]
    return min(made, key=lambda one: sum(_effect_height(cells) for cells in one[1]))


def _measured(rows: tuple[EffectRow, ...], width: float, shares: tuple[float, ...]) -> list[_Cells]:
    widths = [(b - a) * width - 5 for a, b in pairwise(shares)]
    return [
        tuple(
            lines_of(cell, looks(TABLE), wide, field=f"side effect {row.effect}")
            for cell, wide in zip(
                (strong(row.effect), plain(row.span), plain(row.done), plain(row.response)),
                widths,
                strict=True,
            )
        )
        for row in rows
    ]
