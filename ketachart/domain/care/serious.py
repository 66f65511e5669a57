"""What the supervisor is told the same day: an emergency, a grade 4, a patient handed to EMS."""

from dataclasses import dataclass
from datetime import datetime

from ketachart.domain.effects import effects
from ketachart.domain.facts import EmergencyDeclared, PatientReleased
from ketachart.domain.visit import Visit

LIFE_THREATENING = 4


@dataclass(frozen=True, slots=True)
class Serious:
    """One serious thing, since when, and the entry that tells it."""

    at: datetime
    words: str
    entry: str


def serious(visit: Visit) -> tuple[Serious, ...]:
    """Every serious thing of the visit, by time; none in an ordinary one."""
    found = [
        Serious(grade.at, f"{effect.label}, grade {grade.grade}", grade.entry)
        for effect in effects(visit)
        for grade in effect.grades
        if grade.grade >= LIFE_THREATENING
    ]
    found += [
        Serious(entry.at, f"emergency: {entry.fact.why or 'declared'}", entry.id)
        for entry in visit.of(EmergencyDeclared)
    ]
    found += [
        Serious(entry.at, f"handed over to EMS: {entry.fact.to}", entry.id)
        for entry in visit.of(PatientReleased)
        if entry.fact.outcome == "to-ems"
    ]
    return tuple(sorted(found, key=lambda one: one.at))
