"""Draws the side effects as bands as thick as their grade, and the sets taken and due."""

from collections.abc import Iterator
from typing import Final

from ketachart.domain.wording import clock
from ketachart.timeline.board import Spot
from ketachart.timeline.contents import Band, Stretch, VitalsMark, VitalsState
from ketachart.timeline.draw_ghost import draw_ghost_band, ghost_in
from ketachart.timeline.grid import draw_columns, draw_frame
from ketachart.timeline.scene_parts import Box, Hit, Shape
from ketachart.timeline.spoken import sets_words
from ketachart.timeline.strip import Strip
from ketachart.timeline.thin import thin

_SHAPES: Final[dict[VitalsState, tuple[Shape, str]]] = {
    "done": ("dot", "ok"),
    "late": ("open-diamond", "warn"),
    "not-done": ("slash", "danger"),
    "missed": ("cross", "danger"),
    "due": ("ring", "muted"),
    "soon": ("ring", "warn"),
    "overdue": ("triangle", "danger"),
}


# ------------------------------------------------ side effects


def draw_bands(strip: Strip, names: tuple[tuple[str, ...], ...]) -> None:
    """One row for each side effect that was charted; one row that says so where none was."""
    draw_columns(strip)
    draw_frame(strip)
    bands = strip.timeline.bands
    lines = sum(len(name) for name in names)
    height = strip.box.height / lines
    if not bands and ghost_in(strip) is None:
        strip.easel.heading(strip.lane)
        small, pad = strip.easel.small, strip.sizes.pad
        y = small.centred(strip.box.middle[1])
        spots = [Spot(strip.box.left + pad, y), Spot(strip.box.right - pad, y, "end")]
        strip.easel.label("none charted", spots, face=small, within=strip.box, colour="muted")
        return
    top = strip.box.top
    for place, name in enumerate(names):
        bottom = top + len(name) * height
        row = Box(strip.box.left, top, strip.box.right, bottom)
        _draw_name(strip, name, row)
        if place < len(bands):
            _draw_band(strip, bands[place], row)
        else:
            draw_ghost_band(strip, row)
        top = bottom
    if strip.paper:
        _draw_grades(strip)


def _draw_name(strip: Strip, name: tuple[str, ...], row: Box) -> None:
    face, middle = strip.easel.small, row.middle[1]
    for number, line in enumerate(name):
        y = middle + (number - (len(name) - 1) / 2) * strip.sizes.row
        strip.easel.words(Spot(0.0, face.centred(y)), line, face=face, colour="text")


def _draw_band(strip: Strip, band: Band, row: Box) -> None:
    easel, sizes, face = strip.easel, strip.sizes, strip.easel.small
    middle = row.middle[1]
    easel.lines([(row.left, middle, row.right, middle)], colour="line", width=sizes.hair)
    for stretch in band.stretches:
        _draw_stretch(strip, stretch, middle)
    for at, entry in band.ends:
        if strip.columns.shows(at):
            x = strip.columns.x(at)
            spots = [
                Spot(x + sizes.pad + step * face.size, face.centred(middle)) for step in range(6)
            ]
            easel.label(f"none {clock(at)}", spots, face=face, within=row.wider(1), colour="muted")
            strip.tell(Box(x - sizes.pad, row.top, x + sizes.pad, row.bottom), entry)
    if not strip.paper:
        colour = "c_fx" if band.open else "muted"
        spot = Spot(strip.columns.width, face.centred(middle), "end")
        easel.words(spot, band.now, face=face, colour=colour)


def _draw_stretch(strip: Strip, stretch: Stretch, y: float) -> None:
    """One grade; life-threatening is a band in a frame."""
    columns, sizes = strip.columns, strip.sizes
    left, right = columns.x(stretch.start), columns.x(stretch.end)
    if right < columns.left or left > columns.right:
        return
    left, right = max(left, columns.left), min(max(right, left + sizes.stroke), columns.right)
    half = sizes.bands[stretch.grade - 1] / 2
    box = Box(left, y - half, right, y + half)
    strip.easel.rect(box, fill="c_fx")
    if stretch.grade == len(sizes.bands):
        strip.easel.rect(box.wider(sizes.stroke), line="c_fx", width=sizes.stroke * 0.7)
    strip.easel.board.add(box)
    strip.tell(box, stretch.entry)


def _draw_grades(strip: Strip) -> None:
    """What the thickness means, at the right."""
    easel, sizes = strip.easel, strip.sizes
    left = strip.columns.right + sizes.pad
    y = strip.box.top + sizes.tick
    for line in ("thickness", "= grade"):
        easel.words(Spot(left, y), line, face=easel.tick, colour="muted")
        y += sizes.tick * 1.05
    width = (strip.columns.width - left) / 3
    for grade, thick in enumerate(sizes.bands[:3], start=1):
        x = left + (grade - 1) * width
        middle = y + sizes.bands[2] / 2 - sizes.tick * 0.4
        easel.rect(Box(x, middle - thick / 2, x + width * 0.5, middle + thick / 2), fill="c_fx")
        spot = Spot(x + width * 0.55, easel.tick.centred(middle))
        easel.words(spot, str(grade), face=easel.tick, colour="muted")


# ------------------------------------------------ vitals


def draw_vitals(strip: Strip) -> None:
    """A mark for each set: done, late, missed, not done, or still to come."""
    easel, sizes, timeline = strip.easel, strip.sizes, strip.timeline
    easel.heading(strip.lane)
    draw_columns(strip)
    middle = strip.box.middle[1]
    columns = strip.columns
    easel.lines([(columns.left, middle, columns.right, middle)], colour="line", width=sizes.hair)
    by_state: dict[VitalsState, list[VitalsMark]] = {}
    for mark in timeline.vitals:
        by_state.setdefault(mark.state, []).append(mark)
    for state, (shape, colour) in _SHAPES.items():
        marks = by_state.get(state, [])
        points = strip.placed(state, marks, lambda mark: (columns.x(mark.at), middle))
        spots = thin(points[strip.in_sight(marks)], bucket=sizes.mark / 2)
        easel.marks(shape, spots, size=sizes.mark * 1.1, colour=colour)
    easel.told(lambda: _told(strip))
    counted = sets_words(timeline)
    if counted:
        easel.last(strip.lane, counted, colour="warn")


def _told(strip: Strip) -> Iterator[Hit]:
    """A set that was taken says what it says of its entry; one that is due says so."""
    timeline, columns, half = strip.timeline, strip.columns, strip.sizes.mark / 2
    for mark in timeline.vitals[strip.in_sight(timeline.vitals)]:
        x = columns.x(mark.at)
        box = Box(x - half, strip.box.top, x + half, strip.box.bottom)
        if mark.entry:
            told = timeline.told[mark.entry]
            yield Hit(box, mark.entry, told.text + mark.after, told.at)
        else:
            yield Hit(box, "", f"{clock(mark.at)} {mark.after}", mark.at)
