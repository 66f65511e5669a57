"""Which questions apply today: by the patient, by what the order is for, by how many visits."""

from datetime import date, datetime

from ketachart.domain.earlier.series import earlier, last_infusion, moment_of
from ketachart.domain.instructions import local, zone_of
from ketachart.domain.policy import ScreeningItem
from ketachart.domain.visit import Visit


def applies(visit: Visit, item: ScreeningItem, now: datetime) -> bool:
    """Whether a question is asked in this visit."""
    match item.only_if:
        case "could-be-pregnant":
            return visit.patient is None or visit.patient.sex != "M"
        case "acute":
            return visit.order is not None and visit.order.goal == "acute-migraine"
        case "series":
            return visit.order is not None and visit.order.series_number is not None
        case "after-series":
            return _after_a_series(visit)
        case "long-term":
            return every(visit, "cognition.every")
        case "liver":
            return every(visit, "liver.visits") or _days_are_over(visit, now)
        case _:
            return True


def visit_number(visit: Visit) -> int:
    """Which infusion of this patient this is, of all that are known."""
    return len(earlier(visit)) + 1


def every(visit: Visit, code: str) -> bool:
    """Whether this is one of every so many visits; never where the protocol does not say."""
    policy = visit.protocol.known(code)
    return policy is not None and visit_number(visit) % int(policy.value) == 0


def _after_a_series(visit: Visit) -> bool:
    """The last infusion ended a series: this one counts anew, or only keeps up its effect."""
    last, order = last_infusion(visit), visit.order
    if last is None or last.series_number is None or order is None:
        return False
    if order.series_number is None:
        return order.goal in ("maintenance", "booster")
    return order.series_number == 1 or order.series_number < last.series_number


def _days_are_over(visit: Visit, now: datetime) -> bool:
    """Another stretch of the protocol's days since the first known infusion is full."""
    policy, known = visit.protocol.known("liver.days"), earlier(visit)
    if policy is None or not known:
        return False
    first, last = known[0].on, known[-1].on
    today = local(moment_of(visit, now), zone_of(visit)).date()

    def full(on: date) -> int:
        return (on - first).days // int(policy.value)

    return full(today) > full(last)
