"""Sets flags and medicines into rows so that none stands upon another and each shows its moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from ketachart.timeline.board import Board, Face
from ketachart.timeline.columns import Columns
from ketachart.timeline.contents import Flag, FlagKind, Timeline
from ketachart.timeline.manner import MEDIUM, REGULAR, SEMIBOLD, Manner
from ketachart.timeline.scene_parts import Box

ROWS: Final = 3  # of numbered boxes on paper; in the window labels have two
_LABEL_ROWS: Final = 2
# In the window, who gets a label first where there is not room for all.
_FIRST: Final[tuple[FlagKind, ...]] = (
    "emergency", "bolus", "pause", "stop", "start", "medicine", "resume", "release", "waste",
    "override", "call", "bag", "access", "measure", "fluid", "response", "rate", "check", "note",
    "identity",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Placed:
    """One flag or medicine: its row, the left edge of its box or label, and its words.

    ``number`` is its place in the timeline's own tuple; ``text`` is empty where there was no room.
    """

    number: int
    row: int
    left: float
    text: str
    x: float


def place_flags(timeline: Timeline, columns: Columns, manner: Manner) -> tuple[Placed, ...]:
    """Numbered boxes in up to three rows on paper; in the window labels, as many as fit."""
    if manner.paper:
        return _boxes(timeline.flags, columns, manner)
    return _labels(timeline, columns, manner)


def _boxes(flags: Sequence[Flag], columns: Columns, manner: Manner) -> tuple[Placed, ...]:
    numbered = [
        (place, columns.x(flag.at), str(flag.number))
        for place, flag in enumerate(flags)
        if flag.number is not None and columns.shows(flag.at)
    ]
    size = manner.sizes.flag
    forth = _staircase([x for _, x, _ in numbered], size, columns.left - size / 2)
    mirror = _staircase([-x for _, x, _ in reversed(numbered)], size, -columns.right - size / 2)
    back = [(row, -left - size) for row, left in reversed(mirror)]
    chosen = forth
    if _overhang(forth, columns.right + size / 2 - size) > 0:
        chosen = back
    return tuple(
        Placed(place, row, left, text, x)
        for (place, x, text), (row, left) in zip(numbered, chosen, strict=True)
    )


def _overhang(boxes: list[tuple[int, float]], last: float) -> float:
    return max((left - last for _, left in boxes), default=0.0)


def _staircase(xs: list[float], size: float, first: float) -> list[tuple[int, float]]:
    """A row and a left edge for each box, from left to right.

    A box goes where it is moved least from above its moment. Its leader drops from its middle, so
    it must pass the boxes of the rows beneath, and no box may stand in the way of a leader.
    """
    edge = [first] * ROWS  # right edge of the last box of each row
    leader = [first] * ROWS  # the last leader that drops from each row
    gap = size * 0.12
    placed = []
    for x in xs:
        wish = x - size / 2
        lefts = []
        for row in range(ROWS):
            above = max(leader[:row], default=first)
            beneath = max(edge[row + 1 :], default=first)
            lefts.append(max(wish, edge[row] + gap, above + gap, beneath + gap - size / 2))
        row = min(range(ROWS), key=lambda r: (lefts[r], r))
        edge[row] = lefts[row] + size
        leader[row] = lefts[row] + size / 2
        placed.append((row, lefts[row]))
    return placed


def _labels(timeline: Timeline, columns: Columns, manner: Manner) -> tuple[Placed, ...]:
    """Labels beside their leaders, the gravest first; a flag without room keeps only its mark."""
    flags = timeline.flags
    board = Board()
    line = now_box(timeline.now, columns, manner, 3 * manner.sizes.row)
    if line is not None:
        board.add(line)
    order = sorted(range(len(flags)), key=lambda n: (gravity(flags[n].kind), n))
    placed = []
    for number in order:
        flag = flags[number]
        if columns.shows(flag.at):
            x = columns.x(flag.at)
            row, left, text = _label(flag, x, columns, manner, board)
            placed.append(Placed(number, row, left, text, x))
    return tuple(sorted(placed, key=lambda item: item.number))


def _label(
    flag: Flag, x: float, columns: Columns, manner: Manner, board: Board
) -> tuple[int, float, str]:
    sizes = manner.sizes
    face = Face(manner, sizes.small, weight_of(flag.kind))
    foot = _LABEL_ROWS * sizes.row + sizes.flag
    for name in flag.names:
        width = face.width(name)
        for row in range(_LABEL_ROWS):
            for left in (x + sizes.pad, x - sizes.pad - width):
                box = Box(left - sizes.pad / 2, row * sizes.row, left + width + sizes.pad / 2,
                          (row + 1) * sizes.row)  # fmt: skip
                stem = Box(x - sizes.hair, row * sizes.row, x + sizes.hair, foot)
                fits = left >= columns.left and left + width <= columns.right
                if fits and board.free(box) and board.free(stem):
                    board.add(box)
                    board.add(stem)
                    return row, left, name
    return _LABEL_ROWS - 1, x, ""


def gravity(kind: FlagKind) -> int:
    """0 for the gravest kind; the graver, the sooner a flag gets a label and the higher it lies."""
    return _FIRST.index(kind)


def weight_of(kind: FlagKind) -> int:
    """How heavy the label of a flag is set."""
    if kind in ("pause", "emergency", "bolus", "stop"):
        return SEMIBOLD
    return MEDIUM if kind in ("start", "resume", "medicine") else REGULAR


def now_box(now: datetime | None, columns: Columns, manner: Manner, height: float) -> Box | None:
    """Where the line of now stands, and a little behind it, so that labels keep clear."""
    if now is None or not columns.shows(now):
        return None
    x, pad = columns.x(now), manner.sizes.pad
    return Box(x - pad / 2, 0.0, x + pad, height)


def place_given(timeline: Timeline, columns: Columns, manner: Manner) -> tuple[Placed, ...]:
    """Medicines with their dose to the right of the mark, in as many rows as it takes."""
    sizes = manner.sizes
    ends: list[float] = []
    placed = []
    for number, given in enumerate(timeline.given):
        if not columns.shows(given.at):
            continue
        face = Face(manner, sizes.small, SEMIBOLD if given.strong else REGULAR)
        x = columns.x(given.at)
        left, width = x + sizes.mark / 2 + sizes.pad, face.width(given.text)
        text = given.text
        if left + width > columns.right:
            left = x - sizes.mark / 2 - sizes.pad - width
        if left < columns.left:  # a text as long as the plot: the flag's list has it
            text, left, width = "", x, 0.0
        begin = min(left, x - sizes.mark / 2)
        row = next((row for row, end in enumerate(ends) if begin > end + sizes.pad), len(ends))
        ends[row : row + 1] = [max(left + width, x + sizes.mark / 2)]
        placed.append(Placed(number, row, left, text, x))
    return tuple(placed)
