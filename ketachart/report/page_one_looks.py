"""Page one, “Look at these”: what the reviewer must see, worst first, with the page of each."""

from collections.abc import Mapping
from dataclasses import dataclass

from ketachart.report.sections.pieces import Front, LookLine, Run
from ketachart.report.sheet import Sheet
from ketachart.report.styles import BODY, GREY, HEADING, INK, SMALL, WHITE, Style
from ketachart.report.wrap import TextLine, draw_line, lines_of, looks

MOST_LOOKS = 6
LOOK_LEAD = 11.2
LOOK_ROW = 13.0


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
    """One line as it will stand: its number, or none for the line that tells of the rest."""

    number: int
    look: LookLine | None
    lines: tuple[TextLine, ...]
    page: str
    cut: bool = False


def look_rows(sheet: Sheet, front: Front, where: Whereabouts, *, most: int) -> tuple[LookRow, ...]:
    """As many of the lines as six rows and the room allow; the last tells how many more."""
    rows: list[LookRow] = []
    room = most
    everything = [_look_row(sheet, n, look, where) for n, look in enumerate(front.looks, 1)]
    for place, row in enumerate(everything):
        later = len(everything) - place - 1
        needed = len(row.lines) + (1 if later else 0)
        if len(rows) + (1 if later else 0) >= MOST_LOOKS + (0 if later else 1) or needed > room:
            more = f"and {len(everything) - place} more, {where.section('looks')}"
            cell = (Run(more, "strong"),)
            rows.append(LookRow(0, None, lines_of(cell, looks(BODY), 400, field="looks"), ""))
            break
        rows.append(row)
        room -= len(row.lines)
    return tuple(rows)


def _look_row(sheet: Sheet, number: int, look: LookLine, where: Whereabouts) -> LookRow:
    page = where.page_of(look)
    width = sheet.paper.inner - 46 - (sheet.width(page, SMALL) + 12)
    kind = look.kind if look.kind.endswith((".", "?")) else f"{look.kind}."
    cell = (Run(kind, "strong"), Run(look.sentence))
    lines = lines_of(cell, looks(BODY), width, field=f"look at these, line {number}")
    return LookRow(number, look, lines[:2], page, cut=len(lines) > 2)


def draw_looks(sheet: Sheet, y: float, rows: tuple[LookRow, ...]) -> float:
    sheet.about = "look at these"
    left, right = sheet.paper.left, sheet.paper.right
    end = sheet.write(left, y + 9.5, "Look at these", HEADING)
    if not rows:
        words = "Nothing outside the order or the policy."
        sheet.write(end + 10, y + 9.5, words, BODY)
        return 14.0
    says = "filled number: your decision is needed. The rest is inside the order and the policy."
    sheet.write(end + 10, y + 9.5, says, SMALL.tinted(GREY))
    base = y + 23.5
    for row in rows:
        if row.look is None:
            draw_line(sheet, left + 17, base, row.lines[0])
            base += LOOK_ROW
            continue
        _draw_number(sheet, left, base, row.number, filled=row.look.decision)
        sheet.write(left + 17, base, row.look.time, BODY.heavier("semibold"))
        for number, line in enumerate(row.lines):
            at = base + number * LOOK_LEAD
            draw_line(sheet, left + 46, at, line)
            if row.cut and number == 1:
                sheet.write(left + 46 + line.width + 2, at, "…", BODY)
        sheet.write_right(right, base, row.page, SMALL.tinted(GREY))
        base += LOOK_ROW + (len(row.lines) - 1) * LOOK_LEAD
    return base - y - LOOK_ROW + 5


def _draw_number(sheet: Sheet, x: float, base: float, number: int, *, filled: bool) -> None:
    """A number in a box: filled where the reviewer has to decide."""
    size = 10.0
    sheet.box(x + 0.5, base - 8, size, size, frame=1, fill=INK if filled else None)
    style = Style(7.2, "bold", WHITE if filled else INK)
    wide = sheet.width(str(number), style)
    sheet.write(x + 0.5 + (size - wide) / 2, base - 0.5, str(number), style)
