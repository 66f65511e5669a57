"""How far a signed report has come, in the few words of a line; “packed” is not “received”."""

from datetime import datetime

from ketachart.domain.post.standing import Standing
from ketachart.domain.wording import clock, count, short_day
from ui.tokens import Tone

Status = tuple[str, str, Tone]
"""A sign, the same in words, and a tone."""


def status_of(standing: Standing, now: datetime, *, posts: bool) -> Status:
    """Where the newest version stands.

    Args:
        standing: as the post desk works it out.
        now: the chart's time; another day's clock is told with its day.
        posts: whether reports leave this ledger at all; else nothing is said of packing.
    """
    if standing.conflict:
        return "octagon-alert", "Signed. Two files claim one version", "danger"
    if standing.open_questions and standing.state != "has errors":
        return "notebook-pen", f"{count(standing.open_questions, 'question')} to answer", "warn"
    when = _when(standing.at, now)
    told: dict[str, Status] = {
        "packed": ("usb", f"Packed {when}, no receipt yet", "text"),
        "received": ("circle-check", f"Received {when}", "ok"),
        "questions": ("clipboard-check", f"Reviewed with questions {when}", "ok"),
        "reviewed": ("clipboard-check", f"Reviewed {when}", "ok"),
        "has errors": ("circle-x", "Has errors: see the verdict", "danger"),
    }
    signed = "Signed, not packed yet" if posts else "Signed"
    return told.get(standing.state, ("check", signed, "ok"))


def _when(at: datetime | None, now: datetime) -> str:
    """“17:50”, or “Sun 22 Nov 17:50” on another day."""
    if at is None:
        return ""
    here = at.astimezone(now.tzinfo)
    day = "" if here.date() == now.date() else f"{short_day(here.date())} "
    return f"{day}{clock(here)}"
