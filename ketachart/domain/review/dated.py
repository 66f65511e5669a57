"""The date on a paper: a consent or a laboratory sheet that is too old asks for a call."""

from datetime import date, datetime, timedelta

from ketachart.domain.earlier.series import earlier, moment_of
from ketachart.domain.instructions import local, zone_of
from ketachart.domain.judgements import Judged
from ketachart.domain.policy import ScreeningItem
from ketachart.domain.visit import Visit
from ketachart.domain.wording import count, day

NOTHING = Judged(None, "")


def doubt_of_date(visit: Visit, item: ScreeningItem, dated: date | None, now: datetime) -> Judged:
    """“Ask” where the paper is older than the protocol allows, or than the series it is for.

    Args:
        visit: the record so far.
        item: the question.
        dated: the date on the paper; None raises nothing, since its entry was refused.
        now: the moment it is judged at.
    """
    if dated is None:
        return NOTHING
    today = local(moment_of(visit, now), zone_of(visit)).date()
    policy = visit.protocol.known(item.dated_within) if item.dated_within else None
    if policy is not None and dated < today - timedelta(days=int(policy.value)):
        return Judged("ask", f"older than {count(int(policy.value), 'day')}")
    before = _before_this_series(visit)
    if item.for_series and before is not None and dated <= before:
        return Judged("ask", f"signed before the series of {day(before)} ended")
    return NOTHING


def _before_this_series(visit: Visit) -> date | None:
    """The day of the last infusion that does not belong to this order's series."""
    order = visit.order
    if order is None or order.series_number is None:
        return None
    known = earlier(visit)
    others = known[: max(0, len(known) - (order.series_number - 1))]
    return others[-1].on if others else None
