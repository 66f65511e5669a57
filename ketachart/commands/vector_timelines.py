"""Works out what a vector's pump acts delivered, by the rules that the window uses."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

from ketachart.domain.delivered import ActKind, Delivery, PumpAct
from ketachart.domain.pump import run
from ketachart.domain.quantities import Kg, Mg, MgPerMl, Ml, MlPerHour, length_of
from ketachart.errors import Refused

ORIGIN = datetime(2026, 1, 1, tzinfo=UTC)


def timeline(given: Mapping[str, Any]) -> dict[str, Any]:
    """The totals of a list of acts, and its segments under “_segments”.

    Raises:
        Refused: an act does not fit what the pump was doing.
    """
    acts = _acts(given["events"], given.get("conc_mg_per_ml"), given.get("bag_ml"))
    last = max(act.at for act in acts)
    until = last if "until_s" not in given else ORIGIN + _span(given["until_s"])
    done = run(acts, until)
    if done.problems:
        problem = done.problems[0]
        raise Refused(problem.sentence, rule=problem.rule)
    return _delivery_answers(given, done)


def _delivery_answers(given: Mapping[str, Any], done: Delivery) -> dict[str, Any]:
    answers: dict[str, Any] = {
        "infused_ml": done.infused_ml.amount,
        "infused_mg": done.infused_mg.amount,
        "bolus_mg": done.bolus_mg.amount,
        "total_mg": done.total_mg.amount,
        "running_s": done.seconds_in("running", "dry"),
        "delivering_s": done.delivering_s,
        "paused_s": done.seconds_in("paused"),
        "elapsed_s": Fraction(done.elapsed // timedelta(microseconds=1), 1_000_000),
        "_segments": done.segments,
    }
    if given.get("weight_kg"):
        answers["total_mg_per_kg"] = done.total_mg.per(Kg(given["weight_kg"])).amount
    if done.bag_left is not None and done.strength is not None:
        left = done.bag_left.at(done.strength)
        answers["bag_left_ml"] = done.bag_left.amount
        answers["bag_left_mg"] = left.amount
        answers["check_sum_mg"] = (left + done.total_mg).amount
        answers["planned_mg"] = Ml(given["bag_ml"]).at(MgPerMl(given["conc_mg_per_ml"])).amount
        dry = next((s.from_s for s in done.segments if s.state == "dry"), None)
        if dry is not None:
            answers["empty_at_s"] = dry
    return answers


def _span(seconds: object) -> timedelta:
    return length_of(Fraction(str(seconds)))


def _acts(events: list[Any], strength: str | None, volume: str | None) -> tuple[PumpAct, ...]:
    acts = []
    for number, event in enumerate(events):
        plain = {"kind": event, "t_s": number * 60} if isinstance(event, str) else event
        acts.append(_act(plain, strength, volume))
    return tuple(acts)


def _act(event: Mapping[str, Any], strength: str | None, volume: str | None) -> PumpAct:
    kind, at = event["kind"], ORIGIN + _span(event["t_s"])
    value: Any = event.get("value")
    if kind in ("bolus_mg", "bolus_ml"):
        mg = Mg(value) if kind == "bolus_mg" else None
        return PumpAct(at=at, kind="bolus", mg=mg, volume=Ml(value) if mg is None else None)
    if kind.startswith("bag"):
        new = event.get("conc_mg_per_ml", value)
        held = event.get("bag_ml", event.get("volume_ml"))
        return PumpAct(
            at=at,
            kind="bag",
            strength=MgPerMl(new) if new is not None else None,
            volume=Ml(held) if held is not None else None,
        )
    plain: dict[str, ActKind] = {
        "start": "start", "rate": "rate", "pause": "pause", "resume": "resume", "stop": "stop",
    }  # fmt: skip
    first = kind == "start"
    return PumpAct(
        at=at,
        kind=plain[kind],
        rate=MlPerHour(value) if value is not None else None,
        strength=MgPerMl(strength) if first and strength is not None else None,
        volume=Ml(volume) if first and volume is not None else None,
    )
