"""Whether the nurse may leave: every criterion, met or open, and the earliest time for it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from ketachart.domain.course import ended_at, last_drug_at
from ketachart.domain.criteria import JUDGES, asked
from ketachart.domain.near_baseline import Found, State
from ketachart.domain.ordered_monitoring import observation_needed
from ketachart.domain.policy import Criterion
from ketachart.domain.visit import Visit
from ketachart.domain.wording import length, number


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionState:
    """One criterion as it stands."""

    criterion: Criterion
    state: State
    note: str
    at: datetime | None
    earliest: datetime | None
    level: Literal["stop", "reason"]

    @property
    def met(self) -> bool:
        """Whether it holds."""
        return self.state == "met"


@dataclass(frozen=True, slots=True)
class Release:
    """All criteria, and what still stands against leaving."""

    criteria: tuple[CriterionState, ...]

    @property
    def open(self) -> tuple[CriterionState, ...]:
        """What is not met yet."""
        return tuple(state for state in self.criteria if not state.met)

    @property
    def stops(self) -> tuple[CriterionState, ...]:
        """What no reason can go around."""
        return tuple(state for state in self.open if state.level == "stop")

    @property
    def ready(self) -> bool:
        """Whether everything is met."""
        return not self.open

    @property
    def earliest(self) -> datetime | None:
        """The earliest release that the clock allows, whatever else is open."""
        return max((s.earliest for s in self.criteria if s.earliest is not None), default=None)


def release(visit: Visit, now: datetime) -> Release:
    """Every criterion as it stands now, or as it stood when the patient was released."""
    return visit.once_at("release", now, _release)


def _release(visit: Visit, now: datetime) -> Release:
    moment = min(filter(None, (ended_at(visit), now)))
    states = []
    for criterion in visit.protocol.criteria:
        if criterion.computed:
            found = JUDGES[criterion.code](visit, moment)
        else:
            found = asked(visit, criterion, moment)
        states.append(
            CriterionState(
                criterion=criterion,
                state=found.state,
                note=found.note,
                at=found.at,
                earliest=found.earliest,
                level=_level(visit, criterion, found, moment),
            )
        )
    return Release(tuple(states))


def _level(
    visit: Visit, criterion: Criterion, found: Found, now: datetime
) -> Literal["stop", "reason"]:
    """Observation under the floor is a stop; between floor and default it asks for a reason."""
    if criterion.code == "observed" and found.state != "met":
        last = last_drug_at(visit, now)
        if last is not None and now - last < visit.protocol.minutes("observe.floor"):
            return "stop"
    return criterion.level


def criterion_text(visit: Visit, state: CriterionState) -> str:
    """A criterion with its number from the policy, as it is shown: “Recovery score 9 or more”."""
    protocol = visit.protocol
    text = state.criterion.sentence
    match state.criterion.code:
        case "observed":
            return f"{length(observation_needed(visit))} after the last ketamine"
        case "pressure":
            return f"BP within {number(protocol.number('release.bp.percent'), 0)} % of baseline"
        case "oxygen":
            return f"SpO₂ on room air {number(protocol.number('release.spo2'), 0)} % or baseline"
        case "dissociation":
            return f"Dissociation {number(protocol.number('release.dissociation'), 0)} or less"
        case "nausea":
            return f"Nausea {number(protocol.number('release.nausea'), 0)} or less"
        case "aldrete":
            return f"Recovery score {number(protocol.number('release.aldrete'), 0)} or more"
        case "vitals":
            within = length(protocol.minutes("release.vitals.within"))
            return f"Vitals within {within} of leaving"
        case _:
            return text
