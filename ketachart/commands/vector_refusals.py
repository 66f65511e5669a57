"""Does what a vector says must be refused, with the rule that the window would meet."""

from collections.abc import Mapping
from typing import Any

from ketachart import house
from ketachart.commands.vector_answers import plan
from ketachart.commands.vector_timelines import ORIGIN, timeline
from ketachart.domain.admission.drug import weight as weight_rule
from ketachart.domain.counts import left_over
from ketachart.domain.dose.dosing import above_zero
from ketachart.domain.facts import ProtocolAdopted, WeightMeasured
from ketachart.domain.quantities import Kg, Mg, MlPerHour
from ketachart.domain.trial import trial
from ketachart.domain.typed import Blank, Unreadable, decimal_number
from ketachart.domain.visit import Visit
from ketachart.errors import Refused


def provoke(given: Mapping[str, Any]) -> None:
    """Does what the case says, with the rule that the window would meet.

    Raises:
        Refused: as it should be; its rule says for what.
    """
    _readable(given)
    if "last_weight_kg" in given:
        _reweigh(given)
    elif "events" in given:
        events = _with_values(given["events"])
        _possible(events)
        timeline({"conc_mg_per_ml": "1", **given, "events": events})
    elif given.get("kind") == "bolus_ml":
        event = {"t_s": 0, "kind": "bolus_ml", "value": given["value"]}
        timeline({"events": [event], "conc_mg_per_ml": given.get("conc_mg_per_ml")})
    elif "drawn_mg" in given:
        left_over(Mg(given["drawn_mg"]), Mg(given["given_mg"]))
    else:
        usual = {"weight_kg": "70", "dose_mg_per_kg": "0.5", "duration_min": "60"}
        plan({**usual, "conc_mg_per_ml": "1", **given})


def _readable(given: Mapping[str, Any]) -> None:
    """Each number is one that a field of the window would take; whether it may be comes after."""
    for key, value in given.items():
        if not isinstance(value, str) or key in ("kind", "note"):
            continue
        read = decimal_number(value.removeprefix("-"))
        if isinstance(read, Unreadable):
            raise Refused(read.sentence, rule="reject", field=key)
        if isinstance(read, Blank):
            raise Refused("Type a number here.", rule="missing", field=key)


def _possible(events: list[Any]) -> None:
    for event in events:
        kind, value = event["kind"], event.get("value")
        if kind in ("start", "resume"):
            above_zero(MlPerHour(value), "rate")
        elif kind == "rate" and MlPerHour(value) < MlPerHour.zero():
            raise Refused(
                "A rate is never below zero. Type it again.", rule="rate must not be negative"
            )
        elif kind.startswith("bolus"):
            above_zero(Mg(value), "bolus")


def _with_values(events: list[Any]) -> list[Any]:
    """Rates for events that have none, so that only their order is at fault."""
    filled = []
    for number, event in enumerate(events):
        plain = {"t_s": number * 60, "kind": event} if isinstance(event, str) else dict(event)
        if plain["kind"] in ("start", "rate", "resume"):
            plain.setdefault("value", "10")
        filled.append(plain)
    return filled


def _reweigh(given: Mapping[str, Any]) -> None:
    protocol = ProtocolAdopted(at=ORIGIN, protocol=house.shipped_protocol())
    fact = WeightMeasured(
        at=ORIGIN,
        weight_kg=Kg(given["weight_kg"]),
        last_weight_kg=Kg(given["last_weight_kg"]),
    )
    weight_rule(trial(Visit(), protocol, ORIGIN), fact, ORIGIN)
