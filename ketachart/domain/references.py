"""Every source on which something in a visit rests: its limits, questions, sets and sentences."""

from collections.abc import Iterator
from datetime import datetime

from ketachart.domain.alerts import alert_history
from ketachart.domain.course import started_at
from ketachart.domain.dose_checks import dose_checks
from ketachart.domain.facts import VialTaken
from ketachart.domain.found.findings import findings
from ketachart.domain.instructions import told
from ketachart.domain.limits import limits_in_force
from ketachart.domain.monitoring import due
from ketachart.domain.policy import Reference
from ketachart.domain.release import release
from ketachart.domain.screening import screening
from ketachart.domain.start import against_start
from ketachart.domain.visit import Visit


def references(visit: Visit, now: datetime) -> tuple[Reference, ...]:
    """What the codes in this visit stand for, by their short names.

    Args:
        visit: the record.
        now: as of when open things are judged, aware.
    """
    found = visit.protocol.cited(*dict.fromkeys(_sources(visit, now))).references
    return tuple(sorted(found, key=lambda one: (one.short.lower(), one.words, one.code)))


def _sources(visit: Visit, now: datetime) -> Iterator[str]:
    """The sources as they stand beside everything that the visit asked, held or told."""
    start = started_at(visit)
    order = visit.order
    goal = visit.protocol.goal(order.goal) if order is not None else None
    if goal is not None:
        yield goal.source
    yield from (check.source for check in dose_checks(visit, start or now))
    yield from (state.item.source for state in screening(visit, now).items)
    if start is None:
        yield from (point.source for point in against_start(visit, now))
    yield from (limit.source for limit in limits_in_force(visit))
    yield from (item.slot.source for item in due(visit, now))
    yield from (alert.source for alert in alert_history(visit, now))
    yield from (state.criterion.source for state in release(visit, now).criteria)
    yield from (item.instruction.source for item in told(visit))
    yield from (finding.source for finding in findings(visit, now))
    if visit.facts(VialTaken):
        yield from (passage.source for passage in visit.protocol.passages_about("drug-waste"))
