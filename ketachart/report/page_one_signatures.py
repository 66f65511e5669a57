"""Page one, the end: how the record was kept, and who signed what."""

from collections.abc import Sequence

from ketachart.domain.facts.closing import Stroke
from ketachart.report.alternatives import ink_words
from ketachart.report.sections.pieces import Run, SignatureBox, Strip
from ketachart.report.sheet import Place, Sheet
from ketachart.report.styles import (
    BAND,
    FRAME,
    GREY,
    HAIR,
    HEADING,
    INK,
    RULE,
    SMALL,
    TABLE,
    Style,
)
from ketachart.report.wrap import TextLine, draw_few, lines_of, looks

STRIP = 40.0
SMALL_BOX = 58.0
LARGE_BOX = 53.0
BETWEEN = 8.0
ROLE = Style(7.4, "medium")
HEAVY = 1.4
INK_HEIGHT = 17.0
NAME = 37.5  # base line of the name, from the top of a box
NAME_LEAD = 9.2
INK_WIDTH = 130.0


def draw_strip(sheet: Sheet, y: float, strip: Strip) -> float:
    """Figures that nobody can choose, on a grey ground."""
    sheet.about = "how this record was kept"
    left, inner, right = sheet.paper.left, sheet.paper.inner, sheet.paper.right
    sheet.box(left, y, inner, STRIP, fill=BAND)
    sheet.rule(y, FRAME, RULE)
    sheet.rule(y + STRIP, FRAME, RULE)
    with sheet.part("H2"):
        sheet.write(left + 6, y + 10.5, "How this record was kept", TABLE.heavier("semibold"))
    with sheet.part("P"):
        sheet.write_right(right - 6, y + 10.5, strip.remark, SMALL.tinted(GREY))
    wide = [sheet.width(words, SMALL) for _, words in strip.figures]
    gap = (inner - 12 - sum(wide)) / (len(wide) - 1)
    x = left + 6
    for (figure, words), width in zip(strip.figures, wide, strict=True):
        with sheet.part("P"):
            sheet.write(x, y + 23.5, figure, Style(9.6, "semibold"))
            sheet.write(x, y + 34, words, SMALL.tinted(GREY))
        x += width + gap
    return STRIP


def draw_signatures(sheet: Sheet, y: float, boxes: Sequence[SignatureBox]) -> float:
    """Three boxes, then nurse and supervisor twice as large."""
    sheet.about = "signatures"
    left, inner = sheet.paper.left, sheet.paper.inner
    with sheet.part("H2"):
        end = sheet.write(left, y + 9.5, "Signatures", HEADING)
    says = "each names a person, a time and what it means"
    with sheet.part("P"):
        sheet.write(end + 8, y + 9.5, says, SMALL.tinted(GREY))
    top = y + 15
    small = [box for box in boxes if not box.large]
    large = [box for box in boxes if box.large]
    for row, high in ((small, SMALL_BOX), (large, LARGE_BOX)):
        wide = (inner - BETWEEN * (len(row) - 1)) / len(row)
        long = any(len(_name(sheet, box, wide - 12)) > 1 for box in row)
        height = high + (NAME_LEAD if long and row is large else 0)
        for number, box in enumerate(row):
            at = Place(left + number * (wide + BETWEEN), top, wide)
            _draw_box(sheet, at, height, box)
        top += height + 5
    return top - 5 - y


def _draw_box(sheet: Sheet, place: Place, height: float, box: SignatureBox) -> None:
    """Role and time; ink, or what stands in its place; name; what the signature means."""
    sheet.about = f"signature of {box.role.lower()}"
    x, y, width = place
    frame, colour = (HEAVY, INK) if box.heavy else (FRAME, HAIR)
    sheet.box(x, y, width, height, frame=frame, colour=colour)
    inside = Place(x + 6, y, width - 12)
    with sheet.part("P"):
        sheet.write(inside.x, y + 10, box.role, ROLE)
        sheet.write_right(x + width - 6, y + 10, box.time, SMALL.heavier("semibold"))
    if box.strokes:
        with sheet.part("Figure", alt=ink_words(box)):
            _draw_ink(sheet, inside.x, y + 13, box.strokes)
    with sheet.part("P"):
        if not box.strokes:
            _draw_words(sheet, inside.below(19.5), Run(box.instead))
        lines, most = _name(sheet, box, inside.width), 2 if box.large else 1
        end = draw_few(sheet, inside.below(NAME), lines, most=most, lead=NAME_LEAD)
        below = max(end - y, NAME + NAME_LEAD) + 0.1
        _draw_words(sheet, inside.below(below), Run(box.meaning, "faint"))


def _name(sheet: Sheet, box: SignatureBox, width: float) -> tuple[TextLine, ...]:
    """The name with its credential; a long one takes two lines where the box is large."""
    return lines_of((Run(box.name, "strong"),), looks(TABLE), width, field=sheet.about)


def _draw_words(sheet: Sheet, place: Place, run: Run) -> None:
    lines = lines_of((run,), looks(SMALL), place.width, field=sheet.about)
    draw_few(sheet, place, lines, most=2, lead=8.6)


def _draw_ink(sheet: Sheet, x: float, y: float, strokes: tuple[Stroke, ...]) -> None:
    """The strokes as they were drawn, as lines: 10000 is the whole box in either direction."""
    for stroke in strokes:
        points = [(x + px / 10_000 * INK_WIDTH, y + py / 10_000 * INK_HEIGHT) for px, py in stroke]
        if len(points) == 1:
            points = [points[0], (points[0][0] + 0.5, points[0][1])]
        sheet.line(points, 1.0, round_=True)
