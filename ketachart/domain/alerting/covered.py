"""What a covered screen says of a visit: how it stands and what asks, and never for whom.

No name, date of birth, number, address, drug or dose is in it: family stands in the room
(features.md row 127). An alert keeps its own words only where they are known to hold none of these.
"""

from datetime import datetime
from typing import Final

from ketachart.domain.alert import Alert
from ketachart.domain.alerting.overdue import OVERDUE
from ketachart.domain.course import ended_at, phase_at, released_at, started_at, stopped_at
from ketachart.domain.infusion import delivery
from ketachart.domain.limits import SIGN_CODES
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock

_AS_IT_IS: Final = (*SIGN_CODES, OVERDUE, "bag-empty")
# By the beginning of an alert's code: what it is about, without the drug, its amount, the effect.
_INSTEAD: Final = {
    "ceiling-near": "Nearly all that was ordered is in",
    "ceiling-reached": "All that was ordered is in: stop the pump",
    "rate-over": "The rate is over its limit",
    "response-due": "Chart the response to a medicine",
    "recheck": "Look again at a side effect",
    "line": "The IV site or the line asks for you",
}
_OTHER: Final = "An alert asks for you"


def covered_words(alert: Alert) -> str:
    """What an alert asks for, without a word that tells of whom or of which drug."""
    if alert.family in _AS_IT_IS or alert.code in _AS_IT_IS:
        return alert.sentence
    known = [words for code, words in _INSTEAD.items() if alert.code.startswith(code)]
    return known[0] if known else _OTHER


def covered_state(visit: Visit, now: datetime) -> str:
    """How a visit stands: “Infusion running since 14:05”."""
    if visit.signed is not None:
        return "A signed visit is open"
    start, stop, end = started_at(visit), stopped_at(visit), ended_at(visit)
    if end is not None:
        how = "Patient released" if released_at(visit) is not None else "Infusion not started"
        return f"{how} at {clock(end)}, not signed yet"
    if start is None:
        return "Visit open, the infusion has not begun"
    if stop is not None:
        return f"Observation since {clock(stop)}"
    paused = delivery(visit, now).state == "paused"
    return (
        f"Infusion paused, begun {clock(start)}"
        if paused
        else f"Infusion running since {clock(start)}"
    )


def needs_watching(visit: Visit) -> bool:
    """Whether a patient is under the drug or observed after it, so that alerts must be seen."""
    return visit.signed is None and phase_at(visit) in {"infusion", "observation"}
