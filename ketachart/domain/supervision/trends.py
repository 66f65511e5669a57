"""What the visits of a time come to, by nurse and month, by event, by waste and by override.

Counts always; a share of fewer than five visits is never shown without them. No patient is named.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ketachart.domain.quantities import Mg
from ketachart.domain.supervision.standing import State
from ketachart.domain.visit import Visit


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
        """Wasted of drawn; None where nothing was drawn."""
        if self.drawn_mg.is_zero:
            return None
        return Fraction(self.wasted_mg.amount) / Fraction(self.drawn_mg.amount)

    @property
    def late_share(self) -> Fraction | None:
        """Late rows of all; None where there are none."""
        return None if self.rows == 0 else Fraction(self.rows_late, self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventCount:
    """One kind of event: how often, in how many visits, and the grades where it has any."""

    kind: str
    label: str
    times: int
    visits: int
    grades: tuple[int, int, int, int] = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFigures:
    """One visit as one line of the exported table; by its number, never by a patient's name."""

    number: str
    stream: str
    day: date
    staff_id: str
    nurse: str
    version: int
    state: str
    given_mg: Mg
    ordered_mg: Mg | None
    drawn_mg: Mg
    wasted_mg: Mg
    unaccounted_mg: Mg
    emergencies: int
    limits_passed: int
    overrides: int
    effects: tuple[str, ...]
    rows: int
    rows_late: int
    corrections: int
    longest_gap_min: int | None
    notices: int
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trends:
    """The figures of a time: from the first day to the last one, both counted."""

    since: date
    until: date
    visits: tuple[VisitFigures, ...] = ()
    by_nurse: tuple[NurseMonth, ...] = ()
    by_event: tuple[EventCount, ...] = ()
    by_override: tuple[EventCount, ...] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """One visit to be counted: from which stream, which version, and how it stands."""

    visit: Visit
    stream: str
    version: int
    state: State


def trends(visits: Iterable[Counted], since: date, until: date) -> Trends:
    """The figures of the visits of those days, both counted."""
    return Trends(since, until)
