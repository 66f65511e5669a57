"""The words for the prescriber's order."""

from collections.abc import Callable
from typing import Any

from ketachart.domain.facts import Fact, OrderRecorded
from ketachart.domain.ordered_monitoring import plan_text
from ketachart.domain.telling.order_changes import differences, order_before
from ketachart.domain.telling.order_parts import (
    adjunct_text,
    limit_text,
    priming_text,
    step_text,
)
from ketachart.domain.visit import Visit
from ketachart.domain.wording import day, listed, with_unit

Words = tuple[str, str]


def order(visit: Visit, fact: OrderRecorded) -> Words:
    """The order in one line; one that replaced another says first what it changed."""
    goal = visit.protocol.goal(fact.goal)
    parts = [
        goal.label if goal else fact.goal,
        f"{with_unit(fact.dose_mg_per_kg)} IV over {with_unit(fact.duration_min)}",
    ]
    if fact.ceiling_mg is not None:
        parts.append(f"never over {with_unit(fact.ceiling_mg)}")
    if fact.start_rate_mg_kg_h is not None:
        parts.append(f"start {with_unit(fact.start_rate_mg_kg_h)}")
    if fact.highest_rate_mg_kg_h is not None:
        parts.append(f"highest {with_unit(fact.highest_rate_mg_kg_h)}")
    parts += [step_text(step) for step in fact.titration]
    parts += [adjunct_text(adjunct) for adjunct in fact.adjuncts]
    if fact.priming is not None:
        parts.append(f"line primed with {priming_text(fact.priming)}")
    parts += [limit_text(visit.protocol, limit) for limit in fact.limits]
    if fact.monitoring is not None:
        parts.append(plan_text(fact.monitoring))
    if fact.weight_basis != "actual":
        parts.append(" ".join(filter(None, [f"{fact.weight_basis} weight", _weight(visit, fact)])))
    prn = [f"{p.medicine} {p.dose} {p.unit} {p.route}" for p in fact.prn]
    parts.append(f"if needed {listed(prn)}" if prn else "no PRN")
    received = "signed"
    if fact.received == "telephone":
        received = f"telephone, {'read back' if fact.read_back else 'NOT read back'}"
    parts.append(f"{fact.prescriber.name}, {day(fact.ordered_on)}, {received}")
    return _as_change(visit, fact, "; ".join(parts))


def _as_change(visit: Visit, fact: OrderRecorded, detail: str) -> Words:
    before = order_before(visit, fact)
    if before is None:
        return "Order", detail
    changed = differences(visit.protocol, before, fact)
    said = "; ".join(one.words for one in changed) or "nothing to be given otherwise"
    return "Order changed", f"{said}. It now says: {detail}"


def _weight(visit: Visit, fact: OrderRecorded) -> str:
    formula = visit.protocol.formula(fact.weight_formula)
    by = f"by {formula.label}" if formula else ""
    own = with_unit(fact.dosing_weight_kg) if fact.dosing_weight_kg is not None else ""
    return ", ".join(filter(None, [by, own]))


TABLE: dict[type[Fact], Callable[[Visit, Any], Words]] = {OrderRecorded: order}
