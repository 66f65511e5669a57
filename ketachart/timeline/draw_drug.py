"""Draws the drug: the rate as a bar with steps, what was given so far, and the most ordered."""

from dataclasses import replace
from typing import Final

from ketachart.timeline.board import Spot as Place
from ketachart.timeline.columns import TITLES
from ketachart.timeline.contents import Step, Total
from ketachart.timeline.draw_ghost import draw_ghost_rate
from ketachart.timeline.easel import clipped
from ketachart.timeline.grid import draw_columns, draw_frame, draw_levels, draw_limit, draw_numbers
from ketachart.timeline.manner import CAP
from ketachart.timeline.scene_parts import Anchor, Box, Point
from ketachart.timeline.strip import Strip

_NO_STRENGTH: Final = 0.4  # how high a bar stands whose strength, and so its mg/h, is not on file


def draw_rate(strip: Strip) -> None:
    """Rates in mg/h against the highest one; in the window also what was given so far.

    In the window the highest rate and the ordered dose are one line: the bars have their scale at
    the left, the dotted total ends at the ordered dose. A row above it is kept for its words.
    """
    _draw_names(strip)
    if not strip.paper:
        box = strip.box
        below = Box(box.left, box.top + strip.sizes.row, box.right, box.bottom)
        strip = replace(strip, lane=replace(strip.lane, box=below))
    timeline = strip.timeline
    draw_levels(strip)
    draw_ghost_rate(strip)
    for step in timeline.drug.steps:
        _draw_bar(strip, step)
    for step in timeline.drug.steps:
        _draw_rate_text(strip, step)
    if strip.paper:
        _draw_highest(strip)
    else:
        _draw_given(strip)
    draw_numbers(strip)


def _draw_names(strip: Strip) -> None:
    """What the lane is called, and the last values."""
    easel, drug, sizes = strip.easel, strip.timeline.drug, strip.sizes
    easel.heading(strip.lane, colour="c_rate")
    if strip.paper:
        strip.note(1, "rate, mg/h")
        return
    y = easel.first_line(strip.lane)
    left = easel.title.width(TITLES["rate"]) + sizes.pad
    easel.words(Place(left, y), "mg/h", face=easel.small, colour="muted")
    y += sizes.row * 1.2
    middle = y - CAP * sizes.small / 2
    dots = (sizes.stroke, sizes.stroke * 1.6)
    sample = sizes.small * 1.5
    easel.lines(
        [(0.0, middle, sample, middle)], colour="c_cum", width=sizes.stroke * 1.2, dash=dots
    )
    easel.words(Place(sample + sizes.pad, y), "given, mg", face=easel.small, colour="muted")
    if drug.rate_now:
        easel.last(strip.lane, drug.rate_now, colour="c_rate")
        easel.last(strip.lane, drug.given_now, colour="c_cum", below=1)


def _bar(strip: Strip, step: Step) -> Box | None:
    """The place of a stretch; None where the pump gave nothing or it lies outside."""
    columns = strip.columns
    left = max(columns.left, columns.x(step.start))
    right = min(columns.right, columns.x(step.end))
    if step.state != "running" or right <= left:
        return None
    if step.rate is None:
        top = strip.box.bottom - _NO_STRENGTH * strip.box.height
    else:
        top = strip.y(float(step.rate.amount))
    return Box(left, top, right, strip.box.bottom)


def _draw_bar(strip: Strip, step: Step) -> None:
    """A filled bar under its outline; only an outline, dashed, where the strength is unknown."""
    box, easel, sizes = _bar(strip, step), strip.easel, strip.sizes
    if box is None:
        _draw_pause(strip, step)
        return
    outline = [
        (box.left, box.bottom), (box.left, box.top), (box.right, box.top), (box.right, box.bottom),
    ]  # fmt: skip
    if step.rate is None:
        easel.poly(outline, line="c_rate", width=sizes.stroke, dash=(sizes.dash, sizes.dash))
        return
    easel.rect(box, fill="c_rate_fill")
    easel.poly(outline, line="c_rate", width=sizes.stroke)
    half = sizes.stroke / 2
    for left, top, right, bottom in (
        (box.left, box.top, box.left, box.bottom),
        (box.right, box.top, box.right, box.bottom),
        (box.left, box.top, box.right, box.top),
    ):
        easel.board.add_line(Box(left - half, top - half, right + half, bottom + half))


def _draw_pause(strip: Strip, step: Step) -> None:
    """Nothing is drawn where nothing ran; two small bars say that it was a pause."""
    columns = strip.columns
    left = max(columns.left, columns.x(step.start))
    right = min(columns.right, columns.x(step.end))
    size = strip.sizes.mark * 1.3
    if step.state == "paused" and right - left > size * 1.2:
        y = strip.box.bottom - size
        strip.easel.marks("pause", [((left + right) / 2, y)], size=size, colour="muted")


def _draw_rate_text(strip: Strip, step: Step) -> None:
    """The number at the upper left of its bar, or over it where the bar is too small."""
    box, easel = _bar(strip, step), strip.easel
    if box is None:
        if step.state == "dry":
            _draw_dry(strip, step)
        return
    face, pad = easel.strong, strip.sizes.pad
    inside, over = face.below(box.top + pad), face.above(box.top - pad)
    places = [
        Place(box.left + pad, inside, "start"),
        Place(box.right - pad, inside, "end"),
        Place(box.left, over, "start"),
        Place(box.middle[0], over, "middle"),
        Place(box.left + pad, face.above(box.bottom - pad), "start"),
    ]
    fitting = [p for p in places if face.width(step.text) + 2 * pad <= box.width or p.y == over]
    easel.label(step.text, fitting, face=face, within=strip.box, colour="c_rate", ground="")


def _draw_dry(strip: Strip, step: Step) -> None:
    face = strip.easel.small
    x = strip.columns.x(step.start) + strip.sizes.pad
    place = Place(x, face.above(strip.box.bottom - strip.sizes.pad), "start")
    strip.easel.label("bag empty by the rates", [place], face=face, within=strip.box)


def _draw_given(strip: Strip) -> None:
    """What was given so far, dotted, on a scale whose upper end is the line of the most.

    More than was ordered rises into the row above the line.
    """
    drug, columns, sizes, box = strip.timeline.drug, strip.columns, strip.sizes, strip.box
    head = Box(box.left, box.top - sizes.row, box.right, box.bottom)
    amounts = [float(amount.mg.amount) for amount in drug.curve]
    line_y = box.top if drug.highest_rate is None else strip.y(float(drug.highest_rate.amount))
    ordered = float(drug.ordered.amount) if drug.ordered is not None else max(amounts, default=0)
    points: list[Point] = [
        (columns.x(amount.at), max(head.top, box.bottom - mg / ordered * (box.bottom - line_y)))
        for amount, mg in zip(drug.curve, amounts, strict=True)
        if ordered
    ]
    line = clipped(points, columns.left, columns.right)
    if len(line) > 1:
        dots = (sizes.stroke, sizes.stroke * 1.6)
        strip.easel.poly(line, line="c_cum", width=sizes.stroke * 1.2, dash=dots)
    if drug.ordered is not None or drug.highest_rate is not None:
        draw_limit(strip, line_y)
        texts = drug.most_texts or (drug.highest_text,)
        wide = replace(strip, lane=replace(strip.lane, box=head))
        wide.level_words(line_y, *texts, colour="danger")


def _draw_highest(strip: Strip) -> None:
    """The highest rate; at the edge, with an arrow, where it lies far above what runs."""
    drug = strip.timeline.drug
    if drug.highest_rate is None:
        return
    rate = float(drug.highest_rate.amount)
    y = strip.y(rate)
    draw_limit(strip, y)
    text = drug.highest_text + (" ↑" if strip.scale.off(rate) else "")
    strip.level_words(y, text, colour="danger")


def draw_totals(strip: Strip) -> None:
    """The running total in mg over mg/kg, at changes of the rate and every quarter hour."""
    easel, timeline = strip.easel, strip.timeline
    easel.heading(strip.lane, colour="text")
    strip.note(1, "mg over mg/kg")
    draw_columns(strip)
    draw_frame(strip)
    _draw_sums(strip)
    shown = [total for total in timeline.drug.totals if strip.columns.shows(total.at)]
    for total in sorted(shown, key=lambda total: not total.change):
        _draw_total(strip, total)


def _lines(strip: Strip) -> tuple[float, float]:
    face, middle = strip.easel.small, strip.box.middle[1]
    half = strip.sizes.row / 2
    return face.centred(middle - half), face.centred(middle + half)


def _draw_total(strip: Strip, total: Total) -> None:
    """Two figures under their moment; the upper one is left out where it would meet another."""
    easel, x = strip.easel, strip.columns.x(total.at)
    upper, lower = _lines(strip)
    kept = strip.box.wider(strip.sizes.hair)
    box = easel.label(total.mg, [Place(x, upper, "middle")], face=easel.strong, within=kept)
    if box is not None and total.per_kg:
        place = Place(x, lower, "middle")
        easel.label(total.per_kg, [place], face=easel.small, within=kept, colour="muted")


def _draw_sums(strip: Strip) -> None:
    """The whole in two lines behind the end of the infusion, or where else there is room for both.

    On the page on which the infusion does not end they are left to the one on which it does.
    """
    timeline, easel, pad = strip.timeline, strip.easel, strip.sizes.pad
    steps, sums = timeline.drug.steps, timeline.drug.sums
    if not steps or not sums or not strip.columns.shows(steps[-1].end):
        return
    places: list[tuple[float, Anchor]] = [
        (strip.columns.x(steps[-1].end) + 2 * pad, "start"),
        (strip.columns.right - pad, "end"),
        (strip.columns.x(steps[0].start) - 2 * pad, "end"),
        (strip.columns.left + pad, "start"),
    ]
    rows = _lines(strip)
    face = easel.strong
    for x, anchor in places:
        spots = [Place(x, y, anchor) for y in rows[: len(sums)]]
        boxes = [face.box(spot, text) for spot, text in zip(spots, sums, strict=True)]
        if all(box.inside(strip.box) and easel.board.clear(box) for box in boxes):
            for spot, box, text in zip(spots, boxes, sums, strict=True):
                easel.rect(box.wider(strip.sizes.hair), fill="surface")
                easel.words(spot, text, face=face)
                easel.board.add(box.wider(pad))  # a figure right beside it would read as its part
            return
