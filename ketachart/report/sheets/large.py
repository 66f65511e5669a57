"""Large type: body of 14 points, headings of 18, laid out down the page; nothing is ever cut."""

from dataclasses import dataclass, field

from ketachart.report.frame import practice_mark
from ketachart.report.sections.pieces import Run
from ketachart.report.sheet import Place, Sheet
from ketachart.report.styles import GREY, INK, PAPERS, RULE, PaperName, Style
from ketachart.report.wrap import TextLine, draw_line, lines_of, looks

TITLE = Style(22, "semibold")
HEADING = Style(18, "semibold")
BODY = Style(14)
STRONG = Style(14, "semibold")
FOOT = Style(9, "regular", GREY)
LEAD = 16.8  # from base line to base line of the body
GAP = 8.0  # between two parts
COLUMN_GAP = 16.0
WHEN_SHARE = 0.37  # of the width: the column of the times


@dataclass(slots=True)
class Large:
    """A sheet of large type that is being filled; it turns the page where there is no more room."""

    paper_name: PaperName
    practice: bool
    sheets: list[Sheet] = field(default_factory=list)
    y: float = 0.0

    def __post_init__(self) -> None:
        self.turn()

    @property
    def sheet(self) -> Sheet:
        """The page that is being filled."""
        return self.sheets[-1]

    def turn(self) -> None:
        """Begins a page."""
        sheet = Sheet(PAPERS[self.paper_name])
        self.sheets.append(sheet)
        self.y = sheet.paper.margin - 6
        if self.practice:
            practice_mark(sheet, sheet.paper.right, sheet.paper.margin - 8)

    def need(self, height: float) -> None:
        """Turns the page where so much does not fit."""
        if self.y + height > self.sheet.paper.bottom:
            self.turn()

    def lines(self, text: str, style: Style, width: float, about: str) -> tuple[TextLine, ...]:
        """The lines of a text; a letter that cannot be printed is refused with its field."""
        return lines_of((Run(text),), looks(style), width, field=about)

    def title(self, text: str, about: str) -> None:
        """The name of the sheet."""
        self._paragraph(text, TITLE, 26, "title")
        self._paragraph(about, STRONG, LEAD, "patient's name")
        self.y += 3

    def heading(self, text: str) -> None:
        """A heading; it never stands alone at the foot of a page."""
        self.need(GAP + 22 + 2 * LEAD)
        self.y += GAP
        self._paragraph(text, HEADING, 21, "heading")
        self.y += 1

    def paragraph(self, text: str, about: str) -> None:
        """A line or more of the body."""
        self._paragraph(text, BODY, LEAD, about)

    def _paragraph(self, text: str, style: Style, lead: float, about: str) -> None:
        for line in self.lines(text, style, self.sheet.paper.inner, about):
            self.need(lead)
            self.y += lead
            draw_line(self.sheet, self.sheet.paper.left, self.y, line)

    def row(self, when: str, what: str, about: str) -> None:
        """Until when, and beside it what; a hairline above."""
        paper = self.sheet.paper
        wide = paper.inner * WHEN_SHARE
        left = self.lines(when, STRONG, wide - 10, about)
        right = self.lines(what, BODY, paper.inner - wide, about)
        count = max(len(left), len(right))
        self.need(count * LEAD + 6)
        self.sheet.rule(self.y + 3.4, 0.5, RULE)
        top = self.y + 2.4
        for lines, x in ((left, paper.left), (right, paper.left + wide)):
            self.put(lines, Place(x, top, 0))
        self.y = top + count * LEAD + 1.2

    def put(self, lines: tuple[TextLine, ...], place: Place) -> None:
        """Lines one beneath the other from the height of a place on."""
        for number, line in enumerate(lines, start=1):
            draw_line(self.sheet, place.x, place.y + number * LEAD, line)

    def bullets(self, items: tuple[str, ...], place: Place, about: str) -> float:
        """A list with drawn dots; gives back where it ends. Measured before it is drawn."""
        y = place.y
        for item in items:
            lines = self.lines(item, BODY, place.width - 12, about)
            self.sheet.box(place.x, y + LEAD - 7, 4.6, 4.6, fill=INK)
            self.put(lines, Place(place.x + 12, y, place.width))
            y += len(lines) * LEAD + 1.6
        return y

    def bullets_height(self, items: tuple[str, ...], width: float, about: str) -> float:
        """How high such a list is."""
        return sum(len(self.lines(item, BODY, width - 12, about)) * LEAD + 1.6 for item in items)

    def foot(self, words: str) -> None:
        """What made it, and which page of how many, on every page."""
        for number, sheet in enumerate(self.sheets, start=1):
            sheet.about = "foot of the page"
            page = f"{number} / {len(self.sheets)}"
            y = sheet.paper.foot + 12
            x = sheet.write_right(sheet.paper.right, y, page, FOOT)
            sheet.write(
                sheet.paper.left, y, sheet.fitted(words, FOOT, x - sheet.paper.left - 12), FOOT
            )
