"""When the patient may be left, in one sentence; and since when they were well enough for it."""

from datetime import datetime

from ketachart.domain.course import ended_at, started_at, stopped_at
from ketachart.domain.facts import EntryStruck
from ketachart.domain.near_baseline import second_due
from ketachart.domain.release import CriterionState, Release, criterion_text, release
from ketachart.domain.visit import Visit, fold
from ketachart.domain.wording import clock, listed, number

# How the patient is: neither the clock, nor what the nurse still has to do.
OF_THE_PATIENT = frozenset(
    {
        "pressure", "oxygen", "awake", "dissociation", "nausea", "effects", "aldrete", "gait",
        "confusion", "thoughts", "drinks",
    }
)  # fmt: skip
# In few words, for a line that names several; any other is named by its own sentence.
SHORT = {
    "oxygen": "oxygen", "awake": "awake and oriented", "dissociation": "dissociation gone",
    "nausea": "nausea gone", "effects": "open side effects", "aldrete": "recovery score",
    "vitals": "fresh vitals", "pain": "pain at the end", "gait": "gait",
    "confusion": "no confusion",
    "thoughts": "thoughts of self-harm asked", "drinks": "drinks", "access-out": "IV out",
    "drug": "ketamine accounted for", "sharps": "sharps taken", "kit-packed": "kit packed",
    "home-safe": "home left safe", "adult": "responsible adult", "follow-up": "call planned",
    "instructions": "instructions",
}  # fmt: skip


def waiting_for(visit: Visit, state: Release, now: datetime) -> tuple[str, ...]:
    """What is open, in few words: the patient's own state first; the clock has its own place."""
    waits = [one for one in state.open if one.state != "waiting"]
    ordered = sorted(
        waits, key=lambda one: (one.criterion.code not in OF_THE_PATIENT, one.level != "stop")
    )
    return tuple(_short(visit, one, now) for one in ordered)


def _short(visit: Visit, state: CriterionState, now: datetime) -> str:
    code = state.criterion.code
    if code == "pressure":
        within = number(visit.protocol.number("release.bp.percent"), 0)
        which = f"{second_due(visit, now)} ".lstrip()
        return f"{which}blood pressure within {within} % of baseline"
    if code in SHORT:
        return SHORT[code]
    text = criterion_text(visit, state)
    return f"{text[:1].lower()}{text[1:]}"


def readiness(visit: Visit, now: datetime, *, most: int = 4) -> str:
    """When the nurse may leave, and what is waited for; empty before the end and after the goodbye.

    “Earliest 15:42; waiting for: second blood pressure within 20 % of baseline, gait”.
    """
    if stopped_at(visit) is None or ended_at(visit) is not None:
        return ""
    state = release(visit, now)
    waits = waiting_for(visit, state, now)
    named = [*waits[:most], *([f"{len(waits) - most} more"] if len(waits) > most else [])]
    when = f"Earliest {clock(state.earliest)}" if state.earliest is not None else "No clock runs"
    if named:
        return f"{when}; waiting for: {', '.join(named)}"
    if state.earliest is not None and now < state.earliest:
        return f"{when}; all else is met"
    return "Ready: everything is met"


def readiness_short(visit: Visit, now: datetime) -> str:
    """The same where there is room for a few words only: “Earliest 15:42, 3 open”."""
    if stopped_at(visit) is None or ended_at(visit) is not None:
        return ""
    state = release(visit, now)
    left = len(waiting_for(visit, state, now))
    if not state.open:
        return "Ready"
    when = f"Earliest {clock(state.earliest)}" if state.earliest is not None else "No clock runs"
    return f"{when}, {left} open" if left else when


def ready_at(visit: Visit, until: datetime) -> datetime | None:
    """When the patient was well enough and stayed so, whatever the clock asked.

    The last moment from which on every criterion of the patient's own state held without a break;
    None where it does not hold by then.
    """
    stop = stopped_at(visit)
    if started_at(visit) is None or stop is None:
        return None
    moments = sorted({entry.at for entry in visit.standing if stop <= entry.at <= until})
    found = None
    for moment in reversed(moments):
        if not _well(_as_of(visit, moment), moment):
            break
        found = moment
    return found


def _as_of(visit: Visit, moment: datetime) -> Visit:
    """The visit as it had happened by then; what was struck later was never so."""
    return fold(
        entry
        for entry in visit.entries
        if entry.at <= moment or isinstance(entry.fact, EntryStruck)
    )


def _well(visit: Visit, moment: datetime) -> bool:
    criteria = release(visit, moment).criteria
    return all(one.met for one in criteria if one.criterion.code in OF_THE_PATIENT)


def ready_words(visit: Visit, until: datetime) -> str:
    """The same for the nurse: since when, or what it still lacks."""
    found = ready_at(visit, until)
    if found is not None:
        return f"Well enough to be left since {clock(found)}, whatever the clock asks"
    state = release(visit, until)
    lacks = [
        _short(visit, one, until) for one in state.open if one.criterion.code in OF_THE_PATIENT
    ]
    return f"Not well enough to be left yet: {listed(lacks)}" if lacks else ""
