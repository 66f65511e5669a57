"""What the chart says in two ways: each point names both sides, and leads to one of them.

Nothing here blocks and nothing is judged: the nurse corrects what is wrong, or says why both are
so, and the reason stays in the record (features.md, idea 16).
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby

from ketachart.domain.course import baseline, started_at
from ketachart.domain.effects import effects
from ketachart.domain.facts import (
    EmergencyDeclared,
    InfusionPaused,
    MeasureTaken,
    MedicineGiven,
    VitalsTaken,
)
from ketachart.domain.finding import Finding
from ketachart.domain.found.contradictions_drug import drug_contradictions
from ketachart.domain.found.contradictions_leaving import leaving_contradictions
from ketachart.domain.limits import beyond, limits_in_force, readings
from ketachart.domain.medicines import allergy_to, plain_name
from ketachart.domain.policy import SignCode
from ketachart.domain.visit import Entry, Visit
from ketachart.domain.wording import clock, count

DETAIL = "Correct what is charted wrongly, or say why both are so."
# A sign that a pause was charted for, and the side effects that tell the same.
PAUSED_FOR: dict[str, tuple[str, tuple[SignCode, ...], tuple[str, ...]]] = {
    "pressure": ("blood pressure", ("systolic", "diastolic"), ("high-pressure", "low-pressure")),
    "pulse": ("the pulse", ("heart_rate",), ("fast-heart", "slow-heart", "chest-pain")),
    "oxygen": ("SpO₂", ("spo2", "respiratory_rate", "etco2"), ("breathing", "apnoea", "sedation")),
}
SAME: tuple[SignCode, ...] = ("systolic", "diastolic", "heart_rate", "spo2", "respiratory_rate")
FEWEST_SAME = 3  # values that a set must hold before it is compared with the next


def contradictions(visit: Visit) -> Iterator[Finding]:
    """Every point at which two things in this chart cannot both be the whole truth."""
    yield from _antiemetics(visit)
    yield from _allergies(visit)
    yield from _sedation(visit)
    yield from _oxygen(visit)
    yield from _pauses(visit)
    yield from _same_sets(visit)
    yield from drug_contradictions(visit)
    yield from leaving_contradictions(visit)


# ------------------------------------------------------------------ medicines


def _antiemetics(visit: Visit) -> Iterator[Finding]:
    """For nausea that nobody charted; a treatment of the order may be given before it."""
    told = any(e.worst and e.code in ("nausea", "vomiting") for e in effects(visit))
    if told or any((fact.nausea or 0) > 0 for fact in visit.facts(VitalsTaken)):
        return
    for entry in visit.of(MedicineGiven):
        known = visit.protocol.medicine(entry.fact.medicine)
        if known is None or "antiemetic" not in known.classes or entry.fact.against == "adjunct":
            continue
        yield Finding(
            code=f"antiemetic-without-nausea-{entry.number}",
            severity="reason",
            sentence=f"{entry.fact.medicine} at {clock(entry.at)}, but no nausea is charted",
            detail="Chart the nausea with its time, correct the medicine, or say what it was for.",
            phase="infusion",
            entry=entry.id,
            source="B10",
        )


def _allergies(visit: Visit) -> Iterator[Finding]:
    """A medicine that the patient's allergy names, with no word of why it was given."""
    for entry in visit.of(MedicineGiven):
        allergy = allergy_to(visit, plain_name(entry.fact.medicine))
        if allergy is None or entry.fact.despite.strip():
            continue
        yield Finding(
            code=f"allergy-given-{entry.number}",
            severity="reason",
            sentence=f"{entry.fact.medicine} at {clock(entry.at)}, and an allergy to "
            f"{allergy.substance} is on file",
            detail="Correct the medicine, or say why it was given.",
            phase="infusion",
            entry=entry.id,
            source="B10",
        )


# ------------------------------------------------------------------ signs and what was done


def _sedation(visit: Visit) -> Iterator[Finding]:
    """Oversedation, and every score of the visit says awake."""
    scored = [
        fact for fact in visit.facts(VitalsTaken) if fact.rass is not None or fact.moaas is not None
    ]
    drowsy = any((fact.rass or 0) < 0 or fact.moaas not in (None, 5) for fact in scored)
    for effect in effects(visit):
        if effect.code != "sedation" or not effect.worst or drowsy:
            continue
        if any(effect.began <= fact.at <= (effect.ended or fact.at) for fact in scored):
            yield Finding(
                code="sedation-and-awake",
                severity="reason",
                sentence=f"{effect.label} from {clock(effect.began)}, and every score says awake",
                detail=DETAIL,
                phase="infusion",
                entry=effect.grades[0].entry,
            )


def _oxygen(visit: Visit) -> Iterator[Finding]:
    """Oxygen for nothing that is charted: no side effect, no low reading, no emergency."""
    if any(effect.worst for effect in effects(visit)) or visit.facts(EmergencyDeclared):
        return
    if _beyond_by(visit, ("spo2", "respiratory_rate", "etco2"), None):
        return
    given: list[Entry[MeasureTaken] | Entry[VitalsTaken]] = [
        entry
        for entry in visit.of(MeasureTaken)
        if "oxygen" in entry.fact.measures and not entry.fact.effect
    ]
    given += [
        entry
        for entry in visit.of(VitalsTaken)
        if entry.fact.oxygen_l_min is not None and entry.fact.oxygen_l_min > 0
    ]
    for first in sorted(given, key=lambda entry: entry.at)[:1]:
        yield Finding(
            code="oxygen-without-cause",
            severity="reason",
            sentence=f"Oxygen at {clock(first.at)}, but no low reading and no side effect",
            detail="Chart what it was given for, or say why.",
            phase="infusion",
            entry=first.id,
        )


def _pauses(visit: Visit) -> Iterator[Finding]:
    """Paused for a sign that no reading up to then shows beyond a limit."""
    noted = {effect.code for effect in effects(visit) if effect.worst}
    for entry in visit.of(InfusionPaused):
        for reason in entry.fact.reasons:
            words, signs, same = PAUSED_FOR.get(reason, ("", (), ()))
            if not signs or noted & set(same) or entry.fact.note.strip():
                continue
            if not _beyond_by(visit, signs, entry.at):
                yield Finding(
                    code=f"pause-{reason}-{entry.number}",
                    severity="reason",
                    sentence=f"Paused for {words} at {clock(entry.at)}, but no reading was over a "
                    "limit",
                    detail="Chart the reading that was seen, correct the reason, or say why.",
                    phase="infusion",
                    entry=entry.id,
                )


def _beyond_by(visit: Visit, signs: tuple[SignCode, ...], by: datetime | None) -> bool:
    """Whether a reading of these signs stands beyond any limit of the infusion, up to a moment.

    The minutes of a late entry are allowed: the hand goes to the pump first.
    """
    until = by + visit.protocol.minutes("late.entry") if by is not None else None
    before = baseline(visit)
    limits = [limit for limit in limits_in_force(visit) if limit.when == "during"]
    for reading in readings(visit):
        if reading.sign not in signs or (until is not None and reading.at > until):
            continue
        usual = getattr(before.fact, reading.sign) if before is not None else None
        if any(
            limit.sign == reading.sign and beyond(limit, reading.value, usual) for limit in limits
        ):
            return True
    return False


def _same_sets(visit: Visit) -> Iterator[Finding]:
    """The same numbers set after set, once the drug runs: said neutrally, looked at once more."""
    most, start = visit.protocol.known("same.sets"), started_at(visit)
    if most is None or start is None:
        return
    sets = [entry for entry in visit.of(VitalsTaken) if entry.at >= start]
    for values, run in groupby(sets, key=_values):
        same = list(run)
        if len(same) >= most.value and sum(value is not None for value in values) >= FEWEST_SAME:
            yield Finding(
                code=f"same-sets-{same[0].number}",
                severity="reason",
                sentence=f"{count(len(same), 'set')} of vitals in a row hold the same numbers",
                detail=f"{clock(same[0].at)} to {clock(same[-1].at)}. That can be so: correct what "
                "was taken over by mistake, or say that each was measured.",
                phase="infusion",
                entry=same[-1].id,
            )


def _values(entry: Entry[VitalsTaken]) -> tuple[int | None, ...]:
    return tuple(getattr(entry.fact, sign) for sign in SAME)
