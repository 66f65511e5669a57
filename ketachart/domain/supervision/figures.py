"""One visit in figures, as the trends count it and the exported table lists it."""

from dataclasses import dataclass
from datetime import date

from ketachart.domain.addenda import as_signed
from ketachart.domain.alerts import alert_history
from ketachart.domain.counts import balance
from ketachart.domain.course import started_at
from ketachart.domain.dose.dosing_weight import planned_dose
from ketachart.domain.dose_checks import dose_checks
from ketachart.domain.effects import effects
from ketachart.domain.facts import (
    DrugWasted,
    EmergencyDeclared,
    InfusionPaused,
    OverrideAuthorised,
)
from ketachart.domain.infusion import last_moment
from ketachart.domain.post.acknowledgement import acknowledgements
from ketachart.domain.quantities import Mg
from ketachart.domain.summary import honesty
from ketachart.domain.supervision.flat import notices
from ketachart.domain.supervision.standing import State
from ketachart.domain.visit import Visit


@dataclass(frozen=True, slots=True)
class Counted:
    """One visit to be counted: from which stream, which version, and how it stands.

    ``post`` is what stands beside it: which phone orders were signed since; None where no ledger
    knows it.
    """

    visit: Visit
    stream: str
    version: int
    state: State
    post: Visit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFigures:
    """One visit as one line; by its number, never by a patient's name.

    ``given_over`` says that more was given than was ordered, beyond what the protocol allows;
    ``outside`` names the values of the order that were outside the protocol at the start.
    """

    number: str
    stream: str
    day: date
    staff_id: str
    nurse: str
    version: int
    state: State
    given_mg: Mg
    ordered_mg: Mg | None
    given_over: bool
    outside: tuple[str, ...]
    drawn_mg: Mg
    wasted_mg: Mg
    unseen_mg: Mg
    unaccounted_mg: Mg
    in_person: int
    by_phone: int
    nobody: int
    emergencies: int
    limits_passed: int
    pauses: int
    overrides: tuple[str, ...]
    orders_unsigned: int | None
    orders_refused: int | None
    effects: tuple[tuple[str, int], ...]
    rows: int
    rows_late: int
    corrections: int
    gap_min: int | None
    notices: tuple[str, ...]

    @property
    def deviates(self) -> bool:
        """Whether order or dose were outside what the protocol or the order says."""
        return self.given_over or bool(self.outside)

    @property
    def month(self) -> str:
        """Its month: 2026-11."""
        return f"{self.day:%Y-%m}"


def figures_of(counted: Counted) -> VisitFigures | None:
    """The visit in figures; None where it was never opened."""
    visit = as_signed(counted.visit)
    opened, nurse = visit.opened, visit.nurse
    if opened is None or nurse is None:
        return None
    end, sums, kept = last_moment(visit), balance(visit), honesty(visit)
    start, ordered = started_at(visit), planned_dose(visit)
    wastes = visit.facts(DrugWasted)
    modes = [fact.witness_mode for fact in wastes]
    unseen = (fact.amount_mg for fact in wastes if fact.witness_mode == "none")
    over = ordered is not None and sums.given > ordered + visit.protocol.balance_tolerance
    checks = dose_checks(visit, start) if start is not None else ()
    unsigned, refused = _to_sign(visit, counted.post)
    return VisitFigures(
        number=opened.visit,
        stream=counted.stream,
        day=opened.at.date(),
        staff_id=nurse.staff_id,
        nurse=nurse.name,
        version=counted.version,
        state=counted.state,
        given_mg=sums.given,
        ordered_mg=ordered,
        given_over=over,
        outside=tuple(row.label for row in checks if row.standing != "inside"),
        drawn_mg=sums.drawn,
        wasted_mg=sums.wasted,
        unseen_mg=sum(unseen, Mg.zero()),
        unaccounted_mg=sums.unaccounted,
        in_person=modes.count("in-person"),
        by_phone=modes.count("by-phone"),
        nobody=modes.count("none"),
        emergencies=len(visit.of(EmergencyDeclared)),
        limits_passed=sum(one.level != "attention" for one in alert_history(visit, end)),
        pauses=len(visit.of(InfusionPaused)),
        overrides=tuple(_about(visit, fact) for fact in visit.facts(OverrideAuthorised)),
        orders_unsigned=unsigned,
        orders_refused=refused,
        effects=tuple((effect.label, effect.worst) for effect in effects(visit)),
        rows=kept.rows,
        rows_late=kept.late_entries,
        corrections=kept.corrections + kept.voids,
        gap_min=None if kept.gap is None else int(kept.gap.total_seconds() // 60),
        notices=tuple(notice.short for notice in notices(visit)),
    )


def _to_sign(visit: Visit, post: Visit | None) -> tuple[int | None, int | None]:
    if post is None:
        return None, None
    states = [one.state for one in acknowledgements(visit, post)]
    return states.count("open"), states.count("refused")


def _about(visit: Visit, fact: OverrideAuthorised) -> str:
    item = visit.protocol.item(fact.about)
    return item.question if item is not None else fact.about
