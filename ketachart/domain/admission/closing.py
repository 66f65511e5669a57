"""Rules for new facts about leaving, teaching and signing."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from ketachart.domain.course import released_at, started_at, stopped_at
from ketachart.domain.facts import (
    CriterionJudged,
    Fact,
    FollowUpPlanned,
    HandoutGiven,
    InkSigned,
    InstructionTaught,
    PatientReleased,
    RecoveryScored,
)
from ketachart.domain.infusion import delivery
from ketachart.domain.release import release
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, count, day_and_clock
from ketachart.errors import Refused

BOX = 10_000
FEWEST_POINTS = 4


def criterion(visit: Visit, fact: CriterionJudged, _now: datetime) -> None:
    """A criterion that the nurse judges; the others are worked out."""
    known = {c.code: c for c in visit.protocol.criteria}
    found = known.get(fact.criterion)
    if found is None:
        raise Refused(
            f"“{fact.criterion}” is not a criterion of this protocol. Choose from its list.",
            rule="no such criterion",
            field="criterion",
        )
    if found.computed:
        raise Refused(
            f"“{found.sentence}” is worked out from the chart. Chart what it rests on.",
            rule="computed criterion",
            field="criterion",
        )
    if not fact.met and not fact.note.strip():
        raise Refused("Note what was seen.", rule="note missing", field="note")


def score(_visit: Visit, fact: RecoveryScored, _now: datetime) -> None:
    """Five items of 0 to 2."""
    for name in ("activity", "breathing", "circulation", "consciousness", "oxygen"):
        if not 0 <= getattr(fact, name) <= 2:
            raise Refused(f"{name.capitalize()} scores 0, 1 or 2.", field=name)


def instruction(visit: Visit, fact: InstructionTaught, _now: datetime) -> None:
    """An instruction of this protocol, heard by somebody."""
    if fact.instruction not in {item.code for item in visit.protocol.instructions}:
        raise Refused(
            f"“{fact.instruction}” is not an instruction of this protocol. Choose from its list.",
            rule="no such instruction",
            field="instruction",
        )
    if fact.patient is None and fact.adult is None:
        raise Refused("Who said it back: the patient, or the adult?", rule="nobody heard it")


def handout(_visit: Visit, fact: HandoutGiven, _now: datetime) -> None:
    """Somebody has the sheet."""
    if not fact.to:
        raise Refused("Who has the sheet: the patient, or the adult?", rule="nobody has it")


def follow_up(_visit: Visit, fact: FollowUpPlanned, _now: datetime) -> None:
    """A call that is still to come when it is agreed."""
    if fact.due_at <= fact.at:
        raise Refused(
            f"{day_and_clock(fact.due_at)} is past when it was agreed, at {clock(fact.at)}. "
            "Choose a later time.",
            rule="call in the past",
            field="due_at",
        )


def ink(_visit: Visit, fact: InkSigned, _now: datetime) -> None:
    """A drawn line, inside its box."""
    points = [point for stroke in fact.strokes for point in stroke]
    if len(points) < FEWEST_POINTS:
        raise Refused("Nothing is signed yet. Sign in the box, or say why not.", rule="no ink")
    if any(not (0 <= x <= BOX and 0 <= y <= BOX) for x, y in points):
        raise Refused("The signature lies outside its box. Clear it and sign again.", rule="ink")


def released(visit: Visit, fact: PatientReleased, _now: datetime) -> None:
    """With every criterion met; with a reason; or against advice, where something stands."""
    already = released_at(visit)
    if already is not None:
        raise Refused(
            f"The patient was released at {clock(already)}. Strike that first.",
            rule="already released",
        )
    if started_at(visit) is None:
        raise Refused("No infusion was started. Chart that it was not started.", rule="not started")
    if delivery(visit, fact.at).state in ("running", "paused"):
        raise Refused("The pump is not stopped. Chart the stop first.", rule="pump not stopped")
    _ready(visit, fact)
    if fact.outcome in ("against-advice", "to-ems"):
        _against_advice(visit, fact)
        return
    state = release(visit, fact.at)
    if state.stops:
        words = "; ".join(f"{s.criterion.sentence}: {s.note}" for s in state.stops)
        raise Refused(
            f"{count(len(state.stops), 'point')} against leaving. {words}. If the patient left all "
            "the same, chart it as against advice.",
            rule=f"release: {state.stops[0].criterion.code}",
            points=tuple((s.criterion.code, s.note) for s in state.stops),
        )
    if state.open and (fact.outcome == "criteria-met" or not fact.reason.strip()):
        words = "; ".join(f"{s.criterion.sentence}: {s.note}" for s in state.open)
        raise Refused(
            f"Not met: {words}. Release with a reason, or wait.",
            rule=f"release: {state.open[0].criterion.code}",
            field="reason",
            points=tuple((s.criterion.code, s.note) for s in state.open),
        )


def _ready(visit: Visit, fact: PatientReleased) -> None:
    """The patient was ready between the end of the infusion and the goodbye."""
    if fact.ready_at is None:
        return
    stop = stopped_at(visit)
    if fact.ready_at > fact.at or (stop is not None and fact.ready_at < stop):
        raise Refused(
            f"Ready at {clock(fact.ready_at)}: that is not between the end of the infusion and "
            f"the release at {clock(fact.at)}. Check the time.",
            rule="ready at another time",
            field="ready_at",
        )


def _against_advice(visit: Visit, fact: PatientReleased) -> None:
    """What was explained is of the protocol's list, and why they left is said."""
    known = {choice.code for choice in visit.protocol.listed("against-advice")}
    strange = [code for code in fact.explained if code not in known]
    if strange:
        raise Refused(
            f"“{strange[0]}” is not on the list of what is explained. Choose from it.",
            rule="no such word",
            field="explained",
        )
    if fact.outcome == "against-advice" and not fact.reason.strip():
        raise Refused("Say what was explained and why they left.", field="reason")


CLOSING_RULES: dict[type[Fact], Callable[[Visit, Any, datetime], None]] = {
    CriterionJudged: criterion,
    RecoveryScored: score,
    InstructionTaught: instruction,
    HandoutGiven: handout,
    FollowUpPlanned: follow_up,
    InkSigned: ink,
    PatientReleased: released,
}
