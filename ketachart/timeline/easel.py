"""Where the lanes are drawn: collects the parts, keeps labels apart, and notes what can be read."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from ketachart.timeline.board import Board, Face, Spot, first_free
from ketachart.timeline.columns import TITLES, Columns
from ketachart.timeline.frame import Lane
from ketachart.timeline.kept import Kept
from ketachart.timeline.manner import BOLD, CAP, REGULAR, SEMIBOLD, Manner
from ketachart.timeline.rows import line_row, mark_box, marks_row
from ketachart.timeline.scene_parts import (
    Box,
    Lines,
    Marks,
    Part,
    Place,
    Point,
    Poly,
    Rect,
    Shape,
    Text,
)

Ends = Iterable[tuple[float, float, float, float]]
_FEW: Final = 8  # marks that are looked for like words; with more only those near a label are


class Easel:
    """One drawing while it is being made."""

    def __init__(self, manner: Manner, columns: Columns, kept: Kept | None = None) -> None:
        self.manner = manner
        self.sizes = manner.sizes
        self.columns = columns
        self.board = Board()
        self.parts: list[Part] = []
        self.kept = kept or Kept()
        self.places: list[Place] = []

    # ------------------------------------------------ the typeface

    @property
    def title(self) -> Face:
        """For the name of a lane."""
        return Face(self.manner, self.sizes.title, BOLD if self.manner.paper else SEMIBOLD)

    @property
    def small(self) -> Face:
        """For what is written in the plot."""
        return Face(self.manner, self.sizes.small, REGULAR)

    @property
    def strong(self) -> Face:
        """For a number that stands out in the plot."""
        return Face(self.manner, self.sizes.small, BOLD if self.manner.paper else SEMIBOLD)

    @property
    def tick(self) -> Face:
        """For the numbers of a scale."""
        return Face(self.manner, self.sizes.tick, REGULAR)

    @property
    def value(self) -> Face:
        """For the last value at the right."""
        return Face(self.manner, self.sizes.value, BOLD if self.manner.paper else SEMIBOLD)

    # ------------------------------------------------ shapes

    def rect(
        self, box: Box, *, fill: str = "", line: str = "", width: float = 0.0, radius: float = 0.0
    ) -> None:
        """A rectangle."""
        self.parts.append(Rect(box=box, fill=fill, line=line, width=width, radius=radius))

    def lines(
        self,
        ends: Ends,
        *,
        colour: str,
        width: float,
        dash: tuple[float, float] | None = None,
    ) -> None:
        """Straight lines; none at all draws nothing."""
        all_ends = tuple(ends)
        if all_ends:
            self.parts.append(Lines(ends=all_ends, colour=colour, width=width, dash=dash))

    def poly(
        self,
        points: Sequence[Point],
        *,
        line: str = "",
        width: float = 0.0,
        fill: str = "",
        dash: tuple[float, float] | None = None,
    ) -> None:
        """A line through points, or an area."""
        self.parts.append(Poly(points=tuple(points), line=line, width=width, fill=fill, dash=dash))

    def joined(self, points: Sequence[Point], *, colour: str, width: float) -> None:
        """A line from reading to reading, cut off at the plot's ends; labels keep clear of it."""
        line = clipped(points, self.columns.left, self.columns.right)
        if len(line) < 2:
            return
        self.poly(line, line=colour, width=width)
        self.keep_clear(line)

    def keep_clear(self, line: Sequence[Point]) -> None:
        """Labels keep clear of a line."""
        if len(line) > 1:
            self.board.add_line_row(line_row(line, self.sizes.small / 2))

    def marks(self, shape: Shape, points: Iterable[Point], *, size: float, colour: str) -> None:
        """The same mark at some points; labels keep clear of them."""
        spots = tuple(points)
        if not spots:
            return
        self.parts.append(
            Marks(shape=shape, points=spots, size=size, colour=colour, width=self.sizes.stroke)
        )
        if len(spots) > _FEW:
            self.board.add_row(marks_row(shape, spots, size))
            return
        for point in spots:
            self.board.add(mark_box(shape, point, size))

    # ------------------------------------------------ words

    def words(self, spot: Spot, text: str, *, face: Face, colour: str = "text") -> Box:
        """One line of text at a place that is known to be free."""
        box = face.box(spot, text)
        self.board.add(box)
        self.parts.append(
            Text(
                x=spot.x, y=spot.y, text=text, size=face.size, weight=face.weight, colour=colour,
                anchor=spot.anchor, box=box,
            )
        )  # fmt: skip
        return box

    def label(  # noqa: PLR0913 - what is said, where it may stand, and how it looks
        self,
        text: str,
        spots: Iterable[Spot],
        *,
        face: Face,
        within: Box,
        colour: str = "text",
        ground: str = "surface",
    ) -> Box | None:
        """A text at the first of the places that is free; None where none is.

        On paper it stands on a ground of its own, or the squares would run through its letters.
        """
        found = first_free(self.board.in_the_way, face, text, spots, within=within)
        if found is None:
            return None
        return self._grounded(found, text, face=face, colour=colour, ground=ground)

    def needed_label(
        self, text: str, spots: Sequence[Spot], *, face: Face, within: Box, colour: str = "text"
    ) -> Box | None:
        """A text that must be there: where nothing is free it may cross a line, never a mark."""
        box = self.label(text, spots, face=face, within=within, colour=colour)
        if box is not None:
            return box
        found = first_free(self.board.mark_in_the_way, face, text, spots, within=within)
        if found is None:
            return None
        return self._grounded(found, text, face=face, colour=colour, ground="surface")

    def _grounded(
        self, found: tuple[Spot, Box], text: str, *, face: Face, colour: str, ground: str
    ) -> Box:
        spot, box = found
        if self.manner.paper and ground:
            self.rect(box.wider(self.sizes.hair), fill=ground)
        return self.words(spot, text, face=face, colour=colour)

    def heading(self, lane: Lane, *, colour: str = "text") -> None:
        """The name of a lane at its left."""
        spot = Spot(0.0, self.first_line(lane))
        self.words(spot, TITLES[lane.name], face=self.title, colour=colour)

    def first_line(self, lane: Lane) -> float:
        """The baseline of a lane's name: in the middle of a lane that is one line high."""
        if lane.box.height < 2 * self.sizes.row:
            return self.title.centred(lane.box.middle[1])
        return lane.box.top + CAP * self.sizes.title + self.sizes.pad / 2

    def last(self, lane: Lane, text: str, *, colour: str = "text", below: int = 0) -> None:
        """The last value of a lane at the right of its name's line, or so many lines below."""
        y = lane.box.top + CAP * self.sizes.value + self.sizes.pad / 2
        if lane.box.height < 2 * self.sizes.row and not below:
            y = self.value.centred(lane.box.middle[1])
        spot = Spot(self.columns.width, y + below * self.sizes.row * 1.2, "end")
        if self.manner.paper:
            spot = Spot(self.columns.right + self.sizes.pad, y)
        self.words(spot, text, face=self.value, colour=colour)

    def last_at(self, lane: Lane, text: str, y: float, *, colour: str = "text") -> None:
        """The last value of a lane; on paper level with its mark."""
        if not self.manner.paper:
            self.last(lane, text, colour=colour)
            return
        half = self.sizes.value / 2
        level = min(max(y, lane.box.top + half), lane.box.bottom - half)
        spot = Spot(self.columns.right + self.sizes.pad, self.value.centred(level))
        self.words(spot, text, face=self.value, colour=colour)

    # ------------------------------------------------ what can be read

    def told(self, place: Place) -> None:
        """Notes what a place shows, or many do, and what is read out there."""
        self.places.append(place)


def clipped(points: Sequence[Point], left: float, right: float) -> list[Point]:
    """A line through points in the order of ``x``, cut off at two ends."""
    kept: list[Point] = []
    for before, after in pairwise(points):
        for x in (left, right):
            if before[0] < x < after[0]:
                share = (x - before[0]) / (after[0] - before[0])
                kept.append((x, before[1] + share * (after[1] - before[1])))
        if left <= after[0] <= right:
            kept.append(after)
    if points and left <= points[0][0] <= right:
        kept.insert(0, points[0])
    return kept
