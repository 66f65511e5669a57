"""The one page of the emergency sheet, filled from the top and from the foot.

The head, the drug and the people always stand. What was done fills the room that is left between
them: the last of it, and how much came before.
"""

from ketachart.domain.handover import SIGN_HEADS, Handover
from ketachart.errors import CannotPrint
from ketachart.report import fonts
from ketachart.report.frame import practice_mark
from ketachart.report.sections.pieces import Run
from ketachart.report.sheet import Place, Sheet, Words
from ketachart.report.styles import (
    FRAME,
    GREY,
    HAIR,
    INK,
    RED,
    SMALL,
    THICK,
    WATER,
    WHITE,
    Style,
)
from ketachart.report.wrap import TextLine, draw_few, draw_line, lines_of, looks

TITLE = "Emergency sheet for the ambulance crew"
LABEL = Style(9.2, "semibold", GREY)
BIG = Style(13, "semibold")
TEXT = Style(10.2)
STRONG = Style(10.2, "semibold")
FINE = Style(8.8)
NAME = Style(16.5, "semibold")
ALLERGY = Style(11.5, "semibold")
LEAD = 13.4
FINE_LEAD = 11.6
INDENT = 104.0
BAND = 34.0
ALLERGIES_WIDE = 196.0
COLUMNS = (0.0, 42.0, 106.0, 146.0, 248.0, 294.0)  # time, and the five signs
LEAST_DONE = 3


def printable(text: str) -> str:
    """The text with a question mark for every letter that cannot be printed."""
    flat = " ".join(text.split())
    try:
        fonts.width(flat, 10)
    except CannotPrint:
        return "".join(letter if _can(letter) else "?" for letter in flat)
    return flat


def _can(letter: str) -> bool:
    try:
        fonts.width(letter, 10)
    except CannotPrint:
        return False
    return True


class EmsPage:
    """One sheet, filled from the top and from the foot towards what was done in between."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.paper = sheet.paper
        self.x = self.paper.left + INDENT
        self.wide = self.paper.right - self.x

    def fill(self, told: Handover) -> int:
        """Writes everything; gives back how many lines of what was done found no room."""
        self._stamp()
        self._band(told)
        y = self._patient(told)
        y = self._rule(y)
        y = self._about("What is wrong", y, told.wrong, most=3)
        y = self._about("Drug given", y + 4, told.drug, most=2)
        for line in told.drug_lines:
            y = self._write(line, TEXT, y, most=3, lead=LEAD)
        y = self._vitals(self._rule(y - 4), told)
        foot = self._foot(told)
        return self._done(self._rule(y - 4), foot - 6, told)

    # ------------------------------------------------ pieces

    def _stamp(self) -> None:
        """UNSIGNED behind everything: light enough in grey to read every word over it."""
        style = Style(104, "bold", WATER)
        paper = self.paper
        self.sheet.ops.append(Words(paper.width / 2, paper.height / 2 + 60, "UNSIGNED", style, 52))

    def _lines(self, text: str, style: Style, width: float) -> tuple[TextLine, ...]:
        return lines_of((Run(printable(text)),), looks(style), width, field=self.sheet.about)

    def _write(self, text: str, style: Style, y: float, *, most: int, lead: float) -> float:
        """Writes on the base line y and the ones below; gives back the next base line."""
        lines = self._lines(text, style, self.wide)
        return draw_few(self.sheet, Place(self.x, y, self.wide), lines, most=most, lead=lead)

    def _about(self, label: str, y: float, text: str, *, most: int) -> float:
        """A heading, and the words that are read first."""
        self.sheet.write(self.paper.left, y, label, LABEL)
        return self._write(text, BIG, y, most=most, lead=16)

    def _rule(self, y: float) -> float:
        """A thin rule across, and the base line of what comes under it."""
        self.sheet.rule(y, FRAME, HAIR)
        return y + 15

    def _band(self, told: Handover) -> None:
        sheet, paper = self.sheet, self.paper
        top = paper.margin - 6
        sheet.box(paper.left, top, paper.inner, BAND, fill=INK)
        title = Style(14.5, "semibold", WHITE)
        sheet.write(paper.left + 9, top + 22, TITLE, title)
        small = Style(8, "medium", WHITE)
        x = sheet.write_right(paper.right - 9, top + 13, told.made, small)
        sheet.write_right(x - 6, top + 14, "UNSIGNED", Style(11.5, "bold", WHITE))
        sheet.write_right(paper.right - 9, top + 26, told.standing, small)
        if told.practice:  # beside the allergies, and above the name
            practice_mark(sheet, paper.right - ALLERGIES_WIDE - 14, top + BAND + 12)

    def _patient(self, told: Handover) -> float:
        """The patient at the left, the allergies in their frame at the right."""
        sheet, paper = self.sheet, self.paper
        top = paper.margin - 6 + BAND + 14
        box = ALLERGIES_WIDE
        most = paper.inner - box - 14
        y = top + 10
        for text, style, lines, lead in (
            (told.name, NAME, 2, 17),
            (told.who, TEXT, 2, LEAD),
            (told.where, STRONG, 2, LEAD),
            (told.door, TEXT, 3, LEAD),
        ):
            place = Place(paper.left, y, most)
            y = draw_few(sheet, place, self._lines(text, style, most), most=lines, lead=lead)
        bottom = self._allergies(told, top, box)
        return max(y - 4, bottom + 8)

    def _allergies(self, told: Handover, top: float, wide: float) -> float:
        """Each on a line of its own; smaller where they are many, and never fewer in silence."""
        sheet, x = self.sheet, self.paper.right - wide
        style, lead, room = ALLERGY, 14.5, wide - 18
        lines = [line for one in told.allergies for line in self._lines(one, style, room)]
        if len(lines) > 5:
            style, lead = FINE.heavier("semibold"), 10.6
            lines = list(self._lines("; ".join(told.allergies), style, room))
        most = 9
        if len(lines) > most:  # the substances must be seen; what each of them did can be asked
            bare = [one.partition(":")[0] for one in told.allergies]
            lines = list(self._lines(f"Reactions in the chart. {'; '.join(bare)}", style, room))
        cut = len(lines) > most
        shown = lines[: most - 1] if cut else lines
        height = 19 + (len(shown) + cut) * lead + 3
        sheet.box(x, top - 4, wide, height, frame=2 * THICK, colour=RED, radius=3)
        sheet.write(x + 9, top + 9, "ALLERGIES", SMALL.heavier("semibold"))
        for number, line in enumerate(shown):
            draw_line(sheet, x + 9, top + 23 + number * lead, line)
        if cut:
            y = top + 23 + len(shown) * lead
            sheet.write(x + 9, y, "AND MORE: ask the nurse", style.heavier("bold"))
        return top - 4 + height

    def _vitals(self, y: float, told: Handover) -> float:
        sheet = self.sheet
        sheet.write(self.paper.left, y, "Vitals", LABEL)
        if not told.vitals:
            return self._write("Not known: none are charted", TEXT, y, most=1, lead=LEAD) + 2
        for place, head in zip(COLUMNS, ("time", *SIGN_HEADS), strict=True):
            sheet.write(self.x + place, y, head, SMALL.tinted(GREY))
        for number, row in enumerate(told.vitals):
            y += 14
            style = Style(11, "semibold") if not number else TEXT
            for place, (at, text) in enumerate(zip(COLUMNS, (row.at, *row.values), strict=True)):
                heavy = style if place > 1 or not number else STRONG
                room = (*COLUMNS[1:], self.wide)[place] - at - 4
                words = sheet.fitted(printable(text), heavy, room)
                sheet.write(self.x + at, y, words, heavy)
            sheet.line(((self.x, y + 3.4), (self.paper.right, y + 3.4)), 0.35, HAIR)
        return y + 16

    # ------------------------------------------------ from the foot upwards

    def _foot(self, told: Handover) -> float:
        """Handed over to, the people, the background; gives back where they begin."""
        sheet, paper = self.sheet, self.paper
        small = SMALL.tinted(GREY)
        sheet.rule(paper.foot, FRAME, HAIR)
        page = "page 1 of 1"
        room = paper.inner - sheet.width(page, small) - 12
        words = sheet.fitted(printable(f"{told.name}, {told.foot}"), small, room)
        sheet.write(paper.left, paper.foot + 9.5, words, small)
        sheet.write_right(paper.right, paper.foot + 9.5, page, SMALL.heavier("semibold"))
        top = self._handed_over(paper.foot - 8)
        top = self._people(told, top - 8)
        return self._background(told, top - 6)

    def _handed_over(self, bottom: float) -> float:
        sheet, left = self.sheet, self.paper.left
        top = bottom - 46
        sheet.box(left, top, self.paper.inner, 46, frame=THICK)
        sheet.write(left + 8, top + 12, "Handed over to", LABEL.tinted(INK))
        x, inner = left + 8, self.paper.inner - 16
        for share, name in ((0.36, "name"), (0.2, "unit"), (0.14, "time"), (0.3, "signature")):
            wide = inner * share - 8
            sheet.line(((x, top + 34), (x + wide, top + 34)), FRAME)
            sheet.write(x, top + 42.5, name, SMALL.tinted(GREY))
            x += inner * share
        return top

    def _people(self, told: Handover, bottom: float) -> float:
        sheet = self.sheet
        first = bottom - (len(told.people) - 1) * FINE_LEAD
        sheet.write(self.paper.left, first, "People", LABEL)
        for number, person in enumerate(told.people):
            y = first + number * FINE_LEAD
            sheet.write(self.x, y, person.role, FINE.tinted(GREY))
            name = sheet.fitted(printable(person.name), FINE, self.wide - 90 - 150)
            sheet.write(self.x + 90, y, name, FINE)
            phone = FINE.heavier("semibold")
            sheet.write_right(
                self.paper.right, y, sheet.fitted(printable(person.phone), phone, 146), phone
            )
        sheet.rule(first - 13, FRAME, HAIR)
        return first - 13

    def _background(self, told: Handover, bottom: float) -> float:
        """From the last line upwards, each in at most two lines."""
        sheet, room = self.sheet, self.wide - 90
        rows = [(head, self._lines(text, FINE, room)) for head, text in told.background]
        high = sum(min(len(lines), 2) for _, lines in rows) * FINE_LEAD
        first = bottom - high + FINE_LEAD - 3
        sheet.write(self.paper.left, first, "Background", LABEL)
        y = first
        for head, lines in rows:
            sheet.write(self.x, y, head, FINE.tinted(GREY))
            y = draw_few(sheet, Place(self.x + 90, y, room), lines, most=2, lead=FINE_LEAD)
        sheet.rule(first - 13, FRAME, HAIR)
        return first - 13

    # ------------------------------------------------ in between

    def _done(self, y: float, bottom: float, told: Handover) -> int:
        """The last things that were done, in order; how many came before them is said."""
        sheet = self.sheet
        sheet.write(self.paper.left, y, "What was done", LABEL)
        if not told.done:
            self._blank_lines(self._write("Nothing is charted", TEXT, y, most=1, lead=LEAD), bottom)
            return 0
        fits = max(int((bottom - y) // LEAD) + 1, LEAST_DONE)
        shown = self._last_that_fit(told.done, fits)
        left_out = len(told.done) - len(shown)
        if left_out:
            sheet.write(self.x, y, f"and {left_out} earlier, in the chart", TEXT.tinted(GREY))
            y += LEAD
        for at, lines in shown:
            sheet.write(self.x, y, at, STRONG)
            place = Place(self.x + 38, y, self.wide - 38)
            y = draw_few(sheet, place, lines, most=2, lead=LEAD)
        self._blank_lines(y, bottom)
        return left_out

    def _last_that_fit(
        self, done: tuple[tuple[str, str], ...], fits: int
    ) -> list[tuple[str, tuple[TextLine, ...]]]:
        found: list[tuple[str, tuple[TextLine, ...]]] = []
        used = 0
        for place in range(len(done) - 1, -1, -1):
            at, text = done[place]
            lines = self._lines(text, TEXT, self.wide - 38)
            used += min(len(lines), 2)
            if used + (1 if place else 0) > fits:
                break
            found.insert(0, (at, lines))
        return found

    def _blank_lines(self, y: float, bottom: float) -> None:
        """Lines for what is done until the crew leaves, as far as there is room."""
        for _ in range(4):
            y += 5
            if y > bottom:
                return
            self.sheet.write(self.x, y, "__ : __", TEXT.tinted(GREY))
            self.sheet.line(((self.x + 44, y + 1), (self.paper.right, y + 1)), FRAME, HAIR)
            y += LEAD
