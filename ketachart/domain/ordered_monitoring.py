"""What an order asks of the monitoring beyond the protocol: it makes it stricter, never laxer."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from ketachart.domain.editions import editions
from ketachart.domain.facts import MonitoringPlan
from ketachart.domain.policy import SignCode
from ketachart.domain.protocol import Protocol
from ketachart.domain.quantities import length_of
from ketachart.domain.visit import Visit
from ketachart.domain.wording import listed, with_unit

SAME = timedelta(minutes=2)
WATCHED = {"spo2": "SpO₂", "ecg": "ECG", "etco2": "EtCO₂"}


def observation_needed(visit: Visit) -> timedelta:
    """How long to observe after the last ketamine: the protocol's time or a longer ordered one."""
    needed = visit.protocol.minutes("observe.default")
    plan = visit.order.monitoring if visit.order else None
    if plan is None or plan.observe_min is None:
        return needed
    return max(needed, length_of(plan.observe_min.seconds))


def full_set(protocol: Protocol) -> frozenset[SignCode]:
    """What a full set holds: what all the protocol's rounds with a blood pressure ask for."""
    rounds = [
        frozenset(rule.needs)
        for rule in protocol.rounds
        if rule.phase == "infusion" and "systolic" in rule.needs
    ]
    return frozenset.intersection(*rounds) if rounds else frozenset()


def ordered_times(
    visit: Visit, start: datetime, full_at: Iterable[datetime], until: datetime
) -> list[datetime]:
    """The times that the order adds, so that no two full sets are further apart than it says.

    Args:
        visit: its order and protocol.
        start: when the pump was started; the first interval counts from there.
        full_at: when the protocol asks for a full set, in the order of time.
        until: no time later than this is added.
    """
    added, last = [], start
    for moment in (*full_at, None):
        following = _after(visit, last)
        while following is not None and following <= until and _before(following, moment):
            added.append(following)
            following = _after(visit, following)
        last = moment or last
    return added


def _before(moment: datetime, other: datetime | None) -> bool:
    return other is None or moment < other


def _after(visit: Visit, last: datetime) -> datetime | None:
    """When the next set is due by the order of that time; a new order counts from its own time."""
    for edition in editions(visit):
        plan = edition.entry.fact.monitoring
        if plan is None or plan.vitals_every_min is None:
            continue
        since = max(filter(None, (last, edition.since)))
        due = since + timedelta(minutes=plan.vitals_every_min)
        if _before(due, edition.until):
            return due
    return None


def same_set(visit: Visit, at: datetime) -> timedelta:
    """How near two sets that are due fall together as one; not at all where they are ordered dense.

    Two minutes is usual; under an order of a set every few minutes that would lose every other one.
    It is the order of that time that counts.
    """
    order = visit.order_at(at)
    plan = order.monitoring if order else None
    every = plan.vitals_every_min if plan else None
    return SAME if every is None or timedelta(minutes=every) > 2 * SAME else timedelta()


def asked_beyond(visit: Visit) -> str:
    """The order's own monitoring in words: “full set every 5 min, SpO₂ and ECG without a break”."""
    plan = visit.order.monitoring if visit.order else None
    return "" if plan is None else plan_text(plan)


def plan_text(plan: MonitoringPlan) -> str:
    """A monitoring plan in one line."""
    parts = []
    if plan.vitals_every_min is not None:
        parts.append(f"full set at least every {plan.vitals_every_min} min")
    if plan.observe_min is not None:
        parts.append(f"observed at least {with_unit(plan.observe_min)}")
    if plan.continuous:
        parts.append(f"{listed([WATCHED[code] for code in plan.continuous])} without a break")
    return ", ".join(parts)
