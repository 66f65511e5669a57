"""Side effects as bands: when each began, how its grade changed, what was done, when it ended."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from ketachart.domain.facts import (
    EffectNoted,
    MeasureTaken,
    MedicineGiven,
    ProtocolAdopted,
    ResponseNoted,
)
from ketachart.domain.narrowed import only
from ketachart.domain.pump_acts import ACTS_FOR, Act, acts_for
from ketachart.domain.visit import Entry, Visit
from ketachart.domain.wording import amount, clock, decimal_text

# the hand goes to the pump first: what caused it is charted a little later
HAND_FIRST = timedelta(minutes=5)

LOOKED_AT = (EffectNoted, MedicineGiven, ResponseNoted, ProtocolAdopted, *ACTS_FOR)


@dataclass(frozen=True, slots=True)
class Grade:
    """One grade of a side effect from a moment on."""

    at: datetime
    grade: int
    entry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One side effect, from its onset to its end."""

    code: str
    label: str
    grades: tuple[Grade, ...]
    done: tuple[str, ...]
    responses: tuple[str, ...]
    acts: tuple[Act, ...] = ()  # what was done, with its time and entry, in the order of `done`

    @property
    def began(self) -> datetime:
        """When it was first noted."""
        return self.grades[0].at

    @property
    def ended(self) -> datetime | None:
        """When it was gone; None while it is open."""
        last = self.grades[-1]
        return last.at if last.grade == 0 else None

    @property
    def worst(self) -> int:
        """Its highest grade."""
        return max(grade.grade for grade in self.grades)

    @property
    def now(self) -> int:
        """Its grade as charted last."""
        return self.grades[-1].grade


def effects(visit: Visit) -> tuple[Effect, ...]:
    """Every side effect of the visit; one that came back is two."""
    return only(visit, "effects", LOOKED_AT).once("effects", _effects)


def _effects(visit: Visit) -> tuple[Effect, ...]:
    found: list[Effect] = []
    for code in dict.fromkeys(fact.effect for fact in visit.facts(EffectNoted)):
        acts = (_answers(visit, code), list(acts_for(visit, code)))
        run: list[Grade] = []
        for entry in visit.of(EffectNoted):
            if entry.fact.effect != code or (entry.fact.grade == 0 and not run):
                continue
            run.append(Grade(entry.at, entry.fact.grade, entry.id))
            if entry.fact.grade == 0:
                found.append(_effect(visit, code, run, *acts))
                run = []
        if run:
            found.append(_effect(visit, code, run, *acts))
    return tuple(sorted(found, key=lambda effect: effect.began))


def open_effects(visit: Visit) -> tuple[Effect, ...]:
    """The side effects that have no end yet."""
    return tuple(effect for effect in effects(visit) if effect.ended is None)


def _effect(
    visit: Visit, code: str, run: list[Grade], answers: list[Act], of_others: list[Act]
) -> Effect:
    end = run[-1].at if run[-1].grade == 0 else None
    began = run[0].at
    acts = sorted(
        [act for act in answers if act[0] >= began]
        + [act for act in of_others if act[0] >= began - HAND_FIRST]
    )
    acts = [act for act in acts if end is None or act[0] <= end]
    meant = {entry for _, _, entry in acts}
    responses = [
        f"{answer.response} {clock(answer.at)}"
        for answer in visit.facts(ResponseNoted)
        if answer.entry in meant
    ]
    return Effect(
        code=code,
        label=visit.protocol.label("effect", code),
        grades=tuple(run),
        done=tuple(f"{text} {clock(at)}" for at, text, _ in acts),
        responses=tuple(responses),
        acts=tuple(acts),
    )


def _answers(visit: Visit, code: str) -> list[Act]:
    """What was done about one side effect: measures and medicines."""
    label = visit.protocol.label("effect", code).lower()
    found = [
        (entry.at, measures_text(visit, entry), entry.id)
        for entry in visit.of(MeasureTaken)
        if entry.fact.effect == code
    ]
    found += [
        (entry.at, medicine_text(entry.fact), entry.id)
        for entry in visit.of(MedicineGiven)
        if entry.fact.indication.lower() in (code, label)
    ]
    return found


def measures_text(visit: Visit, entry: Entry[MeasureTaken]) -> str:
    """What was done, in words: “Reassured, oxygen given 2 L/min”."""
    flow = entry.fact.oxygen_l_min
    litres = f" {decimal_text(flow)} L/min" if flow is not None else ""
    words = [
        visit.protocol.label("measure", code) + (litres if code == "oxygen" else "")
        for code in entry.fact.measures
    ]
    if litres and "oxygen" not in entry.fact.measures:
        words.append(f"oxygen{litres}")
    return ", ".join(words[:1] + [word[:1].lower() + word[1:] for word in words[1:]])


def medicine_text(fact: MedicineGiven) -> str:
    """A medicine with dose and route: “ondansetron 4 mg IV over 2 min”."""
    text = f"{fact.medicine} {decimal_text(fact.dose)} {fact.unit} {fact.route}"
    return text + (f" over {amount(fact.over_min)} min" if fact.over_min is not None else "")
