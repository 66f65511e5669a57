"""Remembers what is drawn where, so that no label is set upon another or upon a mark."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from ketachart.timeline.manner import CAP, HANG, Manner
from ketachart.timeline.rows import Row
from ketachart.timeline.scene_parts import Anchor, Box

Cell = tuple[int, int]
_CELL: Final = 16.0  # neighbours are looked for in squares so large; the answer is always the same


class Board:
    """The boxes that are taken, and the lines that words only cross where they must."""

    def __init__(self) -> None:
        self._boxes: dict[Cell, list[Box]] = {}
        self._lines: dict[Cell, list[Box]] = {}
        self._rows: list[Row[Any]] = []
        self._line_rows: list[Row[Any]] = []

    def add(self, box: Box) -> None:
        """Takes a place."""
        for cell in _cells(box):
            self._boxes.setdefault(cell, []).append(box)

    def add_line(self, box: Box) -> None:
        """Takes the place of a line."""
        for cell in _cells(box):
            self._lines.setdefault(cell, []).append(box)

    def add_row(self, row: Row[Any]) -> None:
        """Takes many places."""
        self._rows.append(row)

    def add_line_row(self, row: Row[Any]) -> None:
        """Takes the places of many lines."""
        self._line_rows.append(row)

    def free(self, box: Box) -> bool:
        """Whether neither a box nor a line meets this one."""
        return self.in_the_way(box) is None

    def clear(self, box: Box) -> bool:
        """Whether no box meets this one, though lines may."""
        return self.mark_in_the_way(box) is None

    def in_the_way(self, box: Box) -> Box | None:
        """A box or a piece of a line that meets this one; None where it is free."""
        return self.mark_in_the_way(box) or _met(box, self._lines, self._line_rows)

    def mark_in_the_way(self, box: Box) -> Box | None:
        """A box that meets this one, though lines may; None where there is none."""
        return _met(box, self._boxes, self._rows)


def _met(box: Box, taken: dict[Cell, list[Box]], rows: list[Row[Any]]) -> Box | None:
    for cell in _cells(box):
        for other in taken.get(cell, ()):
            if box.meets(other):
                return other
    met = (row.met(box) for row in rows)
    return next((place for place in met if place is not None), None)


def _cells(box: Box) -> list[Cell]:
    left, top = int(box.left // _CELL), int(box.top // _CELL)
    right, bottom = int(box.right // _CELL), int(box.bottom // _CELL)
    if left == right and top == bottom:
        return [(left, top)]
    rows, columns = range(top, bottom + 1), range(left, right + 1)
    return [(column, row) for column in columns for row in rows]


class Spot(NamedTuple):
    """A place for a label: a point on its baseline, and which part of the text stands there."""

    x: float
    y: float
    anchor: Anchor = "start"


@dataclass(frozen=True, slots=True)
class Face:
    """A size and a weight of the typeface, with how wide it makes a text."""

    manner: Manner
    size: float
    weight: int

    def width(self, text: str) -> float:
        """How wide one line is."""
        return self.manner.measure(text, self.size, self.weight)

    def box(self, spot: Spot, text: str) -> Box:
        """The place that a text takes."""
        width = self.width(text)
        left = spot.x - {"start": 0.0, "middle": width / 2, "end": width}[spot.anchor]
        return Box(left, spot.y - CAP * self.size, left + width, spot.y + HANG * self.size)

    def centred(self, y: float) -> float:
        """The baseline of a text whose capitals have their middle at a height."""
        return y + CAP * self.size / 2

    def above(self, y: float) -> float:
        """The baseline of a text that ends above a height."""
        return y - HANG * self.size

    def below(self, y: float) -> float:
        """The baseline of a text that begins below a height."""
        return y + CAP * self.size

    def wrap(self, text: str, width: float) -> tuple[str, ...]:
        """The text in lines no wider than that; a word that is wider is cut, no letter is lost."""
        lines: list[str] = []
        line = ""
        for word in self._pieces(self.manner.said(text), width):
            longer = f"{line} {word}".strip()
            if line and self.width(longer) > width:
                lines.append(line)
                line = word
            else:
                line = longer
        return (*lines, line)

    def _pieces(self, text: str, width: float) -> Iterator[str]:
        for word in text.split():
            rest = word
            while self.width(rest) > width and len(rest) > 1:
                cut = len(rest) - 1
                while cut > 1 and self.width(rest[:cut]) > width:
                    cut -= 1
                yield rest[:cut]
                rest = rest[cut:]
            yield rest


def around(box: Box, face: Face, pad: float) -> Iterator[Spot]:
    """Places for a label beside a mark: above, below, right, left, then further and further off."""
    x, y = box.middle
    for step in range(12):
        off = pad + step * face.size / 2
        high, low = face.above(box.top - off), face.below(box.bottom + off)
        left, right = box.left - off, box.right + off
        yield Spot(x, high, "middle")
        yield Spot(x, low, "middle")
        yield Spot(right, face.centred(y), "start")
        yield Spot(left, face.centred(y), "end")
        yield Spot(right, high, "start")
        yield Spot(left, high, "end")
        yield Spot(right, low, "start")
        yield Spot(left, low, "end")


def first_free(
    in_the_way: Callable[[Box], Box | None],
    face: Face,
    text: str,
    spots: Iterable[Spot],
    *,
    within: Box,
) -> tuple[Spot, Box] | None:
    """The first of the places that is free, with a little air, and does not leave a box.

    A long line is gone along from its right end, and what stands in the way of one place stands in
    the way of the next ones too, until they are past it: they need not be looked at.
    """
    air = face.size / 6
    tried, other = Box(0.0, 0.0, 0.0, 0.0), None
    for spot in spots:
        box = face.box(spot, text)
        if not box.inside(within):
            continue
        wide = Box(box.left - air, box.top, box.right + air, box.bottom)
        if other is not None and wide.top == tried.top and other.left < wide.right <= tried.right:
            continue
        tried, other = wide, in_the_way(wide)
        if other is None:
            return spot, box
    return None
