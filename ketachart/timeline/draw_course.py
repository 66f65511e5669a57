"""Draws the course of the visit: its phases, the flags of what happened, and the medicines."""

from itertools import product
from typing import Final

from ketachart.domain.course import PHASE_NAMES
from ketachart.domain.wording import clock
from ketachart.timeline.board import Face, Spot
from ketachart.timeline.contents import Flag, FlagKind, Phase
from ketachart.timeline.frame import Plan
from ketachart.timeline.grid import draw_columns, draw_frame
from ketachart.timeline.manner import BOLD, REGULAR, SEMIBOLD
from ketachart.timeline.placing import Placed, gravity, weight_of
from ketachart.timeline.scene_parts import Box, Shape
from ketachart.timeline.strip import Strip

_SHORTER: Final = {"Screening": "Screen", "Order & dose": "Order", "Observation": "Observe"}
_COLOURS: Final[dict[FlagKind, str]] = {
    "emergency": "danger",
    "pause": "danger",
    "bolus": "c_rate",
    "start": "ok",
    "resume": "ok",
    "stop": "warn",
    "medicine": "c_spo2",
}
_SHAPES: Final[dict[FlagKind, Shape]] = {
    "emergency": "triangle",
    "pause": "pause",
    "start": "square",
    "resume": "square",
    "stop": "square",
    "medicine": "diamond",
    "bolus": "diamond",
}


# ------------------------------------------------ phases


def draw_phases(strip: Strip) -> None:
    """The phases as boxes on the clock; the one that the visit is in stands out."""
    strip.easel.heading(strip.lane)
    for phase in strip.timeline.phases:
        _draw_phase(strip, phase)


def _draw_phase(strip: Strip, phase: Phase) -> None:
    columns, sizes, easel = strip.columns, strip.sizes, strip.easel
    left = max(columns.left, columns.x(phase.start))
    right = min(columns.right, columns.x(phase.end))
    if right <= left:
        return
    box = Box(left, strip.box.top, right, strip.box.bottom)
    strong = phase.name == PHASE_NAMES["infusion"] if strip.paper else phase.state == "current"
    fill = "accent_soft" if strong else ("" if phase.state == "planned" else "raised")
    easel.rect(
        box.wider(-sizes.hair / 2),
        fill=fill,
        line="accent" if phase.state == "current" and not strip.paper else "line",
        width=sizes.hair,
        radius=0.0 if strip.paper else sizes.pad,
    )
    weight = (BOLD if strip.paper else SEMIBOLD) if strong else REGULAR
    faces = [Face(easel.manner, size, weight) for size in (sizes.small, sizes.tick)]
    _draw_phase_name(strip, phase, box, faces)
    told = f"{clock(phase.start)} {phase.name}, to {clock(phase.end)}"
    strip.tell_of(box, phase.start, told)


def _draw_phase_name(strip: Strip, phase: Phase, box: Box, faces: list[Face]) -> None:
    """The name in its box, or a shorter one; behind the box where nothing else stands there."""
    pad, y = strip.sizes.pad, box.middle[1]
    colour = "text" if strip.paper or faces[0].weight > REGULAR else "muted"
    for name, face in product((phase.name, _SHORTER.get(phase.name, "")), faces):
        if name and face.width(name) + pad <= box.width:
            spot = Spot(box.middle[0], face.centred(y), "middle")
            strip.easel.words(spot, name, face=face, colour=colour)
            return
    if phase is strip.timeline.phases[-1]:
        behind = [Spot(box.right + 2 * pad, faces[0].centred(y))]
        strip.easel.label(phase.name, behind, face=faces[0], within=strip.box, colour=colour)


# ------------------------------------------------ flags


def draw_flags(strip: Strip, plan: Plan) -> None:
    """Numbered boxes on paper; in the window marks, with a label where there is room."""
    strip.easel.heading(strip.lane)
    if strip.paper:
        strip.note(1, "numbers: see list")
        draw_columns(strip)
        _draw_ticks(strip)
        for placed in plan.flags:
            _draw_box(strip, strip.timeline.flags[placed.number], placed)
        return
    flags = [(strip.timeline.flags[placed.number], placed) for placed in plan.flags]
    for flag, placed in sorted(flags, key=lambda pair: -gravity(pair[0].kind)):
        _draw_label(strip, flag, placed)


def _draw_box(strip: Strip, flag: Flag, placed: Placed) -> None:
    """A numbered box, and a leader that drops from it and bends to its moment."""
    easel, sizes = strip.easel, strip.sizes
    size = sizes.flag
    top = strip.box.top + placed.row * (size + 1)
    box = Box(placed.left, top, placed.left + size, top + size)
    middle, bend = box.middle[0], strip.box.bottom - size * 0.45
    easel.poly(
        [(middle, box.bottom), (middle, bend), (placed.x, strip.box.bottom)],
        line="text",
        width=sizes.stroke * 0.7,
    )
    filled = flag.style in ("filled", "double")
    thick = sizes.stroke * (2.2 if flag.style == "heavy" else 0.9)
    if flag.style == "double":
        easel.rect(box, fill="surface", line="text", width=sizes.stroke * 0.8)
        inner = box.wider(-sizes.stroke * 1.7)
        easel.rect(inner, fill="text", line="text", width=sizes.hair)
    else:
        easel.rect(box.wider(-thick / 2), fill="text" if filled else "surface", line="text",
                   width=thick)  # fmt: skip
    face = Face(easel.manner, sizes.tick if len(placed.text) < 3 else sizes.tick * 0.9, BOLD)
    easel.words(Spot(middle, face.centred(box.middle[1]), "middle"), placed.text, face=face,
                colour="surface" if filled else "text")  # fmt: skip
    strip.tell(box, flag.entry)


def _draw_ticks(strip: Strip) -> None:
    """With many flags the lesser ones are only a stroke at their moment."""
    for flag in strip.timeline.flags:
        if flag.number is None and strip.columns.shows(flag.at):
            x = strip.columns.x(flag.at)
            size = strip.sizes.flag * 0.45
            box = Box(x, strip.box.bottom - size, x, strip.box.bottom)
            strip.easel.lines(
                [(x, box.top, x, box.bottom)], colour="muted", width=strip.sizes.stroke
            )
            strip.tell(box.wider(strip.sizes.hair), flag.entry)


def _draw_label(strip: Strip, flag: Flag, placed: Placed) -> None:
    """A mark at the foot, and a leader up to its label."""
    easel, sizes = strip.easel, strip.sizes
    colour = _COLOURS.get(flag.kind, "muted")
    foot = strip.box.bottom - sizes.flag / 2
    if placed.text:
        top = strip.box.top + placed.row * sizes.row
        face = Face(easel.manner, sizes.small, weight_of(flag.kind))
        easel.lines([(placed.x, top + sizes.hair, placed.x, foot)], colour=colour, width=sizes.hair)
        easel.words(
            Spot(placed.left, face.centred(top + sizes.row / 2)), placed.text, face=face,
            colour=colour,
        )  # fmt: skip
    shape = _SHAPES.get(flag.kind, "dot")
    size = sizes.flag if shape != "dot" else sizes.flag * 0.7
    easel.marks(shape, [(placed.x, foot)], size=size, colour=colour)
    box = Box(placed.x - size / 2, strip.box.top, placed.x + size / 2, strip.box.bottom)
    strip.tell(box, flag.entry)


# ------------------------------------------------ medicines


def draw_given(strip: Strip, plan: Plan) -> None:
    """Medicines as filled diamonds, fluids as open ones, each with its dose."""
    easel, sizes = strip.easel, strip.sizes
    easel.heading(strip.lane)
    draw_columns(strip)
    draw_frame(strip)
    for placed in plan.given:
        given = strip.timeline.given[placed.number]
        y = strip.box.top + 1.5 + (placed.row + 0.5) * sizes.row
        shape: Shape = "diamond" if given.strong else "open-diamond"
        easel.marks(shape, [(placed.x, y)], size=sizes.mark * 1.3, colour="text")
        face = easel.strong if given.strong else easel.small
        half = sizes.mark * 0.65
        box = Box(placed.x - half, y - half, placed.x + half, y + half)
        if placed.text:
            spot = Spot(placed.left, face.centred(y))
            easel.rect(face.box(spot, placed.text).wider(sizes.hair), fill="surface")
            easel.words(spot, placed.text, face=face)
        strip.tell(box, given.entry)
