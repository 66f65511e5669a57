"""How a row of a protocol is read: its name and what it says, each number with its unit."""

from decimal import Decimal
from typing import Any, Final

from ketachart.domain.editing.asks import asks_text
from ketachart.domain.limits import bound_words
from ketachart.domain.policy import (
    ExtraRound,
    Goal,
    Instruction,
    Limit,
    Medicine,
    Round,
    Sign,
)
from ketachart.domain.policy_drug import StateRule, Vial, WeightFormula
from ketachart.domain.protocol import Protocol
from ketachart.domain.wording import DASH, MINUS, decimal_text, listed, with_unit

WHEN: Final = {"before": "before the start", "during": "from the start on"}
LEVELS: Final = {
    "ask-before": "ask before the start",
    "no-start": "do not start",
    "pause": "pause and call",
    "emergency": "emergency",
}
PHASES: Final = {
    "infusion": "During the infusion",
    "pause": "While paused",
    "observation": "In the observation",
}
AFTER: Final = {
    "start": "After the start",
    "rate-increase": "After a rate increase",
    "bolus": "After a bolus",
    "sedative": "After a sedative",
    "antihypertensive": "After an antihypertensive",
}
BOLUS: Final = {"no": "no", "not-said": "not said", "by-order": "by order"}
ON_SITE: Final = {"yes": "yes", "not-said": "not said", "no": "no"}
CRITERION: Final = {"stop": "no release while unmet", "reason": "release with a reason"}


def figure(value: Decimal | int, unit: str = "") -> str:
    """A number with its unit: “160 mmHg”, “−2”."""
    text = decimal_text(Decimal(value)).replace("-", MINUS)
    return f"{text} {unit}".strip()


def figure_words(text: str, unit: str) -> str:
    """The number of a field as it is read: with a true minus, and its unit."""
    return f"{text.replace('-', MINUS)} {unit}".strip()


def unit_of(sign: Sign) -> str:
    """A sign's unit; the span of a score is no unit to put behind a number."""
    return "" if " to " in sign.unit or "–" in sign.unit else sign.unit


def side_of(limit: Limit) -> str:
    """Which way a limit looks: up, down, from the baseline, or at single values."""
    if limit.above_baseline_percent is not None:
        return "baseline"
    if limit.not_in:
        return "values"
    return "low" if limit.below is not None or limit.at_most is not None else "high"


def limit_key(row: Limit) -> str:
    """A limit's name: no sign has two limits of one level on one side at one time."""
    return f"{row.sign}/{row.when}/{row.level}/{side_of(row)}"


def bound_of(limit: Limit, unit: str) -> str:
    """A limit's bound in words: “over 160 mmHg”, “180 mmHg or more, 2 readings 5 min apart”."""
    said = bound_words(
        limit, lambda value: figure(value, unit), over_baseline="{} % over the baseline"
    )
    return said or DASH


def limit_title(row: Limit, protocol: Protocol) -> str:
    """A limit: its sign, when it stands, and what it asks for."""
    return f"{protocol.sign(row.sign).label}, {WHEN[row.when]}: {LEVELS[row.level]}"


def limit_says(row: Limit, protocol: Protocol) -> str:
    """A limit's bound with the unit of its sign."""
    return bound_of(row, unit_of(protocol.sign(row.sign)))


def _span(low: object, high: object, unit: str) -> str:
    if low is None and high is None:
        return ""
    return f"{DASH if low is None else low} to {DASH if high is None else high} {unit}"


def goal_says(row: Goal, _protocol: Protocol) -> str:
    """A goal's ranges, each with its unit."""
    dose = [None if x is None else figure_of(x) for x in (row.dose_from, row.dose_to)]
    lasts = [None if x is None else figure_of(x) for x in (row.duration_from, row.duration_to)]
    days = f"{row.apart_days} days apart" if row.apart_days is not None else ""
    parts = [
        _span(dose[0], dose[1], "mg/kg"),
        _span(lasts[0], lasts[1], "min"),
        days,
        _span(row.series_from, row.series_to, "in a series"),
    ]
    return ", ".join(filter(None, parts)) or "no range: the order stands alone"


def figure_of(quantity: Any) -> str:  # noqa: ANN401 - any quantity that was typed
    """A typed amount without its unit."""
    return with_unit(quantity, 9).removesuffix(quantity.unit).strip()


def _needs(codes: tuple[str, ...], protocol: Protocol) -> str:
    return ", ".join(protocol.sign(code).short for code in codes)


def round_says(row: Round, protocol: Protocol) -> str:
    """How often, and what a set holds."""
    return f"every {row.every_min} min: {_needs(row.needs, protocol)}"


def round_title(row: Round, _protocol: Protocol) -> str:
    """The part of the visit that it covers."""
    to = f"to minute {row.to_min}" if row.to_min is not None else "to its end"
    return f"{PHASES[row.phase]}, from minute {row.from_min} {to}"


def extra_says(row: ExtraRound, protocol: Protocol) -> str:
    """After how many minutes, and what a set holds."""
    return f"at {listed([str(m) for m in row.at_min])} min: {_needs(row.needs, protocol)}"


def sign_says(row: Sign, _protocol: Protocol) -> str:
    """What is believed without being typed again."""
    span = f"{figure(row.believable_low)} to {figure(row.believable_high)}"
    return f"believable {span} {row.unit}".strip()


def state_says(row: StateRule, _protocol: Protocol) -> str:
    """What the state's rule says, in short."""
    most = f", at most {with_unit(row.bolus_most)}" if row.bolus_most is not None else ""
    bolus, site = BOLUS[row.rn_bolus], ON_SITE[row.prescriber_on_site]
    return f"bolus by a nurse: {bolus}{most}; prescriber in the building: {site}"


def formula_says(row: WeightFormula, _protocol: Protocol) -> str:
    """The formula as it is worked out."""
    women = f"women {figure(row.base_f_kg)} kg + {figure(row.per_inch_f_kg)} kg"
    men = f"men {figure(row.base_m_kg)} kg + {figure(row.per_inch_m_kg)} kg"
    return f"{women}, {men} for each inch over 60; adjusted by {figure(row.adjusted_share)}"


def vial_says(row: Vial, _protocol: Protocol) -> str:
    """Its volume, and whether it is never given undiluted."""
    never = ", never undiluted" if row.undiluted_never else ""
    return f"{with_unit(row.volume_ml)}{never}"


def instruction_says(row: Instruction, _protocol: Protocol) -> str:
    """The sentence with its hours."""
    hours = f" ({listed([str(h) for h in row.hours])} h)" if row.hours else ""
    return f"{row.sentence}{hours}"


def medicine_says(row: Medicine) -> str:
    """What to keep in mind, by which names an allergy to it is known, and when it asks."""
    asks = asks_text(row.asks_when).replace("_", " ")
    names = ", ".join(row.allergy_words)
    parts = [row.caution, f"also {names}" if names else "", f"asks at {asks}" if asks else ""]
    return "; ".join(filter(None, parts)) or DASH
