"""The head and the foot of every page: whose record it is, and which page of how many."""

from ketachart.report.sections.pieces import Head, Run
from ketachart.report.sheet import Sheet, Words
from ketachart.report.styles import (
    BODY,
    FRAME,
    GREY,
    INK,
    RED,
    RULE,
    SMALL,
    TABLE,
    THICK,
    WATER,
    WHITE,
    Paper,
    Style,
)
from ketachart.report.wrap import TextLine, draw_line, lines_of, looks

NAME = Style(10.6, "semibold")
LEAD = 9.6
MOST_ALLERGY_LINES = 6
PRACTICE = "PRACTICE"


def new_sheet(paper: Paper, head: Head) -> Sheet:
    """An empty page; a draft has UNSIGNED behind everything."""
    sheet = Sheet(paper)
    if not head.signed:
        style = Style(104, "bold", WATER)
        sheet.ops.append(Words(paper.width / 2, paper.height / 2 + 60, "UNSIGNED", style, 52))
    return sheet


def start_page(paper: Paper, head: Head) -> tuple[Sheet, float]:
    """A page with its head; the body begins at the height that is given back."""
    sheet = new_sheet(paper, head)
    sheet.about = "head of the page"
    right = _right_words(sheet, head)
    most = paper.inner - right - 16
    top = paper.margin
    name = sheet.fitted(head.name, NAME, most)
    end = sheet.write(paper.left, top, name, NAME)
    beside = f"{head.born}   {head.mrn}"
    y = top
    if end + 10 + sheet.width(beside, SMALL) > paper.left + most:
        y, end = top + 10, paper.left - 10
    sheet.write(end + 10, y, beside, SMALL.tinted(GREY))
    bottom = _allergies(sheet, head, y + 5.5, most)
    bottom = max(bottom, top + 20)
    sheet.rule(bottom + 5, FRAME)
    return sheet, bottom + 17


def _right_words(sheet: Sheet, head: Head) -> float:
    """Record, day and zone at the right; gives back how wide that is."""
    right, top = sheet.paper.right, sheet.paper.margin
    title = f"{head.title}, {head.day}"
    bold = TABLE.heavier("semibold")
    wide = max(sheet.width(title, bold), sheet.width(head.zone, SMALL))
    sheet.write_right(right, top, title, bold)
    sheet.write_right(right, top + 10.5, head.zone, SMALL.tinted(GREY))
    state = head.signing
    wide = max(wide, sheet.width(state, SMALL) + (70 if head.practice else 0))
    x = sheet.write_right(right, top + 20.5, state, SMALL.tinted(GREY))
    if head.practice:
        practice_mark(sheet, x - 8, top + 20.5)
    return wide


def practice_mark(sheet: Sheet, right: float, y: float) -> None:
    """PRACTICE in white on black, so that no photocopy passes for a patient's record."""
    style = Style(7.4, "bold", WHITE)
    wide = sheet.width(PRACTICE, style) + 8
    sheet.box(right - wide, y - 7.6, wide, 10, fill=INK)
    sheet.write(right - wide + 4, y, PRACTICE, style)


def allergy_text(head: Head) -> str:
    """All allergies in one line; never empty."""
    if not head.asked:
        return "ALLERGIES NOT ASKED"
    if not head.allergies:
        return "No known allergies"
    return f"Allergies: {', '.join(head.allergies)}"


def _allergies(sheet: Sheet, head: Head, top: float, most: float) -> float:
    """The framed allergies, every one of them on every page; gives back the lower edge."""
    sheet.about = "allergies"
    lines = lines_of(
        (Run(allergy_text(head), "strong"),), looks(TABLE), most - 12, field="allergies"
    )
    lines = _capped(sheet, lines, most - 12)
    height = len(lines) * LEAD + 3.6
    wide = max(line.width for line in lines) + 12
    sheet.box(sheet.paper.left, top, wide, height, frame=THICK, colour=RED, radius=2)
    for number, line in enumerate(lines):
        draw_line(sheet, sheet.paper.left + 6, top + 8.6 + number * LEAD, line)
    return top + height


def _capped(sheet: Sheet, lines: tuple[TextLine, ...], most: float) -> tuple[TextLine, ...]:
    """At most six lines in a head; the whole list is in “What this visit stands on”."""
    if len(lines) <= MOST_ALLERGY_LINES:
        return lines
    words = "and more: see “What this visit stands on”"
    last = lines_of((Run(words, "strong"),), looks(TABLE), most, field="allergies")
    return (*lines[: MOST_ALLERGY_LINES - 1], *last)


def draw_foot(sheet: Sheet, head: Head, page: int, pages: int) -> None:
    """Name, report, chain and the page's number."""
    paper, small = sheet.paper, SMALL.tinted(GREY)
    sheet.about = "foot of the page"
    sheet.rule(paper.foot, FRAME, RULE)
    y = paper.foot + 9.5
    number = f"page {page} of {pages}"
    bold = SMALL.heavier("semibold").tinted(INK)
    room = paper.inner - sheet.width(number, bold) - 14
    middle = sheet.fitted(head.foot, small, room * 0.66)
    practice = f"{PRACTICE}   " if head.practice else ""
    who = sheet.fitted(
        f"{practice}{head.name}   {head.mrn}", small, room - sheet.width(middle, small) - 12
    )
    end = sheet.write(paper.left, y, who, small)
    sheet.write(end + 12, y, middle, small)
    sheet.write_right(paper.right, y, number, bold)


__all__ = ["BODY", "allergy_text", "draw_foot", "new_sheet", "practice_mark", "start_page"]
