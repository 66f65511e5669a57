"""The visit's own clock: set out, arrived, left; and the six elements of a visit's verification."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from ketachart.domain.course import ended_at, released_at
from ketachart.domain.facts import VisitTimed
from ketachart.domain.visit import Visit

SERVICE = "Ketamine infusion at home"


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitTimes:
    """The three moments, each where it was charted."""

    set_out: datetime | None
    arrived: datetime | None
    left: datetime | None

    @property
    def travel(self) -> timedelta | None:
        """How long the way took."""
        return _between(self.set_out, self.arrived)

    @property
    def on_site(self) -> timedelta | None:
        """How long the nurse was in the home."""
        return _between(self.arrived, self.left)


def _between(first: datetime | None, second: datetime | None) -> timedelta | None:
    return None if first is None or second is None else second - first


def visit_times(visit: Visit) -> VisitTimes:
    """The last of each moment."""
    last = {entry.fact.what: entry.at for entry in visit.of(VisitTimed)}
    return VisitTimes(
        set_out=last.get("set-out"), arrived=last.get("arrived"), left=last.get("left")
    )


def left_too_early(visit: Visit) -> bool:
    """Whether the nurse left before the patient was released."""
    left, released = visit_times(visit).left, released_at(visit)
    return left is not None and released is not None and left < released


def left_is_missing(visit: Visit) -> bool:
    """Whether the visit came to its end and nobody charted when the nurse left."""
    over = released_at(visit) or ended_at(visit)
    return over is not None and visit_times(visit).left is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """The six elements: service, who received it, date, place, who gave it, begin and end."""

    service: str
    patient: str | None
    date: str | None
    place: str | None
    nurse: str | None
    begin: datetime | None
    end: datetime | None


def verification(visit: Visit) -> Verification:
    """The six elements as they stand; the place is optional and only what the chart holds."""
    times, patient, nurse = visit_times(visit), visit.patient, visit.nurse
    begin = times.arrived
    return Verification(
        service=SERVICE,
        patient=f"{patient.full_name}, MRN {patient.mrn}" if patient is not None else None,
        date=begin.date().isoformat() if begin is not None else None,
        place=(patient.address or None) if patient is not None else None,
        nurse=f"{nurse.name}, {nurse.credential}" if nurse is not None else None,
        begin=begin,
        end=times.left,
    )
