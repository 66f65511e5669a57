"""The last look before the start: each step as the chart answers it, and whether it was held."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from ketachart.domain.facts import InfusionStarted, LineFlushed, TimeOutHeld
from ketachart.domain.infusion import bag_before
from ketachart.domain.policy import ScreeningItem
from ketachart.domain.policy_care import TimeOutStep
from ketachart.domain.screening import NOT_ANSWERED
from ketachart.domain.start import Against, against_start
from ketachart.domain.visit import Entry, Visit
from ketachart.domain.wording import count

AT_THE_DOOR = frozenset({"kit", "hospital", "phone", "room", "others"})
SCREENING = "screening:"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepState:
    """One step; ``holds`` is None where the chart cannot know and the nurse is asked."""

    step: TimeOutStep
    holds: bool | None
    note: str = ""


def time_out_steps(visit: Visit, now: datetime) -> tuple[StepState, ...]:
    """Every step of the protocol's time-out as the chart answers it; none in older protocols."""
    steps = visit.protocol.time_out
    points = against_start(visit, now) if steps else ()
    return tuple(_state(visit, step, points, now) for step in steps)


def _state(
    visit: Visit, step: TimeOutStep, points: tuple[Against, ...], now: datetime
) -> StepState:
    if not step.computed:
        return StepState(step=step, holds=None)
    stands = [point for point in points if _step_of(visit, point) == step.code]
    open_now = [point.sentence for point in stands]
    if step.code == "line" and not _primed(visit, now):
        open_now.append("No priming or flush of the line is charted")
    return StepState(step=step, holds=not open_now, note=_shortly(open_now))


def _shortly(sentences: list[str]) -> str:
    """What is open in a few words: questions that nobody answered are counted where many."""
    unanswered = [one for one in sentences if one.startswith(NOT_ANSWERED)]
    if len(unanswered) < 2:
        return "; ".join(sentences)
    told = [one for one in sentences if one not in unanswered]
    return "; ".join([*told, f"{count(len(unanswered), 'question')} not answered"])


def _primed(visit: Visit, now: datetime) -> bool:
    return any(entry.at <= now for entry in visit.of(LineFlushed))


# Which step a point against the start belongs to; all others are of the dose and its check.
_STEPS = {"identity": "identity", "allergies": "screened", "access": "line", "baseline": "baseline"}


def _step_of(visit: Visit, point: Against) -> str:
    if point.code.startswith(SCREENING):
        item = visit.protocol.item(point.code.removeprefix(SCREENING))
        return _of_question(item) if item is not None else "screened"
    return _STEPS.get(point.code, "dose")


_QUESTIONS: tuple[tuple[str, Callable[[ScreeningItem], bool]], ...] = (
    ("fasting", lambda item: item.computed == "fasting"),
    ("baseline", lambda item: item.computed == "resting-signs"),
    ("dose", lambda item: item.computed in {"weight", "order"}),
    ("consent", lambda item: item.code.startswith("consent")),
    ("kit", lambda item: item.computed == "adult" or item.raised_by in AT_THE_DOOR),
)


def _of_question(item: ScreeningItem) -> str:
    return next((step for step, belongs in _QUESTIONS if belongs(item)), "screened")


def time_out_in_force(visit: Visit, at: datetime) -> Entry[TimeOutHeld] | None:
    """The time-out that was held for a start at that moment; a new bag asks for a new one."""
    held = [entry for entry in visit.of(TimeOutHeld) if entry.at <= at]
    if not held:
        return None
    bag = bag_before(visit, at)
    if bag is not None and bag.entry.at > held[-1].at:
        return None
    return held[-1]


def time_out_waits(visit: Visit, now: datetime) -> bool:
    """Whether the protocol asks for a time-out that was not held; older protocols ask for none."""
    return bool(visit.protocol.time_out) and time_out_in_force(visit, now) is None


def first_time_out(visit: Visit) -> Entry[TimeOutHeld] | None:
    """The time-out before the first start; None where there was none, or no start yet."""
    started = visit.of(InfusionStarted)
    return time_out_in_force(visit, started[0].at) if started else None
