"""Which time of an alert an answer is about: one that ended and came back asks again."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from ketachart.domain.alert import Alert
from ketachart.domain.facts import Fact
from ketachart.domain.visit import Entry

# What was done is often typed once the reading is back.
STILL_ABOUT: Final = timedelta(minutes=30)


def about(history: Iterable[Alert], entry: Entry[Fact], code: str) -> Alert | None:
    """The alert that an answer or a delay is about: the last of its code that was there to see.

    A nurse types minutes: what she did in the minute in which it began is about it. A reading that
    was written later than the answer was not there to be answered.
    """
    seen = [
        alert
        for alert in history
        if alert.code == code
        and _minute(alert.since) <= entry.at
        and alert.raised_by < entry.number
    ]
    last = max(seen, key=lambda alert: (alert.since, alert.raised_by), default=None)
    if last is None or (last.until is not None and entry.at > last.until + STILL_ABOUT):
        return None
    return last


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
