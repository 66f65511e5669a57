"""What the medicines at home may do together with ketamine: named, with its group, for a call."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from ketachart.domain.facts import MedicinesListed
from ketachart.domain.facts.arrival import HomeMedicine
from ketachart.domain.judgements import Judged, judged_at
from ketachart.domain.policy import ScreeningItem
from ketachart.domain.policy_care import Interaction
from ketachart.domain.visit import Visit
from ketachart.domain.wording import day_and_clock


@dataclass(frozen=True, slots=True)
class Raised:
    """One medicine at home, and the group that the prescriber is asked about."""

    medicine: HomeMedicine
    group: Interaction

    @property
    def sentence(self) -> str:
        """“lorazepam (benzodiazepine), last 21 Nov 22:00: deepens sedation”."""
        name = self.medicine.name.strip()
        group = "" if names(self.group.label, name) else f" ({self.group.label})"
        last = self.medicine.last
        when = f", last {day_and_clock(last)}" if last is not None else ""
        return f"{name}{group}{when}: {self.group.says}"


def names(word: str, text: str) -> bool:
    """Whether the text names it as a word of its own: “xanax” in “Xanax XR”, not in “xanaxol”."""
    return _any_of((word,)).search(text.lower()) is not None


@lru_cache(maxsize=256)  # a protocol has some dozen groups, each asked for every medicine
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """What finds any of the words in a text in small letters; nothing where there are none."""
    listed = "|".join(re.escape(word.lower()) for word in words)
    return re.compile(rf"(?<![a-z0-9])(?:{listed})(?![a-z0-9])" if words else r"(?!)")


def groups_of(visit: Visit, name: str) -> tuple[Interaction, ...]:
    """The groups of this protocol that a medicine belongs to."""
    small = name.lower()
    return tuple(
        group for group in visit.protocol.interactions if _any_of(group.words).search(small)
    )


def interactions(visit: Visit, now: datetime) -> tuple[Raised, ...]:
    """Every medicine of the last list that the prescriber is asked about, in the list's order."""
    listed = visit.last_fact(MedicinesListed)
    if listed is None:
        return ()
    moment = judged_at(visit, now)
    return tuple(
        Raised(medicine, group)
        for medicine in listed.medicines
        for group in groups_of(visit, medicine.name)
        if _counts(group, medicine.last, moment)
    )


def _counts(group: Interaction, last: datetime | None, moment: datetime) -> bool:
    """Where hours are given, what was last taken before them is past; not told counts."""
    if group.within_h is None or last is None:
        return True
    return moment - last <= timedelta(hours=group.within_h)


def raised_by_medicines(visit: Visit, item: ScreeningItem, now: datetime) -> Judged:
    """“Ask” with each medicine that the question is about; nothing where none is listed."""
    found = [raised for raised in interactions(visit, now) if raised.group.question == item.code]
    if not found:
        return Judged(None, "")
    return Judged("ask", "; ".join(raised.sentence for raised in found))
