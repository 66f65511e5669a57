"""What the visits of a time come to, by nurse and month, by event, by waste and by override.

Counts always; a share of fewer than five visits is never shown, only what it would be made of. No
patient is named.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ketachart.domain.quantities import Mg
from ketachart.domain.supervision.figures import Counted, VisitFigures, figures_of

FEW = 5  # visits: of fewer than these no share is shown
GRADES = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class NurseMonth:
    """One nurse's visits of one month, in figures."""

    staff_id: str
    nurse: str
    month: str
    visits: int
    emergencies: int
    limits_passed: int
    dose_deviations: int
    overrides: int
    orders_unsigned: int | None
    orders_refused: int | None
    effects: int
    grave_effects: int
    drawn_mg: Mg
    wasted_mg: Mg
    wasted_unseen_mg: Mg
    witness_in_person: int
    witness_by_phone: int
    witness_none: int
    rows: int
    rows_late: int
    corrections: int
    longest_gap_min: int | None
    notices: int

    @property
    def waste_share(self) -> Fraction | None:
        """Wasted of drawn; None where nothing was drawn, and of few visits."""
        if self.drawn_mg.is_zero or self.visits < FEW:
            return None
        return Fraction(self.wasted_mg.amount) / Fraction(self.drawn_mg.amount)

    @property
    def late_share(self) -> Fraction | None:
        """Late rows of all; None where there are none, and of few visits."""
        if self.rows == 0 or self.visits < FEW:
            return None
        return Fraction(self.rows_late, self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventCount:
    """One kind of event: how often, in how many visits, and how many of grades 1 to 4."""

    kind: str
    label: str
    times: int
    visits: int
    grades: tuple[int, int, int, int] = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Trends:
    """The figures of a time: from the first day to the last one, both counted."""

    since: date
    until: date
    visits: tuple[VisitFigures, ...] = ()
    by_nurse: tuple[NurseMonth, ...] = ()
    by_event: tuple[EventCount, ...] = ()
    by_override: tuple[EventCount, ...] = ()


def trends(visits: Iterable[Counted], since: date, until: date) -> Trends:
    """The figures of the visits of those days, both counted; each visit once."""
    made = (figures_of(counted) for counted in visits)
    found = sorted(
        (one for one in made if one is not None and since <= one.day <= until),
        key=lambda one: (one.day, one.number, one.stream),
    )
    return Trends(
        since,
        until,
        visits=tuple(found),
        by_nurse=_by_nurse(found),
        by_event=_by_event(found),
        by_override=_by_override(found),
    )


def _by_nurse(visits: Sequence[VisitFigures]) -> tuple[NurseMonth, ...]:
    groups: dict[tuple[str, str], list[VisitFigures]] = {}
    for one in visits:
        groups.setdefault((one.staff_id, one.month), []).append(one)
    return tuple(_month(group) for _, group in sorted(groups.items()))


def _month(group: Sequence[VisitFigures]) -> NurseMonth:
    gaps = [one.gap_min for one in group if one.gap_min is not None]
    return NurseMonth(
        staff_id=group[-1].staff_id,
        nurse=group[-1].nurse,
        month=group[-1].month,
        visits=len(group),
        emergencies=sum(one.emergencies for one in group),
        limits_passed=sum(one.limits_passed for one in group),
        dose_deviations=sum(one.deviates for one in group),
        overrides=sum(len(one.overrides) for one in group),
        orders_unsigned=_known_sum(one.orders_unsigned for one in group),
        orders_refused=_known_sum(one.orders_refused for one in group),
        effects=sum(len(one.effects) for one in group),
        grave_effects=sum(grade >= GRADES[2] for one in group for _, grade in one.effects),
        drawn_mg=sum((one.drawn_mg for one in group), Mg.zero()),
        wasted_mg=sum((one.wasted_mg for one in group), Mg.zero()),
        wasted_unseen_mg=sum((one.unseen_mg for one in group), Mg.zero()),
        witness_in_person=sum(one.in_person for one in group),
        witness_by_phone=sum(one.by_phone for one in group),
        witness_none=sum(one.nobody for one in group),
        rows=sum(one.rows for one in group),
        rows_late=sum(one.rows_late for one in group),
        corrections=sum(one.corrections for one in group),
        longest_gap_min=max(gaps, default=None),
        notices=sum(len(one.notices) for one in group),
    )


def _known_sum(numbers: Iterable[int | None]) -> int | None:
    """Their sum; None where one of them is not known."""
    every = tuple(numbers)
    known = [number for number in every if number is not None]
    return sum(known) if len(known) == len(every) else None


def _by_event(visits: Sequence[VisitFigures]) -> tuple[EventCount, ...]:
    course = (
        ("Emergency declared", [one.emergencies for one in visits]),
        ("Limit passed", [one.limits_passed for one in visits]),
        ("Infusion paused", [one.pauses for one in visits]),
        ("Waste without a witness", [one.nobody for one in visits]),
        ("Phone order not signed yet", [one.orders_unsigned or 0 for one in visits]),
        ("Phone order refused by the prescriber", [one.orders_refused or 0 for one in visits]),
        ("Dose or order outside what was set", [int(one.deviates) for one in visits]),
    )
    events = [
        EventCount(kind="course", label=label, times=sum(times), visits=sum(map(bool, times)))
        for label, times in course
        if any(times)
    ]
    labels = sorted({label for one in visits for label, _ in one.effects})
    return (*events, *(_effect(visits, label) for label in labels))


def _effect(visits: Sequence[VisitFigures], label: str) -> EventCount:
    worst = [[grade for name, grade in one.effects if name == label] for one in visits]
    every = [grade for of_one in worst for grade in of_one]
    one, two, three, four = (every.count(grade) for grade in GRADES)
    return EventCount(
        kind="effect",
        label=label,
        times=len(every),
        visits=sum(map(bool, worst)),
        grades=(one, two, three, four),
    )


def _by_override(visits: Sequence[VisitFigures]) -> tuple[EventCount, ...]:
    labels = sorted({label for one in visits for label in one.overrides})
    return tuple(
        EventCount(
            kind="override",
            label=label,
            times=sum(one.overrides.count(label) for one in visits),
            visits=sum(label in one.overrides for one in visits),
        )
        for label in labels
    )
