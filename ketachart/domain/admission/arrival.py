"""Rules for new facts about the door: times of the visit, clocks, kit, home, history, scales."""

import dataclasses
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from ketachart.domain.admission.alerting import ALERT_RULES
from ketachart.domain.facts import (
    ClockCompared,
    Fact,
    HistoryTaken,
    HomeChecked,
    KitChecked,
    MedicinesListed,
    ScaleScored,
    SymptomsNoted,
    TimeOutHeld,
    VisitTimed,
)
from ketachart.domain.scales.scoring import answers_fault
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, day_and_clock
from ketachart.errors import Refused

FARTHEST = timedelta(hours=24)
"""A clock that is further off shows another day: most likely a slip of the date."""

ORDER = ("set-out", "arrived", "left")


def timed(visit: Visit, fact: VisitTimed, _now: datetime) -> None:
    """Setting out, arriving and leaving follow each other."""
    place = ORDER.index(fact.what)
    for other in visit.facts(VisitTimed):
        there = ORDER.index(other.what)
        if (there < place and other.at > fact.at) or (there > place and other.at < fact.at):
            raise Refused(
                f"You {_said(other.what)} at {clock(other.at)}. Correct one of the two times.",
                rule="times of the visit cross",
                field="at",
            )


def _said(what: str) -> str:
    return {"set-out": "set out", "arrived": "arrived", "left": "left"}[what]


def compared(_visit: Visit, fact: ClockCompared, _now: datetime) -> None:
    """A clock of the same day."""
    if abs(fact.showed - fact.at) > FARTHEST:
        raise Refused(
            "That clock is more than a day away. Check the date.", rule="far off", field="showed"
        )


def kit(visit: Visit, fact: KitChecked, _now: datetime) -> None:
    """Items of this protocol, each once."""
    known = {item.code for item in visit.protocol.kit}
    if not fact.lines:
        raise Refused("Look at the kit first: nothing is ticked.", rule="empty kit", field="lines")
    for line in fact.lines:
        if line.item not in known:
            raise Refused(
                f"“{line.item}” is not in the kit of this protocol. Choose from its list.",
                rule="no such item",
                field="lines",
            )
    if len({line.item for line in fact.lines}) < len(fact.lines):
        raise Refused(
            "An item stands there twice. Leave one of them out.", rule="item twice", field="lines"
        )


def home(_visit: Visit, fact: HomeChecked, _now: datetime) -> None:
    """A hospital, and a way to it that can be."""
    if fact.travel_min is not None and not 0 <= fact.travel_min <= 600:
        raise Refused("The way to the emergency department is 0 to 600 min.", field="travel_min")


def medicines(_visit: Visit, fact: MedicinesListed, now: datetime) -> None:
    """A list or “none”, never both; every row with a name, and none taken in the future."""
    if fact.medicines and fact.none:
        raise Refused(
            "Either medicines are listed, or there are none. Choose one.", field="medicines"
        )
    if not fact.medicines and not fact.none:
        raise Refused(
            "List what the patient takes, or say that there is nothing.",
            rule="empty list",
            field="medicines",
        )
    if any(not one.name.strip() for one in fact.medicines):
        raise Refused("Write the name of each medicine.", field="medicines")
    for one in fact.medicines:
        if one.last is not None and one.last > now:
            raise Refused(
                f"{one.name} cannot have been taken at {day_and_clock(one.last)}: it is "
                f"{clock(now)}. Check the time.",
                rule="in the future",
                field="medicines",
            )


def history(_visit: Visit, fact: HistoryTaken, _now: datetime) -> None:
    """Something was told: days of a month, pain of 0 to 10, treatments with their names."""
    _something_told(fact)
    if any(not one.name.strip() for one in fact.tried):
        raise Refused("Write the name of each treatment.", field="tried")
    if fact.headache_days is not None and not 0 <= fact.headache_days <= 31:
        raise Refused("A month has 0 to 31 headache days.", field="headache_days")
    for name in ("worst_pain", "acceptable_pain"):
        value = getattr(fact, name)
        if value is not None and not 0 <= value <= 10:
            raise Refused("Pain is 0 to 10.", rule="value cannot be", field=name)


def symptoms(_visit: Visit, fact: SymptomsNoted, _now: datetime) -> None:
    """Something was told; “none” is an answer, nothing at all is none."""
    _something_told(fact)


def _something_told(fact: HistoryTaken | SymptomsNoted) -> None:
    values = [getattr(fact, f.name) for f in dataclasses.fields(fact) if f.name != "at"]
    if all(value in (None, ()) or value == "" for value in values):
        raise Refused("Nothing is filled in. Chart what the patient tells.", rule="nothing told")


def scale(visit: Visit, fact: ScaleScored, _now: datetime) -> None:
    """A scale of this protocol, its total in range and the sum of its answers."""
    found = visit.protocol.score(fact.scale)
    if found is None:
        raise Refused(
            f"“{fact.scale}” is not a scale of this protocol. Choose one of the list.",
            rule="no such scale",
            field="scale",
        )
    if not found.low <= fact.total <= found.high:
        raise Refused(
            f"{found.label} is {found.low} to {found.high}. Type it again.",
            rule="value cannot be",
            field="total",
        )
    sentence = answers_fault(visit.protocol, fact)
    if sentence:
        raise Refused(sentence, rule="answers do not fit", field="answers")


def time_out(visit: Visit, fact: TimeOutHeld, _now: datetime) -> None:
    """Steps of this protocol, each either held or open."""
    known = {step.code for step in visit.protocol.time_out}
    said = [*fact.steps, *fact.open]
    if not said:
        raise Refused("Say which steps of the time-out held.", rule="no step", field="steps")
    strange = next((code for code in said if code not in known), "")
    if strange:
        raise Refused(
            f"“{strange}” is no step of this protocol's time-out. Choose from its list.",
            rule="no such step",
            field="steps",
        )
    if len(set(said)) < len(said):
        raise Refused("A step is either held or open.", rule="step twice", field="open")


ARRIVAL_RULES: dict[type[Fact], Callable[[Visit, Any, datetime], None]] = {
    VisitTimed: timed,
    ClockCompared: compared,
    KitChecked: kit,
    HomeChecked: home,
    TimeOutHeld: time_out,
    MedicinesListed: medicines,
    HistoryTaken: history,
    SymptomsNoted: symptoms,
    ScaleScored: scale,
    **ALERT_RULES,
}
