"""Tomorrow's visits, as the clinic asks for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from ketachart.domain.facts.post import VisitPlanned
from ketachart.domain.visit import Visit
from ketachart.domain.wording import day

State = Literal["open", "visit opened", "taken back"]
Way = Literal["", "waits", "packed", "arrived"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """The visit that was opened from a plan; at the clinic known once its report came."""

    stream: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One planned visit as it stands: open, opened as the visit of that stream, or taken back.

    ``way`` is how far its newest edition came, where this is the clinic; ``changed_after`` that the
    clinic changed it or took it back after the visit was opened here.
    """

    plan: VisitPlanned
    state: State = "open"
    stream: str = ""
    way: Way = ""
    changed_after: bool = False

    @property
    def item(self) -> str:
        """Id of the plan."""
        return self.plan.item


def newest_plans(clinic: Visit) -> tuple[VisitPlanned, ...]:
    """Each plan once, in its newest edition, in whatever order the editions came; by day and name.

    One that came already taken back, and never before, is left out: nobody here knew of it.
    """
    newest: dict[str, VisitPlanned] = {}
    for plan in clinic.facts(VisitPlanned):
        known = newest.get(plan.item)
        if known is None or plan.edition > known.edition:
            newest[plan.item] = plan
    return tuple(
        sorted(newest.values(), key=lambda plan: (plan.day, plan.patient.listed_name, plan.item))
    )


def planned(
    clinic: Visit,
    opened: Mapping[str, Opened],
    *,
    day: date | None = None,
    ways: Mapping[str, Way] | None = None,
) -> tuple[Planned, ...]:
    """The plans of a day, or all, by day and name.

    Args:
        clinic: the clinic's own stream.
        opened: the visit opened from a plan, by the plan's id.
        day: only of this day.
        ways: how far each came, by the plan's id, where this is the clinic.
    """
    seen: dict[str, int] = {}
    for plan in clinic.facts(VisitPlanned):
        seen[plan.item] = seen.get(plan.item, 0) + 1
    return tuple(
        _one(plan, opened.get(plan.item), (ways or {}).get(plan.item, ""))
        for plan in newest_plans(clinic)
        if day is None or plan.day == day
        if not plan.withdrawn or seen[plan.item] > 1
    )


def _one(plan: VisitPlanned, opened: Opened | None, way: Way) -> Planned:
    if opened is None:
        return Planned(plan=plan, state="taken back" if plan.withdrawn else "open", way=way)
    after = plan.edition > 1 and opened.at is not None and plan.at > opened.at
    return Planned(
        plan=plan, state="visit opened", stream=opened.stream, way=way, changed_after=after
    )


def plan_words(plan: VisitPlanned) -> str:
    """The plan as a thing in a package: “Visit of 23 Nov 2026: Ana Ortega”."""
    about = f"isit of {day(plan.day)}: {plan.patient.full_name}"
    if plan.withdrawn:
        return f"Taken back: v{about}"
    return f"Changed: v{about}" if plan.edition > 1 else f"V{about}"
