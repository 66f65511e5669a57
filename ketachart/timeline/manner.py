"""How the timeline is drawn in the window and on paper: sizes, densities, and the font's widths."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any, Final

REGULAR, MEDIUM, SEMIBOLD, BOLD = 400, 500, 600, 700

# The width of a text at a size and a weight: QFontMetricsF in the window, stringWidth on paper.
Measure = Callable[[str, float, int], float]

# Of IBM Plex Sans, in parts of its size: how high a digit is and how deep a letter hangs.
CAP: Final = 0.70
HANG: Final = 0.22


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """Every length that one medium needs, in its own unit: pixels at 100 %, or points."""

    title: float  # name of a lane
    small: float  # its unit, labels in the plot
    tick: float  # numbers on the axes
    value: float  # the last value at the right
    row: float  # height of a line of small text
    gap: float  # between two lanes
    pad: float  # between a text and what it stands beside
    mark: float  # width of a dot
    chevron: float  # width of the mark of a pressure
    hair: float
    stroke: float
    heavy: float
    dash: float
    flag: float  # width of a numbered box, or of a mark at the foot of a flag
    left: float  # least width of the column of names
    right: float  # least width of the column of values
    bands: tuple[float, float, float, float]  # thickness of grade 1 to 4
    plot: float  # least width of the plot: narrower, its clock cannot be read
    page: float = 0.0  # width of the frame on paper; 0 in the window
    square: tuple[float, float] = (0.0, 0.0)  # least and greatest square on paper

    def scaled(self, by: float) -> "Sizes":
        """The same sizes at another text size; 1.0 changes nothing."""
        changed: dict[str, Any] = {}
        for field in fields(self):
            size = getattr(self, field.name)
            changed[field.name] = (
                tuple(part * by for part in size) if isinstance(size, tuple) else size * by
            )
        return replace(self, **changed)


SCREEN: Final = Sizes(
    title=13,
    small=12,
    tick=12,
    value=14,
    row=15,
    gap=4,
    pad=4,
    mark=7,
    chevron=8,
    hair=1,
    stroke=1.5,
    heavy=3,
    dash=5,
    flag=7,
    left=112,
    right=56,
    bands=(3, 6, 9, 12),
    plot=240,
)
# paper.md, section 2: small type 7.4 pt, ticks 6.4 to 7.0; grades 2.4, 6 and 9.5 pt; squares never
# under 6.5 pt, so that 5 h 15 min fit on Letter.
PAPER_LETTER: Final = Sizes(
    title=8.2,
    small=7.4,
    tick=6.8,
    value=8.6,
    row=9.6,
    gap=4.6,
    pad=2.6,
    mark=4.4,
    chevron=5.6,
    hair=0.35,
    stroke=0.8,
    heavy=2.0,
    dash=2.6,
    flag=10.4,
    left=82,
    right=40,
    bands=(2.4, 6.0, 9.5, 9.5),
    plot=240,
    page=536,
    square=(6.5, 10.0),
)
PAPER_A4: Final = replace(PAPER_LETTER, page=519)


@dataclass(frozen=True, slots=True)
class Manner:
    """The sizes of a medium together with the widths of its letters."""

    sizes: Sizes
    measure: Measure
    said: Callable[[str], str] = str  # a text as this medium shows it, before it is put in lines

    @property
    def paper(self) -> bool:
        """Whether this is paper, with its squares and numbered flags."""
        return self.sizes.page > 0


def screen(measure: Measure, *, scale: float = 1.0, said: Callable[[str], str] = str) -> Manner:
    """The manner of the window at a text size; 1.0 is 100 %."""
    return Manner(SCREEN.scaled(scale), measure, said)
