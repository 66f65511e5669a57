"""From when to when the timeline goes, and which parts of the visit lie on it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from ketachart.domain.course import (
    PHASE_NAMES,
    Stretch,
    ended_at,
    opened_at,
    started_at,
    stretches,
)
from ketachart.domain.delivered import Delivery
from ketachart.domain.infusion import planned_end
from ketachart.domain.ordered_monitoring import observation_needed
from ketachart.domain.quantities import length_of
from ketachart.domain.visit import Visit
from ketachart.timeline.contents import SQUARE, Phase

EDGE: Final = timedelta(minutes=2)  # a mark nearer than this to an end gets another square
SHORTEST: Final = timedelta(hours=1)


def is_over(visit: Visit) -> bool:
    """Whether nothing more is to come: released, not started, or signed."""
    return ended_at(visit) is not None or visit.signed is not None


def infusion_end(visit: Visit, run: Delivery, now: datetime) -> datetime | None:
    """When the infusion ends, or is expected to; None before it began."""
    start = started_at(visit)
    if start is None or run.stopped_at is not None:
        return run.stopped_at
    order = visit.order
    planned = planned_end(visit, run)
    if planned is None and order is not None:
        paused = length_of(run.seconds_in("paused"))
        planned = start + length_of(order.duration_min.seconds) + paused
    return max(planned, now) if planned is not None else now


def expected_end(visit: Visit, run: Delivery, now: datetime) -> datetime | None:
    """When the visit may be over at the earliest, as far as can be said; None once it is."""
    if is_over(visit):
        return None
    watch = observation_needed(visit)
    end = infusion_end(visit, run, now)
    if end is not None:
        return max(end, run.last_drug_at or end) + watch
    order = visit.order
    return now + (length_of(order.duration_min.seconds) + watch if order is not None else watch)


def phases_of(visit: Visit, run: Delivery, now: datetime) -> tuple[Phase, ...]:
    """The parts of the visit so far, and those that can be foreseen while the drug runs."""
    found = stretches(visit)
    over = is_over(visit)
    phases = [
        Phase(
            name=PHASE_NAMES[stretch.phase],
            start=stretch.start,
            end=stretch.end or _end_of(visit, stretch, run, now),
            state="done" if over or number + 1 < len(found) else "current",
        )
        for number, stretch in enumerate(found)
    ]
    if found and found[-1].phase == "infusion" and not over:
        start = phases[-1].end
        end = start + observation_needed(visit)
        phases.append(Phase(name=PHASE_NAMES["observation"], start=start, end=end, state="planned"))
    return tuple(phases)


def _end_of(visit: Visit, stretch: Stretch, run: Delivery, now: datetime) -> datetime:
    if stretch.phase == "infusion":
        return infusion_end(visit, run, now) or now
    if stretch.phase == "observation":
        return max(expected_end(visit, run, now) or now, now)
    return max(now, stretch.start)


def bounds(
    visit: Visit, drawn: Iterable[datetime], expected: datetime | None, *, at_least: datetime | None
) -> tuple[datetime, datetime]:
    """The two ends of the timeline, each on a full five minutes, with room beside the marks.

    Raises:
        LookupError: nothing is charted yet.
    """
    opened = opened_at(visit)
    if opened is None:
        raise LookupError("nothing is charted yet")
    every = list(drawn)
    ends = (min(every), max(every)) if every else ()
    moments = [moment.astimezone(opened.tzinfo) for moment in ends]
    start = floor(min([opened, *(moment - EDGE for moment in moments)]))
    last = max([at_least or opened, opened, *(moment + EDGE for moment in moments)])
    end = ceiling(max(last, expected or last, start + SHORTEST))
    return start, end


def floor(moment: datetime, step: timedelta = SQUARE) -> datetime:
    """The last full step of the clock at or before a moment, in its own offset from UTC."""
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return day + (moment - day) // step * step


def ceiling(moment: datetime, step: timedelta = SQUARE) -> datetime:
    """The first full step of the clock at or after a moment."""
    below = floor(moment, step)
    return below if below == moment else below + step
