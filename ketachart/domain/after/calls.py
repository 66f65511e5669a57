"""The calls that are planned after a visit: which is due, which was made, and what was learned."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from ketachart.domain.addenda import addenda
from ketachart.domain.facts import AddendumWritten
from ketachart.domain.instructions import follow_ups, local, zone_of
from ketachart.domain.visit import Entry, Visit
from ketachart.domain.wording import clock, day_and_clock

CallState = Literal["later", "due", "overdue", "made", "nobody"]
# Hours after the visit up to which a call tells of the first day, and of the second one (A1.15).
FIRST_DAY, SECOND_DAY = (12, 36), (36, 72)


@dataclass(frozen=True, slots=True)
class Call:
    """One planned call, and the addendum that answers it."""

    due_at: datetime
    answer: Entry[AddendumWritten] | None = None

    def state(self, now: datetime) -> CallState:
        """How it stands; a call is overdue once its own day is over."""
        if self.answer is not None:
            return "nobody" if self.answer.fact.spoke_with == "nobody" else "made"
        if now < self.due_at:
            return "later"
        return (
            "due" if now.astimezone(self.due_at.tzinfo).date() == self.due_at.date() else "overdue"
        )

    @property
    def open(self) -> bool:
        """Whether nobody has made it yet."""
        return self.answer is None


def calls(visit: Visit) -> tuple[Call, ...]:
    """Every call that was planned, at the visit or at an earlier call, by time."""
    told = [entry for entry in addenda(visit) if entry.fact.about == "follow-up"]
    answers = {entry.fact.due_at: entry for entry in told if entry.fact.due_at is not None}
    again = [entry.fact.next_at for entry in told if entry.fact.next_at is not None]
    zone = zone_of(visit)
    times = sorted({*follow_ups(visit), *(local(at, zone) for at in again)})
    return tuple(Call(at, answers.get(at)) for at in times)


def state_words(call: Call, now: datetime) -> str:
    """“due 14:00”, “overdue since 23 Nov 14:00”, “made 14:10”."""
    at, answer = call.due_at, call.answer
    if answer is not None:
        said = "nobody reached" if answer.fact.spoke_with == "nobody" else "made"
        return f"{said} {day_and_clock(answer.at, beside=now.date())}"
    match call.state(now):
        case "later":
            return f"planned {day_and_clock(at, beside=now.date())}"
        case "due":
            return f"due {clock(at)}"
        case _:
            return f"overdue since {day_and_clock(at, beside=now.date())}"


def pain_after(visit: Visit, ended: datetime, hours: tuple[int, int]) -> int | None:
    """The last pain score that was told so many hours after the end of the drug."""
    first, last = hours
    found = [
        entry.fact.pain
        for entry in addenda(visit)
        if entry.fact.pain is not None and first <= (entry.at - ended).total_seconds() / 3600 < last
    ]
    return found[-1] if found else None
