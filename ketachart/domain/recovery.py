"""After the last drop: how long the observation still is, and how near the signs are to before."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from ketachart.domain.course import started_at, stopped_at
from ketachart.domain.facts import VitalsTaken
from ketachart.domain.infusion import delivery
from ketachart.domain.limits import sign_text
from ketachart.domain.ordered_monitoring import observation_needed
from ketachart.domain.policy import SignCode
from ketachart.domain.protocol import Protocol
from ketachart.domain.release import CriterionState, release
from ketachart.domain.visit import Visit
from ketachart.domain.wording import DASH, clock, length, signed

SAME = "same"
# What is compared with before the start, in the order of the table; the pressure is one row.
COMPARED: tuple[SignCode, ...] = (
    "systolic", "heart_rate", "spo2", "respiratory_rate", "rass", "dissociation", "nausea", "pain",
)  # fmt: skip
NAMES: dict[SignCode, str] = {"systolic": "Blood pressure", "rass": "RASS"}
IN_PERCENT: tuple[SignCode, ...] = ("systolic", "heart_rate")


@dataclass(frozen=True, slots=True)
class Observation:
    """The time that has to go by after the last ketamine, or after a reversal medicine."""

    earliest: datetime
    gone: timedelta
    needed: timedelta
    sentence: str

    @property
    def part(self) -> Fraction:
        """How much of it is over, 0 to 1."""
        if not self.needed:
            return Fraction(1)
        part = Fraction(self.gone // timedelta(seconds=1), self.needed // timedelta(seconds=1))
        return min(max(part, Fraction(0)), Fraction(1))

    @property
    def left(self) -> timedelta:
        """How long it still is; never below zero."""
        return max(self.needed - self.gone, timedelta())


def observation(visit: Visit, now: datetime) -> Observation | None:
    """The rule of the clock that ends last; None while the pump runs, or where none was given."""
    if delivery(visit, now).state in ("running", "paused"):
        return None
    rules = [state for state in release(visit, now).criteria if state.earliest is not None]
    if not rules:
        return None
    last = max(rules, key=lambda state: state.earliest or now)
    reversal = last.criterion.code == "reversal"
    needed = visit.protocol.minutes("observe.reversal") if reversal else observation_needed(visit)
    earliest = last.earliest or now
    since = earliest - needed
    what = "the reversal medicine" if reversal else "the last ketamine"
    gone = now - since
    whole = timedelta(minutes=gone // timedelta(minutes=1))
    return Observation(
        earliest=earliest,
        gone=gone,
        needed=needed,
        sentence=f"{_of(whole, needed)} since {what} {clock(since)}",
    )


def _of(gone: timedelta, needed: timedelta) -> str:
    """How much of how much: “46 of 60 min”; in hours where it is long past."""
    minute = timedelta(minutes=1)
    if gone < 2 * needed:
        return f"{gone // minute} of {needed // minute} min"
    return f"{length(gone)}, {needed // minute} min needed,"


def criterion_state(visit: Visit, now: datetime, code: str) -> CriterionState | None:
    """One criterion as it stands; None where this protocol does not ask for it."""
    return next((s for s in release(visit, now).criteria if s.criterion.code == code), None)


# ------------------------------------------------------------------ back to the baseline


@dataclass(frozen=True, slots=True)
class BackRow:
    """One sign: before the start, in each set since the end, and how far it is from before."""

    label: str
    before: str
    since: tuple[str, ...]
    change: str


@dataclass(frozen=True, slots=True)
class BackToBaseline:
    """The signs before and after, with the times of the sets since the end."""

    times: tuple[str, ...]
    rows: tuple[BackRow, ...]


def back_to_baseline(visit: Visit, *, most: int) -> BackToBaseline:
    """The signs before the start beside the last sets since the end, at most so many of them."""
    start, stop = started_at(visit), stopped_at(visit)
    every = visit.facts(VitalsTaken)
    before = [fact for fact in every if start is None or fact.at <= start]
    after = [fact for fact in every if stop is not None and fact.at >= stop]
    shown = after[-most:] if most > 0 else []
    rows = [_row(visit.protocol, code, before, after, shown) for code in COMPARED]
    return BackToBaseline(
        tuple(clock(fact.at) for fact in shown),
        tuple(row for row in rows if row.before != DASH or set(row.since) - {DASH}),
    )


def _row(
    protocol: Protocol,
    code: SignCode,
    before: list[VitalsTaken],
    after: list[VitalsTaken],
    shown: list[VitalsTaken],
) -> BackRow:
    sign = protocol.sign(code)
    return BackRow(
        label=NAMES.get(code, sign.label),
        before=_shown(protocol, code, _last_with(before, code)),
        since=tuple(_shown(protocol, code, fact) for fact in shown),
        change=_change(code, _value(before, code), _value(after, code)),
    )


def _last_with(sets: list[VitalsTaken], code: SignCode) -> VitalsTaken | None:
    return next((fact for fact in reversed(sets) if getattr(fact, code) is not None), None)


def _value(sets: list[VitalsTaken], code: SignCode) -> int | None:
    last = _last_with(sets, code)
    return None if last is None else int(getattr(last, code))


def _shown(protocol: Protocol, code: SignCode, fact: VitalsTaken | None) -> str:
    value = None if fact is None else getattr(fact, code)
    if fact is None or value is None:
        return DASH
    text = sign_text(protocol.sign(code), Decimal(value))
    if code == "systolic" and fact.diastolic is not None:
        return f"{text}/{fact.diastolic}"
    return text


def _change(code: SignCode, before: int | None, after: int | None) -> str:
    """The change of the last value: percent for pressure and pulse, points for the others."""
    if before is None or after is None:
        return DASH
    if before == after:
        return SAME
    if code in IN_PERCENT and before:
        percent = signed(Fraction((after - before) * 100, before))
        return f"{percent} %" if percent != "0" else SAME
    return signed(after - before)
