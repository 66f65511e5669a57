"""What is known of the patient now, and how old it is; for whoever is about to turn the pump."""

from datetime import datetime

from ketachart.domain.effects import effects
from ketachart.domain.facts import EffectNoted, VitalsTaken
from ketachart.domain.limits import Reading, readings, sign_text
from ketachart.domain.rate_changes import fresh_within
from ketachart.domain.visit import Visit
from ketachart.domain.wording import DASH, length, listed
from ui.widgets.cells import Cell, CellRow


def known_rows(visit: Visit, now: datetime) -> tuple[CellRow, ...]:
    """Pressure, pulse, pain, side effects; each with its age, in amber where it is old."""
    return (
        _pressure(visit, now),
        _figure(visit, now, "heart_rate"),
        _pain(visit, now),
        _effects(visit, now),
    )


def _row(name: str, value: str, at: datetime | None, visit: Visit, now: datetime) -> CellRow:
    if at is None:
        return Cell(name), Cell(DASH, "warn"), Cell("ask", "warn")
    old = now - at > fresh_within(visit.protocol)
    age = length(now - at)
    age_cell = Cell(f"{age}, ask", "warn") if old else Cell(age)
    return Cell(name), Cell(value, "text", strong=True), age_cell


def _pressure(visit: Visit, now: datetime) -> CellRow:
    taken = [
        entry
        for entry in visit.of(VitalsTaken)
        if entry.fact.systolic is not None and entry.fact.diastolic is not None
    ]
    if not taken:
        return _row("Blood pressure", "", None, visit, now)
    last = taken[-1]
    text = f"{last.fact.systolic}/{last.fact.diastolic}"
    return _row("Blood pressure", text, last.at, visit, now)


def _series(visit: Visit, code: str) -> list[Reading]:
    return [reading for reading in readings(visit) if reading.sign == code]


def _figure(visit: Visit, now: datetime, code: str) -> CellRow:
    sign, series = visit.protocol.sign(code), _series(visit, code)
    if not series:
        return _row(sign.label, "", None, visit, now)
    return _row(sign.label, sign_text(sign, series[-1].value), series[-1].at, visit, now)


def _pain(visit: Visit, now: datetime) -> CellRow:
    sign, series = visit.protocol.sign("pain"), _series(visit, "pain")
    if not series:
        return _row(sign.label, "", None, visit, now)
    text = sign_text(sign, series[-1].value)
    if len(series) > 1:
        text = f"{text}, was {sign_text(sign, series[-2].value)}"
    return _row(sign.label, text, series[-1].at, visit, now)


def _effects(visit: Visit, now: datetime) -> CellRow:
    last = visit.last(EffectNoted)
    still = [
        f"{visit.protocol.step('grade', effect.now)} {effect.label.lower()}"
        for effect in effects(visit)
        if effect.ended is None
    ]
    return _row("Side effects", listed(still) or "none open", last.at if last else None, visit, now)
