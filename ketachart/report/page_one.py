"""Page one, one look: fixed regions from top to bottom; what does not fit says where it goes on.

Type is never made smaller. Regions that can grow have a cap, and the cap's last line names the page
with the rest; a page that overflows all the same is refused.
"""

from collections.abc import Callable

from ketachart.errors import CannotPrint
from ketachart.report.frame import allergy_lines, new_sheet, practice_mark
from ketachart.report.page_one_drug import draw_drug_and_release
from ketachart.report.page_one_looks import (
    LOOK_ROW,
    Anywhere,
    LookRow,
    Whereabouts,
    draw_looks,
    look_rows,
)
from ketachart.report.page_one_signatures import draw_signatures, draw_strip
from ketachart.report.page_one_signs import draw_signs_and_effects, effects_left_out
from ketachart.report.sections.pieces import Cell, Figure, Front, Head, Run
from ketachart.report.sheet import SLACK, Place, Sheet
from ketachart.report.styles import (
    BODY,
    FIGURE,
    FRAME,
    GREY,
    NAME,
    RED,
    RULE,
    SMALL,
    THICK,
    TITLE,
    UNIT,
    Paper,
    Style,
)
from ketachart.report.wrap import TextLine, draw_few, draw_line, lines_of, looks

TOP = 30.0  # where page one begins: its title stands higher than the heads of other pages
ALLERGY_LINES = 5
IDENTITY_LEAD = 10.6
MOST_NAME_LINES = 3
LEAST_GAP = 3.0
MOST_GAP = 11.0
MOST_CONTEXT = 124.0
SMALLEST_FIGURE = (
    0.35  # of the usual size; even then fourteen digits stand beside four other figures
)


def left_out(paper: Paper, head: Head, front: Front) -> frozenset[str]:
    """Which of page one's lists it cannot hold whole: “looks”, “effects”."""
    anywhere = Anywhere(rows={}, sections={}, flags={})
    shown = _shown(paper, head, front, anywhere)
    found = {"looks"} if any(row.look is None for row in shown) else set()
    if effects_left_out(Sheet(paper), front):
        found.add("effects")
    return frozenset(found)


def page_one(paper: Paper, head: Head, front: Front, where: Whereabouts) -> Sheet:
    """The first page.

    Raises:
        CannotPrint: it does not hold its fixed regions, or a letter cannot be printed.
    """
    regions = _regions(head, front, where, _shown(paper, head, front, where))
    spare = paper.bottom - TOP - sum(_height(paper, region) for region in regions)
    if spare < 0:
        raise CannotPrint(
            "Page one of the report overflows. The chart is safe and nothing was signed. Tell the "
            "clinic's support.",
            field="page one",
        )
    gap = min(spare / (len(regions) - 1), MOST_GAP)
    sheet = new_sheet(paper, head)
    y = TOP
    for region in regions:
        y += region(sheet, y) + gap
    return sheet


def _shown(paper: Paper, head: Head, front: Front, where: Whereabouts) -> tuple[LookRow, ...]:
    """The lines to look at for which the other regions leave room."""
    fixed = _regions(head, front, where, ())
    room = paper.bottom - TOP - sum(_height(paper, region) for region in fixed)
    room -= LEAST_GAP * (len(fixed) - 1)
    return look_rows(Sheet(paper), front, where, most=max(int(room // LOOK_ROW), 2))


Region = Callable[[Sheet, float], float]


def _height(paper: Paper, region: Region) -> float:
    return region(Sheet(paper), 0)


def _regions(
    head: Head, front: Front, where: Whereabouts, shown: tuple[LookRow, ...]
) -> tuple[Region, ...]:
    return (
        lambda sheet, y: _draw_head(sheet, y, head),
        lambda sheet, y: _draw_identity(sheet, y, head, front),
        lambda sheet, y: _draw_figures(sheet, y, front.figures),
        lambda sheet, y: draw_looks(sheet, y, shown),
        lambda sheet, y: draw_signs_and_effects(sheet, y, front, where.section),
        lambda sheet, y: draw_drug_and_release(sheet, y, front, where.section),
        lambda sheet, y: draw_strip(sheet, y, front.strip),
        lambda sheet, y: draw_signatures(sheet, y, front.signatures),
    )


# ------------------------------------------------------------------ head, identity, figures


def _draw_head(sheet: Sheet, y: float, head: Head) -> float:
    sheet.about = "title"
    left, right = sheet.paper.left, sheet.paper.right
    base = y + 14
    with sheet.part("H1"):
        end = sheet.write(left, base, head.title, TITLE)
    if head.practice:
        practice_mark(sheet, end + 62, base - 2)
    state = Style(10.2, "semibold")
    with sheet.part("P"):
        x = sheet.write_right(right, base, head.signing, state)
    if head.signed:
        sheet.check(x - 9, base - 3.4, 8)
    with sheet.part("P"):
        review = sheet.write_right(right, base + 14, head.review, SMALL.tinted(GREY))
    subtitle = sheet.fitted(head.subtitle, BODY, review - left - 10)
    with sheet.part("P"):
        sheet.write(left, base + 14, subtitle, BODY.tinted(GREY))
    sheet.rule(y + 36, THICK)
    return 36.0


def _draw_identity(sheet: Sheet, y: float, head: Head, front: Front) -> float:
    """Patient, order, nurse side by side; a name too long for its column stands above two."""
    left, inner = sheet.paper.left, sheet.paper.inner
    two, three = left + inner * 0.357, left + inner * 0.768
    sheet.about = "patient's name"
    name = Place(left, y + 15, two - left - 12)
    lines = lines_of((Run(head.name),), looks(NAME), name.width, field=sheet.about)
    above = len(lines) > 2
    if above:
        name = Place(left, y + 15, three - left - 12)
        lines = lines_of((Run(head.name),), looks(NAME), name.width, field=sheet.about)
    with sheet.part("P"):
        below = draw_few(sheet, name, lines, most=MOST_NAME_LINES, lead=14) - 1
    box = Place(three, y + 4, left + inner - three)
    nurse = Place(three, _draw_allergy_box(sheet, box, head) + 11, box.width)
    order = Place(two, below if above else y + 14, three - two - 12)
    ends = (
        _draw_lines(sheet, Place(left, below, two - left - 12), front.identity.patient, most=5),
        _draw_lines(sheet, order, front.identity.order, most=6),
        _draw_lines(sheet, nurse, front.identity.nurse, most=2),
    )
    bottom = max(ends) - y + 4
    sheet.rule(y + bottom, THICK)
    return bottom


def _draw_lines(sheet: Sheet, place: Place, cells: tuple[Cell, ...], *, most: int) -> float:
    """Cells as lines, each of two lines at most, and ``most`` in all; gives back the last base."""
    sheet.about = "identity"
    left = most
    for number, cell in enumerate(cells):
        lines = lines_of(cell, looks(BODY), place.width, field=sheet.about)
        later = len(cells) - number - 1
        allowed = min(2, max(left - later, 1))
        with sheet.part("P"):
            end = draw_few(sheet, place, lines, most=allowed, lead=IDENTITY_LEAD)
        left -= min(len(lines), allowed)
        place = Place(place.x, end, place.width)
    return place.y - IDENTITY_LEAD


def _draw_allergy_box(sheet: Sheet, place: Place, head: Head) -> float:
    """The framed allergies, one a line while they fit; gives back the lower edge."""
    sheet.about = "allergies"
    styles, width = looks(BODY), place.width - 14
    lines: tuple[TextLine, ...] = ()
    for allergy in head.allergies:
        lines += lines_of((Run(allergy, "strong"),), styles, width, field=sheet.about)
    if not lines or len(lines) > ALLERGY_LINES:
        lines = allergy_lines(head, styles, width, most=ALLERGY_LINES, title="")
    height = 16 + len(lines) * 10
    sheet.box(place.x, place.y, place.width, height, frame=THICK, colour=RED, radius=2.5)
    with sheet.part("P"):
        sheet.write(place.x + 7, place.y + 10, "ALLERGIES", Style(7.4, "semibold"))
        for number, line in enumerate(lines):
            draw_line(sheet, place.x + 7, place.y + 20 + number * 10, line)
    return place.y + height


def _draw_figures(sheet: Sheet, y: float, figures: tuple[Figure, ...]) -> float:
    """Side by side, each as wide as it needs; the room that is left stands between them."""
    sheet.about = "key figures"
    left, inner = sheet.paper.left, sheet.paper.inner
    scale = _scale(sheet, figures)
    large, small = FIGURE.scaled(scale), UNIT.scaled(scale)
    widths = [_figure_width(sheet, figure, scale=scale) for figure in figures]
    between = max((inner - sum(widths)) / (len(figures) - 1), 10.0)
    x = left
    for place, (figure, width) in enumerate(zip(figures, widths, strict=True)):
        sheet.about = f"key figure: {figure.label.lower()}"
        if place:
            sheet.line(((x - between / 2, y + 6), (x - between / 2, y + 45)), FRAME, RULE)
        with sheet.part("P"):
            sheet.write(x, y + 12, figure.label, BODY.tinted(GREY))
            end = sheet.write(x, y + 31, figure.value, large)
            sheet.write(end + 3, y + 31, figure.unit, small)
            room = min(width + between - 8, sheet.paper.right - x + SLACK)
            sheet.write(x, y + 43, sheet.fitted(figure.context, SMALL, room), SMALL)
        x += width + between
    sheet.rule(y + 51, THICK)
    return 51.0


def _scale(sheet: Sheet, figures: tuple[Figure, ...]) -> float:
    """Smaller type where a figure has so many digits that all together would not fit.

    A slip of many digits has to be printed too, or the chart could not be signed.
    """
    scale = 1.0
    while scale > SMALLEST_FIGURE:
        widths = sum(_figure_width(sheet, figure, scale=scale) for figure in figures)
        if widths + 10 * (len(figures) - 1) <= sheet.paper.inner:
            break
        scale -= 0.1
    return scale


def _figure_width(sheet: Sheet, figure: Figure, *, scale: float) -> float:
    unit = 3 + sheet.width(figure.unit, UNIT.scaled(scale)) if figure.unit else 0.0
    context = min(sheet.width(figure.context, SMALL), MOST_CONTEXT * scale)
    return max(sheet.width(figure.value, FIGURE.scaled(scale)) + unit, context)
