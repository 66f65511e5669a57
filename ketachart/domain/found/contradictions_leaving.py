"""Where the goodbye does not fit what else is charted: too drowsy, nobody there, told too late."""

from collections.abc import Iterator
from datetime import datetime

from ketachart.domain.course import started_at
from ketachart.domain.facts import (
    AdultNamed,
    HandoutGiven,
    InstructionTaught,
    PatientReleased,
    VitalsTaken,
)
from ketachart.domain.finding import Finding
from ketachart.domain.visit import Entry, Visit
from ketachart.domain.wording import clock, count, signed


def leaving_contradictions(visit: Visit) -> Iterator[Finding]:
    """Points about the release, the teaching and the sheet that was left."""
    yield from _sheet(visit)
    released = visit.last(PatientReleased)
    if released is None or released.fact.outcome == "to-ems":
        return
    yield from _sedation(visit, released)
    yield from _nobody(visit, released)
    yield from _too_late(visit, released)


def _sedation(visit: Visit, released: Entry[PatientReleased]) -> Iterator[Finding]:
    """Released drowsier than at the beginning."""
    start = started_at(visit)
    for sign, name in (("rass", "RASS"), ("moaas", "MOAA/S")):
        scores = [
            (fact.at, value)
            for fact in visit.facts(VitalsTaken)
            if (value := getattr(fact, sign)) is not None and fact.at <= released.at
        ]
        before = [value for at, value in scores if start is not None and at <= start]
        if not before or not scores or scores[-1][0] <= (start or released.at):
            continue
        usual, last = min(before[-1], 0 if sign == "rass" else 5), scores[-1][1]
        if last < usual:
            yield Finding(
                code=f"released-drowsy-{sign}",
                severity="reason",
                sentence=f"Released at {clock(released.at)} with {name} {_score(sign, last)}, "
                f"{_score(sign, usual)} before the start",
                detail="Chart the score at the goodbye, correct it, or say why.",
                phase="observation",
                entry=released.id,
                source="C6",
            )


def _score(sign: str, value: int) -> str:
    return signed(value) if sign == "rass" else str(value)


def _nobody(visit: Visit, released: Entry[PatientReleased]) -> Iterator[Finding]:
    """Released, and no responsible adult is named anywhere."""
    if visit.adult is None:
        yield Finding(
            code="released-without-adult",
            severity="reason",
            sentence=f"Released to {released.fact.to}, but no responsible adult is named",
            detail="Chart the adult with a phone, or say why there is none.",
            phase="screening",
            entry=released.id,
            source="B1.9; C6",
        )


def _too_late(visit: Visit, released: Entry[PatientReleased]) -> Iterator[Finding]:
    """Vitals, or something taught, after the nurse had left."""
    late = visit.protocol.minutes("late.entry")
    vitals = [e for e in visit.of(VitalsTaken) if e.at > released.at]
    taught = [e for e in visit.of(InstructionTaught) if e.at > released.at + late]
    if vitals:
        yield _after(
            released.at, "vitals-after-release", vitals[0], f"Vitals {clock(vitals[0].at)}"
        )
    if taught:
        words = f"{count(len(taught), 'instruction')} taught"
        yield _after(released.at, "taught-after-release", taught[0], words)


def _after(
    released: datetime, code: str, entry: Entry[VitalsTaken] | Entry[InstructionTaught], words: str
) -> Finding:
    return Finding(
        code=code,
        severity="reason",
        sentence=f"{words} after the release at {clock(released)}",
        detail="Correct the time that is wrong, or say why.",
        phase="observation",
        entry=entry.id,
    )


def _sheet(visit: Visit) -> Iterator[Finding]:
    """A sheet left with an adult, or said back by one, and nobody is named."""
    if visit.of(AdultNamed):
        return
    left = [e for e in visit.of(HandoutGiven) if "adult" in e.fact.to]
    heard = [e for e in visit.of(InstructionTaught) if e.fact.adult is not None]
    for code, found, words in (
        ("sheet-without-adult", left[:1], "The sheet was left with the adult"),
        ("taught-without-adult", heard[:1], "The adult said an instruction back"),
    ):
        for entry in found:
            yield Finding(
                code=code,
                severity="reason",
                sentence=f"{words}, but no adult is named",
                detail="Chart the adult with a phone, or correct who it was.",
                phase="screening",
                entry=entry.id,
            )
