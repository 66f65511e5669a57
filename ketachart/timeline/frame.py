"""Where everything stands: the columns, the clock across, and the lanes one below the other."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from ketachart.timeline.board import Face
from ketachart.timeline.columns import SCALED, Columns, LaneName
from ketachart.timeline.contents import Run, Timeline
from ketachart.timeline.lanes import window
from ketachart.timeline.manner import REGULAR, Manner
from ketachart.timeline.placing import Placed, place_flags, place_given
from ketachart.timeline.scales import scale_of
from ketachart.timeline.scene_parts import Box

# In the window: least height at 100 %, and the share of the height that is left over.
_LEAST: Final[dict[LaneName, tuple[float, float]]] = {
    "phase": (18, 0),
    "flags": (38, 0),
    "rate": (50, 3),
    "pressure": (56, 5),
    "pulse": (28, 2),
    "spo2": (28, 2),
    "pain": (28, 2),
    "sedation": (15, 0),
    "bands": (15, 0),
    "vitals": (15, 0),
    "axis": (16, 0),
}


@dataclass(frozen=True, slots=True)
class Lane:
    """One lane: its name and its place."""

    name: LaneName
    box: Box


@dataclass(frozen=True, slots=True)
class Plan:
    """What is known before the heights are: columns, rows of labels, and each lane's needs."""

    columns: Columns
    flags: tuple[Placed, ...]
    given: tuple[Placed, ...]
    bands: tuple[tuple[str, ...], ...]  # the name of each side effect, in lines
    needs: tuple[tuple[LaneName, float, float], ...]  # lane, least height, share of the rest

    @property
    def least(self) -> float:
        """The height below which a lane would have to be left out."""
        return sum(least for _, least, _ in self.needs)


def plan_of(timeline: Timeline, columns: Columns, manner: Manner) -> Plan:
    """What stands in the lanes and how high each must be."""
    shown = window(timeline, columns.start, columns.end)
    flags = place_flags(shown, columns, manner)
    given = place_given(shown, columns, manner) if manner.paper else ()
    draft = Plan(columns, flags, given, _band_lines(timeline, columns, manner), ())
    needs = (
        _paper_needs(shown, draft, manner) if manner.paper else _screen_needs(shown, draft, manner)
    )
    return replace(draft, needs=needs)


def least_in_window(timeline: Timeline, columns: Columns, manner: Manner) -> float:
    """The height below which the window would have to leave out a lane."""
    plan = Plan(columns, (), (), _band_lines(timeline, columns, manner), ())
    return sum(least for _, least, _ in _screen_needs(timeline, plan, manner))


def _band_lines(
    timeline: Timeline, columns: Columns, manner: Manner
) -> tuple[tuple[str, ...], ...]:
    """The names at the left of the side effects, in lines."""
    face = Face(manner, manner.sizes.small, REGULAR)
    names = _band_names(timeline, manner) or ["none charted"]
    return tuple(face.wrap(name, columns.left - 2 * manner.sizes.pad) for name in names)


def _band_names(timeline: Timeline, manner: Manner) -> list[str]:
    """The side effects, one row each; in the window one more for those of the last visit."""
    names = [band.label for band in timeline.bands]
    if timeline.ghost is not None and not manner.paper:
        names.append(f"{timeline.ghost.effect}, last visit")
    return names


def _screen_needs(
    timeline: Timeline, plan: Plan, manner: Manner
) -> tuple[tuple[LaneName, float, float], ...]:
    scale = manner.sizes.hair
    labelled = _labelled(timeline)
    needs = []
    for name, (least, share) in _LEAST.items():
        height = least * scale + (manner.sizes.row / 2 if name in labelled else 0.0)
        if name == "bands":
            height = sum(len(lines) for lines in plan.bands) * manner.sizes.row
        if name == "axis" and crosses_midnight(timeline):
            height += manner.sizes.row
        gap = 0.0 if name in ("phase", "axis") else manner.sizes.gap
        needs.append((name, height + gap, share))
    return tuple(needs)


def _labelled(timeline: Timeline) -> set[LaneName]:
    """The lanes in which the mark of a correction must find room beside its reading."""
    series: tuple[tuple[LaneName, tuple[Run, ...]], ...] = (
        ("pulse", timeline.pulse),
        ("spo2", timeline.spo2),
        ("pain", timeline.pain),
    )
    return {name for name, runs in series if any(spot.mark for run in runs for spot in run)}


def _paper_needs(
    timeline: Timeline, plan: Plan, manner: Manner
) -> tuple[tuple[LaneName, float, float], ...]:
    sizes, square = manner.sizes, plan.columns.square
    row = sizes.row
    rows: dict[LaneName, float] = {
        "clock": 2 * row + sizes.pad,
        "phase": row + 3,
        "flags": max(rows_of(plan.flags) * (sizes.flag + 1) + sizes.flag * 0.7, 2.2 * row),
        "given": rows_of(plan.given) * row + 3,
        "totals": 2 * row + 3,
        "sedation": row + 2,
        "bands": _bands_height(timeline, plan, manner),
        "vitals": row + 2,
        "axis": row * (2 if crosses_midnight(timeline) else 1),
    }
    needs: list[tuple[LaneName, float, float]] = []
    for name in (
        "clock", "phase", "flags", "given", "rate", "totals", "pressure", "pulse", "spo2", "pain",
        "sedation", "bands", "vitals", "axis",
    ):  # fmt: skip
        scaled = SCALED.get(name)
        height = scale_of(scaled, timeline, manner).squares * square if scaled else rows[name]
        gap = 0.0 if name in ("clock", "phase", "axis") else sizes.gap
        needs.append((name, height + gap, 0.0))
    return tuple(needs)


def _bands_height(timeline: Timeline, plan: Plan, manner: Manner) -> float:
    """The rows of the side effects, and on paper at least room for what their thickness means."""
    sizes = manner.sizes
    rows = sum(len(lines) for lines in plan.bands) * (sizes.row + 1.4) + 2
    legend = 2.2 * sizes.tick + sizes.bands[2] if timeline.bands else 0.0
    return max(rows, legend)


def rows_of(placed: tuple[Placed, ...]) -> int:
    """How many rows of labels there are; never none."""
    return 1 + max((item.row for item in placed), default=0)


def crosses_midnight(timeline: Timeline) -> bool:
    """Whether the timeline runs into another day."""
    return timeline.start.date() != (timeline.end - timedelta(seconds=1)).date()


def lanes_of(plan: Plan, height: float, manner: Manner) -> tuple[Lane, ...]:
    """The lanes one below the other; what is left over goes to those that can use it."""
    spare = max(0.0, height - plan.least) if not manner.paper else 0.0
    shares = sum(share for _, _, share in plan.needs) or 1.0
    lanes, top = [], 0.0
    for name, least, share in plan.needs:
        gap = 0.0 if name in ("clock", "phase", "axis") else manner.sizes.gap
        bottom = top + least + spare * share / shares
        lanes.append(Lane(name, Box(plan.columns.left, top + gap, plan.columns.right, bottom)))
        top = bottom
    return tuple(lanes)
