"""Rules for a time on paper: it began, it ended, it belongs to this visit, and is told once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from ketachart.domain.course import ended_at
from ketachart.domain.facts import Fact, PaperKept
from ketachart.domain.paper import period_words
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, day_and_clock
from ketachart.errors import Refused

# A nurse types minutes; the minute that has just begun is not the future.
TOLERANCE = timedelta(minutes=1)


def paper_kept(visit: Visit, fact: PaperKept, now: datetime) -> None:
    """Over when it is told, within the visit, and meeting no other time on paper."""
    if fact.until <= fact.at:
        raise Refused(
            f"Paper ended at {clock(fact.until)}: that is not after it began, at "
            f"{clock(fact.at)}. Check both times.",
            rule="paper ends before it begins",
            field="until",
        )
    if fact.until > now + TOLERANCE:
        when = day_and_clock(fact.until, beside=now.date())
        raise Refused(
            f"{when} has not come yet: it is {clock(now)}. Record the paper once it is over.",
            rule="in the future",
            field="until",
        )
    _within(visit, fact)
    _alone(visit, fact)
    if fact.why == "other" and not fact.note.strip():
        raise Refused("Write why paper was kept.", rule="note missing", field="note")


def _within(visit: Visit, fact: PaperKept) -> None:
    over = ended_at(visit)
    if over is not None and fact.at >= over:
        raise Refused(
            f"The visit was over at {clock(over)}; paper at {clock(fact.at)} is not part of it. "
            "Check the time.",
            rule="after the visit",
            field="at",
        )


def _alone(visit: Visit, fact: PaperKept) -> None:
    """Two periods may touch; none lies in another."""
    for other in visit.facts(PaperKept):
        if fact.at < other.until and other.at < fact.until:
            raise Refused(
                f"Paper {period_words(other)} is recorded already. Correct that row, or choose "
                "times outside it.",
                rule="paper twice",
                field="at",
            )


PAPER_RULES: dict[type[Fact], Callable[[Visit, Any, datetime], None]] = {PaperKept: paper_kept}
