"""The visit before this one, drawn faintly behind it: pressure, dose and nausea, from the start on.

It is only looked at. It is no part of this visit's record, nothing of it is read out as this
visit's, and paper is drawn without it.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from ketachart.domain.course import started_at
from ketachart.domain.infusion import last_moment
from ketachart.domain.visit import Visit
from ketachart.domain.wording import short_day
from ketachart.timeline.contents import Band, Ghost, Timeline
from ketachart.timeline.lanes import timeline_of

_SHOWN: Final = "nausea"  # the side effect that is compared from visit to visit


def ghost_of(last: Visit, begun: datetime | None) -> Ghost | None:
    """The last visit as it lies behind an infusion that began then; None where either never ran."""
    start = started_at(last)
    if start is None or begun is None:
        return None
    drawn = timeline_of(last, last_moment(last))
    by = begun - start
    nausea = last.protocol.label("effect", _SHOWN)
    return Ghost(
        label=f"last visit, {short_day(start.date())}",
        effect=nausea,
        steps=tuple(
            replace(step, start=step.start + by, end=step.end + by) for step in drawn.drug.steps
        ),
        pressures=tuple(replace(one, at=one.at + by, entry="") for one in drawn.pressures),
        bands=tuple(_moved(band, by) for band in drawn.bands if band.label == nausea),
    )


def _moved(band: Band, by: timedelta) -> Band:
    stretches = tuple(
        replace(one, start=one.start + by, end=one.end + by, entry="") for one in band.stretches
    )
    return replace(band, stretches=stretches, ends=())


def with_ghost(timeline: Timeline, ghost: Ghost | None) -> Timeline:
    """The same timeline with that visit behind it, or with none."""
    return replace(timeline, ghost=ghost)
