"""What an entry says, taken apart: each value with its name, its unit and how it reads now."""

import dataclasses
import types
import typing
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from ketachart.domain.facts import (
    EffectNoted,
    EmergencyStep,
    EntryStruck,
    Fact,
    InfusionPaused,
    InfusionStopped,
    InkDeclined,
    MeasureTaken,
    MedicineGiven,
    RateSet,
    ReportSigned,
    Unknown,
    VisitSigned,
)
from ketachart.domain.facts.keeping import BY_THE_LAPTOP
from ketachart.domain.limits import SIGN_CODES
from ketachart.domain.protocol import Protocol
from ketachart.domain.quantities import Quantity
from ketachart.domain.shape import Says, hints_of, to_plain
from ketachart.domain.wording import DASH, MINUS, clock, day, day_and_clock

# What no pen corrects: a strike, a signature, what the laptop did, what a newer KetaChart wrote.
FIXED: Final[tuple[type[Fact], ...]] = (
    EntryStruck, VisitSigned, ReportSigned, *BY_THE_LAPTOP, Unknown,
)  # fmt: skip

# Which of the protocol's lists a value is picked from.
LISTS: Final[dict[tuple[type[Fact], str], str]] = {
    (RateSet, "reason"): "rate-reason",
    (InfusionPaused, "reasons"): "pause-reason",
    (InfusionStopped, "reason"): "stop-reason",
    (EffectNoted, "effect"): "effect",
    (MeasureTaken, "measures"): "measure",
    (MeasureTaken, "effect"): "effect",
    (MedicineGiven, "indication"): "effect",
    (EmergencyStep, "step"): "emergency-step",
    (InkDeclined, "reason"): "no-ink",
}
SCALES: Final[dict[tuple[type[Fact], str], str]] = {(EffectNoted, "grade"): "grade"}
# How a field's name ends, longest first, and the unit that this stands for.
UNITS: Final = {
    "_mg_per_ml": "mg/mL",
    "_mg_per_kg": "mg/kg",
    "_mg_kg_h": "mg/kg/h",
    "_l_min": "L/min",
    "_ml_h": "mL/h",
    "_mg": "mg",
    "_ml": "mL",
    "_kg": "kg",
    "_lb": "lb",
    "_min": "min",
}
SCALARS: Final = (str, int, bool, Decimal, datetime, date)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One value of a fact; ``kind`` is its class, and ``optional`` that it may be left out."""

    name: str
    label: str
    kind: Any
    optional: bool
    meaning: str
    reads: str
    unit: str = ""
    listed: str = ""
    scale: str = ""


def correctable(fact: Fact) -> bool:
    """Whether an entry of that kind can be corrected or struck at all."""
    return not isinstance(fact, FIXED)


def parts_of(protocol: Protocol, fact: Fact) -> tuple[Part, ...]:
    """The values of a fact that can be typed again: the time first, then as they are declared."""
    hints = hints_of(typing.cast(type, type(fact)))
    names = [field.name for field in dataclasses.fields(fact)]
    found = (_part(protocol, fact, name, hints[name]) for name in names)
    return tuple(part for part in found if part is not None)


def _part(protocol: Protocol, fact: Fact, name: str, hint: Any) -> Part | None:  # noqa: ANN401
    kind, optional, meaning = _taken_apart(hint)
    if kind is None:
        return None
    where = (type(fact), name)
    listed, scale = LISTS.get(where, ""), SCALES.get(where, "")
    label, unit = _label(protocol, fact, name)
    return Part(
        name=name,
        label=label,
        kind=kind,
        optional=optional,
        meaning=meaning,
        reads=_reads(protocol, getattr(fact, name), listed=listed, scale=scale, beside=fact.at),
        unit=unit,
        listed=listed,
        scale=scale,
    )


def _taken_apart(hint: Any) -> tuple[Any, bool, str]:  # noqa: ANN401 - a type form
    """A type form as class, whether it may be None, and its meaning; None for what has parts."""
    meaning, optional = "", False
    if typing.get_origin(hint) is typing.Annotated:
        hint, *notes = typing.get_args(hint)
        meaning = next((note.text for note in notes if isinstance(note, Says)), "")
    if typing.get_origin(hint) in {typing.Union, types.UnionType}:
        optional = True
        (hint,) = (arm for arm in typing.get_args(hint) if arm is not type(None))
    return (hint if _typed_again(hint) else None), optional, meaning


def _typed_again(kind: Any) -> bool:  # noqa: ANN401 - a type form
    """Whether a value of that class fits one field: a scalar, a choice, or a list of words."""
    if typing.get_origin(kind) is typing.Literal:
        return True
    if typing.get_origin(kind) is tuple:
        inner = typing.get_args(kind)[0]
        return inner is str or typing.get_origin(inner) is typing.Literal
    return isinstance(kind, type) and (kind in SCALARS or issubclass(kind, Quantity))


def _label(protocol: Protocol, fact: Fact, name: str) -> tuple[str, str]:
    """The name of a value and its unit, in the field's words."""
    if name == "at":
        return "Time", ""
    if name in SIGN_CODES and fact.KIND == "vitals-taken":
        sign = protocol.sign(name)
        return sign.label, sign.unit
    ending = next((end for end in UNITS if name.endswith(end)), "")
    words = name.removesuffix(ending).replace("_", " ")
    return words[:1].upper() + words[1:], UNITS.get(ending, "")


def _reads(protocol: Protocol, value: object, *, listed: str, scale: str, beside: datetime) -> str:
    """A value as it reads on the chart."""
    if value is None or value in {"", ()}:
        return DASH
    if isinstance(value, tuple):
        words = [protocol.label(listed, str(item)) if listed else str(item) for item in value]
        return ", ".join(words)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return clock(value) if value == beside else day_and_clock(value, beside=beside.date())
    if isinstance(value, date):
        return day(value)
    if scale and isinstance(value, int):
        return f"{value} {protocol.step(scale, value)}"
    text = str(to_plain(value))
    return protocol.label(listed, text) if listed else text.replace("-", MINUS, 1)
