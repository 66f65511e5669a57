"""Page one, one look: fixed regions from top to bottom; what does not fit says where it goes on.

Type is never made smaller. Regions that can grow have a cap, and the cap's last line names the page
with the rest; a page that overflows all the same is refused.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ketachart.errors import CannotPrint
from ketachart.report.frame import new_sheet, practice_mark
from ketachart.report.page_one_drug import draw_drug_and_release
from ketachart.report.page_one_signatures import draw_signatures, draw_strip
from ketachart.report.page_one_signs import draw_signs_and_effects
from ketachart.report.sections.pieces import Cell, Figure, Front, Head, LookLine, Run
from ketachart.report.sheet import Sheet
from ketachart.report.styles import (
    BODY,
    FIGURE,
    FRAME,
    GREY,
    HEADING,
    INK,
    NAME,
    RED,
    RULE,
    SMALL,
    THICK,
    TITLE,
    UNIT,
    WHITE,
    Paper,
    Style,
)
from ketachart.report.wrap import TextLine, draw_line, lines_of, looks

MOST_LOOKS = 6
LOOK_LEAD = 11.2
LOOK_ROW = 13.0
ALLERGY_LINES = 5
MOST_GAP = 11.0


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where the rest of the report says more: pages of rows and sections, numbers of flags."""

    rows: Mapping[str, int]
    sections: Mapping[str, int]
    flags: Mapping[str, int]

    def page_of(self, look: LookLine) -> str:
        """The page for one line: that of its row, or of its section."""
        page = self.rows.get(look.entry) or self.sections.get(look.section)
        flag = self.flags.get(look.entry)
        words = f"p. {page}" if page else ""
        return f"{words} flag {flag}" if flag and words else words

    def section(self, code: str) -> str:
        """“page 3”, or nothing where there is no such section."""
        page = self.sections.get(code)
        return f"page {page}" if page else "the tables"


def page_one(paper: Paper, head: Head, front: Front, where: Whereabouts) -> Sheet:
    """The first page.

    Raises:
        CannotPrint: it does not hold its fixed regions, or a letter cannot be printed.
    """
    looks_lines = _look_rows(Sheet(paper), front, where, most=99)
    fixed = _regions(head, front, where, ())
    without = sum(_height(paper, region) for region in fixed)
    room = paper.bottom - paper.margin + 8 - without - 3.0 * (len(fixed) - 1)
    shown = _look_rows(Sheet(paper), front, where, most=int(max(room // LOOK_ROW, 2)))
    del looks_lines
    regions = _regions(head, front, where, shown)
    high = sum(_height(paper, region) for region in regions)
    spare = paper.bottom - (paper.margin - 8) - high
    if spare < 0:
        raise CannotPrint(
            "Page one of the report overflows. The chart is safe and nothing was signed. Tell the "
            "clinic's support.",
            field="page one",
        )
    gap = min(spare / (len(regions) - 1), MOST_GAP)
    sheet = new_sheet(paper, head)
    y = paper.margin - 8
    for region in regions:
        y += region(sheet, y) + gap
    return sheet


Region = Callable[[Sheet, float], float]


def _height(paper: Paper, region: Region) -> float:
    return region(Sheet(paper), 0)


def _regions(
    head: Head, front: Front, where: Whereabouts, shown: tuple["_LookRow", ...]
) -> tuple[Region, ...]:
    return (
        lambda sheet, y: _draw_head(sheet, y, head),
        lambda sheet, y: _draw_identity(sheet, y, head, front),
        lambda sheet, y: _draw_figures(sheet, y, front.figures),
        lambda sheet, y: _draw_looks(sheet, y, shown),
        lambda sheet, y: draw_signs_and_effects(sheet, y, front, where.section("effects")),
        lambda sheet, y: draw_drug_and_release(sheet, y, front, where.section),
        lambda sheet, y: draw_strip(sheet, y, front.strip),
        lambda sheet, y: draw_signatures(sheet, y, front.signatures),
    )


# ------------------------------------------------------------------ head, identity, figures


def _draw_head(sheet: Sheet, y: float, head: Head) -> float:
    sheet.about = "title"
    left, right = sheet.paper.left, sheet.paper.right
    base = y + 14
    end = sheet.write(left, base, head.title, TITLE)
    if head.practice:
        practice_mark(sheet, end + 62, base - 2)
    state = Style(10.2, "semibold")
    x = sheet.write_right(right, base, head.signing, state)
    if head.signed:
        sheet.check(x - 9, base - 3.4, 8)
    review = sheet.write_right(right, base + 14, head.review, SMALL.tinted(GREY))
    subtitle = sheet.fitted(head.subtitle, BODY, review - left - 10)
    sheet.write(left, base + 14, subtitle, BODY.tinted(GREY))
    sheet.rule(y + 36, THICK)
    return 36.0


def _draw_identity(sheet: Sheet, y: float, head: Head, front: Front) -> float:
    left, inner = sheet.paper.left, sheet.paper.inner
    two, three = left + inner * 0.357, left + inner * 0.768
    first = _draw_patient(sheet, y, head, front, two - left - 12)
    second = _draw_lines(sheet, two, y + 14, front.identity.order, three - two - 12, most=6)
    third = _draw_allergy_box(sheet, three, y + 4, head, left + inner - three)
    third = _draw_lines(
        sheet, three, third + 11, front.identity.nurse, left + inner - three, most=2
    )
    bottom = max(first, second, third) - y + 4
    sheet.rule(y + bottom, THICK)
    return bottom


def _draw_patient(sheet: Sheet, y: float, head: Head, front: Front, most: float) -> float:
    sheet.about = "patient's name"
    lines = lines_of((Run(head.name),), looks(NAME), most, field="patient's name")
    y += 15
    for number, line in enumerate(lines[:2]):
        if number == 1 and len(lines) > 2:
            words = sheet.fitted(_words(lines[1:]), NAME, most)
            sheet.write(sheet.paper.left, y, words, NAME)
        else:
            draw_line(sheet, sheet.paper.left, y, line)
        y += 14
    y -= 1
    return _draw_lines(sheet, sheet.paper.left, y, front.identity.patient, most, most=5)


def _words(lines: tuple[TextLine, ...]) -> str:
    return " ".join(piece.text for line in lines for piece in line.pieces)


def _draw_lines(
    sheet: Sheet, x: float, y: float, cells: tuple[Cell, ...], width: float, *, most: int
) -> float:
    """Cells as lines, each of two lines at most, and ``most`` in all; gives back the last base."""
    left = most
    for place, cell in enumerate(cells):
        sheet.about = "identity"
        lines = lines_of(cell, looks(BODY), width, field="identity")
        allowed = min(2, max(left - (len(cells) - place - 1), 1))
        shown = lines[:allowed]
        for number, line in enumerate(shown):
            cut = number == len(shown) - 1 and len(lines) > len(shown)
            if cut:
                style = line.pieces[0].style
                sheet.write(x, y, sheet.fitted(_words(lines[number:]), style, width), style)
            else:
                draw_line(sheet, x, y, line)
            y += 10.6
        left -= len(shown)
    return y - 10.6


def _draw_allergy_box(sheet: Sheet, x: float, y: float, head: Head, width: float) -> float:
    sheet.about = "allergies"
    words = _allergy_words(head)
    styles = looks(BODY)
    lines = [
        line
        for word in words
        for line in lines_of((Run(word, "strong"),), styles, width - 14, field="allergies")
    ]
    if len(lines) > ALLERGY_LINES:
        more = lines_of(
            (Run("and more: top of page 2", "strong"),), styles, width - 14, field="allergies"
        )
        lines = [*lines[: ALLERGY_LINES - 1], *more]
    height = 14 + len(lines) * 10 + 2
    sheet.box(x, y, width, height, frame=THICK, colour=RED, radius=2.5)
    sheet.write(x + 7, y + 10, "ALLERGIES", Style(7.4, "semibold"))
    for number, line in enumerate(lines):
        draw_line(sheet, x + 7, y + 20 + number * 10, line)
    return y + height


def _allergy_words(head: Head) -> tuple[str, ...]:
    if not head.asked:
        return ("NOT ASKED",)
    return head.allergies or ("No known allergies",)


def _draw_figures(sheet: Sheet, y: float, figures: tuple[Figure, ...]) -> float:
    left, inner = sheet.paper.left, sheet.paper.inner
    x = left
    for place, (figure, share) in enumerate(
        zip(figures, (0.172, 0.178, 0.246, 0.2, 0.204), strict=True)
    ):
        sheet.about = f"key figure: {figure.label.lower()}"
        width = inner * share - (10 if place < 4 else 0)
        sheet.write(x, y + 12, figure.label, BODY.tinted(GREY))
        end = sheet.write(x, y + 31, figure.value, FIGURE)
        sheet.write(end + 3, y + 31, figure.unit, UNIT)
        sheet.write(x, y + 43, sheet.fitted(figure.context, SMALL, width), SMALL)
        x += inner * share
        if place < 4:
            sheet.line(((x - 6, y + 6), (x - 6, y + 45)), FRAME, RULE)
    sheet.rule(y + 51, THICK)
    return 51.0


# ------------------------------------------------------------------ look at these


@dataclass(frozen=True, slots=True)
class _LookRow:
    """One line as it will stand: its number, or none for the line that tells of the rest."""

    number: int
    look: LookLine | None
    lines: tuple[TextLine, ...]
    page: str
    cut: bool = False


def _look_rows(
    sheet: Sheet, front: Front, where: Whereabouts, *, most: int
) -> tuple[_LookRow, ...]:
    """As many of the lines as six rows and the room allow; the last tells how many more."""
    rows: list[_LookRow] = []
    room = most
    everything = [_look_row(sheet, n, look, where) for n, look in enumerate(front.looks, 1)]
    for place, row in enumerate(everything):
        later = len(everything) - place - 1
        needed = len(row.lines) + (1 if later else 0)
        if len(rows) + (1 if later else 0) >= MOST_LOOKS + (0 if later else 1) or needed > room:
            more = f"and {len(everything) - place} more, {where.section('looks')}"
            cell = (Run(more, "strong"),)
            rows.append(_LookRow(0, None, lines_of(cell, looks(BODY), 400, field="looks"), ""))
            break
        rows.append(row)
        room -= len(row.lines)
    return tuple(rows)


def _look_row(sheet: Sheet, number: int, look: LookLine, where: Whereabouts) -> _LookRow:
    page = where.page_of(look)
    width = sheet.paper.inner - 46 - (sheet.width(page, SMALL) + 12)
    kind = look.kind if look.kind.endswith((".", "?")) else f"{look.kind}."
    cell = (Run(kind, "strong"), Run(look.sentence))
    lines = lines_of(cell, looks(BODY), width, field=f"look at these, line {number}")
    return _LookRow(number, look, lines[:2], page, cut=len(lines) > 2)


def _draw_looks(sheet: Sheet, y: float, rows: tuple[_LookRow, ...]) -> float:
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
