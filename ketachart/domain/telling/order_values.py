"""An order value by value, each with its name: what is compared where an order is changed."""

from ketachart.domain.facts import OrderRecorded, PrnOrder
from ketachart.domain.limits import BY_THE_ORDER
from ketachart.domain.ordered_monitoring import plan_text
from ketachart.domain.policy import Limit
from ketachart.domain.protocol import Protocol
from ketachart.domain.quantities import Quantity
from ketachart.domain.shape import as_decimal
from ketachart.domain.telling.order_parts import (
    adjunct_text,
    limit_text,
    priming_text,
    step_text,
)
from ketachart.domain.wording import count, day, decimal_text

Value = tuple[str, str]


def exact(quantity: Quantity | None) -> str:
    """An amount to its last decimal, as it was ordered; empty where none is."""
    if quantity is None:
        return ""
    return f"{decimal_text(as_decimal(quantity))} {quantity.unit}"


def treatment_values(protocol: Protocol, order: OrderRecorded) -> tuple[Value, ...]:
    """All of the order but by whom and when: a name and its words, empty where it says nothing."""
    goal = protocol.goal(order.goal)
    priming, plan = order.priming, order.monitoring
    return (
        ("Goal", goal.label if goal else order.goal),
        ("Route", order.route),
        ("Dose", exact(order.dose_mg_per_kg)),
        ("Over", exact(order.duration_min)),
        ("Never more than", exact(order.ceiling_mg)),
        ("Start rate", exact(order.start_rate_mg_kg_h)),
        ("Highest rate", exact(order.highest_rate_mg_kg_h)),
        ("Weight to dose on", _weight(protocol, order)),
        ("Bag strength", exact(order.strength_mg_per_ml)),
        ("Made up with", order.diluent),
        ("Bolus", _bolus(order)),
        ("Steps of the rate", "; ".join(step_text(step) for step in order.titration)),
        ("Line primed with", priming_text(priming) if priming else ""),
        ("Monitoring", plan_text(plan) if plan else ""),
        ("Treatments beside it", "; ".join(adjunct_text(one) for one in order.adjuncts)),
        ("If needed", "; ".join(prn_text(prn) for prn in order.prn)),
        ("Limits", "; ".join(_limit(protocol, limit) for limit in order.limits)),
        ("Patient evaluated on", day(order.evaluated_on) if order.evaluated_on else ""),
        ("Expires on", day(order.expires_on) if order.expires_on else ""),
        ("Series", _series(order)),
        ("Note", order.note),
    )


def source_values(order: OrderRecorded) -> tuple[Value, ...]:
    """By whom the order is, from which day, and how it came."""
    by = order.prescriber
    received = "signed"
    if order.received == "telephone":
        received = f"by telephone, {'read back' if order.read_back else 'NOT read back'}"
    return (
        ("Prescriber", ", ".join(filter(None, [by.name, by.credential, by.phone]))),
        ("Ordered on", day(order.ordered_on)),
        ("Received", received),
    )


def prn_text(prn: PrnOrder) -> str:
    """“ondansetron 4 mg IV for nausea, at most 2 doses, 30 min apart”."""
    text = f"{prn.medicine} {prn.dose} {prn.unit} {prn.route}"
    text += f" for {prn.indication}" if prn.indication else ""
    text += f", at most {count(prn.most_doses, 'dose')}"
    return text + (f", {exact(prn.interval_min)} apart" if prn.interval_min is not None else "")


def _limit(protocol: Protocol, limit: Limit) -> str:
    source = protocol.cited(limit.source or BY_THE_ORDER).short
    return f"{limit_text(protocol, limit)} ({source})"


def _weight(protocol: Protocol, order: OrderRecorded) -> str:
    formula = protocol.formula(order.weight_formula)
    by = formula.label if formula else order.weight_formula
    named = exact(order.dosing_weight_kg)
    return ", ".join(filter(None, [order.weight_basis, by and f"by {by}", named]))


def _bolus(order: OrderRecorded) -> str:
    if not order.bolus_allowed:
        return "not allowed"
    most = exact(order.bolus_max_mg_per_kg)
    return f"up to {most}" if most else "allowed"


def _series(order: OrderRecorded) -> str:
    if order.series_number is None and order.series_of is None:
        return ""
    of = f" of {order.series_of}" if order.series_of is not None else ""
    return f"infusion {order.series_number or '?'}{of}"
