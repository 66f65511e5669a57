"""The head and the foot of every page: whose record it is, and which page of how many."""

from collections.abc import Iterator

from ketachart.domain.wording import count
from ketachart.report.sections.pieces import Head, Run
from ketachart.report.sheet import Sheet, Words
from ketachart.report.styles import (
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
from ketachart.report.wrap import Looks, TextLine, draw_line, lines_of, looks

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
    lines = lines_of((Run(head.name),), looks(NAME), most, field="patient's name")
    for number, line in enumerate(lines[:2]):
        words = " ".join(piece.text for piece in line.pieces)
        if number and len(lines) > 2:
            words = sheet.fitted(f"{words} …", NAME, most)
        sheet.write(paper.left, paper.margin + number * 11.5, words, NAME)
    y = paper.margin + (min(len(lines), 2) - 1) * 11.5
    beside = f"{head.born}   {head.mrn}"
    end = paper.left + lines[-1].width + 10
    if len(lines) > 1 or end + sheet.width(beside, SMALL) > paper.left + most:
        y, end = y + 10, paper.left
    sheet.write(end, y, beside, SMALL.tinted(GREY))
    bottom = max(_allergies(sheet, head, y + 5.5, most), paper.margin + 20)
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


def allergy_lines(
    head: Head, styles: Looks, width: float, *, most: int, title: str = "Allergies"
) -> tuple[TextLine, ...]:
    """The allergies in at most so many lines; never empty.

    Where substances and reactions do not fit, the substances stand alone: those must be seen. Where
    these do not fit either, how many more there are. The whole list is in “What this visit stands
    on”.
    """
    lines: tuple[TextLine, ...] = ()
    for words in _allergy_forms(head, title):
        lines = lines_of((Run(words, "strong"),), styles, width, field="allergies")
        if len(lines) <= most:
            break
    return lines[:most]


def _allergy_forms(head: Head, title: str) -> Iterator[str]:
    """The longest form first: each with its reaction, the bare substances, ever fewer of them."""
    if not head.asked:
        yield "ALLERGIES NOT ASKED"
        return
    if not head.allergies:
        yield "No known allergies"
        return
    bare = [allergy.partition(":")[0] for allergy in head.allergies]
    inside = f"{title} (reactions inside)".strip() if title else "Reactions inside"
    yield f"{title}: {'; '.join(head.allergies)}" if title else "; ".join(head.allergies)
    yield f"{inside}: {'; '.join(bare)}"
    for shown in range(len(bare) - 1, 0, -1):
        left = len(bare) - shown
        yield f"{'; '.join(bare[:shown])}; AND {left} MORE, see “What this visit stands on”"
    yield f"{count(len(bare), 'ALLERGY', 'ALLERGIES')}, see “What this visit stands on”"


def _allergies(sheet: Sheet, head: Head, top: float, most: float) -> float:
    """The framed allergies on every page; gives back the lower edge."""
    sheet.about = "allergies"
    lines = allergy_lines(head, looks(TABLE), most - 12, most=MOST_ALLERGY_LINES)
    height = len(lines) * LEAD + 3.6
    wide = max(line.width for line in lines) + 12
    sheet.box(sheet.paper.left, top, wide, height, frame=THICK, colour=RED, radius=2)
    for number, line in enumerate(lines):
        draw_line(sheet, sheet.paper.left + 6, top + 8.6 + number * LEAD, line)
    return top + height


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
