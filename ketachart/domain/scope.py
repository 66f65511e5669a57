"""What clinic, state and order let a nurse do: who forbids a bolus, and how large it may be."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ketachart.domain.policy_drug import StateRule
from ketachart.domain.quantities import MgPerKg
from ketachart.domain.visit import Visit

Whose = Literal["clinic", "state", "order"]
IN_WORDS: dict[Whose, str] = {
    "clinic": "the clinic's protocol",
    "state": "the state's rule",
    "order": "the order",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Forbidden:
    """Who does not allow it, in one sentence, and where that stands."""

    by: Whose
    sentence: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Most:
    """The largest bolus, mg/kg, inclusive, and whose limit that is."""

    dose: MgPerKg
    by: Whose


def state_code(visit: Visit) -> str:
    """The state whose rules apply, two letters; empty where the clinic's record names none."""
    return visit.clinic.state.strip().upper() if visit.clinic is not None else ""


def state_rule(visit: Visit) -> StateRule | None:
    """What that state's board says; None where the protocol of this visit has no rule on file."""
    return visit.protocol.state(state_code(visit))


def bolus_forbidden(visit: Visit) -> tuple[Forbidden, ...]:
    """Who of clinic, state and order does not allow a bolus; nobody's silence allows it (K13).

    A clinic whose largest bolus is 0 mg/kg does not allow one. It never stops a bolus that was
    given from being charted: it asks why it was given.
    """
    return tuple(_forbidden(visit))


def _forbidden(visit: Visit) -> Iterator[Forbidden]:
    order, policy = visit.order, visit.protocol.policy("bolus.most")
    if policy.value <= 0:
        yield Forbidden(
            by="clinic",
            sentence="The clinic's protocol does not allow a bolus.",
            source=policy.source,
        )
    state = _state_forbids(visit)
    if state is not None:
        yield state
    if order is None or not order.bolus_allowed:
        yield Forbidden(
            by="order", sentence="This order does not allow a bolus.", source="the order"
        )


def _state_forbids(visit: Visit) -> Forbidden | None:
    code, rule = state_code(visit), state_rule(visit)
    if rule is None:
        named = f"for {code}" if code else "for a state that is not named"
        return Forbidden(
            by="state",
            sentence=f"No rule is on file {named}, so a bolus is not allowed.",
            source="K13",
        )
    if rule.rn_bolus == "no":
        return Forbidden(
            by="state",
            sentence=f"{code} does not allow a nurse to give a bolus.",
            source=rule.source,
        )
    if rule.rn_bolus == "not-said":
        return Forbidden(
            by="state",
            sentence=f"The rule for {code} does not say that a nurse may give a bolus.",
            source=rule.source,
        )
    return None


def bolus_most(visit: Visit) -> Most:
    """The strictest of what the order, the protocol and the state name as largest bolus."""
    named: list[Most] = []
    order, rule = visit.order, state_rule(visit)
    if order is not None and order.bolus_max_mg_per_kg is not None:
        named.append(Most(dose=order.bolus_max_mg_per_kg, by="order"))
    named.append(Most(dose=MgPerKg(visit.protocol.number("bolus.most")), by="clinic"))
    if rule is not None and rule.bolus_most is not None:
        named.append(Most(dose=rule.bolus_most, by="state"))
    return min(named, key=lambda most: most.dose.amount)
