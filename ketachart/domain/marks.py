"""Moments that were marked with one press, to be told later: which are open, and for how long.

A mark keeps a true minute while both hands are on the patient (features.md row 38). It is told by
the entry that stands for it, or by the reason why it was nothing; it is never left out.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from ketachart.domain.facts import MomentMarked, MomentTold
from ketachart.domain.finding import Finding
from ketachart.domain.visit import Entry, Visit
from ketachart.domain.wording import clock, count, listed

# A key pressed twice by a hand that is busy elsewhere is one moment, not two (row 39).
DOUBLED = timedelta(seconds=2)


def open_marks(visit: Visit) -> tuple[Entry[MomentMarked], ...]:
    """The marks that nothing tells yet, the earliest first."""
    told = {fact.mark for fact in visit.facts(MomentTold)}
    return tuple(entry for entry in visit.of(MomentMarked) if entry.id not in told)


def marked_just_now(visit: Visit, at: datetime) -> Entry[MomentMarked] | None:
    """The open mark that a second press in the same moment would repeat."""
    return next((mark for mark in open_marks(visit) if abs(mark.at - at) <= DOUBLED), None)


def mark_of_minute(visit: Visit, moment: datetime) -> Entry[MomentMarked] | None:
    """The open mark of that minute, for a time that was typed or taken over to the minute."""
    minute = moment.replace(second=0, microsecond=0)
    return next(
        (m for m in open_marks(visit) if m.at.replace(second=0, microsecond=0) == minute), None
    )


def open_told(visit: Visit) -> str:
    """How many are open, and of which minutes; empty where none is."""
    marks = open_marks(visit)
    if not marks:
        return ""
    return f"{count(len(marks), 'marked moment')} to tell: {listed([_named(m) for m in marks])}"


def _named(mark: Entry[MomentMarked]) -> str:
    return f"{clock(mark.at)} {mark.fact.word}".strip()


def mark_findings(visit: Visit) -> Iterator[Finding]:
    """Every open mark asks to be told before signing, or for the reason why it is not."""
    for mark in open_marks(visit):
        yield Finding(
            code=f"mark-open-{mark.number}",
            severity="reason",
            sentence=f"The moment marked {clock(mark.at)} is not told",
            detail="Chart what happened then, or that it was nothing.",
            phase="infusion",
            entry=mark.id,
        )
