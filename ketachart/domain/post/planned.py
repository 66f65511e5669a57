"""Tomorrow's visits, as the clinic asks for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ketachart.domain.facts.post import VisitPlanned
from ketachart.domain.visit import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One planned visit: still open, or opened already as the visit of that stream."""

    plan: VisitPlanned
    state: Literal["open", "visit opened"] = "open"
    stream: str = ""

    @property
    def item(self) -> str:
        """Id of the plan."""
        return self.plan.item


def planned(
    clinic: Visit, opened: Mapping[str, str], *, day: date | None = None
) -> tuple[Planned, ...]:
    """The plans of a day, or all, by day and name.

    Args:
        clinic: the clinic's own stream.
        opened: the stream of the visit opened from a plan, by the plan's id.
        day: only of this day.
    """
    newest: dict[str, VisitPlanned] = {}
    for plan in clinic.facts(VisitPlanned):
        newest.setdefault(plan.item, plan)
    wanted = [plan for plan in newest.values() if day is None or plan.day == day]
    return tuple(_one(plan, opened) for plan in _in_order(wanted))


def _in_order(plans: Sequence[VisitPlanned]) -> list[VisitPlanned]:
    return sorted(plans, key=lambda plan: (plan.day, plan.patient.listed_name, plan.item))


def _one(plan: VisitPlanned, opened: Mapping[str, str]) -> Planned:
    stream = opened.get(plan.item, "")
    return Planned(plan=plan, state="visit opened" if stream else "open", stream=stream)
