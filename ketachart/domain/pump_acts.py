"""What was done at the pump, by phone or with fluid because of a side effect.

A pause is charted once, with its reason. That reason ties it to the side effect, so that nobody has
to write “infusion paused” a second time.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from ketachart.domain.facts import (
    CallMade,
    FluidGiven,
    InfusionPaused,
    InfusionStopped,
    MeasureTaken,
    RateSet,
)
from ketachart.domain.visit import Entry, Visit
from ketachart.domain.wording import with_unit

# which side effects a reason from the list pause-reason speaks of
PAUSED_FOR: dict[str, tuple[str, ...]] = {
    "pressure": ("high-pressure", "low-pressure"),
    "pulse": ("fast-heart", "slow-heart"),
    "oxygen": ("breathing", "apnoea", "sedation"),
    "drowsy": ("sedation", "breathing", "apnoea"),
    "distress": (
        "anxiety", "dysphoria", "hallucination", "dissociation", "disorientation", "confusion",
    ),
    "nausea": ("nausea", "vomiting"),
    "site": ("site", "infiltration"),
}  # fmt: skip
_SLOWED_FOR = ("high-pressure", "low-pressure", "fast-heart", "slow-heart")
_FLUID_FOR = ("low-pressure", "vomiting", "fainting", "allergic", "dizziness")
# a stop for one of these says nothing of a side effect
_STOPPED_OTHERWISE = ("complete", "patient")
# every kind of entry in which something was done, or was said to have been done, because of one
ACTS_FOR = (MeasureTaken, RateSet, InfusionPaused, InfusionStopped, CallMade, FluidGiven)
_SAME = timedelta(minutes=2)  # words charted so near to the act itself tell the same act

Act = tuple[datetime, str, str]  # when, in words, id of the entry


def pause_reason(effect: str) -> str:
    """The reason from the list pause-reason that speaks of a side effect; empty for none."""
    return next((code for code, effects in PAUSED_FOR.items() if effect in effects), "")


def acts_for(visit: Visit, effect: str) -> tuple[Act, ...]:
    """Rate, pause, stop, call and fluid that were for one side effect, by time."""
    said = [
        (entry.at, code)
        for entry in visit.of(MeasureTaken)
        if entry.fact.effect == effect
        for code in entry.fact.measures
    ]
    return tuple(
        sorted(
            (at, text, entry)
            for code, at, text, entry in _acts(visit, effect)
            if not any(other == code and abs(when - at) <= _SAME for when, other in said)
        )
    )


def _acts(visit: Visit, effect: str) -> Iterator[tuple[str, datetime, str, str]]:
    label = visit.protocol.label("effect", effect).casefold()
    yield from _slowed(visit, effect)
    for pause in visit.of(InfusionPaused):
        if any(effect in PAUSED_FOR.get(why, ()) for why in pause.fact.reasons):
            yield "paused", pause.at, "Infusion paused", pause.id
    for stop in visit.of(InfusionStopped):
        if stop.fact.reason not in _STOPPED_OTHERWISE:
            yield "stopped", stop.at, "Infusion stopped", stop.id
    for call in visit.of(CallMade):
        if label in call.fact.about.casefold():
            reached = "called" if call.fact.reached else "called, not reached"
            yield "called", call.at, f"{call.fact.to} {reached}", call.id
    yield from _fluids(visit, effect)


def _fluids(visit: Visit, effect: str) -> Iterator[tuple[str, datetime, str, str]]:
    for given in visit.of(FluidGiven) if effect in _FLUID_FOR else ():
        words = f"{given.fact.fluid} {with_unit(given.fact.volume_ml)} {given.fact.route}"
        yield "fluids", given.at, words, given.id


def _slowed(visit: Visit, effect: str) -> Iterator[tuple[str, datetime, str, str]]:
    """Rates that were set because of a side effect, and are no increase."""
    for entry in visit.of(RateSet):
        if _slows(entry, effect):
            words = f"Rate set to {with_unit(entry.fact.rate_ml_h)}"
            yield "slowed", entry.at, words, entry.id


def _slows(entry: Entry[RateSet], effect: str) -> bool:
    if entry.fact.reason == "side-effect":
        return True
    return entry.fact.reason == "pressure-pulse" and effect in _SLOWED_FOR
