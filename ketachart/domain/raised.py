"""What the chart itself makes of a question that the nurse answers: graver, never milder."""

from collections.abc import Callable
from datetime import datetime

from ketachart.domain.arrival.home import (
    raised_by_hospital,
    raised_by_others,
    raised_by_phone,
    raised_by_room,
)
from ketachart.domain.arrival.kit import raised_by_kit
from ketachart.domain.judgements import Answer, Judged
from ketachart.domain.policy import ScreeningItem
from ketachart.domain.review.interactions import raised_by_medicines
from ketachart.domain.scales.suicide import raised_by_scales
from ketachart.domain.visit import Visit

GRAVITY: dict[Answer | None, int] = {None: 0, "clear": 1, "ask": 2, "stop": 3}

RAISES: dict[str, Callable[[Visit, ScreeningItem, datetime], Judged]] = {
    "kit": raised_by_kit,
    "hospital": raised_by_hospital,
    "phone": raised_by_phone,
    "room": raised_by_room,
    "others": raised_by_others,
    "c-ssrs": raised_by_scales,
    "interactions": raised_by_medicines,
}
"""What each ``raised_by`` looks at; ``Judged(None, "")`` where it raises nothing."""


def graver(visit: Visit, item: ScreeningItem, now: datetime, said: Judged) -> Judged:
    """The graver of the nurse's answer and what the chart says; both causes where they agree.

    Args:
        visit: the record so far.
        item: the question.
        now: the moment it is judged at.
        said: the nurse's own answer and note; None where she has not answered.
    """
    look = RAISES.get(item.raised_by)
    raised = look(visit, item, now) if look is not None else Judged(None, "")
    return worse(said, raised)


def worse(said: Judged, raised: Judged) -> Judged:
    """The graver of the two, the other's note behind its own; never milder than what was said."""
    if GRAVITY[raised.answer] < GRAVITY["ask"] or GRAVITY[raised.answer] < GRAVITY[said.answer]:
        return said
    return Judged(raised.answer, "; ".join(filter(None, (raised.note, said.note))))
