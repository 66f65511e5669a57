"""Page one, “Look at these”: what the reviewer must see, worst first, with the page of each."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ketachart.report.sections.pieces import Front, LookLine, Run
from ketachart.report.sheet import Place, Sheet
from ketachart.report.styles import BODY, GREY, HEADING, INK, SMALL, WHITE, Style
from ketachart.report.wrap import TextLine, draw_few, draw_line, lines_of, looks

MOST_LOOKS = 6
LOOK_LEAD = 11.2
LOOK_ROW = 13.0
INDENT = 46.0  # where the sentence begins, behind number and time


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where the rest of the report says more: pages of rows and sections, numbers of flags."""

    rows: Mapping[str, int]
    sections: Mapping[str, int]
    flags: Mapping[str, str]

    def page_of(self, look: LookLine) -> str:
        """The page for one line: that of its row, or of its section."""
        flag = self.flags.get(look.entry)
        if flag is not None:
            return f"p. {self.sections['timeline']} flag {flag}"
        page = self.rows.get(look.entry) or self.sections.get(look.section)
        return f"p. {page}" if page else ""

    def section(self, code: str) -> str:
        """“page 3”: where a section begins."""
        return f"page {self.sections[code]}"


class Anywhere(Whereabouts):
    """Before the pages are known: every place is named as widely as it may ever be."""

    def page_of(self, look: LookLine) -> str:  # noqa: ARG002 - every line is as wide
        return "p. 999 flag 999"

    def section(self, code: str) -> str:  # noqa: ARG002
        return "page 999"


@dataclass(frozen=True, slots=True)
class LookRow:
    """One line as it will stand: its number, and how many lines of text show of it.

    The line that tells of the rest has no number and no ``look``.
    """

    number: int
    look: LookLine | None
    lines: tuple[TextLine, ...]
    page: str
    shown: int = 1


def look_rows(sheet: Sheet, front: Front, where: Whereabouts, *, most: int) -> tuple[LookRow, ...]:
    """As many of the lines as six rows and the room allow; the last tells how many more."""
    rows: list[LookRow] = []
    room = most
    for number, look in enumerate(front.looks, 1):
        later = len(front.looks) - number
        row = _look_row(sheet, number, look, where)
        left = room - (1 if later else 0)
        if left < 1 or number > MOST_LOOKS or (later and number == MOST_LOOKS):
            words = f"and {later + 1} more, {where.section('looks')}"
            lines = lines_of((Run(words, "strong"),), looks(BODY), 400, field="look at these")
            rows.append(LookRow(0, None, lines, ""))
            break
        row = replace(row, shown=min(row.shown, left))
        rows.append(row)
        room -= row.shown
    return tuple(rows)


def _look_row(sheet: Sheet, number: int, look: LookLine, where: Whereabouts) -> LookRow:
    page = where.page_of(look)
    width = sheet.paper.inner - INDENT - (sheet.width(page, SMALL) + 12)
    cell = (Run(f"{look.kind}.", "strong"), Run(look.sentence))
    lines = lines_of(cell, looks(BODY), width, field=f"look at these, line {number}")
    return LookRow(number, look, lines, page, shown=min(len(lines), 2))


def draw_looks(sheet: Sheet, y: float, rows: tuple[LookRow, ...]) -> float:
    sheet.about = "look at these"
    left = sheet.paper.left
    with sheet.part("H2"):
        end = sheet.write(left, y + 9.5, "Look at these", HEADING)
    if not rows:
        words = "Nothing outside the order or the policy."
        with sheet.part("P"):
            sheet.write(end + 10, y + 9.5, words, BODY)
        return 14.0
    says = "filled number: your decision is needed. The rest is inside the order and the policy."
    with sheet.part("P"):
        sheet.write(end + 10, y + 9.5, says, SMALL.tinted(GREY))
    base = y + 23.5
    for row in rows:
        with sheet.part("P"):
            base += _draw_row(sheet, base, row, row.look)
    return base - y - LOOK_ROW + 5


def _draw_row(sheet: Sheet, base: float, row: LookRow, look: LookLine | None) -> float:
    """One line on its base line; gives back how far below the next one stands."""
    left, right = sheet.paper.left, sheet.paper.right
    if look is None:
        draw_line(sheet, left + 17, base, row.lines[0])
        return LOOK_ROW
    _draw_number(sheet, left, base, row.number, filled=look.decision)
    sheet.write(left + 17, base, look.time, BODY.heavier("semibold"))
    wide = right - left - INDENT - sheet.width(row.page, SMALL) - 12
    draw_few(sheet, Place(left + INDENT, base, wide), row.lines, most=row.shown, lead=LOOK_LEAD)
    sheet.write_right(right, base, row.page, SMALL.tinted(GREY))
    return LOOK_ROW + (row.shown - 1) * LOOK_LEAD


def _draw_number(sheet: Sheet, x: float, base: float, number: int, *, filled: bool) -> None:
    """A number in a box: filled where the reviewer has to decide."""
    size = 10.0
    sheet.box(x + 0.5, base - 8, size, size, frame=1, fill=INK if filled else None)
    style = Style(7.2, "bold", WHITE if filled else INK)
    wide = sheet.width(str(number), style)
    sheet.write(x + 0.5 + (size - wide) / 2, base - 0.5, str(number), style)
