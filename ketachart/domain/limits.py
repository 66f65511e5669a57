"""Where a value stands: impossible, hard to believe, or over a limit of the order or the protocol.

Only the impossible is sent back to be typed again. A limit never stops a value from being charted;
it makes an alert.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from typing import TypeVar

from ketachart.domain.facts import VitalsTaken
from ketachart.domain.policy import Level, Limit, Sign, SignCode
from ketachart.domain.protocol import Protocol
from ketachart.domain.visit import Entry, Visit
from ketachart.domain.wording import decimal_text, signed
from ketachart.errors import Refused

SIGN_CODES: tuple[SignCode, ...] = (
    "systolic", "diastolic", "heart_rate", "spo2", "respiratory_rate", "etco2", "temperature_c",
    "pain", "nausea", "dissociation", "rass", "moaas",
)  # fmt: skip
T = TypeVar("T")

_READ = range(-5, 301)
_WHOLE = {value: Decimal(value) for value in _READ}

BY_THE_ORDER = "the order"
LEVELS: tuple[Level, ...] = ("ask-before", "no-start", "pause", "emergency")


@dataclass(frozen=True, slots=True)
class Reading:
    """One value of one sign, when it was read and in which entry."""

    sign: SignCode
    value: Decimal
    at: datetime
    entry: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A limit that a value stands beyond."""

    limit: Limit
    reading: Reading
    bound: str

    @property
    def level(self) -> Level:
        """What the limit asks for."""
        return self.limit.level


def sign_text(sign: Sign, value: Decimal | int) -> str:
    """A sign's value as it is written: RASS with its sign, temperature with its decimal."""
    if sign.code == "rass":
        return signed(int(value))
    return decimal_text(Decimal(value)).replace("-", "−")


def _exact(value: Decimal | int) -> Decimal:
    """The same value; of those that are read again and again there is one each."""
    return _WHOLE[value] if isinstance(value, int) and value in _READ else Decimal(value)


def values_of(fact: VitalsTaken) -> dict[SignCode, Decimal]:
    """The signs that one set holds; what was not measured is not there."""
    found: dict[SignCode, Decimal] = {}
    for code in SIGN_CODES:
        value = getattr(fact, code)
        if value is not None:
            found[code] = _exact(value)
    return found


def readings(visit: Visit) -> tuple[Reading, ...]:
    """Every standing reading of the visit, in the order in which they were taken."""
    return visit.once("readings", _readings)


def _readings(visit: Visit) -> tuple[Reading, ...]:
    return tuple(chain.from_iterable(visit.of_each("readings", VitalsTaken, _readings_of)))


def _readings_of(entry: Entry[VitalsTaken]) -> tuple[Reading, ...]:
    return tuple(
        Reading(code, value, entry.at, entry.id) for code, value in values_of(entry.fact).items()
    )


def readings_by_sign(visit: Visit) -> Mapping[SignCode, tuple[Reading, ...]]:
    """The same, sign by sign; a sign that was never read is not there."""
    return _of_sets(visit, "readings by sign", _readings_by_sign)


def _readings_by_sign(visit: Visit) -> dict[SignCode, tuple[Reading, ...]]:
    found: dict[SignCode, list[Reading]] = {}
    for reading in readings(visit):
        found.setdefault(reading.sign, []).append(reading)
    return {sign: tuple(series) for sign, series in found.items()}


def times_read(visit: Visit) -> Mapping[SignCode, tuple[datetime, ...]]:
    """When each sign was read, in order; a sign that was never read is not there."""
    return _of_sets(visit, "times read", _times_read)


def _times_read(visit: Visit) -> dict[SignCode, tuple[datetime, ...]]:
    series = readings_by_sign(visit).items()
    return {sign: tuple(reading.at for reading in every) for sign, every in series}


def _of_sets(visit: Visit, name: str, work: Callable[[Visit], T]) -> T:
    """What ``work`` makes of the sets alone: whatever else is charted, it stands until the next."""
    sets = visit.of(VitalsTaken)
    return visit.once(name, lambda whole: whole.pieces.of_them(name, sets, lambda: work(whole)))


def first_read(visit: Visit, sign: SignCode, *, since: datetime) -> datetime | None:
    """When a sign was read first, at a moment or after it; None where it was not."""
    times = times_read(visit).get(sign, ())
    place = bisect_left(times, since)
    return times[place] if place < len(times) else None


def signs_measured(visit: Visit) -> tuple[frozenset[SignCode], ...]:
    """Which signs each standing set holds, in the order in which they were taken."""
    return visit.of_each("signs measured", VitalsTaken, lambda e: _signs(tuple(values_of(e.fact))))


@lru_cache(maxsize=256)
def _signs(codes: tuple[SignCode, ...]) -> frozenset[SignCode]:
    """Sets of the same signs are one; a long visit has a thousand."""
    return frozenset(codes)


def typing_fault(protocol: Protocol, code: str, value: Decimal, *, confirmed: bool) -> str:
    """The sentence for a value that cannot be, or that has to be confirmed; empty where it can."""
    sign = protocol.sign(code)
    text = f"{sign.label} {sign_text(sign, value)} {sign.unit}".strip()
    if value != value.to_integral_value() and not sign.decimals:
        return f"{text}: whole numbers only."
    if not sign.possible_low <= value <= sign.possible_high:
        low, high = sign_text(sign, sign.possible_low), sign_text(sign, sign.possible_high)
        return f"{text} cannot be. Measure again and type what you read ({low} to {high})."
    if not confirmed and not sign.believable_low <= value <= sign.believable_high:
        return f"{text} is hard to believe. Measure again; if it is true, confirm it."
    return ""


def check_vitals(protocol: Protocol, fact: VitalsTaken) -> None:
    """Sends back a set that cannot be true.

    Raises:
        Refused: a value is impossible, unbelievable and not confirmed, the pressures are swapped,
            or nothing was measured.
    """
    values = values_of(fact)
    if not values and fact.oriented is None:
        raise Refused("Nothing is filled in. Type at least one value.", rule="empty set")
    for code, value in values.items():
        sentence = typing_fault(protocol, code, value, confirmed=fact.confirmed)
        if sentence:
            raise Refused(sentence, rule="value cannot be", field=code)
    sentence = pressure_fault(fact.systolic, fact.diastolic)
    if sentence:
        raise Refused(sentence, rule="systolic below diastolic", field="diastolic")
    if fact.oriented is not None and not 0 <= fact.oriented <= 4:
        raise Refused("Oriented counts 0 to 4: name, place, day, why.", field="oriented")


def pressure_fault(systolic: int | None, diastolic: int | None) -> str:
    """Names pressures that are swapped; empty where they can be."""
    if systolic is None or diastolic is None or systolic > diastolic:
        return ""
    return (
        f"The pressure {systolic}/{diastolic} has its upper number not above its lower one. "
        "Were they swapped?"
    )


def limits_in_force(visit: Visit) -> tuple[Limit, ...]:
    """The order's limits, and the protocol's for whatever the order does not say."""
    return visit.once("limits in force", _limits_in_force)


def _limits_in_force(visit: Visit) -> tuple[Limit, ...]:
    order = visit.order
    ordered = tuple(
        limit if limit.source else replace(limit, source=BY_THE_ORDER)
        for limit in (order.limits if order is not None else ())
    )
    said = {(limit.sign, limit.when, limit.level, bound_of(limit)) for limit in ordered}
    kept = [
        limit
        for limit in visit.protocol.limits
        if (limit.sign, limit.when, limit.level, bound_of(limit)) not in said
    ]
    return (*ordered, *kept)


def bound_words(
    limit: Limit, say: Callable[[Decimal], str], *, over_baseline: str = "{} % over baseline"
) -> str:
    """A limit's bound in words: “over 160”, “180 or more, 2 readings 5 min apart”.

    Args:
        limit: one limit.
        say: how a number of its sign is written, with the unit where one stands behind it.
        over_baseline: how a percentage over the baseline is said.
    """
    bounds = (
        (limit.above, "over {}"),
        (limit.at_least, "{} or more"),
        (limit.below, "under {}"),
        (limit.at_most, "{} or less"),
    )
    parts = [words.format(say(value)) for value, words in bounds if value is not None]
    if limit.above_baseline_percent is not None:
        parts.append(over_baseline.format(decimal_text(limit.above_baseline_percent)))
    if limit.not_in:
        parts.append("other than " + " or ".join(say(value) for value in limit.not_in))
    if limit.readings > 1:
        parts.append(f"{limit.readings} readings {limit.apart_min} min apart")
    return ", ".join(parts)


def bound_of(limit: Limit) -> str:
    """Which kind of bound a limit has: high, low, over the baseline, or a set of values."""
    if limit.above is not None or limit.at_least is not None:
        return "high"
    if limit.below is not None or limit.at_most is not None:
        return "low"
    return "baseline" if limit.above_baseline_percent is not None else "set"


def beyond(limit: Limit, value: Decimal, baseline: Decimal | None) -> str:
    """How the value stands beyond the limit, in words; empty where it is inside."""
    if limit.above is not None and value > limit.above:
        return f"over {_text(limit.above)}"
    if limit.at_least is not None and value >= limit.at_least:
        return f"{_text(limit.at_least)} or more"
    if limit.below is not None and value < limit.below:
        return f"under {_text(limit.below)}"
    if limit.at_most is not None and value <= limit.at_most:
        return f"{_text(limit.at_most)} or less"
    if limit.not_in and value not in limit.not_in:
        return "other than " + " or ".join(_text(allowed) for allowed in limit.not_in)
    percent = limit.above_baseline_percent
    if percent is not None and baseline and value * 100 > baseline * (100 + percent):
        return f"more than {_text(percent)} % over the baseline {_text(baseline)}"
    return ""


def _text(value: Decimal) -> str:
    return decimal_text(value).replace("-", "−")


def hits(
    limits: Iterable[Limit], series: Sequence[Reading], baseline: Decimal | None
) -> tuple[Hit, ...]:
    """The limits that the last reading of one sign's series stands beyond."""
    if not series:
        return ()
    found = []
    for limit in limits:
        bound = beyond(limit, series[-1].value, baseline)
        if bound and _often_enough(limit, series, baseline):
            found.append(Hit(limit, series[-1], bound))
    return tuple(found)


def _often_enough(limit: Limit, series: Sequence[Reading], baseline: Decimal | None) -> bool:
    """Whether enough readings in a row, far enough apart, stand beyond the limit."""
    if limit.readings <= 1:
        return True
    in_a_row: list[Reading] = []
    for reading in reversed(series):
        if not beyond(limit, reading.value, baseline):
            break
        in_a_row.append(reading)
    apart = series[-1].at - in_a_row[-1].at
    return len(in_a_row) >= limit.readings and apart >= timedelta(minutes=limit.apart_min)
