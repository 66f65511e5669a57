"""The safety card: what was done for the patient, ticked only where a row of the record says so."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from ketachart.domain.check.pump_check import slips
from ketachart.domain.course import started_at, stopped_at
from ketachart.domain.facts import (
    HomeChecked,
    IdentityConfirmed,
    PumpChecked,
    ScreeningAnswered,
    VitalsTaken,
    WeightMeasured,
)
from ketachart.domain.instructions import heard_at
from ketachart.domain.sheets.lines import Wordbook
from ketachart.domain.visit import Visit

Times = tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """One line of the card; its times are those of the rows of the record that stand for it."""

    code: str
    times: Times


def card(visit: Visit) -> tuple[Tick, ...]:
    """Every line of the card with the times of its rows; without a row there is no tick."""
    return tuple(Tick(code, found(visit)) for code, found in LINES.items())


def tick_words(words: Wordbook, tick: Tick) -> tuple[str, str]:
    """The line, and its time or times in the patient's language."""
    text = words.line(tick.code)
    if not tick.times:
        return text, words.line("open")
    first, last = words.time(tick.times[0]), words.time(tick.times[-1])
    if len(tick.times) == 1:
        return text, first
    return text, words.line("times", first=first, last=last, count=str(len(tick.times)))


def _identity(visit: Visit) -> Times:
    entry = visit.last(IdentityConfirmed)
    return (entry.at,) if entry is not None and len(set(entry.fact.identifiers)) >= 2 else ()


def _weighed(visit: Visit) -> Times:
    """A weight that was told is none that was measured."""
    return tuple(e.at for e in visit.of(WeightMeasured) if e.fact.how == "measured")[-1:]


def _second_check(visit: Visit) -> Times:
    """The last check before the start, where it agreed."""
    start = started_at(visit)
    made = [e for e in visit.of(PumpChecked) if start is None or e.at <= start][-1:]
    return tuple(entry.at for entry in made if not slips(visit, entry.fact))


def _phone(visit: Visit) -> Times:
    home = visit.last(HomeChecked)
    if home is not None:
        return (home.at,) if home.fact.phone != "none" else ()
    asked = [e for e in visit.of(ScreeningAnswered) if e.fact.item == "home-phone"][-1:]
    return tuple(entry.at for entry in asked if entry.fact.answer == "clear")


def _whole(visit: Visit) -> Times:
    """When pressure, pulse and oxygen were all measured."""
    return tuple(
        entry.at
        for entry in visit.of(VitalsTaken)
        if None not in (entry.fact.systolic, entry.fact.heart_rate, entry.fact.spo2)
    )


def _before(visit: Visit) -> Times:
    start = started_at(visit)
    return tuple(at for at in _whole(visit) if start is None or at <= start)


def _during(visit: Visit) -> Times:
    start, stop = started_at(visit), stopped_at(visit)
    if start is None:
        return ()
    return tuple(at for at in _whole(visit) if start < at and (stop is None or at < stop))


def _after(visit: Visit) -> Times:
    stop = stopped_at(visit)
    return tuple(at for at in _whole(visit) if stop is not None and at >= stop)


def _warning(visit: Visit) -> Times:
    at = heard_at(visit, "red-flags")
    return (at,) if at is not None else ()


LINES: dict[str, Callable[[Visit], Times]] = {
    "identity": _identity,
    "weighed": _weighed,
    "second-check": _second_check,
    "phone": _phone,
    "before": _before,
    "during": _during,
    "after": _after,
    "warning": _warning,
}
