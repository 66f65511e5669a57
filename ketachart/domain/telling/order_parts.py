"""The words for what only some orders say: steps, line, limits, treatments, other weights."""

from ketachart.domain.dose.dosing_weight import weight_to_dose_on
from ketachart.domain.editing.says import unit_of
from ketachart.domain.facts import Adjunct, LinePriming, OtherKetamine, TitrationStep
from ketachart.domain.limits import bound_words, sign_text
from ketachart.domain.policy import Limit
from ketachart.domain.protocol import Protocol
from ketachart.domain.telling.past import other
from ketachart.domain.visit import Visit
from ketachart.domain.wording import weight, with_unit

LEVELS = {
    "ask-before": "ask before the start",
    "no-start": "do not start",
    "pause": "pause",
    "emergency": "emergency",
}


def step_text(step: TitrationStep) -> str:
    """One step of the rate: “after 20 min to 0.2 mg/kg/h if pain over 4”."""
    after, rate = with_unit(step.after_min), with_unit(step.rate_mg_kg_h)
    return f"after {after} to {rate} if {step.condition}"


def priming_text(priming: LinePriming) -> str:
    """What fills the line: “12 mL of the bag itself”."""
    what = "the bag itself" if priming.fluid == "drug" else "saline"
    return f"{with_unit(priming.volume_ml)} of {what}"


def adjunct_text(adjunct: Adjunct) -> str:
    """A treatment beside the ketamine, with amount and where it is done."""
    dose = " ".join(filter(None, [adjunct.dose, adjunct.unit, adjunct.route]))
    over = f"over {with_unit(adjunct.over_min)}" if adjunct.over_min is not None else ""
    where = "done elsewhere" if adjunct.where == "elsewhere" else ""
    what = " ".join(filter(None, [adjunct.what, dose, over]))
    return ", ".join(filter(None, [what, where, adjunct.note]))


def limit_text(protocol: Protocol, limit: Limit) -> str:
    """A limit of the order: “Systolic over 150 mmHg: pause”."""
    sign = protocol.sign(limit.sign)
    unit = unit_of(sign)
    said = bound_words(
        limit,
        lambda value: " ".join(filter(None, (sign_text(sign, value), unit))),
        over_baseline="more than {} % over the baseline",
    )
    return f"{sign.label} {said}: {LEVELS[limit.level]}"


def weight_text(visit: Visit) -> str:
    """The weight that is dosed on, kg with lb beside, and how it came about."""
    found = weight_to_dose_on(visit)
    return found.words if found.kg is None else f"{weight(found.kg)}, {found.words}"


def other_texts(visit: Visit) -> list[str]:
    """Ketamine from other sources, one line each."""
    return [other(visit, fact)[1] for fact in visit.facts(OtherKetamine)]
