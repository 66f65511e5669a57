"""Page one, below: the drug's equation at the left, what held at the goodbye at the right."""

from collections.abc import Callable

from ketachart.report.page_one_signs import draw_heading, halves
from ketachart.report.sections.pieces import Balance, Front, Look, Release, Run, Term, plain
from ketachart.report.sheet import Place, Sheet
from ketachart.report.styles import BODY, GREY, SMALL, TABLE, TERM, UNIT
from ketachart.report.wrap import TextLine, draw_few, draw_line, lines_of, looks

ROW = 9.9
MOST_READINGS = 5
CRITERIA_LINES = 10
TICK = 12.0


def draw_drug_and_release(
    sheet: Sheet, y: float, front: Front, page: Callable[[str], str]
) -> float:
    """Both halves; gives back the height of the taller one."""
    left, right = halves(sheet, y)
    drug = _draw_balance(sheet, left, front.balance, page("ledger"))
    leaving = _draw_release(sheet, right, front.release, page("release"))
    return max(drug, leaving)


def _draw_balance(sheet: Sheet, place: Place, box: Balance, rest: str) -> float:
    sheet.about = "drug balance"
    x, y, width = place
    draw_heading(sheet, place, "Drug balance", box.says)
    if box.none:
        lines = lines_of(plain(box.none), looks(BODY), width, field="drug balance")
        with sheet.part("P"):
            for number, line in enumerate(lines):
                draw_line(sheet, x, y + 28 + number * 11, line)
        return 44.0
    with sheet.part("P"):
        high = 17.0 + _draw_equation(sheet, place.below(17.0), box.terms)
    sheet.about = "drug balance"
    with sheet.part("P"):
        sheet.write(x, y + high + 8.5, box.verdict, BODY.heavier("semibold"))
    high += 12.5
    shown = box.readings
    if len(shown) > MOST_READINGS:
        left_out = len(shown) - MOST_READINGS + 1
        shown = (*shown[: MOST_READINGS - 1], (f"and {left_out} more", rest))
    spare = MOST_READINGS - len(shown)
    for name, words in shown:
        lines = lines_of(plain(words), looks(TABLE), width - 62, field=f"drug balance, {name}")
        most = min(len(lines), 1 + spare)
        with sheet.part("P"):
            sheet.write(x, y + high + 8, name, TABLE.tinted(GREY))
            draw_few(sheet, Place(x + 62, y + high + 8, width - 62), lines, most=most, lead=ROW)
        spare -= most - 1
        high += ROW * most
    return high + 2


def _draw_equation(sheet: Sheet, place: Place, terms: tuple[Term, ...]) -> float:
    """Taken out = given + wasted + …; on two lines where one is not enough, never smaller."""
    x, y, width = place
    at, base = x, y + 14.0
    for number, term in enumerate(terms):
        sign = ("", "=", "+")[min(number, 2)]
        wide = max(sheet.width(term.value, TERM), sheet.width(term.name, SMALL))
        lead = 12.0 if sign else 0.0
        if at + lead + wide > x + width:
            at, base = x, base + 25.0
        if sign:
            sheet.write(at + 1, base - 0.5, sign, UNIT)
            at += lead
        sheet.write(at, base, term.value, TERM)
        sheet.write(at, base + 9.5, term.name, SMALL.tinted(GREY))
        at += wide + 3
    unit = sheet.width("mg", BODY)
    if at + unit <= x + width:
        sheet.write(x + width - unit, base, "mg", BODY)
    return base + 13.0 - y


# ------------------------------------------------------------------ release


def _draw_release(sheet: Sheet, place: Place, box: Release, rest: str) -> float:
    sheet.about = "release criteria"
    x, y, width = place
    draw_heading(sheet, place, box.heading, box.says)
    high = 17.0
    if box.criteria:
        high += _draw_criteria(sheet, place.below(high), box, rest)
    with sheet.part("P"):
        for line in lines_of((Run(box.remark, "faint"),), looks(TABLE), width, field="release")[:2]:
            draw_line(sheet, x, y + high + 9, line)
            high += ROW
    return high + 2


def _draw_criteria(sheet: Sheet, place: Place, box: Release, rest: str) -> float:
    """Two columns of at most ten lines: the open criteria first, the rest told by number."""
    x, y, width = place
    wide = width / 2 - 6
    columns: list[list[tuple[bool | None, tuple[TextLine, ...]]]] = [[], []]
    used = [0, 0]
    half = _half(box, wide)
    for number, criterion in enumerate(box.criteria):
        look: Look = "plain" if criterion.met else "strong"
        lines = lines_of(
            (Run(criterion.text, look),), looks(SMALL), wide - TICK, field="release criteria"
        )
        column = 0 if used[0] + len(lines) <= half and not used[1] else 1
        later = len(box.criteria) - number - 1
        if used[column] + len(lines) + (1 if later and column else 0) > CRITERIA_LINES:
            words = f"and {later + 1} more, {rest}"
            more = lines_of((Run(words, "strong"),), looks(SMALL), wide, field="release criteria")
            columns[column].append((None, more[:1]))
            break
        columns[column].append((criterion.met, lines))
        used[column] += len(lines)
    lowest = y
    for side, rows in enumerate(columns):
        lowest = max(lowest, _draw_column(sheet, x + side * (wide + 12), y, rows))
    return lowest - y


def _half(box: Release, wide: float) -> int:
    """How many lines the left column takes, so that both are even."""
    lines = sum(
        len(lines_of((Run(c.text),), looks(SMALL), wide - TICK, field="release criteria"))
        for c in box.criteria
    )
    return min((lines + 1) // 2, CRITERIA_LINES)


def _draw_column(
    sheet: Sheet, x: float, y: float, rows: list[tuple[bool | None, tuple[TextLine, ...]]]
) -> float:
    for met, lines in rows:
        if met:
            with sheet.part("Figure", alt="met:"):
                sheet.check(x + 4, y + 5.4, 6.4)
        elif met is False:
            with sheet.part("Figure", alt="not met:"):
                sheet.open_box(x + 4, y + 5.2, 7)
        with sheet.part("P"):
            for line in lines:
                draw_line(sheet, x + (TICK if met is not None else 0), y + 8, line)
                y += ROW
    return y
