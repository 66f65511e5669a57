"""The words for the door: times of the visit, clocks, kit, home, medicines, history, time-out."""

from collections.abc import Callable
from typing import Any

from ketachart.domain.arrival.clocks import ahead, called, verdict
from ketachart.domain.facts import (
    ClockCompared,
    Fact,
    HistoryTaken,
    HomeChecked,
    KitChecked,
    MedicinesListed,
    SymptomsNoted,
    TimeOutHeld,
    VisitTimed,
)
from ketachart.domain.facts.arrival import HomeMedicine, KitLine, Tried
from ketachart.domain.telling.preparation import Words
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, day, day_and_clock, listed

MOMENTS = {"set-out": "Set out", "arrived": "Arrived", "left": "Left the home"}
PHONES = {"good": "good", "weak": "weak", "none": "NONE", "landline": "landline"}
LIGHTS = {"dim": "dim", "can-be-dimmed": "can be dimmed", "bright": "bright"}
OTHERS = {True: "others out of the room", False: "others still in the room", None: ""}
OUTCOMES = {
    "helped": "helped", "some": "helped a little", "none": "no help",
    "not-tolerated": "not tolerated", "not-said": "outcome not said",
}  # fmt: skip


def timed(_visit: Visit, fact: VisitTimed) -> Words:
    """A moment of the visit's own clock."""
    return "Visit", MOMENTS[fact.what]


def compared(_visit: Visit, fact: ClockCompared) -> Words:
    """What another clock showed, and how far it is from the chart's."""
    name, told = called(fact.device, fact.name), verdict(ahead(fact.showed, fact.at))
    return "Clocks", f"{name} showed {clock(fact.showed)} at {clock(fact.at)}: {told}"


def kit(visit: Visit, fact: KitChecked) -> Words:
    """The kit, item by item."""
    return "Kit", "; ".join(_kit_line(visit, line) for line in fact.lines)


def _kit_line(visit: Visit, line: KitLine) -> str:
    label = next((item.label for item in visit.protocol.kit if item.code == line.item), line.item)
    parts = ["present" if line.present else "MISSING"]
    if line.expires is not None:
        parts.append(f"expires {day(line.expires)}")
    if line.note:
        parts.append(line.note)
    return f"{label} {', '.join(parts)}"


def home(_visit: Visit, fact: HomeChecked) -> Words:
    """The home and the way out of it."""
    travel = f", {fact.travel_min} min" if fact.travel_min is not None else ""
    parts = [
        f"emergency department {fact.hospital}{travel}",
        f"address {'read out' if fact.address_read else 'not read out'}",
        f"phone {PHONES[fact.phone]}",
        f"light {LIGHTS[fact.light]}",
        f"noise {fact.noise}",
        f"pets: {fact.pets}" if fact.pets else "",
        f"children: {fact.children}" if fact.children else "",
        OTHERS[fact.others_out],
        fact.note,
    ]
    return "Home", ", ".join(filter(None, parts))


def medicines(_visit: Visit, fact: MedicinesListed) -> Words:
    """What the patient takes."""
    if not fact.medicines:
        return "Medicines at home", "none" if fact.none else "not asked"
    return "Medicines at home", "; ".join(_medicine(one) for one in fact.medicines)


def _medicine(one: HomeMedicine) -> str:
    last = f"last {day_and_clock(one.last)}" if one.last is not None else ""
    return ", ".join(filter(None, (f"{one.name} {one.dose}".strip(), last)))


def history(_visit: Visit, fact: HistoryTaken) -> Words:
    """How it was before."""
    parts = [
        f"{fact.headache_days} headache days a month" if fact.headache_days is not None else "",
        f"worst pain of the week {fact.worst_pain} of 10" if fact.worst_pain is not None else "",
        f"can live with {fact.acceptable_pain} of 10" if fact.acceptable_pain is not None else "",
        f"tried: {listed([_tried(one) for one in fact.tried])}" if fact.tried else "",
        fact.note,
    ]
    return "History", "; ".join(filter(None, parts)) or "nothing told"


def _tried(one: Tried) -> str:
    return f"{one.name} ({OUTCOMES[one.outcome]})"


def symptoms(_visit: Visit, fact: SymptomsNoted) -> Words:
    """The symptoms beside the pain."""
    yes_no = {True: "yes", False: "no", None: ""}
    parts = [
        f"light {fact.light}" if fact.light else "",
        f"sound {fact.sound}" if fact.sound else "",
        f"vomiting {yes_no[fact.vomiting]}" if fact.vomiting is not None else "",
        f"aura {yes_no[fact.aura]}" if fact.aura is not None else "",
        fact.note,
    ]
    return "Symptoms", ", ".join(filter(None, parts)) or "nothing told"


def time_out(visit: Visit, fact: TimeOutHeld) -> Words:
    """The time-out: which steps held, and which did not."""
    known = {step.code: step.sentence for step in visit.protocol.time_out}
    held = "; ".join(known.get(code, code) for code in fact.steps)
    missing = "; ".join(known.get(code, code) for code in fact.open)
    parts = [
        f"held: {held}" if held else "",
        f"NOT held: {missing}" if missing else "",
        f"aloud with {fact.aloud_with}" if fact.aloud_with else "",
    ]
    return "Time-out", ". ".join(filter(None, parts))


TABLE: dict[type[Fact], Callable[[Visit, Any], Words]] = {
    VisitTimed: timed,
    ClockCompared: compared,
    KitChecked: kit,
    HomeChecked: home,
    MedicinesListed: medicines,
    HistoryTaken: history,
    SymptomsNoted: symptoms,
    TimeOutHeld: time_out,
}
