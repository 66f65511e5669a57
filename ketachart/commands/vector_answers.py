"""Works out whatever a dose vector's givens allow, by the rules that the window uses."""

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from ketachart.commands.vector_timelines import timeline
from ketachart.domain.counts import left_over
from ketachart.domain.dose.dosing import above_zero, marked_draw
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
)
from ketachart.domain.scores import change_points, percent_change

Answers = dict[str, Any]


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


def plan(given: Mapping[str, Any]) -> Answers:
    """The dose of a patient, its volume, and the rate as a pump and as a book gives it.

    Raises:
        Refused: weight, dose, concentration or duration are not above zero.
    """
    weight, dose_by_kg = Kg(given["weight_kg"]), MgPerKg(given["dose_mg_per_kg"])
    length, strength = Minutes(given["duration_min"]), MgPerMl(given["conc_mg_per_ml"])
    above_zero(weight, "weight")
    above_zero(dose_by_kg, "dose")
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


Worker = Callable[[Mapping[str, Any]], Answers]
_WORKERS: tuple[tuple[set[str], Worker], ...] = (
    ({"weight_kg", "dose_mg_per_kg", "duration_min", "conc_mg_per_ml"}, plan),
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
    ({"events"}, timeline),
)
