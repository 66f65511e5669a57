"""Page one, the middle: the furthest readings at the left, side effects at the right."""

from ketachart.report.sections.pieces import (
    EffectRow,
    ExtremeRow,
    Front,
    Pressure,
    Run,
    plain,
    strong,
)
from ketachart.report.sheet import Sheet
from ketachart.report.styles import (
    BODY,
    FRAME,
    GREY,
    HAIR,
    HEADING,
    INK,
    SMALL,
    TABLE,
    THIN,
)
from ketachart.report.wrap import TextLine, draw_line, lines_of, looks

LEFT = 0.444  # share of the width for the left half, then a gap
BETWEEN = 18.0
ROW = 10.7
LEAD = 9.4


def halves(sheet: Sheet) -> tuple[float, float, float, float]:
    """Left edge and width of the left half and of the right half."""
    left, inner = sheet.paper.left, sheet.paper.inner
    wide = inner * LEFT
    return left, wide, left + wide + BETWEEN, inner - wide - BETWEEN


def draw_heading(sheet: Sheet, place: tuple[float, float, float], name: str, says: str) -> None:
    """A heading inside one half, with its rule: left edge, top, width."""
    x, y, width = place
    end = sheet.write(x, y + 9.5, name, HEADING)
    room = x + width - end - 8
    if says:
        sheet.write(end + 8, y + 9.5, sheet.fitted(says, SMALL, room), SMALL.tinted(GREY))
    sheet.line(((x, y + 14), (x + width, y + 14)), FRAME, HAIR)


def draw_signs_and_effects(sheet: Sheet, y: float, front: Front, rest: str) -> float:
    """Both halves; the right one is cut to the height of the left, and says where it goes on."""
    left, left_width, right, right_width = halves(sheet)
    high = _draw_extremes(sheet, (left, y, left_width), front.extremes)
    high = max(high, 60.0)
    high += _draw_pressures(sheet, (left, y + high, left_width), front.pressures)
    _draw_effects(sheet, (right, y, right_width), front.effects, high, rest)
    return high


def _draw_extremes(
    sheet: Sheet, place: tuple[float, float, float], rows: tuple[ExtremeRow, ...]
) -> float:
    sheet.about = "extremes"
    x, y, width = place
    draw_heading(sheet, place, "Extremes", "minutes after the start; limit: pause")
    if not rows:
        sheet.write(x, y + 26, "No vital signs are charted.", TABLE.tinted(GREY))
        return 32.0
    edges = (x, x + width * 0.27, x + width * 0.475, x + width * 0.775)
    top = y + 15
    for edge, word in zip(edges[1:], ("value", "at", "limit"), strict=True):
        sheet.write(edge, top + 8, word, SMALL.heavier("medium").tinted(GREY))
    top += 10.5
    sheet.line(((x, top), (x + width, top)), FRAME)
    for row in rows:
        base = top + 8.1
        sheet.write(x, base, row.label, TABLE)
        sheet.write(edges[1], base, row.value, TABLE.heavier("semibold"))
        sheet.write(edges[2], base, row.when, TABLE)
        sheet.write(edges[3], base, sheet.fitted(row.limit, SMALL, x + width - edges[3]), SMALL)
        top += ROW
        sheet.line(((x, top), (x + width, top)), THIN, HAIR)
    return top - y


def _draw_pressures(
    sheet: Sheet, place: tuple[float, float, float], pressures: tuple[Pressure, ...]
) -> float:
    """Three pressures side by side: baseline, nearest to 40 minutes, before release."""
    sheet.about = "three pressures"
    x, y, width = place
    sheet.write(x, y + 11, "BP, SpO₂", SMALL.tinted(GREY))
    share = (width - 42) / 3
    for number, one in enumerate(pressures):
        at = x + 42 + number * share
        sheet.write(at, y + 11, sheet.fitted(one.label, SMALL, share - 2), SMALL.tinted(GREY))
        end = sheet.write(at, y + 21.5, one.value, BODY.heavier("semibold"))
        sheet.write(end + 4, y + 21.5, one.oxygen, SMALL)
    return 25.0


# ------------------------------------------------------------------ side effects


def _draw_effects(
    sheet: Sheet,
    place: tuple[float, float, float],
    rows: tuple[EffectRow, ...],
    high: float,
    rest: str,
) -> None:
    sheet.about = "side effects"
    x, y, width = place
    draw_heading(sheet, place, "Side effects and what was done", "")
    if not rows:
        sheet.write(x, y + 26, "No side effect was charted.", TABLE)
        return
    edges = (0.0, width * 0.28, width * 0.48, width * 0.755)
    widths = (width * 0.26, width * 0.19, width * 0.255, width * 0.245)
    top = y + 15
    for edge, word in zip(edges, ("effect, grade", "from, to", "done", "response"), strict=True):
        sheet.write(x + edge, top + 8, word, SMALL.heavier("medium").tinted(GREY))
    top += 10.5
    sheet.line(((x, top), (x + width, top)), FRAME)
    bottom = y + high - LEAD - 4  # the last line tells the scale of grades, or what is left out
    shown = 0
    for row in rows:
        cells = _effect_cells(row, widths)
        needed = max(map(len, cells)) * LEAD + 2.6
        if top + needed > bottom:
            break
        for cell, edge in zip(cells, edges, strict=True):
            for number, line in enumerate(cell):
                draw_line(sheet, x + edge, top + 8.1 + number * LEAD, line)
        top += needed
        sheet.line(((x, top), (x + width, top)), THIN, HAIR)
        shown += 1
    left_out = len(rows) - shown
    words = f"and {left_out} more, {rest}" if left_out else "Grades: CTCAE 5.0, worst of its time."
    style = TABLE.heavier("semibold") if left_out else SMALL.tinted(GREY)
    sheet.write(x, top + 10, words, style.tinted(INK) if left_out else style)


def _effect_cells(row: EffectRow, widths: tuple[float, ...]) -> list[tuple[TextLine, ...]]:
    words = (strong(row.effect), plain(row.span), (Run(row.done),), (Run(row.response),))
    return [
        lines_of(cell, looks(TABLE), wide, field=f"side effect {row.effect}")
        for cell, wide in zip(words, widths, strict=True)
    ]
