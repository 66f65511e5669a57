"""What comes next in a practice visit until it is signed, and the key for it.

It reads the same rules as the screens do and invents none: what stands against the start, what is
due, what the criteria wait for, what stands in the way of signing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from ketachart.domain.course import Phase, ended_at, phase_at
from ketachart.domain.emergency import open_emergency
from ketachart.domain.facts import FollowUpPlanned, HandoutGiven, PumpChecked
from ketachart.domain.found.findings import standing
from ketachart.domain.infusion import delivery, planned_end
from ketachart.domain.instructions import told
from ketachart.domain.monitoring import next_due
from ketachart.domain.readiness import waiting_for
from ketachart.domain.release import release
from ketachart.domain.screening import screening
from ketachart.domain.start import against_start
from ketachart.domain.time_out import time_out_waits
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, count
from ui.actions import key_of
from ui.practice.clinic import PASSPHRASE
from ui.screens.against import points_of
from ui.screens.finding_ways import way_of

# The act of the window whose key leads to a sheet or a question.
_ACTS: Final = {
    "place-access": "access",
    "vitals": "vitals",
    "effect": "effect",
    "measure": "measure",
    "response": "response",
    "waste": "waste",
    "release": "release",
    "stop": "stop",
    "call": "call",
    "symptoms": "symptoms",
}


@dataclass(frozen=True, slots=True)
class NextStep:
    """One sentence, and the key that begins it; empty where no one key does."""

    words: str
    key: str = ""

    @property
    def said(self) -> str:
        """Both, as one line."""
        return f"{self.words} {self.key}." if self.key else self.words


def next_step(visit: Visit, now: datetime) -> NextStep:
    """The next step of a visit, as far as the chart knows."""
    if visit.signed is not None:
        return NextStep(
            "Signed. Save the PDF, and look at the word on each page:", key_of("save-report")
        )
    if open_emergency(visit) is not None:
        return NextStep("An emergency is open. Press what happens; chart its end when it is over.")
    steps: dict[Phase, Callable[[Visit, datetime], NextStep]] = {
        "screening": _screening,
        "order": _order,
        "infusion": _infusion,
        "observation": _observation,
        "sign": _sign,
    }
    return steps[phase_at(visit)](visit, now)


def _screening(visit: Visit, now: datetime) -> NextStep:
    state = screening(visit, now)
    unanswered = sum(one.answer is None for one in state.items)
    if unanswered:
        return NextStep(
            f"Screening: {count(unanswered, 'question')} to answer. ↓ goes on, Enter opens what is "
            "measured, 1 is clear, 2 asks the prescriber. Make up what you would hear:",
            key_of("phase-1"),
        )
    if state.verdict == "clear":
        return NextStep("Everything is answered and clear. Go on to the order:", key_of("primary"))
    first = state.open[0]
    if first.answer == "ask" or first.item.stop_can_be_authorised:
        return NextStep(
            "Something asks for the prescriber. Record the call, made up:", key_of("primary")
        )
    return NextStep(f"{first.reason}. If it was a slip, answer it again:", key_of("phase-1"))


def _order(visit: Visit, now: datetime) -> NextStep:
    against = against_start(visit, now)
    points = [one for one in points_of(against, visit) if not one.code.startswith("pump-check")]
    if points:
        first = points[0]
        return NextStep(f"Before the start: {first.sentence}. {first.act}:", _key_to(first.way))
    if visit.last(PumpChecked) is None:
        return NextStep(
            "Note bag strength, pump rate and volume: your pump shows them. Say who reads, S or A; "
            f"hide the numbers, type them. Alone, let a minute go by, {key_of('practice-minute')}:",
            key_of("primary"),
        )
    if against:
        return NextStep("Pump and order differ. Set it right and read it again:", key_of("primary"))
    if time_out_waits(visit, now):
        return NextStep("They agree. Hold the time-out:", key_of("primary"))
    return NextStep("All is ready. Start the infusion:", key_of("primary"))


def _key_to(way: str) -> str:
    """The key of a point's sheet; where it has none of its own, the way by the order's screen."""
    if way == "vial":
        return f"{key_of('phase-2')}, 1…3"
    return key_of(_ACTS[way]) if way in _ACTS else f"{key_of('phase-2')}, Enter"


def _due(visit: Visit, now: datetime) -> NextStep | None:
    item = next_due(visit, now)
    if item is None or item.at > now:
        return None
    return NextStep(
        f"Vitals are due since {clock(item.at)}. Chart a set, made up:", key_of("vitals")
    )


def _infusion(visit: Visit, now: datetime) -> NextStep:
    run = delivery(visit, now)
    end = planned_end(visit, run)
    if run.state != "paused" and end is not None and end <= now:
        return NextStep("The bag is empty. Stop, with what the pump shows:", key_of("stop"))
    waits = _due(visit, now)
    if waits is not None:
        return waits
    if run.state == "paused":
        return NextStep("The pump is paused. Let it run again when it may:", key_of("pause"))
    when = f" The bag is empty at {clock(end)}." if end is not None else ""
    return NextStep(
        f"Nothing is due.{when} Let time go by to what comes next:", key_of("practice-later")
    )


def _observation(visit: Visit, now: datetime) -> NextStep:
    waits = _due(visit, now)
    if waits is not None:
        return waits
    goodbye = _instructions(visit)
    state = release(visit, now)
    open_ones = waiting_for(visit, state, now)
    if state.ready:
        return goodbye or NextStep("Everything is met. Release the patient:", key_of("release"))
    if open_ones and not set(open_ones) <= {"instructions", "call planned"}:
        short = ", ".join(open_ones[:3])
        return NextStep(f"Observation waits for: {short}. To the list:", key_of("phase-4"))
    if goodbye is not None:
        return goodbye
    return NextStep("Only the clock is waited for. Let time go by:", key_of("practice-later"))


def _instructions(visit: Visit) -> NextStep | None:
    """What is still to be told before the goodbye."""
    unheard = sum(not one.heard for one in told(visit))
    if unheard:
        return NextStep(
            f"{count(unheard, 'instruction')} to be said back: 1 said, 2 helped, Enter both said "
            "it. To them:",
            key_of("phase-5"),
        )
    if not visit.facts(HandoutGiven):
        return NextStep("Leave the sheet, on Instructions:", key_of("handout"))
    if not visit.facts(FollowUpPlanned):
        return NextStep("Plan the calls, on Instructions:", key_of("calls"))
    missing = [one for one in standing(visit, visit.entries[-1].at) if one.code[:7] == "no-ink-"]
    if missing:
        return NextStep(
            f"{missing[0].sentence}. Sign with the mouse, or say why not:", key_of("no_ink")
        )
    return None


def _sign(visit: Visit, now: datetime) -> NextStep:
    against = standing(visit, now)
    if not against or ended_at(visit) is None:
        return NextStep(
            f"Nothing stands in the way. Sign with the practice passphrase “{PASSPHRASE}”:",
            key_of("phase-6"),
        )
    first = against[0]
    if first.severity == "reason":
        return NextStep(f"{first.sentence}. On Sign, give a reason:", key_of("explain"))
    way = way_of(first)
    act = _ACTS.get(way.target, "phase-6") if way is not None else "phase-6"
    return NextStep(f"{first.sentence}. Settle it:", key_of(act))
