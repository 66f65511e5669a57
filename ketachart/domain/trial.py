"""The record as it would stand with one more fact, to look before writing."""

from datetime import datetime, timedelta

from ketachart.domain.facts import Fact
from ketachart.domain.visit import Entry, Visit, apply

TRIAL = "trial"


def trial(visit: Visit, fact: Fact, now: datetime, *, entry_id: str = TRIAL) -> Visit:
    """The visit with that fact as its next entry; nothing is written."""
    entry = Entry(
        number=len(visit.entries) + 1,
        id=entry_id,
        author="",
        recorded_at=now,
        elapsed=timedelta(),
        session="",
        fact=fact,
    )
    return apply(visit, entry)
