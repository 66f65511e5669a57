"""How the paper looks: sizes of type, greys, rules and margins, in points (1/72 inch)."""

from dataclasses import dataclass, replace
from typing import Literal

from ketachart.report.fonts import Weight

PaperName = Literal["letter", "a4"]
Colour = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet of paper and its margins."""

    width: float
    height: float
    margin: float = 38

    @property
    def left(self) -> float:
        """Where text begins."""
        return self.margin

    @property
    def right(self) -> float:
        """Where text ends."""
        return self.width - self.margin

    @property
    def inner(self) -> float:
        """The width between the margins."""
        return self.width - 2 * self.margin

    @property
    def foot(self) -> float:
        """Where the rule of the foot runs, from the top."""
        return self.height - 35.5

    @property
    def bottom(self) -> float:
        """Where the last line of the body must end."""
        return self.foot - 5


@dataclass(frozen=True, slots=True)
class Half(Paper):
    """One half of a sheet's width, for a table that stands beside another."""

    start: float = 0
    wide: float = 0

    @property
    def left(self) -> float:
        """Where text begins."""
        return self.start

    @property
    def right(self) -> float:
        """Where text ends."""
        return self.start + self.wide

    @property
    def inner(self) -> float:
        """The width of the half."""
        return self.wide


def halves(paper: Paper, between: float) -> tuple[Half, Half]:
    """Both halves of a sheet's body, with a gap between them."""
    wide = (paper.inner - between) / 2
    size = (paper.width, paper.height, paper.margin)
    return Half(*size, paper.left, wide), Half(*size, paper.left + wide + between, wide)


PAPERS: dict[PaperName, Paper] = {
    "letter": Paper(612, 792),  # 8.5 x 11 in
    "a4": Paper(595.28, 841.89),  # ISO 216, 210 x 297 mm
}


@dataclass(frozen=True, slots=True)
class Style:
    """One kind of type."""

    size: float
    weight: Weight = "regular"
    colour: Colour = (0, 0, 0)

    def scaled(self, factor: float) -> "Style":
        """The same in another size: so many times as large."""
        return replace(self, size=self.size * factor)

    def heavier(self, weight: Weight) -> "Style":
        """The same in another weight."""
        return replace(self, weight=weight)

    def tinted(self, colour: Colour) -> "Style":
        """The same in another colour."""
        return replace(self, colour=colour)


INK: Colour = (0, 0, 0)
GREY: Colour = (0.33, 0.33, 0.33)
WHITE: Colour = (1, 1, 1)
# Red marks frames and bars only: in grey it prints lighter than black, so it never marks a word.
RED: Colour = (0.62, 0.14, 0.1)
RULE: Colour = (0.62, 0.62, 0.62)
HAIR: Colour = (0.75, 0.75, 0.73)
BAND: Colour = (0.95, 0.95, 0.935)
WATER: Colour = (0.935, 0.935, 0.935)

FIGURE = Style(21, "semibold")
TITLE = Style(16, "semibold")
NAME = Style(14, "semibold")
TERM = Style(15, "semibold")
HEADING = Style(10.2, "semibold")
BODY = Style(8.6)
TABLE = Style(8)
SMALL = Style(7.4)
FLAG = Style(6.8, "semibold")
UNIT = Style(10.5, "medium", GREY)

THICK = 1.1
FRAME = 0.7
THIN = 0.35
