"""Which scales the goal of this visit asks for, and which of them are scored."""

from collections.abc import Iterator
from dataclasses import dataclass

from ketachart.domain.facts import ScaleScored
from ketachart.domain.finding import Finding
from ketachart.domain.policy_care import Scale
from ketachart.domain.visit import Entry, Visit


@dataclass(frozen=True, slots=True)
class ScaleState:
    """One scale, the last time it was scored in this visit, and whether the goal asks for it."""

    scale: Scale
    entry: Entry[ScaleScored] | None
    asked: bool

    @property
    def done(self) -> bool:
        """Whether it was scored."""
        return self.entry is not None


def scales_of(visit: Visit) -> tuple[ScaleState, ...]:
    """Every scale of the protocol, the ones that the goal asks for first."""
    goal = visit.order.goal if visit.order is not None else ""
    last = {entry.fact.scale: entry for entry in visit.of(ScaleScored)}
    states = [
        ScaleState(scale, last.get(scale.code), bool(goal) and goal in scale.goals)
        for scale in visit.protocol.scores
    ]
    return tuple(sorted(states, key=lambda state: not state.asked))


def missing_scales(visit: Visit) -> tuple[Scale, ...]:
    """The scales that the goal asks for and that nobody scored."""
    return tuple(state.scale for state in scales_of(visit) if state.asked and not state.done)


def scale_findings(visit: Visit) -> Iterator[Finding]:
    """A scale that the goal asks for and that was not scored: good to know before signing."""
    for scale in missing_scales(visit):
        yield Finding(
            code=f"scale-missing:{scale.code}",
            severity="know",
            sentence=f"{scale.label} is not scored",
            detail=f"The goal of this visit asks for it: {scale.about}.",
            phase="screening",
            source=scale.source,
        )
