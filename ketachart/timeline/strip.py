"""One lane on the easel, together with its scale and what is drawn in it."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from operator import attrgetter
from typing import Final, TypeVar

from ketachart.timeline.board import Face, Spot, around
from ketachart.timeline.columns import Columns
from ketachart.timeline.contents import Pressure, Timeline, VitalsMark
from ketachart.timeline.contents import Spot as Measured
from ketachart.timeline.easel import Easel
from ketachart.timeline.frame import Lane
from ketachart.timeline.manner import HANG, Sizes
from ketachart.timeline.rows import mark_box
from ketachart.timeline.scales import Scale
from ketachart.timeline.scene_parts import Box, Hit, Point, Shape

Reading = TypeVar("Reading", Pressure, Measured)
R = TypeVar("R")
T = TypeVar("T")
Timed = Pressure | Measured | VitalsMark
PLAIN: Final = Scale(0, 1, 1, (1,))  # of a lane that has no numbers


@dataclass(frozen=True, slots=True)
class Strip:
    """What a lane's drawer is given."""

    easel: Easel
    lane: Lane
    timeline: Timeline
    scale: Scale = PLAIN

    @property
    def box(self) -> Box:
        """Where the lane stands."""
        return self.lane.box

    @property
    def sizes(self) -> Sizes:
        """The sizes of the medium."""
        return self.easel.sizes

    @property
    def columns(self) -> Columns:
        """The plot and its clock."""
        return self.easel.columns

    @property
    def paper(self) -> bool:
        """Whether this is paper."""
        return self.easel.manner.paper

    def y(self, value: Decimal | float) -> float:
        """How far down a value stands; what is off the scale at the lane's edge."""
        return self.box.bottom - self.scale.share(float(value)) * self.box.height

    def point(self, at: datetime, value: Decimal | float) -> Point:
        """Where a value at a moment stands."""
        return self.columns.x(at), self.y(value)

    def latest(self, shown: Sequence[Reading], every: Sequence[Reading]) -> Reading | None:
        """The reading that stands at the right: in an open visit the last, whatever is in sight."""
        candidates = every if self.timeline.now is not None and not self.paper else shown
        return candidates[-1] if candidates else None

    def placed(self, name: str, readings: Sequence[R], make: Callable[[R], T]) -> Sequence[T]:
        """What is made of each reading by where it stands; of what stood there before, nothing."""
        where = self.columns, self.box, self.scale
        return self.easel.kept.each((self.lane.name, name), where, readings, make)

    def in_sight(self, readings: Sequence[Timed]) -> slice:
        """Which readings lie on the plot, of some in the order of time."""
        first = bisect_left(readings, self.columns.start, key=attrgetter("at"))
        return slice(first, bisect_right(readings, self.columns.end, key=attrgetter("at")))

    def tell_all(self, places: Callable[[], Iterable[tuple[Box, str]]]) -> None:
        """Notes that many places show an entry each; they are asked for when one is looked at."""
        told = self.timeline.told
        self.easel.told(
            lambda: [Hit(box, entry, told[entry].text, told[entry].at) for box, entry in places()]
        )

    def tell(self, box: Box, entry: str, *, after: str = "") -> None:
        """Notes that a place shows an entry; ``after`` is read out behind its words."""
        told = self.timeline.told[entry]
        self.easel.told(Hit(box, entry, told.text + after, told.at))

    def tell_of(self, box: Box, at: datetime, text: str) -> None:
        """Notes what is read out at a place that no entry stands for."""
        self.easel.told(Hit(box, "", text, at))

    def beside(
        self, box: Box, text: str, *, face: Face | None = None, colour: str = "text"
    ) -> Box | None:
        """A number beside a mark, as near to it as there is room in the lane."""
        chosen = face or self.easel.strong
        spots = tuple(around(box, chosen, self.sizes.pad * 0.6))
        lane = self.box  # what hangs below the line of a number is only its shadow: nothing does
        within = Box(lane.left, lane.top, lane.right, lane.bottom + HANG * chosen.size)
        return self.easel.needed_label(text, spots, face=chosen, within=within, colour=colour)

    def note(self, line: int, text: str) -> None:
        """A quiet line under the lane's name; the first is line 1."""
        y = self.easel.first_line(self.lane) + line * self.sizes.row
        self.easel.words(Spot(0.0, y), text, face=self.easel.small, colour="muted")

    def beyond(self, at: datetime, value: Decimal | float, text: str) -> None:
        """An arrow and the number of a reading that lies beyond the lane's scale."""
        shape: Shape = "arrow-up" if self.scale.off(float(value)) > 0 else "arrow-down"
        size = self.sizes.mark * 1.2
        point = self.point(at, value)
        self.easel.marks(shape, [point], size=size, colour="danger")
        self.beside(mark_box(shape, point, size), text, colour="danger")

    def level_words(self, y: float, *texts: str, colour: str) -> Box | None:
        """The words for a level line: above it at the right, or wherever along it is room.

        Several texts say the same, the longest first. Where the plot has no room for any of them,
        one stands at the end of the line, among the last values.
        """
        face, pad = self.easel.small, self.sizes.pad
        for text in texts:
            spots = along(y, face, text, columns=self.columns, pad=pad * 0.6)
            box = self.easel.label(text, spots, face=face, within=self.box, colour=colour)
            if box is not None:
                return box
        values = Box(self.columns.right, self.box.top, self.columns.width, self.box.bottom)
        for text in texts:
            ends = [Spot(self.columns.right + pad, line, "start") for line in _levels(y, face)]
            box = self.easel.label(text, ends, face=face, within=values, colour=colour)
            if box is not None:
                return box
        return None


def _levels(y: float, face: Face) -> tuple[float, ...]:
    """Baselines of words at the end of a line: level with it, else a little higher or lower."""
    return tuple(face.centred(y) + part * face.size for part in (0, 0.5, -0.5, 1.0, -1.0))


def along(y: float, face: Face, text: str, *, columns: Columns, pad: float) -> Iterable[Spot]:
    """Places along a level line: above it from the right end to the left, then below it."""
    width = face.width(text)
    step = max(2.0, face.size / 2)
    for baseline in (face.above(y - pad), face.below(y + pad)):
        x = columns.right - pad
        while x - width >= columns.left + pad:
            yield Spot(x, baseline, "end")
            x -= step
