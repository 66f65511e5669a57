"""Side effects before signing: not ended, not answered, grave without a call, told to nobody."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from ketachart.domain.care.serious import serious
from ketachart.domain.effects import HAND_FIRST, Effect, effects
from ketachart.domain.facts import CallMade, EmergencyDeclared, MeasureTaken
from ketachart.domain.finding import Finding
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, listed

ASKS_FOR_AN_ACT, ASKS_FOR_A_CALL = 2, 3
CALLED_WITHIN = timedelta(minutes=30)  # a call so long after the grade is still about it


def effect_findings(visit: Visit) -> Iterator[Finding]:
    """What is still to be said about each side effect, and what the supervisor hears today."""
    for effect in effects(visit):
        if effect.ended is None:
            yield Finding(
                code=f"effect-open-{effect.code}",
                severity="reason",
                sentence=f"{effect.label} has no end",
                detail=f"It began {clock(effect.began)}.",
                phase="observation",
                entry=effect.grades[0].entry,
            )
        if effect.worst >= ASKS_FOR_AN_ACT and not effect.done:
            yield Finding(
                code=f"effect-unanswered-{effect.code}",
                severity="reason",
                sentence=f"Nothing is charted as done about {effect.label.lower()}",
                detail=f"Grade {effect.worst} from {clock(effect.began)}.",
                phase="infusion",
                entry=effect.grades[0].entry,
                source="B13",
            )
        yield from _not_called(visit, effect)
    yield from _serious(visit)


def _not_called(visit: Visit, effect: Effect) -> Iterator[Finding]:
    grave = _call_from(visit, effect)
    first = next((grade for grade in effect.grades if grade.grade >= grave), None)
    if first is None or _somebody_called(visit, effect, first.at):
        return
    yield Finding(
        code=f"effect-not-called-{effect.code}",
        severity="reason",
        sentence=f"No call is charted about {effect.label.lower()}, grade {first.grade}",
        detail=f"From {clock(first.at)}. From grade {grave} on the prescriber is called.",
        phase="infusion",
        entry=first.entry,
        source="B13",
    )


def _call_from(visit: Visit, effect: Effect) -> int:
    """The grade that asks for a call; the clinic's pathway may ask earlier, never later."""
    pathway = visit.protocol.pathway(effect.code)
    return min(pathway.call_from_grade, ASKS_FOR_A_CALL) if pathway else ASKS_FOR_A_CALL


def _somebody_called(visit: Visit, effect: Effect, since: datetime) -> bool:
    """Whether the prescriber or 911 was called while it lasted, or soon after."""
    to = (effect.ended or since) + CALLED_WITHIN
    times = [fact.at for fact in (*visit.facts(CallMade), *visit.facts(EmergencyDeclared))]
    acts = {entry for _, _, entry in effect.acts}
    times += [
        entry.at
        for entry in visit.of(MeasureTaken)
        if entry.id in acts and {"called", "emergency"} & set(entry.fact.measures)
    ]
    return any(since - HAND_FIRST <= at <= max(to, since + CALLED_WITHIN) for at in times)


def _serious(visit: Visit) -> Iterator[Finding]:
    found = serious(visit)
    if found:
        told = listed([f"{one.words} {clock(one.at)}" for one in found])
        yield Finding(
            code="serious",
            severity="know",
            sentence="Tell the supervisor today",
            detail=f"{told[:1].upper()}{told[1:]}. Fill in the clinic's incident form; a harm that "
            "the drug may have done can be told to FDA MedWatch.",
            phase="sign",
            entry=found[0].entry,
        )
