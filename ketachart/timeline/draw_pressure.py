"""Draws each blood pressure as a v and a ^ joined by a line; their tips are the values."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ketachart.timeline.board import Spot
from ketachart.timeline.contents import Pressure
from ketachart.timeline.draw_ghost import draw_ghost_name, draw_ghost_pressure
from ketachart.timeline.grid import draw_dotted, draw_levels, draw_limit, draw_limits, limits_of
from ketachart.timeline.rows import Bar, bars_row, mark_box
from ketachart.timeline.scene_parts import Box, Shape
from ketachart.timeline.strip import Strip
from ketachart.timeline.thin import MOST, thin


class Placed(NamedTuple):
    """Where a pressure's two ends stand, and which of them are on the scale."""

    x: float
    top: float | None
    bottom: float | None
    top_on: bool
    bottom_on: bool


def draw_pressure(strip: Strip) -> None:
    """Limits, the baseline, every pressure, and the numbers that have to be read."""
    timeline, easel = strip.timeline, strip.easel
    easel.heading(strip.lane, colour="c_bp")
    _draw_legend(strip)
    _draw_near(strip)
    draw_levels(strip)
    draw_ghost_pressure(strip)
    for limit in limits_of(strip, "pressure"):
        draw_limit(strip, strip.y(limit.value))
    base = timeline.baseline.systolic if timeline.baseline is not None else None
    if base is not None:
        draw_dotted(strip, strip.y(base))
    sight = strip.in_sight(timeline.pressures)
    shown = timeline.pressures[sight]
    placed = strip.placed("pressures", timeline.pressures, lambda one: _placed(strip, one))[sight]
    _draw_marks(strip, shown, placed)
    _draw_numbers(strip, shown, placed)
    last = strip.latest(shown, timeline.pressures)
    if last is not None:
        easel.last_at(strip.lane, last.text, _box(strip, last).bottom, colour="c_bp")
    draw_limits(strip, "pressure")
    if base is not None:
        strip.level_words(strip.y(base), *_base_words(strip, base), colour="muted")
    draw_ghost_name(strip)


def _draw_near(strip: Strip) -> None:
    """In the window a band of what counts as near the baseline; squares of paper stay bare."""
    near = strip.timeline.near
    if strip.paper or near is None:
        return
    box = strip.box
    band = Box(box.left, strip.y(near.high), box.right, strip.y(near.low))
    strip.easel.rect(band, fill="c_expected")


def _base_words(strip: Strip, base: int) -> tuple[str, ...]:
    near = strip.timeline.near
    plain = (f"baseline {base}", f"base {base}")
    if strip.paper or near is None:
        return plain
    return (f"baseline {base} ± {near.percent} %", *plain)


def _draw_legend(strip: Strip) -> None:
    """What the two marks mean; the window has room for the marks only."""
    easel, sizes = strip.easel, strip.sizes
    y = easel.first_line(strip.lane) + sizes.row
    half = sizes.chevron / 2
    if not strip.paper:
        easel.marks("down", [(half, y)], size=sizes.chevron, colour="c_bp")
        tip = (half + sizes.chevron * 1.5, y - sizes.chevron * 0.8)
        easel.marks("up", [tip], size=sizes.chevron, colour="c_bp")
        easel.words(Spot(sizes.chevron * 3, y), "mmHg", face=easel.small, colour="muted")
        return
    strip.note(1, "mmHg")
    meanings: tuple[tuple[Shape, str, float], ...] = (
        ("down", "systolic", 0.0),
        ("up", "diastolic", -sizes.chevron * 0.8),
    )
    for shape, word, rise in meanings:
        y += sizes.row * 1.3
        easel.marks(shape, [(half, y + rise)], size=sizes.chevron, colour="c_bp")
        easel.words(Spot(sizes.chevron * 1.6, y), word, face=easel.small, colour="muted")


def _ends(strip: Strip, pressure: Pressure) -> tuple[float | None, float | None]:
    systolic, diastolic = pressure.systolic, pressure.diastolic
    return (
        None if systolic is None else strip.y(systolic),
        None if diastolic is None else strip.y(diastolic),
    )


def _on_scale(strip: Strip, value: int | None) -> bool:
    return value is not None and not strip.scale.off(value)


def _placed(strip: Strip, pressure: Pressure) -> Placed:
    top, bottom = _ends(strip, pressure)
    return Placed(
        strip.columns.x(pressure.at),
        top,
        bottom,
        _on_scale(strip, pressure.systolic),
        _on_scale(strip, pressure.diastolic),
    )


def _draw_marks(strip: Strip, shown: Sequence[Pressure], placed: Sequence[Placed]) -> None:
    easel, sizes = strip.easel, strip.sizes
    downs = [(x, top) for x, top, _, on, _ in placed if on and top is not None]
    ups = [(x, bottom) for x, _, bottom, _, on in placed if on and bottom is not None]
    bars = [
        (x, top, x, bottom)
        for x, top, bottom, *_ in placed
        if top is not None and bottom is not None
    ]
    strip.tell_all(lambda: _told(shown, placed, sizes.chevron / 2))
    bars = _fewer(bars, sizes.chevron / 3)
    if bars:
        easel.board.add_line_row(bars_row(bars, sizes.hair))
    easel.lines(bars, colour="c_bp", width=sizes.stroke * 0.7)
    easel.marks("down", thin(downs, bucket=sizes.chevron / 3), size=sizes.chevron, colour="c_bp")
    easel.marks("up", thin(ups, bucket=sizes.chevron / 3), size=sizes.chevron, colour="c_bp")


def _told(
    shown: Sequence[Pressure], placed: Sequence[Placed], half: float
) -> Iterator[tuple[Box, str]]:
    for pressure, (x, top, bottom, *_) in zip(shown, placed, strict=True):
        known = [y for y in (top, bottom) if y is not None]
        yield Box(x - half, min(known) - half, x + half, max(known) + half), pressure.entry


def _fewer(bars: list[Bar], bucket: float) -> list[Bar]:
    """The bars of a very long visit: in each bucket one, from the highest end to the lowest."""
    if len(bars) <= MOST:
        return bars
    joined: dict[float, Bar] = {}
    for x, top, _, bottom in bars:
        column = x // bucket
        _, high, _, low = joined.get(column, (x, top, x, bottom))
        joined[column] = (x, min(high, top), x, max(low, bottom))
    return list(joined.values())


def _draw_numbers(strip: Strip, shown: Sequence[Pressure], placed: Sequence[Placed]) -> None:
    """Numbers of what is off the scale, marks of corrections, and on paper the highest."""
    for pressure, (_, _, _, *on_scale) in zip(shown, placed, strict=True):
        if all(on_scale) and not pressure.mark:
            continue
        for value, on in zip((pressure.systolic, pressure.diastolic), on_scale, strict=True):
            if value is not None and not on:
                strip.beyond(pressure.at, value, str(value))
        if pressure.mark:
            strip.beside(_box(strip, pressure), pressure.mark)
    if strip.paper and len(shown) > 1:
        highest = max(shown, key=lambda pressure: pressure.systolic or -1)
        if _on_scale(strip, highest.systolic):
            strip.beside(_box(strip, highest), highest.text)


def _box(strip: Strip, pressure: Pressure) -> Box:
    """The place of the upper mark, or of the only one."""
    top, bottom = _ends(strip, pressure)
    shape: Shape = "down" if top is not None else "up"
    y = top if top is not None else bottom or 0.0
    return mark_box(shape, (strip.columns.x(pressure.at), y), strip.sizes.chevron)
