"""Whether any visit on this laptop has a patient under the drug, or observed after it."""

from datetime import timedelta
from typing import Final

from ketachart.domain.alerting.covered import needs_watching
from ketachart.errors import LedgerError
from ui.desk import Desk

_DAY: Final = timedelta(days=1)
_WATCHED: Final = ("infusion", "observation")


def somebody_is_watched(desk: Desk) -> bool:
    """The open visit, and those of today and yesterday that were left open.

    A list that cannot be read counts as one: nothing is locked on a guess.
    """
    if desk.has_visit and needs_watching(desk.visit):
        return True
    now = desk.now()
    try:
        rows = [row for day in (now, now - _DAY) for row in desk.office.visits(day=day.date())]
    except LedgerError:
        return True
    return any(row.status in _WATCHED for row in rows)
