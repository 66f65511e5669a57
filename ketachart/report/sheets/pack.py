"""The chart on paper as PDF: black lines to write on, in the order in which it is charted.

Nothing may stop it: a letter that cannot be printed becomes a question mark, and a part that finds
no room goes on to the next page.
"""

from datetime import datetime

from ketachart.domain.on_paper.blank import Blank, Block, Grid, Line, Pack, Pair, Part, Says, Tick
from ketachart.report import fonts
from ketachart.report.ems_page import printable
from ketachart.report.frame import practice_mark
from ketachart.report.sections.pieces import Run
from ketachart.report.sheet import Sheet
from ketachart.report.sheets.made import MadeSheet, made
from ketachart.report.styles import FRAME, GREY, INK, PAPERS, RULE, THICK, THIN, PaperName, Style
from ketachart.report.wrap import TextLine, draw_line, lines_of, looks

TITLE = Style(15, "semibold")
PAGE = Style(10.5, "medium")
HEADING = Style(10.2, "semibold")
SAYS = Style(8, "regular", GREY)
TEXT = Style(8.4)
PAIR = Style(7.5)
LABEL = Style(7, "regular", GREY)
VALUE = Style(9.6, "semibold")
HEAD = Style(7.6, "semibold")
LEAD = 10.6
BLANK_HIGH = 26.0  # room for a hand that writes on a knee, points
ROW_HIGH = 20.5
CLOSE_HIGH = 18.0
TICK_HIGH = 16.0
BOX = 9.0
INSET = 3.0


def pack_pdf(pack: Pack, *, now: datetime, paper: PaperName) -> MadeSheet:
    """The form, one page after the other."""
    fonts.load()
    form = _Form(pack, paper)
    for page in pack.pages:
        form.turn(page.title)
        for part in page.parts:
            form.part(part)
    form.feet()
    return made(form.sheets, pack.title, "en-US", now)


class _Form:
    """The pages so far, and how far down the last one is filled."""

    def __init__(self, pack: Pack, paper: PaperName) -> None:
        self.pack = pack
        self.paper = PAPERS[paper]
        self.sheets: list[Sheet] = []
        self.y = 0.0
        self.title = ""

    @property
    def sheet(self) -> Sheet:
        """The page that is being filled."""
        return self.sheets[-1]

    # ------------------------------------------------ pages

    def turn(self, title: str) -> None:
        """Begins a page: what it is, whose it is, and the allergies."""
        sheet, paper = Sheet(self.paper, about="the form on paper"), self.paper
        self.sheets.append(sheet)
        self.title = title
        y = paper.margin + 6
        end = sheet.write(paper.left, y, self.pack.title, TITLE)
        sheet.write(end + 12, y, title, PAGE)
        if self.pack.practice:
            practice_mark(sheet, paper.right, paper.margin - 6)
        self.y = y + 8
        sheet.rule(self.y, THICK)
        self.y += 3
        self._line(Line(self.pack.who))
        self._allergies()

    def _allergies(self) -> None:
        """In their frame on every page; empty where nobody has asked yet."""
        sheet, paper = self.sheet, self.paper
        room = paper.inner - 2 * INSET - 58
        lines = self._lines(self.pack.allergies, VALUE, room) or ()
        high = max(len(lines), 1) * LEAD + 8
        top = self.y + 3
        sheet.box(paper.left, top, paper.inner, high, frame=2 * FRAME, colour=INK, radius=2)
        sheet.write(paper.left + INSET + 2, top + LEAD + 1, "ALLERGIES", HEAD)
        for number, line in enumerate(lines):
            draw_line(sheet, paper.left + 60, top + LEAD + 1 + number * LEAD, line)
        self.y = top + high + 4

    def feet(self) -> None:
        """What made it, and which page of how many."""
        for number, sheet in enumerate(self.sheets, start=1):
            y = self.paper.foot + 10
            page = f"page {number} of {len(self.sheets)}"
            x = sheet.write_right(self.paper.right, y, page, LABEL)
            words = f"KetaChart, {self.pack.foot}. Strike a slip with one line and initial it."
            room = x - self.paper.left - 10
            sheet.rule(self.paper.foot, FRAME, RULE)
            sheet.write(self.paper.left, y, sheet.fitted(printable(words), LABEL, room), LABEL)

    def _need(self, height: float) -> None:
        if self.y + height > self.paper.bottom:
            again = self.title.removesuffix(", continued")
            self.turn(f"{again}, continued")

    # ------------------------------------------------ parts

    def part(self, part: Part) -> None:
        """A heading, and its blocks; the heading never stands alone."""
        first = self._height(part.blocks[0]) if part.blocks else 0.0
        self._need(20 + first)
        self.y += 14
        end = self.sheet.write(self.paper.left, self.y, part.heading, HEADING)
        if part.says:
            room = self.paper.right - end - 8
            says = self.sheet.fitted(printable(part.says), SAYS, room)
            self.sheet.write(end + 8, self.y, says, SAYS)
        self.y += 4
        self.sheet.rule(self.y, FRAME, RULE)
        self.y += 2.5
        for block in part.blocks:
            self._block(block)

    def _height(self, block: Block) -> float:
        if isinstance(block, Grid):
            return self._heads_high(block) + 2 * _high(block)
        if isinstance(block, Says):
            return len(self._lines(block.text, TEXT, self.paper.inner)) * LEAD
        return BLANK_HIGH if isinstance(block, Line) else TICK_HIGH

    def _block(self, block: Block) -> None:
        if isinstance(block, Grid):
            self._grid(block)
            return
        self._need(self._height(block))
        if isinstance(block, Line):
            self._line(block)
        elif isinstance(block, Tick):
            self._tick(block)
        elif isinstance(block, Pair):
            self._pair(block)
        else:
            self._says(block)

    def _says(self, block: Says) -> None:
        for line in self._lines(block.text, TEXT, self.paper.inner):
            self.y += LEAD
            draw_line(self.sheet, self.paper.left, self.y, line)
        self.y += 1.5

    def _line(self, line: Line) -> None:
        """Labels above, a line to write on under them, the unit at its end."""
        whole = sum(blank.share for blank in line.blanks)
        x, foot = self.paper.left, self.y + BLANK_HIGH - 3
        for blank in line.blanks:
            wide = self.paper.inner * blank.share / whole
            self._blank(blank, x, foot, wide - 8)
            x += wide
        self.y += BLANK_HIGH

    def _blank(self, blank: Blank, x: float, foot: float, wide: float) -> None:
        sheet = self.sheet
        label = sheet.fitted(blank.label, LABEL, wide)
        sheet.write(x, foot - 16, label, LABEL)
        sheet.line(((x, foot), (x + wide, foot)), FRAME)
        unit = "" if blank.value else blank.unit
        if unit:
            sheet.write_right(x + wide, foot - 2.5, unit, TEXT)
        if blank.value:
            value = sheet.fitted(printable(blank.value), VALUE, wide)
            sheet.write(x, foot - 3, value, VALUE)

    def _tick(self, tick: Tick) -> None:
        """A box, its words, and what is written behind them."""
        sheet, left, foot = self.sheet, self.paper.left, self.y + TICK_HIGH - 3
        sheet.box(left + 1, foot - BOX, BOX, BOX, frame=FRAME)
        share = 0.26 if "time" in tick.blanks else 0.72  # the longer the words behind it
        room = self.paper.inner * share - BOX - 12
        words = sheet.fitted(printable(tick.text), TEXT, room)
        sheet.write(left + BOX + 7, foot - 1, words, TEXT)
        x = left + self.paper.inner * share
        rest = self.paper.right - x
        shares = (0.2, 0.8) if "time" in tick.blanks else (0.5, 0.5)
        for label, share in zip(tick.blanks, shares, strict=False):
            wide = rest * share - 6
            end = sheet.write(x, foot - 1, sheet.fitted(label, LABEL, wide), LABEL)
            if end + 3 < x + wide:
                sheet.line(((end + 3, foot), (x + wide, foot)), FRAME)
            x += rest * share
        self.y += TICK_HIGH

    def _pair(self, pair: Pair) -> None:
        """Two boxes in one row, each with a line for its time and value."""
        half, foot = self.paper.inner / 2, self.y + TICK_HIGH - 3
        for place, text in enumerate(filter(None, (pair.left, pair.right))):
            x, wide = self.paper.left + place * half, half - 10
            self.sheet.box(x + 1, foot - BOX, BOX, BOX, frame=FRAME)
            words = self.sheet.fitted(printable(text), PAIR, wide * 0.74 - BOX - 7)
            self.sheet.write(x + BOX + 7, foot - 1, words, PAIR)
            self.sheet.line(((x + wide * 0.75, foot), (x + wide, foot)), FRAME)
        self.y += TICK_HIGH

    # ------------------------------------------------ tables

    def _grid(self, grid: Grid) -> None:
        """Its heads again on each page that it goes on to."""
        self.y += 5
        self._heads(grid)
        for number in range(len(grid.rows)):
            if self.y + _high(grid) > self.paper.bottom:
                self._need(self._heads_high(grid) + _high(grid))
                self._heads(grid)
            self._row(grid, number)

    def _columns(self, grid: Grid) -> list[tuple[float, float]]:
        whole = sum(head.share for head in grid.heads)
        found, x = [], self.paper.left
        for head in grid.heads:
            wide = self.paper.inner * head.share / whole
            found.append((x, wide))
            x += wide
        return found

    def _head_lines(self, grid: Grid) -> list[list[TextLine]]:
        """What stands over each column: its name, its unit, its limits."""
        found = []
        for head, (_, wide) in zip(grid.heads, self._columns(grid), strict=True):
            room = wide - 2 * INSET
            lines = [*self._lines(head.name, HEAD, room), *self._lines(head.unit, LABEL, room)]
            found.append(lines)
        return found

    def _heads_high(self, grid: Grid) -> float:
        return max(len(lines) for lines in self._head_lines(grid)) * 8.4 + 6

    def _heads(self, grid: Grid) -> None:
        high = self._heads_high(grid)
        columns = self._columns(grid)
        for lines, (x, wide) in zip(self._head_lines(grid), columns, strict=True):
            self.sheet.box(x, self.y, wide, high, frame=THIN)
            for number, line in enumerate(lines):
                draw_line(self.sheet, x + INSET, self.y + 9 + number * 8.4, line)
        self.y += high
        self.sheet.line(((self.paper.left, self.y), (self.paper.right, self.y)), THICK)

    def _row(self, grid: Grid, number: int) -> None:
        row, sheet, high = grid.rows[number], self.sheet, _high(grid)
        columns = self._columns(grid)
        for x, wide in columns:
            sheet.box(x, self.y, wide, high, frame=THIN, colour=GREY)
        for place in sorted(row.asks):
            x, wide = columns[place]
            sheet.box(x + 1.6, self.y + 1.6, wide - 3.2, high - 3.2, frame=2 * FRAME)
        for text, (x, wide) in zip(row.printed, columns, strict=False):
            words = sheet.fitted(printable(text), TEXT, wide - 2 * INSET)
            sheet.write(x + INSET, self.y + high - 6, words, TEXT)
        self.y += high

    def _lines(self, text: str, style: Style, width: float) -> tuple[TextLine, ...]:
        if not text:
            return ()
        return lines_of((Run(printable(text)),), looks(style), width, field="the form on paper")


def _high(grid: Grid) -> float:
    """How high a row of a table is."""
    return CLOSE_HIGH if grid.close else ROW_HIGH
