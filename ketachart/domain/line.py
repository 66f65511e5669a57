"""The cannula while the drug runs: what was seen of its site last, and when it is looked at next.

A site that is inflamed or swollen, or a cannula that does not run freely, stops the dose
(features.md row 43; clinical.md B12).
"""

from datetime import datetime
from typing import cast

from ketachart.domain.alert import Alert
from ketachart.domain.course import ended_at, started_at
from ketachart.domain.delivered import Delivery
from ketachart.domain.facts import AccessChecked, AccessPlaced, AccessRemoved, Fact
from ketachart.domain.visit import Entry, Visit

Look = AccessPlaced | AccessChecked | AccessRemoved


def looks(visit: Visit) -> tuple[Entry[Look], ...]:
    """Every time the cannula was placed, looked at or taken out, in the order it happened."""
    kinds = (AccessPlaced, AccessChecked, AccessRemoved)
    return cast(tuple[Entry[Look], ...], visit.of_any(kinds))


def next_site_check(visit: Visit, run: Delivery) -> datetime | None:
    """When the site is to be looked at next; None while no drug runs, or where nothing asks it."""
    policy = visit.protocol.known("access.check")
    if policy is None or run.started_at is None or run.state not in {"running", "paused"}:
        return None
    seen = [entry.at for entry in looks(visit) if run.started_at <= entry.at <= run.until]
    return max([run.started_at, *seen]) + visit.protocol.minutes("access.check")


def line_alerts(visit: Visit, now: datetime) -> list[Alert]:
    """A site to stop for, a cannula that does not run freely, a catheter that was not whole."""
    start, end = started_at(visit), ended_at(visit)
    if start is None:
        return []
    every = [entry for entry in looks(visit) if entry.at <= now]
    found: list[Alert] = []
    for place, entry in enumerate(every):
        over = every[place + 1].at if place + 1 < len(every) else end
        sentence, source = _stands(visit, entry.fact)
        if sentence and entry.at >= start:
            found.append(
                Alert(
                    code=f"line-{entry.number}",
                    level="pause",
                    sentence=sentence,
                    source=source,
                    since=entry.at,
                    until=over,
                    raised_by=entry.number,
                    stops=isinstance(entry.fact, AccessChecked),
                )
            )
    return found


def _stands(visit: Visit, fact: Fact) -> tuple[str, str]:
    """What is wrong with the line by one look at it, and by which source; empty where nothing."""
    if isinstance(fact, AccessRemoved) and not fact.catheter_whole:
        return "The catheter did not come out whole: call the prescriber", "B12"
    if isinstance(fact, AccessChecked):
        worst = visit.protocol.known("access.grade")
        if worst is not None and fact.grade >= worst.value:
            return f"IV site grade {fact.grade}: stop the pump and look", worst.source
        if not fact.patent:
            return "The IV does not run freely: stop the pump and look", "B12"
    return "", ""
