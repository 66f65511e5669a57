"""Rules for marked moments: one press is one mark, and a mark is told once."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from ketachart.domain.facts import Fact, MomentMarked, MomentTold
from ketachart.domain.marks import marked_just_now, open_marks
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, clock_with_seconds
from ketachart.errors import Refused


def marked(visit: Visit, fact: MomentMarked, _now: datetime) -> None:
    """A key pressed twice in the same moment marks it once."""
    there = marked_just_now(visit, fact.at)
    if there is not None:
        raise Refused(
            f"This moment is marked already, at {clock_with_seconds(there.at)}. Tell it when there "
            "is time.",
            rule="marked already",
            field="at",
        )


def told(visit: Visit, fact: MomentTold, _now: datetime) -> None:
    """An open mark, told by an entry of this visit or by the reason why it was nothing."""
    if bool(fact.entry.strip()) == bool(fact.reason.strip()):
        raise Refused(
            "Chart what happened then, or say why it was nothing.",
            rule="entry or reason",
            field="reason",
        )
    entry = visit.entry(fact.mark)
    if entry is None or not isinstance(entry.fact, MomentMarked) or entry.id in visit.strikes:
        raise Refused(
            "There is no such mark in this visit. Choose one that waits to be told.",
            rule="no such mark",
            field="mark",
        )
    if entry.id not in {mark.id for mark in open_marks(visit)}:
        raise Refused(
            f"The moment marked {clock(entry.at)} is told already. Choose another one.",
            rule="told already",
            field="mark",
        )
    if fact.entry and (fact.entry == fact.mark or visit.entry(fact.entry) is None):
        raise Refused(
            "There is no such entry in this visit. Choose one from the entries.",
            rule="no such entry",
            field="entry",
        )


MARK_RULES: dict[type[Fact], Callable[[Visit, Any, datetime], None]] = {
    MomentMarked: marked,
    MomentTold: told,
}
