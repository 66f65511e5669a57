"""Rules for what is added after the visit was signed."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from ketachart.domain.facts import AddendumWritten, Fact
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock
from ketachart.errors import Refused

WORST_PAIN = 10
WORST_GRADE, GRAVE = 4, 3  # B13: from grade 3 on the escalation is asked for


def addendum(visit: Visit, fact: AddendumWritten, _now: datetime) -> None:
    """An addition of its kind, with what it needs to be understood later."""
    if fact.entry and visit.entry(fact.entry) is None:
        raise Refused(
            "There is no such entry in this visit. Choose one from the entries.",
            rule="no such entry",
            field="entry",
        )
    if (fact.about == "answer") != bool(fact.answers):
        raise Refused(
            "An answer belongs to a question: open the question and answer it there.",
            rule="answer without question",
            field="answers",
        )
    if fact.about == "follow-up":
        _call(visit, fact)
    elif not fact.text.strip():
        raise Refused("Write what is added.", rule="text missing", field="text")


def _call(visit: Visit, fact: AddendumWritten) -> None:
    if not fact.spoke_with:
        raise Refused(
            "Who was reached? If nobody was, say so: that is charted too.",
            rule="nobody named",
            field="spoke_with",
        )
    if fact.spoke_with == "nobody":
        _nothing_told(fact)
    for name, words in (("pain", "Pain now"), ("worst_pain", "Worst pain")):
        value = getattr(fact, name)
        if value is not None and not 0 <= value <= WORST_PAIN:
            raise Refused(f"{words} is a number from 0 to 10.", rule="no such score", field=name)
    if fact.pain is not None and fact.worst_pain is not None and fact.worst_pain < fact.pain:
        raise Refused(
            f"The worst pain, {fact.worst_pain}, is less than the pain now, {fact.pain}. Check "
            "both numbers.",
            rule="worst below now",
            field="worst_pain",
        )
    _effects(visit, fact)
    _warning_signs(fact)
    if fact.next_at is not None and fact.next_at <= fact.at:
        raise Refused(
            f"The next call lies before this one, at {clock(fact.at)}. Choose a later time.",
            rule="call in the past",
            field="next_at",
        )


def _nothing_told(fact: AddendumWritten) -> None:
    told = (fact.headache, fact.urine, fact.thoughts, *fact.effects)
    if fact.pain is not None or fact.worst_pain is not None or any(told):
        raise Refused(
            "Nobody was reached, so nobody can have told this. Who was reached?",
            rule="told by nobody",
            field="spoke_with",
        )


def _effects(visit: Visit, fact: AddendumWritten) -> None:
    known = {item.code for item in visit.protocol.listed("effect")}
    for one in fact.effects:
        if one.effect not in known:
            raise Refused(
                f"“{one.effect}” is not a side effect of this protocol. Choose one of the list, or "
                "write it as a note.",
                rule="no such effect",
                field="effects",
            )
        if not 0 <= one.grade <= WORST_GRADE:
            raise Refused("A side effect has a grade from 0 to 4.", field="effects")


def _warning_signs(fact: AddendumWritten) -> None:
    """What cannot stay without an answer: say what was done, or that nothing was, and why."""
    signs = [
        words
        for words, there in (
            ("Thoughts of self-harm", fact.thoughts == "yes"),
            ("Trouble with the urine", fact.urine == "yes"),
            ("A severe side effect", any(one.grade >= GRAVE for one in fact.effects)),
        )
        if there
    ]
    if signs and not fact.escalated.strip():
        raise Refused(
            f"{signs[0]}: write what was done and who was told.",
            rule="warning sign without an answer",
            field="escalated",
        )


AFTER_RULES: dict[type[Fact], Callable[[Visit, Any, datetime], None]] = {
    AddendumWritten: addendum,
}
