"""When a medicine was taken last, as it is typed: 22:00, yesterday 22:00, 3 Nov 2026 8:00, 5 d."""

import re
from datetime import datetime, timedelta

from ketachart.domain.typed import Blank, Unreadable, past_time_typed
from ketachart.domain.typed_day import day_typed

EXAMPLES = "A time such as 22:00, yesterday 22:00, 3 Nov 2026 8:00, or 5 d for five days ago."


def taken_typed(text: str, now: datetime) -> datetime | Blank | Unreadable:
    """A moment that is over; a day needs its time of day, and days ago are whole days.

    Args:
        text: as it was typed.
        now: the moment it is typed at, aware.
    """
    text = text.strip().lower()
    ago = re.fullmatch(r"-?([0-9]{1,3})\s*(?:d|day|days)(?:\s+ago)?", text, re.ASCII)
    if ago is not None:
        return now - timedelta(days=int(ago[1]))
    near = past_time_typed(text, now)
    if not isinstance(near, Unreadable):
        return near
    named = re.fullmatch(r"(.+[0-9]{4}|[0-9]{4}-[0-9-]+)[\s,]+([0-9: apm]+)", text, re.ASCII)
    on = day_typed(named[1]) if named is not None else Unreadable(EXAMPLES)
    time = past_time_typed(named[2], now) if named is not None else Unreadable(EXAMPLES)
    if isinstance(on, (Blank, Unreadable)) or not isinstance(time, datetime):
        return Unreadable(EXAMPLES)
    moment = datetime.combine(on, time.timetz())
    return moment if moment <= now else Unreadable("That has not come yet. Look at the day again.")
