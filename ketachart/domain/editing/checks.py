"""What no edition of a protocol may say: values that cannot be, or that contradict each other.

Stricter or laxer than the shipped one is the clinic's decision and never refused here.
"""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from ketachart.domain.editing.checks_care import care_faults
from ketachart.domain.editing.fault import Fault
from ketachart.domain.editing.says import LEVELS, WHEN, figure, side_of
from ketachart.domain.editing.tables import TABLES
from ketachart.domain.policy import Limit, SignCode
from ketachart.domain.protocol import Protocol
from ketachart.domain.quantities import Quantity
from ketachart.domain.wording import with_unit
from ketachart.errors import Refused

_MOST: Final = {"%": 100, "of 10": 10, "o'clock": 24, "years": 120, "grade": 5}
_ABOVE_ZERO: Final = ("mg/kg", "mg/kg/h", "mg/mL", "mL", "mL/h", "infusions", "cm")
_WHOLE: Final = ("infusions", "attempts", "visits", "years", "o'clock", "grade", "days", "of 10")
# A bolus of at most 0 mg/kg is how a clinic forbids it (domain/scope.py).
_MAY_BE_ZERO: Final = ("bolus.most",)
_IN_ORDER: Final = (
    ("fasting.solid.floor", "fasting.solid"),
    ("observe.floor", "observe.default"),
    ("due.amber", "due.red"),
    ("age.least", "age.most"),
    ("rate.warn", "rate.stop"),
    ("bolus.most", "dose.absolute"),
    ("height.low", "height.high"),
    ("totals.short", "totals.long"),
)
_OF_A_SIGN: Final[dict[str, SignCode]] = {
    "release.systolic": "systolic",
    "release.diastolic": "diastolic",
    "release.spo2": "spo2",
    "release.dissociation": "dissociation",
    "release.nausea": "nausea",
}
# In the same part of the visit the first level is met before the second.
_LADDER: Final = (("ask-before", "no-start"), ("pause", "emergency"))


_BOUNDS: Final = ("above", "at_least", "below", "at_most")


def check(protocol: Protocol, shipped: Protocol) -> None:
    """Whether an edition can stand.

    Args:
        protocol: the edition.
        shipped: the protocol as shipped, whose hard floors stay.

    Raises:
        Refused: it cannot; all faults are its points.
    """
    found = tuple(_faults(protocol, shipped))
    if found:
        raise Refused(
            found[0].sentence,
            rule="protocol cannot be so",
            field=found[0].field,
            points=tuple((fault.field, fault.sentence) for fault in found),
        )


def _faults(protocol: Protocol, shipped: Protocol) -> Iterator[Fault]:
    yield from _twice(protocol)
    yield from _values(protocol)
    yield from _goals(protocol)
    yield from _signs(protocol)
    for limit in protocol.limits:
        yield from _limit(protocol, limit)
    yield from _ladder(protocol)
    yield from _sets(protocol)
    yield from _after(protocol)
    yield from _drug(protocol, shipped)
    yield from _formulas(protocol)
    yield from _states(protocol)
    yield from care_faults(protocol, shipped)


def _twice(protocol: Protocol) -> Iterator[Fault]:
    for table in TABLES.values():
        rows = getattr(protocol, table.name)
        many = [key for key, n in Counter(table.key(row) for row in rows).items() if n > 1]
        for row in rows:
            if table.key(row) in many:
                title = table.title(row, protocol)
                yield Fault(f"“{title}” stands there already. Change that row instead.")
                break


def _values(protocol: Protocol) -> Iterator[Fault]:
    for row in protocol.values:
        least_words = "more than 0" if _needs_some(row.code, row.unit) else "0 or more"
        too_low = row.value <= 0 if _needs_some(row.code, row.unit) else row.value < 0
        if too_low:
            yield Fault(f"“{row.text}” must be {least_words} {row.unit}.", "value")
        most = _MOST.get(row.unit)
        if most is not None and row.value > most:
            yield Fault(f"“{row.text}” cannot be over {most} {row.unit}.", "value")
        if row.unit in _WHOLE and row.value != row.value.to_integral_value():
            yield Fault(f"“{row.text}” is a whole number of {row.unit}.", "value")
        code = _OF_A_SIGN.get(row.code)
        if code is not None:
            yield from _possible(protocol, code, row.value, "value")
    for low, high in _IN_ORDER:
        first, second = protocol.known(low), protocol.known(high)
        if first is not None and second is not None and first.value > second.value:
            yield Fault(
                f"“{first.text}” ({figure(first.value, first.unit)}) cannot be over "
                f"“{second.text}” ({figure(second.value, second.unit)}). Change the other first.",
                "value",
            )


def _needs_some(code: str, unit: str) -> bool:
    return unit in _ABOVE_ZERO and code not in _MAY_BE_ZERO


def _possible(protocol: Protocol, code: SignCode, value: Decimal, field: str) -> Iterator[Fault]:
    sign = protocol.sign(code)
    if not sign.possible_low <= value <= sign.possible_high:
        span = f"{figure(sign.possible_low)} to {figure(sign.possible_high)} {sign.unit}"
        yield Fault(f"{sign.label} {figure(value)} is not possible; it goes from {span}.", field)


def _goals(protocol: Protocol) -> Iterator[Fault]:
    absolute = protocol.dose_absolute
    for goal in protocol.goals:
        yield from _range(goal.label, "dose_to", goal.dose_from, goal.dose_to)
        yield from _range(goal.label, "duration_to", goal.duration_from, goal.duration_to)
        series = [None if n is None else Decimal(n) for n in (goal.series_from, goal.series_to)]
        yield from _range(goal.label, "series_to", *series)
        if goal.dose_to is not None and goal.dose_to >= absolute:
            yield Fault(
                f"{goal.label}: the highest dose must be under {with_unit(absolute)}, from which "
                "on it is an anaesthetic dose.",
                "dose_to",
            )
        if goal.apart_days is not None and goal.apart_days < 1:
            yield Fault(f"{goal.label}: 1 day or more apart.", "apart_days")


def _range(
    label: str, field: str, low: Quantity | Decimal | None, high: Quantity | Decimal | None
) -> Iterator[Fault]:
    """Both ends or neither, above 0, and in their order."""
    ends = [x.amount if isinstance(x, Quantity) else x for x in (low, high) if x is not None]
    if len(ends) == 1:
        yield Fault(f"{label}: give both ends of the range, or neither.", field)
    elif ends and ends[0] > ends[1]:
        yield Fault(f"{label}: the range ends below its beginning.", field)
    if ends and ends[0] <= 0:
        yield Fault(f"{label}: the range begins above 0.", field.replace("_to", "_from"))


def _signs(protocol: Protocol) -> Iterator[Fault]:
    for sign in protocol.signs:
        for value, field in (
            (sign.believable_low, "believable_low"),
            (sign.believable_high, "believable_high"),
        ):
            yield from _possible(protocol, sign.code, value, field)
        if sign.believable_low > sign.believable_high:
            yield Fault(
                f"{sign.label}: what is believed ends below its beginning.", "believable_high"
            )


def _limit(protocol: Protocol, limit: Limit) -> Iterator[Fault]:
    title = f"{protocol.sign(limit.sign).label}, {WHEN[limit.when]}, {LEVELS[limit.level]}"
    named = {name: value for name in _BOUNDS if (value := getattr(limit, name)) is not None}
    bounds = len(named) + (limit.above_baseline_percent is not None) + bool(limit.not_in)
    if bounds != 1:
        yield Fault(f"{title}: fill in exactly one bound.", next(iter(named), "above"))
    for name, value in named.items():
        yield from _possible(protocol, limit.sign, value, name)
    for value in limit.not_in:
        yield from _possible(protocol, limit.sign, value, "not_in")
    percent = limit.above_baseline_percent
    if percent is not None and percent <= 0:
        yield Fault(f"{title}: more than 0 % over the baseline.", "above_baseline_percent")
    if limit.readings < 1 or limit.apart_min < 0:
        yield Fault(f"{title}: 1 reading or more, 0 min or more between them.", "readings")
    if limit.level in (("pause", "emergency") if limit.when == "before" else _LADDER[0]):
        yield Fault(f"{title}: that is not asked {WHEN[limit.when]}.", "level")


def _ladder(protocol: Protocol) -> Iterator[Fault]:
    placed = {(x.sign, x.when, x.level, side_of(x)): x for x in protocol.limits}
    for (code, when, level, side), first in placed.items():
        for gentle, grave in _LADDER:
            second = placed.get((code, when, grave, side)) if level == gentle else None  # type: ignore[arg-type]
            if second is None or side not in ("high", "low"):
                continue
            one, two = _edge(first), _edge(second)
            if (one > two) if side == "high" else (one < two):
                sign = protocol.sign(code)
                yield Fault(
                    f"{sign.label}: “{LEVELS[gentle]}” at {figure(one)} comes after "
                    f"“{LEVELS[grave]}” at {figure(two)} {sign.unit}. Change the other first.",
                    _named(first),
                )


def _named(limit: Limit) -> str:
    """Which of its bounds a limit with a plain bound has."""
    return next(name for name in _BOUNDS if getattr(limit, name) is not None)


def _edge(limit: Limit) -> Decimal:
    return Decimal(getattr(limit, _named(limit)))


def _sets(protocol: Protocol) -> Iterator[Fault]:
    for one in protocol.rounds:
        if one.every_min < 1 or one.from_min < 0:
            yield Fault("A regular set is due every 1 min or more.", "every_min")
        if one.to_min is not None and one.to_min < one.from_min:
            yield Fault("The last minute of a regular set lies before its first.", "to_min")
        if not one.needs:
            yield Fault("Say what a set holds.", "needs")
    for phase in ("infusion", "observation"):
        if not any(one.phase == phase for one in protocol.rounds):
            yield Fault(f"At least one regular set stays for the {phase}.")


def _after(protocol: Protocol) -> Iterator[Fault]:
    for extra in protocol.extra_rounds:
        if not extra.at_min or min(extra.at_min) < 0 or not extra.needs:
            yield Fault(
                "An extra set has its minutes, 0 or more, and says what it holds.", "at_min"
            )
    if any(hours < 1 for told in protocol.instructions for hours in told.hours):
        yield Fault("Hours of an instruction are 1 or more.", "hours")


def _drug(protocol: Protocol, shipped: Protocol) -> Iterator[Fault]:
    if not protocol.vials:
        yield Fault("At least one vial stays in use. Add another before this one goes.")
    never = {vial.strength_mg_per_ml for vial in shipped.vials if vial.undiluted_never}
    for vial in protocol.vials:
        if not vial.strength_mg_per_ml.above_zero or not vial.volume_ml.above_zero:
            yield Fault("Strength and volume of a vial are more than 0.", "volume_ml")
        if vial.strength_mg_per_ml in never and not vial.undiluted_never:
            strength = with_unit(vial.strength_mg_per_ml)
            yield Fault(f"{strength} is never given undiluted; that stays.", "undiluted_never")
    if any(not 1 <= gravity.drops_per_ml <= 100 for gravity in protocol.drop_factors):
        yield Fault("A gravity set makes 1 to 100 drops of 1 mL.", "drops_per_ml")


def _formulas(protocol: Protocol) -> Iterator[Fault]:
    for formula in protocol.formulas:
        if not 0 <= formula.adjusted_share <= 1:
            yield Fault("The share is from 0 to 1.", "adjusted_share")
        for name in ("base_f_kg", "base_m_kg", "per_inch_f_kg", "per_inch_m_kg"):
            if getattr(formula, name) <= 0:
                yield Fault("Each weight of a formula is more than 0 kg.", name)


def _states(protocol: Protocol) -> Iterator[Fault]:
    for rule in protocol.states:
        if len(rule.state) != 2 or not rule.state.isalpha() or rule.state != rule.state.upper():
            yield Fault("A state is two capital letters, such as AZ.", "state")
        if rule.bolus_most is not None and not rule.bolus_most.above_zero:
            yield Fault("The state's largest bolus is more than 0 mg/kg, or empty.", "bolus_most")
