"""Works out dose vectors with the same rules that the window uses, and holds them to the answer.

A vector is a question with exact answers (the form of the public `dose_vectors.json`). Whatever a
vector's givens allow is worked out; an answer that is asked for and cannot be worked out counts as
a difference, never as a pass.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ketachart import house
from ketachart.domain.admission.drug import weight as weight_rule
from ketachart.domain.counts import left_over
from ketachart.domain.delivered import ActKind, Delivery, PumpAct, Segment
from ketachart.domain.dosing import above_zero, marked_draw
from ketachart.domain.facts import ProtocolAdopted, WeightMeasured
from ketachart.domain.pump import run
from ketachart.domain.quantities import (
    Kg,
    Mg,
    MgPerKg,
    MgPerKgPerHour,
    MgPerMl,
    Minutes,
    Ml,
    MlPerHour,
    UgPerKgPerMin,
    half_away,
    length_of,
)
from ketachart.domain.scores import change_points, percent_change
from ketachart.domain.trial import trial
from ketachart.domain.typed import Unreadable, decimal_number
from ketachart.domain.visit import Visit
from ketachart.domain.wording import decimal_text
from ketachart.errors import CannotRead, Refused

ORIGIN = datetime(2026, 1, 1, tzinfo=UTC)
Answers = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One answer beside what was expected of it."""

    vector: str
    name: str
    got: str
    expected: str
    same: bool


def compare(document: Mapping[str, Any]) -> list[Line]:
    """Works out every vector and every error case of a document.

    Raises:
        CannotRead: the document does not have the form of dose vectors.
    """
    if not isinstance(document.get("vectors"), list):
        raise CannotRead("This is not a file of dose vectors: it has no list named “vectors”.")
    lines: list[Line] = []
    try:
        for vector in document["vectors"]:
            lines += _vector_lines(vector)
        lines += [_error_line(case) for case in document.get("errors", [])]
    except (KeyError, TypeError, ValueError, ZeroDivisionError, ArithmeticError) as error:
        raise CannotRead(
            f"A vector does not have the form of dose vectors ({type(error).__name__}: {error})."
        ) from error
    return lines


def _vector_lines(vector: Mapping[str, Any]) -> Iterator[Line]:
    name = str(vector["id"])
    try:
        answers = work_out(vector)
    except Refused as refusal:
        answers = {"refused": str(refusal)}
    for key, expected in vector["expect"].items():
        got = answers.get(key)
        yield Line(name, key, _shown(got), _shown(expected), _same(got, expected))
    if "segments" in vector:
        yield from _segment_lines(name, answers.get("_segments", ()), vector["segments"])


def _segment_lines(
    name: str, got: tuple[Segment, ...], expected: list[Mapping[str, Any]]
) -> Iterator[Line]:
    rows = [
        {
            "from_s": segment.from_s,
            "to_s": segment.to_s,
            "rate_ml_h": segment.rate.amount,
            "ml": segment.ml.amount,
            "mg": segment.mg.amount,
        }
        for segment in got
        if segment.state == "running"
    ]
    yield Line(name, "segments", str(len(rows)), str(len(expected)), len(rows) == len(expected))
    for number, (row, wanted) in enumerate(zip(rows, expected, strict=False), 1):
        for key, value in wanted.items():
            label = f"segment {number} {key}"
            yield Line(name, label, _shown(row.get(key)), _shown(value), _same(row.get(key), value))


def _same(got: object, expected: object) -> bool:
    """Whether an answer is exactly the expected one, in every form in which that is given."""
    if isinstance(expected, Mapping):
        if not isinstance(got, Fraction):
            return False
        forms = _forms(got)
        return all(forms.get(key) == value for key, value in expected.items())
    if isinstance(expected, bool) or isinstance(got, (bool, str)):
        return got is expected or (isinstance(got, str) and got == expected)
    if isinstance(expected, (int, str)) and isinstance(got, Fraction):
        return got == Fraction(expected)
    return False


def _forms(value: Fraction) -> dict[str, str | None]:
    denominator = value.denominator
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    ends = denominator == 1
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return {
        "frac": f"{value.numerator}/{value.denominator}",
        "dec": decimal_text(exact) if ends else None,
        "r3": f"{half_away(value, 3):f}",
    }


def _shown(value: object) -> str:
    if value is None:
        return "not worked out"
    if isinstance(value, Mapping):
        return str(value.get("frac", value))
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    return str(value)


# ------------------------------------------------------------------ what the givens allow


def work_out(vector: Mapping[str, Any]) -> Answers:
    """Everything that the vector's givens allow to be worked out, by name.

    Raises:
        Refused: the givens are not possible, a weight of zero for example.
    """
    given = vector["given"]
    answers: Answers = {}
    for has, worker in _WORKERS:
        if has <= set(given):
            answers |= worker(given)
    if "vial_mg" in given:
        answers |= _vial_sums(given, str(vector.get("title", "")))
    return answers


def _plan(given: Mapping[str, Any]) -> Answers:
    weight, dose_by_kg = Kg(given["weight_kg"]), MgPerKg(given["dose_mg_per_kg"])
    length, strength = Minutes(given["duration_min"]), MgPerMl(given["conc_mg_per_ml"])
    above_zero(weight, "weight")
    above_zero(strength, "concentration")
    above_zero(length, "duration")
    dose = dose_by_kg.for_(weight)
    volume = dose.volume_at(strength)
    answers: Answers = {"dose_mg": dose.amount, "volume_ml": volume.amount}
    answers |= _rates(volume.in_(length), strength, weight)
    if "vial_mg_per_ml" in given:
        answers["draw_from_vial_ml"] = dose.volume_at(MgPerMl(given["vial_mg_per_ml"])).amount
    if "pump_step_ml_h" in given:
        rate = volume.in_(length).rounded_to(MlPerHour(given["pump_step_ml_h"]))
        answers["rate_set_ml_h"] = rate.amount
    return answers


def _rates(rate: MlPerHour, strength: MgPerMl, weight: Kg) -> Answers:
    per_hour = rate.at(strength)
    per_kg = per_hour.per(weight)
    return {
        "rate_ml_h": rate.amount,
        "mg_h": per_hour.amount,
        "mg_kg_h": per_kg.amount,
        "mcg_kg_min": per_kg.per_minute.amount,
    }


def _from_ug(given: Mapping[str, Any]) -> Answers:
    per_kg = UgPerKgPerMin(given["mcg_kg_min"]).per_hour
    return _from_dose_rate(given, per_kg)


def _from_mg_kg_h(given: Mapping[str, Any]) -> Answers:
    return _from_dose_rate(given, MgPerKgPerHour(given["mg_kg_h"]))


def _from_dose_rate(given: Mapping[str, Any], per_kg: MgPerKgPerHour) -> Answers:
    weight, strength = Kg(given["weight_kg"]), MgPerMl(given["conc_mg_per_ml"])
    above_zero(weight, "weight")
    above_zero(strength, "concentration")
    return _rates(per_kg.for_(weight).setting_at(strength), strength, weight)


def _from_rate(given: Mapping[str, Any]) -> Answers:
    weight, strength = Kg(given["weight_kg"]), MgPerMl(given["conc_mg_per_ml"])
    above_zero(weight, "weight")
    return _rates(MlPerHour(given["rate_ml_h"]), strength, weight)


def _pounds(given: Mapping[str, Any]) -> Answers:
    exact = Kg.from_lb(given["weight_lb"])
    shown = exact.rounded_to(Kg("0.1"))
    answers: Answers = {"weight_kg": exact.amount, "weight_kg_0_1": shown.amount}
    if "dose_mg_per_kg" in given:
        dose = MgPerKg(given["dose_mg_per_kg"])
        answers["dose_mg_exact"] = dose.for_(exact).amount
        answers["dose_mg_on_rounded"] = dose.for_(shown).amount
    return answers


def _two_readings(given: Mapping[str, Any]) -> Answers:
    """The same figure read as mg/kg and as mg/kg/h."""
    weight, hours = Kg(given["weight_kg"]), Fraction(given["hours"])
    once = MgPerKg(given["figure"]).for_(weight)
    hourly = MgPerKgPerHour(given["figure"]).for_(weight)
    over = Mg(hourly.amount * hours)
    return {
        "total_if_mg_per_kg": once.amount,
        "total_if_mg_per_kg_per_h": over.amount,
        "ratio": over.ratio_to(once),
    }


def _bag(given: Mapping[str, Any]) -> Answers:
    dose, vial = Mg(given["dose_mg"]), MgPerMl(given["vial_mg_per_ml"])
    bag = Ml(given["bag_ml"]) + Ml(given.get("overfill_ml", 0))
    draw = dose.volume_at(vial)
    answers: Answers = {"draw_ml": draw.amount}
    final = bag
    if given.get("withdraw_first"):
        answers["withdraw_ml"] = draw.amount
    else:
        final = bag + draw
    strength = dose.in_volume(final)
    answers |= {"final_ml": final.amount, "conc_mg_per_ml": strength.amount}
    for minutes in (40, 60, 90, 120, 180, 240):
        answers[f"rate_ml_h_over_{minutes}_min"] = final.in_(Minutes(minutes)).amount
    return answers


def _syringe(given: Mapping[str, Any]) -> Answers:
    dose, vial = Mg(given["dose_mg"]), MgPerMl(given["vial_mg_per_ml"])
    marked = marked_draw(dose, vial, Ml(given["syringe_step_ml"]))
    return {
        "draw_exact_ml": dose.volume_at(vial).amount,
        "draw_marked_ml": marked.amount,
        "mg_drawn": marked.at(vial).amount,
        "difference_mg": (marked.at(vial) - dose).amount,
    }


def _rounding(given: Mapping[str, Any]) -> Answers:
    return {
        chr(ord("a") + n): f"{half_away(Fraction(value), 3):f}"
        for n, value in enumerate(given["values"])
    }


def _cap(given: Mapping[str, Any]) -> Answers:
    weight = Kg(given["weight_kg"])
    uncapped = MgPerKg(given["dose_mg_per_kg"]).for_(weight)
    planned = min(uncapped, Mg(given["cap_mg"]))
    return {
        "uncapped_mg": uncapped.amount,
        "planned_mg": planned.amount,
        "effective_mg_per_kg": planned.per(weight).amount,
    }


def _limit(given: Mapping[str, Any]) -> Answers:
    limit = MgPerKg(given["limit_mg_per_kg"]).for_(Kg(given["weight_kg"]))
    names = ("first_over", "second_over", "third_over", "fourth_over")
    over = {name: Mg(value) > limit for name, value in zip(names, given["tries"], strict=False)}
    return {"limit_mg": limit.amount, **over}


def _ceiling(given: Mapping[str, Any]) -> Answers:
    weight, strength = Kg(given["weight_kg"]), MgPerMl(given["conc_mg_per_ml"])
    tries = [MlPerHour(value).at(strength).per(weight).amount for value in given["tries"]]
    return dict(zip(("at", "over"), tries, strict=False))


def _vial_sums(given: Mapping[str, Any], title: str) -> Answers:
    """The count of one vial; its volume stands in the givens, or is named in the title."""
    out, drawn, dose = Mg(given["vial_mg"]), Mg(given["drawn_mg"]), Mg(given["given_mg"])
    wasted = Mg(given["wasted_syringe_mg"]) + Mg(given["wasted_vial_mg"])
    returned = Mg(given.get("returned_mg", 0))
    answers: Answers = {
        "syringe_left_mg": left_over(drawn, dose).amount,
        "vial_left_mg": (out - drawn).amount,
        "unaccounted_mg": (out - dose - wasted - returned).amount,
        "waste_percent": wasted.ratio_to(out) * 100,
    }
    named = re.search(r"([0-9.]+) mg/([0-9.]+) mL", title)
    volume = given.get("vial_ml") or (named[2] if named else None)
    if volume is not None:
        answers["draw_ml"] = drawn.volume_at(out.in_volume(Ml(volume))).amount
    return answers


def _series(given: Mapping[str, Any]) -> Answers:
    doses = [Mg(value) for value in given["doses_mg"]]
    total = sum(doses, Mg.zero())
    return {
        "total_mg": total.amount,
        "mean_mg": total.amount / len(doses),
        "last_over_first": doses[-1].ratio_to(doses[0]),
    }


def _pairs(given: Mapping[str, Any]) -> Answers:
    answers: Answers = {}
    for n, (before, after) in enumerate(given["pairs"]):
        letter = chr(ord("a") + n)
        answers[f"{letter}_points"] = Fraction(change_points(int(before), int(after)))
        answers[f"{letter}_percent"] = percent_change(int(before), int(after))
    return answers


def _timeline(given: Mapping[str, Any]) -> Answers:
    acts = _acts(given["events"], given.get("conc_mg_per_ml"), given.get("bag_ml"))
    last = max(act.at for act in acts)
    until = last if "until_s" not in given else ORIGIN + _span(given["until_s"])
    done = run(acts, until)
    if done.problems:
        problem = done.problems[0]
        raise Refused(problem.sentence, rule=problem.rule)
    return _delivery_answers(given, done)


def _delivery_answers(given: Mapping[str, Any], done: Delivery) -> Answers:
    answers: Answers = {
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


Worker = Callable[[Mapping[str, Any]], Answers]
_WORKERS: tuple[tuple[set[str], Worker], ...] = (
    ({"weight_kg", "dose_mg_per_kg", "duration_min", "conc_mg_per_ml"}, _plan),
    ({"weight_kg", "mcg_kg_min", "conc_mg_per_ml"}, _from_ug),
    ({"weight_kg", "mg_kg_h", "conc_mg_per_ml"}, _from_mg_kg_h),
    ({"weight_kg", "rate_ml_h", "conc_mg_per_ml"}, _from_rate),
    ({"weight_lb"}, _pounds),
    ({"weight_kg", "figure", "hours"}, _two_readings),
    ({"dose_mg", "vial_mg_per_ml", "bag_ml"}, _bag),
    ({"dose_mg", "vial_mg_per_ml", "syringe_step_ml"}, _syringe),
    ({"values"}, _rounding),
    ({"weight_kg", "dose_mg_per_kg", "cap_mg"}, _cap),
    ({"weight_kg", "limit_mg_per_kg", "tries"}, _limit),
    ({"weight_kg", "conc_mg_per_ml", "ceiling_mg_kg_h", "tries"}, _ceiling),
    ({"doses_mg"}, _series),
    ({"pairs"}, _pairs),
    ({"events"}, _timeline),
)


# ------------------------------------------------------------------ what must be refused


def _error_line(case: Mapping[str, Any]) -> Line:
    expected = str(case["error"])
    try:
        _provoke(case["given"])
    except Refused as refusal:
        return Line(str(case["id"]), "refused", str(refusal), expected, refusal.rule in expected)
    return Line(str(case["id"]), "refused", "accepted", expected, same=False)


def _provoke(given: Mapping[str, Any]) -> None:
    """Does what the case says, with the rule that the window would meet."""
    if "last_weight_kg" in given:
        _reweigh(given)
    elif "events" in given:
        _timeline({"conc_mg_per_ml": "1", **given, "events": _with_values(given["events"])})
    elif given.get("kind") == "bolus_ml":
        event = {"t_s": 0, "kind": "bolus_ml", "value": given["value"]}
        _timeline({"events": [event], "conc_mg_per_ml": given.get("conc_mg_per_ml")})
    elif "drawn_mg" in given:
        left_over(Mg(given["drawn_mg"]), Mg(given["given_mg"]))
    elif "dose_mg_per_kg" in given:
        read = decimal_number(given["dose_mg_per_kg"])
        if isinstance(read, Unreadable):
            raise Refused(read.sentence, rule="reject; never read as 5 or 05")
    else:
        usual = {"weight_kg": "70", "dose_mg_per_kg": "0.5", "duration_min": "60"}
        _plan({**usual, "conc_mg_per_ml": "1", **given})


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
