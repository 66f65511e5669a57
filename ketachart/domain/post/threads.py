"""A supervisor's questions about a visit, each with what became of it.

The facts may come in any order and any number of times: a question taken back before it arrived is
taken back, and two ledgers that hold the same facts tell the same (features.md, idea 13).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from ketachart.domain.addenda import addenda
from ketachart.domain.facts.closing import AddendumWritten
from ketachart.domain.facts.post import QuestionAsked, VerdictGiven
from ketachart.domain.visit import Visit
from ketachart.domain.wording import day_and_clock

ThreadState = Literal["asked", "answered", "reviewed", "taken back"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """One question: what it is pinned to, and the addenda that answer it.

    ``report`` is the version of the report it was asked of, ``answered_in`` the first version that
    answers it; 0 where none does yet.
    """

    item: str
    report: int
    entry: str
    row: str
    words: str
    by: str
    staff_id: str
    asked_at: datetime
    state: ThreadState
    answers: tuple[str, ...] = ()
    answered_in: int = 0

    @property
    def open(self) -> bool:
        """Whether the nurse is still to answer."""
        return self.state == "asked"

    @property
    def said(self) -> str:
        """How it stands, in words."""
        asked = f"asked {day_and_clock(self.asked_at)} by {self.by}"
        return {
            "asked": f"Open: {asked}",
            "answered": f"Answered in version {self.answered_in}; {asked}",
            "reviewed": f"Answered in version {self.answered_in} and reviewed",
            "taken back": f"Taken back; {asked}",
        }[self.state]


def threads(post: Visit, visit: Visit | None) -> tuple[Thread, ...]:
    """Every question once, in the order of asking.

    Args:
        post: what stands beside the visit.
        visit: the visit in its newest version that is here; None where none is.
    """
    written = tuple(entry.fact for entry in addenda(visit)) if visit is not None else ()
    reviewed = max(
        (v.report for v in post.facts(VerdictGiven) if v.verdict == "reviewed"), default=0
    )
    found: dict[str, QuestionAsked] = {}
    taken_back = {fact.item for fact in post.facts(QuestionAsked) if fact.withdrawn}
    for fact in post.facts(QuestionAsked):
        found.setdefault(fact.item, fact)
    made = [
        _thread(fact, written, reviewed, taken_back=fact.item in taken_back)
        for fact in found.values()
    ]
    return tuple(sorted(made, key=lambda thread: (thread.asked_at, thread.item)))


def _thread(
    fact: QuestionAsked, written: Sequence[AddendumWritten], reviewed: int, *, taken_back: bool
) -> Thread:
    answers = [one for one in written if one.answers == fact.item]
    first = answers[0].version if answers else 0
    state: ThreadState = "asked"
    if taken_back:
        state = "taken back"
    elif answers:
        state = "reviewed" if reviewed >= first else "answered"
    return Thread(
        item=fact.item,
        report=fact.report,
        entry=fact.entry,
        row=fact.row,
        words=fact.words,
        by=fact.by,
        staff_id=fact.staff_id,
        asked_at=fact.asked_at,
        state=state,
        answers=tuple(one.text for one in answers),
        answered_in=first,
    )
