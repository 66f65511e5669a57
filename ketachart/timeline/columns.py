"""The columns of the timeline: names at the left, the clock across, values at the right."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from ketachart.timeline.board import Face
from ketachart.timeline.contents import SQUARE, Timeline
from ketachart.timeline.manner import BOLD, REGULAR, SEMIBOLD, Manner
from ketachart.timeline.scales import ScaledLane
from ketachart.timeline.spoken import sets_words

LaneName = Literal[
    "clock", "phase", "flags", "given", "rate", "totals", "pressure", "pulse", "spo2", "pain",
    "sedation", "bands", "vitals", "axis",
]  # fmt: skip
TITLES: Final[dict[LaneName, str]] = {
    "phase": "Phase",
    "flags": "Events",
    "given": "Medicines",
    "rate": "Ketamine",
    "totals": "Running total",
    "pressure": "Blood pressure",
    "pulse": "Heart rate",
    "spo2": "SpO₂",
    "pain": "Pain",
    "sedation": "Sedation (RASS)",
    "bands": "Side effects",
    "vitals": "Vitals",
}
SCALED: Final[dict[LaneName, ScaledLane]] = {
    "rate": "rate", "pressure": "pressure", "pulse": "pulse", "spo2": "spo2", "pain": "pain",
}  # fmt: skip
_TICK_CHARACTERS: Final = "000"


@dataclass(frozen=True, slots=True)
class Columns:
    """The plot between the names at the left and the values at the right, and its clock."""

    left: float
    right: float
    width: float
    start: datetime
    end: datetime
    square: float  # width of five minutes on paper; 0 in the window

    def x(self, moment: datetime) -> float:
        """Where a moment stands, also when it lies outside."""
        share = (moment - self.start) / (self.end - self.start)
        return self.left + share * (self.right - self.left)

    def shows(self, moment: datetime) -> bool:
        """Whether a moment lies between the two ends."""
        return self.start <= moment <= self.end


def left_width(manner: Manner) -> float:
    """The column of names: as wide as the widest name beside its numbers."""
    sizes = manner.sizes
    title = Face(manner, sizes.title, BOLD if manner.paper else SEMIBOLD)
    tick = Face(manner, sizes.tick, REGULAR).width(_TICK_CHARACTERS) + 3 * sizes.pad
    named = max(title.width(TITLES[lane]) for lane in SCALED) + tick
    plain = title.width(TITLES["sedation"]) + 2 * sizes.pad
    return max(sizes.left, named, plain)


def right_width(timeline: Timeline, manner: Manner) -> float:
    """The column of values: as wide as the widest of them."""
    sizes = manner.sizes
    face = Face(manner, sizes.value, BOLD if manner.paper else SEMIBOLD)
    small = Face(manner, sizes.small, REGULAR)
    words = [sets_words(timeline)]
    words += [timeline.pressures[-1].text] if timeline.pressures else []
    widths = [face.width(word) for word in words]
    if not manner.paper:
        widths += [face.width(timeline.drug.rate_now), face.width(timeline.drug.given_now)]
        widths += [small.width(band.now) for band in timeline.bands]
    return max(sizes.right, max(widths) + 2 * sizes.pad)


def columns_of(
    timeline: Timeline, width: float, manner: Manner, *, at_most: float | None = None
) -> Columns:
    """The columns for a width; on paper the clock is filled up with empty squares.

    ``at_most`` is the width of a square that the height allows.
    """
    left = left_width(manner)
    right = width - right_width(timeline, manner)
    if not manner.paper:
        return Columns(left, right, width, timeline.start, timeline.end, 0.0)
    least, most = manner.sizes.square
    filled = max(squares_of(timeline), 1)
    wish = min(most if at_most is None else at_most, (right - left) / filled)
    square = max(least, wish)
    count = max(1, int((right - left) / square + 1e-6))
    end = timeline.start + count * SQUARE
    return Columns(left, right, width, timeline.start, end, (right - left) / count)


def squares_of(timeline: Timeline) -> int:
    """How many squares of five minutes the timeline is long."""
    return -((timeline.start - timeline.end) // SQUARE)
