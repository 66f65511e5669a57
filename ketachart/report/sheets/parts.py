"""Pieces that more than one sheet has: the phones in their frame, and signs of two urgencies."""

from ketachart.domain.sheets.handout import Flags, Phone, Ticked
from ketachart.report.sheet import Place
from ketachart.report.sheets.large import (
    BODY,
    COLUMN_GAP,
    GAP,
    HEADING,
    LEAD,
    STRONG,
    Large,
)
from ketachart.report.wrap import draw_line

FRAME = 1.4


def set_phones(page: Large, phones: tuple[Phone, ...]) -> None:
    """Whom to call, in a heavy frame: the number large at the right."""
    paper = page.sheet.paper
    inside = paper.inner - 20
    rows = []
    for phone in phones:
        page.sheet.about = "phone"
        wide = page.sheet.width(phone.number, HEADING)
        rows.append((phone, page.lines(phone.who, BODY, inside - wide - 12, "phone")))
    height = sum(max(len(lines) * LEAD, 21.5) for _, lines in rows) + 9
    page.need(GAP + height)
    top = page.y + GAP
    page.sheet.box(paper.left, top, paper.inner, height, frame=FRAME, radius=3)
    y = top + 2
    for phone, lines in rows:
        page.sheet.write_right(paper.right - 10, y + 18, phone.number, HEADING)
        page.put(lines, Place(paper.left + 10, y + 1, inside))
        y += max(len(lines) * LEAD, 21.5)
    page.y = top + height


def set_flags(page: Large, flags: tuple[Flags, ...]) -> None:
    """Two lists side by side: 911 at once in a heavy frame, the clinic beside it."""
    paper = page.sheet.paper
    half = (paper.inner - COLUMN_GAP) / 2
    inner = half - 18
    heads = [page.lines(one.heading, HEADING, inner, "heading") for one in flags]
    head = max(len(lines) for lines in heads) * 21 + 2
    body = max(page.bullets_height(one.signs, inner, "red flag") for one in flags)
    height = head + body + 12
    page.need(GAP + height)
    top = page.y + GAP
    for place, (one, lines) in enumerate(zip(flags, heads, strict=True)):
        x = paper.left + place * (half + COLUMN_GAP)
        page.sheet.box(x, top, half, height, frame=2.4 if place == 0 else 0.8, radius=3)
        for number, line in enumerate(lines, start=1):
            draw_line(page.sheet, x + 9, top + 2 + number * 20.5, line)
        page.bullets(one.signs, Place(x + 9, top + head + 3, inner), "red flag")
    page.y = top + height


def set_card(page: Large, title: str, says: str, ticks: tuple[Ticked, ...]) -> None:
    """The safety card: a drawn tick or an empty box, the line, and its time."""
    page.heading(title)
    page.paragraph(says, "safety card")
    page.y += 5
    paper = page.sheet.paper
    for tick in ticks:
        page.sheet.about = "safety card"
        times = page.lines(tick.when, STRONG if tick.done else BODY, paper.inner * 0.34, "card")
        what = page.lines(tick.what, BODY, paper.inner * 0.66 - 36, "safety card")
        rows = max(len(times), len(what))
        page.need(rows * LEAD + 7)
        middle = page.y + LEAD - 5
        page.sheet.open_box(paper.left + 9, middle, 15)
        if tick.done:
            page.sheet.check(paper.left + 9, middle, 10)
        page.put(what, Place(paper.left + 28, page.y, 0))
        page.put(times, Place(paper.left + paper.inner * 0.66, page.y, 0))
        page.y += rows * LEAD + 7
