"""The cursor: a line at one minute, and beside it in each lane the value of that minute."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from ketachart.domain.wording import clock
from ketachart.timeline.board import Face, Spot
from ketachart.timeline.columns import LaneName
from ketachart.timeline.manner import SEMIBOLD
from ketachart.timeline.moment import Moment, to_minute
from ketachart.timeline.scene import Scene
from ketachart.timeline.scene_parts import Box, Lines, Part, Rect, Text


@dataclass(frozen=True, slots=True)
class Cursor:
    """What stands in each lane, and in words what Enter or another click does there."""

    moment: Moment
    hint: str = ""


def minute_at(scene: Scene, x: float) -> datetime:
    """The minute that lies at a place of the drawing, never beyond its ends."""
    columns = scene.columns
    share = (x - columns.left) / (columns.right - columns.left)
    moment = columns.start + (columns.end - columns.start) * min(1.0, max(0.0, share))
    return to_minute(moment.astimezone(columns.start.tzinfo))


def cursor_parts(scene: Scene, cursor: Cursor) -> tuple[Part, ...]:
    """The line, its time below, and the values at the side where there is room."""
    if not scene.columns.shows(cursor.moment.at):
        return ()
    drawing = _Drawing(scene, cursor)
    return tuple(drawing.parts())


class _Drawing:
    def __init__(self, scene: Scene, cursor: Cursor) -> None:
        self._scene, self._cursor = scene, cursor
        self._x = scene.columns.x(cursor.moment.at)
        manner = scene.manner
        self._face = Face(manner, manner.sizes.small, SEMIBOLD)
        said = [*self._said()]
        self._widest = max((self._face.width(text) for _, text in said), default=0.0)
        columns, pad = scene.columns, manner.sizes.pad
        self._right = self._x + self._widest + 4 * pad <= columns.width
        self._right = self._right or self._x < (columns.left + columns.right) / 2

    def parts(self) -> Iterator[Part]:
        scene, sizes = self._scene, self._scene.manner.sizes
        axis = self._lane("axis")
        top = scene.lanes[0].box.top
        yield Lines(
            ends=((self._x, top, self._x, axis.top),), colour="focus", width=sizes.hair,
            dash=(sizes.dash, sizes.dash * 0.6),
        )  # fmt: skip
        for box, text in self._said():
            yield from self._label(box, text)
        yield from self._time(axis)

    def _said(self) -> Iterator[tuple[Box, str]]:
        """The lanes that have something to say, with what they say."""
        for known in self._cursor.moment.values:
            if known.lane != "phase":  # its name stands in the lane itself
                yield self._lane(known.lane), known.shown
        if self._cursor.hint:
            yield self._lane("flags"), self._cursor.hint

    def _lane(self, name: LaneName) -> Box:
        return next(lane.box for lane in self._scene.lanes if lane.name == name)

    def _label(self, box: Box, text: str) -> Iterator[Part]:
        """Words on a ground of their own, in the middle of their lane."""
        face, pad = self._face, self._scene.manner.sizes.pad
        half = min(box.height, self._scene.manner.sizes.row * 1.2) / 2
        middle, width = box.middle[1], face.width(text)
        left = self._x + 2 * pad if self._right else self._x - 2 * pad - width
        left = min(max(left, pad), self._scene.columns.width - width - pad)
        ground = Box(left - pad, middle - half, left + width + pad, middle + half)
        yield Rect(box=ground, fill="raised", line="control", radius=pad,
                   width=self._scene.manner.sizes.hair)  # fmt: skip
        yield self._text(Spot(left, face.centred(middle)), text, colour="text")

    def _time(self, axis: Box) -> Iterator[Part]:
        sizes, columns = self._scene.manner.sizes, self._scene.columns
        text = clock(self._cursor.moment.at)
        half = self._face.width(text) / 2 + sizes.pad
        middle = min(max(self._x, columns.left + half), columns.width - half)
        y = axis.top + sizes.row / 2
        ground = Box(middle - half, y - sizes.row / 2, middle + half, y + sizes.row / 2)
        yield Rect(box=ground, fill="raised", line="focus", width=sizes.hair, radius=sizes.pad)
        yield self._text(Spot(middle, self._face.centred(y), "middle"), text, colour="text")

    def _text(self, spot: Spot, text: str, *, colour: str) -> Text:
        face = self._face
        return Text(
            x=spot.x, y=spot.y, text=text, size=face.size, weight=face.weight, colour=colour,
            anchor=spot.anchor, box=face.box(spot, text),
        )  # fmt: skip
