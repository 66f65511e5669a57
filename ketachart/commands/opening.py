"""Begins a scripted visit: the first lines tell clinic, nurse, patient and order."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from ketachart import charting, house
from ketachart.charting import NewClinic, NewVisit, OpenClinic, OpenVisit
from ketachart.clock import SetClock, zone_named
from ketachart.commands.script import ScriptLine
from ketachart.domain.facts import (
    ClinicRecorded,
    Fact,
    NurseRecorded,
    OrderRecorded,
    PatientRecorded,
    ProtocolAdopted,
    VisitOpened,
)
from ketachart.errors import Refused, ScriptError

# The ledger of a replay is made up and protects nothing; its passphrase is no secret.
PASSPHRASE = "a replay of a made-up visit"  # noqa: S105
HEADER: dict[str, type[Fact]] = {
    "clinic-recorded": ClinicRecorded,
    "nurse-recorded": NurseRecorded,
    "patient-recorded": PatientRecorded,
    "order-recorded": OrderRecorded,
}
OPENING = ("protocol-adopted", "visit-opened")


def opened_at(header: dict[str, ScriptLine]) -> datetime:
    """When the visit is opened: the latest time of the first lines, since all of them are there."""
    told = [line.recorded_at or line.at for line in header.values()]
    return max(moment for moment in told if moment is not None)


def first_lines(
    lines: Sequence[ScriptLine],
) -> tuple[dict[str, ScriptLine], tuple[ScriptLine, ...]]:
    """The first line of each setting, in whatever order they come, and all lines after them.

    Raises:
        ScriptError: one of the four is missing, or cannot be read.
    """
    header: dict[str, ScriptLine] = {}
    rest = list(lines)
    while rest and (rest[0].kind in HEADER or rest[0].kind in OPENING):
        line = rest[0]
        if line.fault:
            raise ScriptError(f"Line {line.number}: {line.fault}")
        if line.kind in header:
            break
        header[line.kind] = rest.pop(0)
    lacking = [kind for kind in HEADER if kind not in header]
    if lacking:
        where = f" (line {rest[0].number}: {rest[0].fault or rest[0].kind})" if rest else ""
        raise ScriptError(
            f"A script begins with {', '.join(HEADER)}; missing here: {', '.join(lacking)}{where}."
        )
    return header, tuple(rest)


def check(header: dict[str, ScriptLine], clock: SetClock) -> None:
    """Asks for each of the first lines whether it could be charted, while there is no ledger yet.

    Raises:
        ScriptError: with the number of the line that could not.
    """
    beside = _beside(header)
    for line in header.values():
        zone = getattr(line.fact, "zone", "")
        if zone and zone_named(zone) is None:
            raise ScriptError(
                f"Line {line.number}: “{zone}” is not a time zone. Write it as America/Phoenix."
            )
        try:
            if line.kind in HEADER and line.fact is not None:
                charting.check_fact(line.fact, clock, beside=beside)
        except Refused as refusal:
            raise ScriptError(f"Line {line.number}: {refusal}") from refusal


def _beside(header: dict[str, ScriptLine]) -> tuple[Fact, ...]:
    """What an order is read against: the script's protocol, or the shipped one, and the patient."""
    clinic, told = header["clinic-recorded"].fact, header.get("protocol-adopted")
    adopted = told.fact if told else None
    if adopted is None and clinic is not None:
        adopted = ProtocolAdopted(at=clinic.at, protocol=house.shipped_protocol())
    patient = header["patient-recorded"].fact
    return tuple(fact for fact in (adopted, patient) if fact is not None)


def found(header: dict[str, ScriptLine], ledger: Path, clock: SetClock) -> OpenClinic:
    """A fresh ledger of the script's clinic and nurse.

    Raises:
        ScriptError: clinic or nurse cannot be used.
        LedgerError: the folder holds a ledger already, or cannot be written.
    """
    clinic, nurse = header["clinic-recorded"].fact, header["nurse-recorded"].fact
    if not isinstance(clinic, ClinicRecorded) or not isinstance(nurse, NurseRecorded):
        raise ScriptError("The first lines tell clinic and nurse. Put them there.")
    try:
        return charting.create(
            ledger,
            NewClinic(clinic=clinic, nurse=nurse, passphrase=PASSPHRASE, practice=True),
            clock,
        )
    except Refused as refusal:
        raise ScriptError(f"Clinic or nurse cannot be used: {refusal}") from refusal


def new_visit(office: OpenClinic, header: dict[str, ScriptLine]) -> OpenVisit:
    """The script's visit, opened.

    Raises:
        ScriptError: patient or order cannot be used.
    """
    patient, order = header["patient-recorded"].fact, header["order-recorded"].fact
    if not isinstance(patient, PatientRecorded) or not isinstance(order, OrderRecorded):
        raise ScriptError("The first lines tell patient and order. Put them there.")
    told = header.get("visit-opened")
    opened = told.fact if told and isinstance(told.fact, VisitOpened) else None
    adopted = header.get("protocol-adopted")
    protocol = (
        adopted.fact.protocol if adopted and isinstance(adopted.fact, ProtocolAdopted) else None
    )
    try:
        return office.new_visit(
            NewVisit(
                patient=patient,
                order=order,
                zone=opened.zone if opened else "",
                number=opened.visit if opened else "",
                practice=True if opened is None else opened.practice,
                protocol=protocol,
            )
        )
    except Refused as refusal:
        raise ScriptError(f"Patient or order cannot be used: {refusal}") from refusal
