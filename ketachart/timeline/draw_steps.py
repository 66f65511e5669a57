"""Draws pain as steps with diamonds, and sedation as a line that is thick where it is not 0."""

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from ketachart.domain.wording import decimal_text, signed
from ketachart.timeline.board import Spot as Place
from ketachart.timeline.contents import Run, Spot
from ketachart.timeline.grid import draw_columns, draw_frame, draw_levels, draw_numbers
from ketachart.timeline.rows import mark_box
from ketachart.timeline.scene_parts import Box, Point
from ketachart.timeline.strip import Strip
from ketachart.timeline.thin import MOST, thin


def draw_pain(strip: Strip) -> None:
    """Pain stays as it was told until it is told again; the number stands at each change."""
    easel, runs, columns = strip.easel, strip.timeline.pain, strip.columns
    easel.heading(strip.lane, colour="c_pain")
    if strip.paper:
        strip.note(1, "0–10, diamond")
    draw_levels(strip)
    places = [
        strip.placed(f"run {number}", run, lambda spot: strip.point(spot.at, spot.value))
        for number, run in enumerate(runs)
    ]
    diamonds: list[Point] = []
    for every in places:
        points = thin(every, bucket=strip.sizes.mark / 2)
        easel.joined(_stairs(points), colour="c_pain", width=strip.sizes.stroke)
        diamonds += [point for point in points if columns.left <= point[0] <= columns.right]
    size = strip.sizes.mark * 1.2
    easel.marks("diamond", diamonds, size=size, colour="c_pain")
    for run, every in zip(runs, places, strict=True):
        sight = strip.in_sight(run)
        _draw_pain_numbers(strip, run, every, sight)
        strip.tell_all(partial(_told, run[sight], every[sight], size))
    told = [spot for run in runs for spot in run]
    last = strip.latest(told[strip.in_sight(told)], told)
    if last is not None:
        easel.last_at(strip.lane, decimal_text(last.value), strip.y(last.value), colour="c_pain")
    draw_numbers(strip)


def _told(run: Run, every: Sequence[Point], size: float) -> list[tuple[Box, str]]:
    both = zip(run, every, strict=True)
    return [(mark_box("diamond", point, size), spot.entry) for spot, point in both]


def _draw_pain_numbers(strip: Strip, run: Run, every: Sequence[Point], sight: slice) -> None:
    """At each change, and beside what was corrected; in a crowd only there."""
    crowded, size = len(run) > MOST, strip.sizes.mark * 1.2
    for (spot, changed), point in list(zip(_changes(run), every, strict=True))[sight]:
        if spot.mark or (changed and not crowded):
            box = mark_box("diamond", point, size)
            _draw_pain_number(strip, spot, box, changed=changed and not crowded)


def _draw_pain_number(strip: Strip, spot: Spot, box: Box, *, changed: bool) -> None:
    """The number at a change, where it fits close by, and the mark of a correction in any case."""
    if spot.mark:
        strip.beside(box, spot.mark)
    if not changed:
        return
    face, pad = strip.easel.strong, strip.sizes.pad * 0.7
    near = [
        Place(box.right + pad, face.above(box.top + pad), "start"),
        Place(box.right + pad, face.below(box.bottom - pad), "start"),
        Place(box.middle[0], face.above(box.top - pad), "middle"),
        Place(box.middle[0], face.below(box.bottom + pad), "middle"),
        Place(box.left - pad, face.below(box.bottom - pad), "end"),
    ]
    text = decimal_text(spot.value)
    strip.easel.needed_label(text, near, face=face, within=strip.box.wider(pad), colour="c_pain")


def _changes(run: Run) -> list[tuple[Spot, bool]]:
    """Each reading with whether it differs from the one before; the first of a run does."""
    return [
        (spot, number == 0 or spot.value != run[number - 1].value)
        for number, spot in enumerate(run)
    ]


def _stairs(points: tuple[Point, ...]) -> list[Point]:
    """A level line from each reading to the next, then straight up or down."""
    line = list(points[:1])
    for before, after in pairwise(points):
        line += [(after[0], before[1]), after]
    return line


def draw_sedation(strip: Strip) -> None:
    """Sedation (RASS) on one line: thin at 0, thick beyond it, its number at each change."""
    easel, runs = strip.easel, strip.timeline.sedation
    easel.heading(strip.lane)
    draw_columns(strip)
    draw_frame(strip)
    ticks: list[Point] = []
    for run in runs:
        numbers = _draw_rass_numbers(strip, run)
        for before, after in pairwise(run):
            _draw_between(strip, before, after, numbers)
        ticks += [
            (strip.columns.x(spot.at), strip.box.middle[1])
            for spot in run
            if strip.columns.shows(spot.at) and spot.entry not in numbers
        ]
    easel.marks(
        "tick", thin(ticks, bucket=strip.sizes.mark / 2), size=strip.sizes.mark, colour="text"
    )
    every = [spot for run in runs for spot in run]
    last = strip.latest([spot for spot in every if strip.columns.shows(spot.at)], every)
    if last is not None:
        easel.last(strip.lane, signed(int(last.value)))


def _draw_rass_numbers(strip: Strip, run: Run) -> dict[str, Box]:
    """The number at each change stands in the line; every other reading will be a tick on it."""
    face, numbers = strip.easel.strong, {}
    for spot, changed in _changes(run):
        if not strip.columns.shows(spot.at):
            continue
        x, y = strip.columns.x(spot.at), strip.box.middle[1]
        strip.tell(mark_box("tick", (x, y), strip.sizes.mark), spot.entry)
        if changed or spot.mark:
            text = " ".join(filter(None, [signed(int(spot.value)), spot.mark]))
            places = [Place(x, face.centred(y), "middle"), Place(x, face.centred(y), "start")]
            box = strip.easel.label(text, places, face=face, within=strip.box.wider(face.size))
            if box is not None:
                numbers[spot.entry] = box
    return numbers


def _draw_between(strip: Strip, before: Spot, after: Spot, numbers: dict[str, Box]) -> None:
    """The line from one reading to the next; it keeps clear of the numbers that stand in it."""
    columns, sizes, y = strip.columns, strip.sizes, strip.box.middle[1]
    begin, end = columns.x(before.at), columns.x(after.at)
    if before.entry in numbers:
        begin = numbers[before.entry].right + sizes.pad * 0.4
    if after.entry in numbers:
        end = numbers[after.entry].left - sizes.pad * 0.4
    left, right = max(columns.left, begin), min(columns.right, end)
    if right <= left:
        return
    depth = abs(int(before.value))
    width = {0: sizes.stroke * 0.8, 1: sizes.heavy}.get(depth, sizes.heavy * 1.7)
    strip.easel.lines([(left, y, right, y)], colour="text", width=width)
