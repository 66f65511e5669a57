"""A visit that is still to come, as the sheet sent before it needs it; nothing of it is kept."""

from dataclasses import replace

from ketachart.charting.office import OpenClinic
from ketachart.domain.facts import (
    Fact,
    OrderRecorded,
    PatientRecorded,
    ProtocolAdopted,
    VisitOpened,
)
from ketachart.domain.trial import trial
from ketachart.domain.visit import Visit


def visit_to_come(
    office: OpenClinic, patient: PatientRecorded, order: OrderRecorded | None = None
) -> Visit:
    """The patient with today's clinic, nurse and protocol; it has no number yet.

    Args:
        office: the unlocked ledger.
        patient: who is to be visited.
        order: as the clinic planned it; none while it is not on this laptop.

    Raises:
        LedgerError: clinic or nurse are not on file.
    """
    now, visit = office.time.now(), Visit()
    opened = VisitOpened(
        at=now, visit="", zone=office.clinic.zone, program="", practice=office.practice
    )
    facts: tuple[Fact, ...] = (
        replace(office.clinic, at=now),
        replace(office.nurse, at=now),
        ProtocolAdopted(at=now, protocol=office.protocol),
        replace(patient, at=now),
        opened,
    )
    planned = () if order is None else (replace(order, at=now),)
    for place, fact in enumerate((*facts, *planned)):
        visit = trial(visit, fact, now, entry_id=f"to-come-{place}")
    return visit
