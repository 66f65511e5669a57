"""When a side effect is looked at again: some minutes after it was noted, or something was done.

The look is another grade, the response to what was done, or a reading that tells of the effect.
A medicine has its own time for the response; it moves the look only where the pathway asks for an
earlier one.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from ketachart.domain.alert import Alert
from ketachart.domain.course import ENDED_BY, ended_at
from ketachart.domain.effects import LOOKED_AT as TOLD_BY
from ketachart.domain.effects import Effect, effects
from ketachart.domain.facts import EffectNoted, MedicineGiven, ResponseNoted, VitalsTaken
from ketachart.domain.limits import first_read
from ketachart.domain.narrowed import only
from ketachart.domain.policy import SignCode
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock

LOOKED_AT = (*TOLD_BY, VitalsTaken, *ENDED_BY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recheck:
    """One look that a side effect asks for: from when, and when it was done or grew needless."""

    effect: str
    label: str
    after: datetime
    at: datetime
    until: datetime | None
    entry: str
    source: str

    @property
    def words(self) -> str:
        """As it stands among what is due: “Look again at nausea”."""
        return f"Look again at {self.label[:1].lower()}{self.label[1:]}"


def rechecks(visit: Visit) -> tuple[Recheck, ...]:
    """Every look that was or is due, in the order of their times.

    A visit under a protocol that says nothing of it has none.
    """
    return only(visit, "rechecks", LOOKED_AT).once("rechecks", _rechecks)


def open_rechecks(visit: Visit, now: datetime) -> tuple[Recheck, ...]:
    """The looks that are still to be done, overdue ones too."""
    return tuple(look for look in rechecks(visit) if look.after <= now and look.until is None)


def recheck_alerts(visit: Visit, now: datetime) -> list[Alert]:
    """The looks that are overdue, or were."""
    return [
        Alert(
            code=f"recheck-{look.effect}",
            level="attention",
            sentence=f"{look.words}: due {clock(look.at)}",
            source=look.source,
            since=look.at,
            until=look.until,
        )
        for look in rechecks(visit)
        if look.at <= now and (look.until is None or look.until > look.at)
    ]


def _rechecks(visit: Visit) -> tuple[Recheck, ...]:
    found = [look for effect in effects(visit) for look in _looks(visit, effect)]
    return tuple(sorted(found, key=lambda look: (look.at, look.effect)))


def _looks(visit: Visit, effect: Effect) -> list[Recheck]:
    wait, source = _wait(visit, effect.code)
    if wait is None:
        return []
    reasons = _reasons(visit, effect, wait)
    if not reasons:
        return []
    seen = (*_seen(visit, effect), [at for at, _ in reasons])
    pathway = visit.protocol.pathway(effect.code)
    signs = pathway.looked_by if pathway is not None else ()
    found: list[Recheck] = []
    for place, (at, entry) in enumerate(reasons):
        if any(other == at for other, _ in reasons[place + 1 :]):
            continue  # noted and acted upon in one minute is one look
        looked = (moment for times in seen for moment in times[bisect_right(times, at) :][:1])
        after = [*looked, *_read_after(visit, signs, at)]
        found.append(
            Recheck(
                effect=effect.code,
                label=effect.label,
                after=at,
                at=at + wait,
                until=min(after, default=None) or ended_at(visit),
                entry=entry,
                source=source,
            )
        )
    return found


def _wait(visit: Visit, effect: str) -> tuple[timedelta | None, str]:
    """How long until the next look, and who says so; None in an older protocol."""
    pathway, usual = visit.protocol.pathway(effect), visit.protocol.known("recheck.after")
    if pathway is not None:
        return timedelta(minutes=pathway.recheck_min), pathway.source
    return (None, "") if usual is None else (visit.protocol.minutes(usual.code), usual.source)


def _reasons(visit: Visit, effect: Effect, wait: timedelta) -> list[tuple[datetime, str]]:
    """What makes a look due: the onset, a graver grade, and each thing that was done."""
    found = [
        (grade.at, grade.entry)
        for place, grade in enumerate(effect.grades)
        if not place or grade.grade > effect.grades[place - 1].grade
    ]
    for at, _, entry in effect.acts:
        act = visit.entry(entry)
        given = act is not None and isinstance(act.fact, MedicineGiven)
        if at < effect.began or (given and wait >= visit.protocol.minutes("response.after")):
            continue
        found.append((at, entry))
    return sorted(found)


def _read_after(visit: Visit, signs: Iterable[SignCode], at: datetime) -> list[datetime]:
    """When each sign that tells of an effect was read next."""
    later = at + datetime.resolution
    times = (first_read(visit, sign, since=later) for sign in signs)
    return [moment for moment in times if moment is not None]


def _seen(visit: Visit, effect: Effect) -> tuple[list[datetime], ...]:
    """When somebody looked: another grade, or a response; each in the order of time.

    A medicine counts too: its response is due at a time of its own.
    """
    noted = visit.once("noted, by effect", _noted).get(effect.code, [])
    answers = visit.once("answered-by-entry", _answered)
    answered = [at for _, _, entry in effect.acts for at in answers.get(entry, ())]
    acts = [(at, visit.entry(entry)) for at, _, entry in effect.acts]
    given = [at for at, act in acts if act is not None and isinstance(act.fact, MedicineGiven)]
    return noted, sorted(answered), sorted(given)


def _noted(visit: Visit) -> dict[str, list[datetime]]:
    """When each effect was noted."""
    found: dict[str, list[datetime]] = {}
    for entry in visit.of(EffectNoted):
        found.setdefault(entry.fact.effect, []).append(entry.at)
    return found


def _answered(visit: Visit) -> dict[str, list[datetime]]:
    """When the response to each entry was noted."""
    found: dict[str, list[datetime]] = {}
    for answer in visit.facts(ResponseNoted):
        found.setdefault(answer.entry, []).append(answer.at)
    return found
