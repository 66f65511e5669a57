"""Whether the pressure is back near what it was before the start, often enough to believe it."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from ketachart.domain.course import baseline, last_drug_at, started_at
from ketachart.domain.facts import CallMade
from ketachart.domain.limits import Reading, readings
from ketachart.domain.visit import Visit
from ketachart.domain.wording import DASH, clock, listed, signed

State = Literal["met", "waiting", "open"]
ABOUT_PRESSURE = re.compile(r"\b(bp|pressure|hypertension)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """What the chart says of one criterion."""

    state: State
    note: str
    at: datetime | None = None
    earliest: datetime | None = None


def since_start(visit: Visit, sign: str, now: datetime) -> list[Reading]:
    """The readings of a sign since the start, in the order of time."""
    start = started_at(visit)
    return [
        reading
        for reading in readings(visit)
        if reading.sign == sign and reading.at <= now and (start is None or reading.at >= start)
    ]


@dataclass(frozen=True, slots=True)
class _Pressure:
    """The systolic and the diastolic value of one set; the lower one may not have been heard."""

    systolic: Reading
    diastolic: Reading | None

    @property
    def at(self) -> datetime:
        return self.systolic.at

    @property
    def text(self) -> str:
        return f"{self.systolic.value}/{self.diastolic.value if self.diastolic else DASH}"


def pressure_near(visit: Visit, now: datetime) -> Found:
    """The last pressures in a row are near the baseline and under the limits of leaving."""
    pressures = _pressures(visit, now)
    if not pressures:
        return Found("open", "not measured since the start")
    last = pressures[-1]
    base, note = baseline(visit), last.text
    if base is not None and base.fact.systolic is not None:
        note += f", baseline {base.fact.systolic}/{base.fact.diastolic}"
    faults = _faults(visit, last)
    agreed = _agreed(visit, last, now)
    if agreed is not None:
        who = f"{agreed.to} agreed {clock(agreed.at)}, read back"
        return Found("met", f"{note}: {listed([*faults, who])}", agreed.at)
    if faults:
        return Found("open", f"{note}: {listed(faults)}", last.at)
    needed, near = _needed(visit), _near_in_a_row(visit, pressures, now)
    if near < needed:
        again = f"{near} of {needed} readings in a row near it"
        return Found("open", f"{note}: {again} since the last ketamine", last.at)
    return Found("met", note, last.at)


def _pressures(visit: Visit, now: datetime) -> list[_Pressure]:
    lower = {reading.entry: reading for reading in since_start(visit, "diastolic", now)}
    return [
        _Pressure(reading, lower.get(reading.entry))
        for reading in since_start(visit, "systolic", now)
    ]


def _agreed(visit: Visit, last: _Pressure, now: datetime) -> CallMade | None:
    """The prescriber's agreement to the last pressure, read back; it is as good as a reading."""
    calls = [
        call
        for call in visit.facts(CallMade)
        if last.at <= call.at <= now
        and call.reached
        and call.read_back
        and visit.order is not None
        and call.to == visit.order.prescriber.name
        and ABOUT_PRESSURE.search(call.about)
    ]
    return calls[-1] if calls else None


def _needed(visit: Visit) -> int:
    """How many in a row; one under a protocol that was made before it said."""
    asked = visit.protocol.known("release.bp.readings")
    return int(asked.value) if asked is not None else 1


def _near_in_a_row(visit: Visit, pressures: list[_Pressure], now: datetime) -> int:
    """How many of the last pressures are near, back to the last ketamine or the first that is not.

    The very last one counts whenever it was taken: how fresh it is, another criterion asks.
    """
    last_drug = last_drug_at(visit, now)
    near = 0
    for pressure in reversed(pressures):
        early = last_drug is not None and pressure.at < last_drug
        if (near and early) or _faults(visit, pressure):
            break
        near += 1
    return near


def _faults(visit: Visit, pressure: _Pressure) -> list[str]:
    """What keeps a pressure from being near; the baseline counts where there is one."""
    base, protocol, faults = baseline(visit), visit.protocol, []
    if base is not None and base.fact.systolic is not None:
        share = (pressure.systolic.value - base.fact.systolic) * 100 / base.fact.systolic
        if abs(share) > protocol.number("release.bp.percent"):
            faults.append(f"{signed(int(share))} %")
    for reading, code in (
        (pressure.systolic, "release.systolic"),
        (pressure.diastolic, "release.diastolic"),
    ):
        if reading is None:
            faults.append("no diastolic")
        elif reading.value >= protocol.number(code):
            faults.append(f"{reading.value} is not under {protocol.number(code)}")
    return faults


def second_due(visit: Visit, now: datetime) -> str:
    """Which reading is waited for, in a word: “second blood pressure”; empty where none is."""
    pressures = _pressures(visit, now)
    needed = _needed(visit)
    near = _near_in_a_row(visit, pressures, now) if pressures else 0
    names = {1: "second", 2: "third", 3: "fourth"}
    return names.get(near, "another") if 0 < near < needed else ""
