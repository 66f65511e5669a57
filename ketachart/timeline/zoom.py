"""Which part of the visit the timeline shows: from a quarter of an hour to the whole of it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from ketachart.domain.wording import length
from ketachart.timeline.contents import Timeline
from ketachart.timeline.lanes import window
from ketachart.timeline.moment import MINUTE, to_minute

LENGTHS: Final = tuple(timedelta(minutes=m) for m in (15, 30, 60, 120, 240, 480))
_AHEAD: Final = 5  # a fifth of the width stands behind now, for what is due next


@dataclass(frozen=True, slots=True)
class Zoom:
    """``span`` None is the whole visit; ``start`` None goes with now, or stands at the end."""

    span: timedelta | None = None
    start: datetime | None = None

    @property
    def words(self) -> str:
        """What is looked at: “whole visit”, “30 min”, “30 min, with now”."""
        if self.span is None:
            return "whole visit"
        return length(self.span) + (", with now" if self.start is None else "")

    @property
    def follows(self) -> bool:
        """Whether it goes with now."""
        return self.span is None or self.start is None

    def of(self, timeline: Timeline, now: datetime | None) -> Timeline:
        """The part of a timeline that is looked at."""
        if self.span is None:
            return timeline
        start = self.start
        if start is None:
            end = timeline.end if now is None else to_minute(now) + self.span / _AHEAD
            start = to_minute(end - self.span)
        start = _kept(start, self.span, timeline, now)
        return window(timeline, start, start + self.span)

    # ------------------------------------------------ closer, wider, along

    def closer(self, timeline: Timeline, now: datetime | None, at: datetime | None) -> "Zoom":
        """One step closer, around a moment where there is one, else with now."""
        whole = timeline.end - timeline.start
        shorter = [span for span in LENGTHS if span < (self.span or whole)]
        return self._around(shorter[-1] if shorter else self.span, timeline, now, at)

    def wider(self, timeline: Timeline, now: datetime | None, at: datetime | None) -> "Zoom":
        """One step wider; the whole visit once that is less."""
        if self.span is None:
            return self
        whole = timeline.end - timeline.start
        longer = [span for span in LENGTHS if self.span < span < whole]
        return self._around(longer[0], timeline, now, at) if longer else Zoom()

    def _around(
        self, span: timedelta | None, timeline: Timeline, now: datetime | None, at: datetime | None
    ) -> "Zoom":
        if span is None or (at is None and self.follows):
            return Zoom(span)
        shown = self.of(timeline, now)
        middle = at if at is not None else shown.start + (shown.end - shown.start) / 2
        return Zoom(span, _kept(to_minute(middle - span / 2), span, timeline, now))

    def along(self, timeline: Timeline, now: datetime | None, by: int) -> "Zoom":
        """Half of what is shown, earlier (−1) or later (1)."""
        if self.span is None:
            return self
        return self.moved_to(timeline, now, self.of(timeline, now).start + by * self.span / 2)

    def moved_to(self, timeline: Timeline, now: datetime | None, start: datetime) -> "Zoom":
        """The same length from another moment on."""
        if self.span is None:
            return self
        return replace(self, start=_kept(to_minute(start), self.span, timeline, now))

    def showing(self, timeline: Timeline, now: datetime | None, at: datetime) -> "Zoom":
        """As it is, where a moment is in sight; else moved so that it stands in the middle."""
        shown = self.of(timeline, now)
        if self.span is None or shown.start + MINUTE <= at <= shown.end - MINUTE:
            return self
        return self.moved_to(timeline, now, at - self.span / 2)


def _kept(start: datetime, span: timedelta, timeline: Timeline, now: datetime | None) -> datetime:
    """Never beyond the two ends of the visit, nor so that now falls off while it is followed."""
    end = timeline.end if now is None else max(timeline.end, to_minute(now) + span / _AHEAD)
    return max(timeline.start, min(start, end - span))
