"""The words for the prescriber's order."""

from collections.abc import Callable
from typing import Any

from ketachart.domain.facts import Adjunct, Fact, OrderRecorded, TitrationStep
from ketachart.domain.visit import Visit
from ketachart.domain.wording import day, listed, with_unit

Words = tuple[str, str]


def order(visit: Visit, fact: OrderRecorded) -> Words:
    """The order in one line."""
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
    parts += [_step(step) for step in fact.titration]
    parts += [_adjunct(adjunct) for adjunct in fact.adjuncts]
    if fact.priming is not None:
        parts.append(
            f"line primed with {with_unit(fact.priming.volume_ml)} of {fact.priming.fluid}"
        )
    prn = [f"{p.medicine} {p.dose} {p.unit} {p.route}" for p in fact.prn]
    parts.append(f"if needed {listed(prn)}" if prn else "no PRN")
    received = "telephone, read back" if fact.received == "telephone" else "signed"
    parts.append(f"{fact.prescriber.name}, {day(fact.ordered_on)}, {received}")
    return "Order", "; ".join(parts)


def _step(step: TitrationStep) -> str:
    after, rate = with_unit(step.after_min), with_unit(step.rate_mg_kg_h)
    return f"after {after} to {rate} if {step.condition}"


def _adjunct(adjunct: Adjunct) -> str:
    dose = f"{adjunct.dose} {adjunct.unit} {adjunct.route}".strip()
    where = "done elsewhere" if adjunct.where == "elsewhere" else ""
    return ", ".join(filter(None, [f"{adjunct.what} {dose}".strip(), where, adjunct.note]))


TABLE: dict[type[Fact], Callable[[Visit, Any], Words]] = {OrderRecorded: order}
