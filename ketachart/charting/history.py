"""What the ledger knows of its visits: the list of them, one of them whole, an address's count."""

import json
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ketachart.domain.facts import (
    EntryStruck,
    KitChecked,
    PastInfusion,
    PastRecorded,
    PatientRecorded,
    VisitOpened,
)
from ketachart.domain.protocol import Protocol
from ketachart.domain.visit import Visit, fold
from ketachart.errors import LedgerError
from ketachart.storage import codec
from ketachart.storage.entry import Shelved
from ketachart.storage.ledger import Ledger

_KITS_READ = 5  # visits looked into for a kit check, the newest first


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRow:
    """One line of the list of visits; no address where an older KetaChart wrote the line.

    ``calls`` are the planned calls that nobody has made yet; ``serious`` is what the supervisor is
    told the same day; ``plan`` the id of the clinic's plan that it was opened from.
    """

    stream: str
    day: date
    number: str
    patient: str
    mrn: str
    birth_date: date | None
    sex: str
    goal: str
    series: str
    status: str
    opened_at: datetime | None
    practice: bool
    address: str | None = None
    plan: str = ""
    calls: tuple[datetime, ...] = ()
    serious: tuple[str, ...] = ()


def rows(ledger: Ledger, *, day: date | None = None, search: str = "") -> tuple[VisitRow, ...]:
    """The visits of a day, or all; the search looks into name, birth date and MRN."""
    shelf = ledger.shelf(day.isoformat() if day else None, folded(search))
    return tuple(_row(shelved) for shelved in shelf)


def visit_of(ledger: Ledger, stream: str) -> Visit:
    """A visit from its entries.

    Raises:
        LedgerError: there is no such visit.
    """
    kept = ledger.stream(stream)
    if not kept:
        raise LedgerError("There is no such visit in this ledger.")
    return fold(codec.entry_of(row) for row in kept)


def last_kit(ledger: Ledger, *, leave_out: str) -> dict[str, date]:
    """The last days of use as they were read at the last visit that had a kit check, by item.

    Only offered to be compared with the label: another vial may lie in the bag today.
    """
    newest = sorted(rows(ledger), key=lambda row: (row.day, row.number), reverse=True)
    kinds = (KitChecked.KIND, EntryStruck.KIND)
    for row in [row for row in newest if row.stream != leave_out][:_KITS_READ]:
        kept = fold(codec.entry_of(one) for one in ledger.stream_of(row.stream, kinds))
        found = {
            line.item: line.expires
            for fact in kept.facts(KitChecked)
            for line in fact.lines
            if line.present and line.expires is not None
        }
        if found:
            return found
    return {}


def past(
    ledger: Ledger,
    patient: PatientRecorded,
    opened: VisitOpened,
    protocol: Protocol,
    infusions: tuple[PastInfusion, ...],
) -> PastRecorded:
    """What a new visit copies: the patient's earlier infusions, and how often one was there."""
    return PastRecorded(
        at=opened.at,
        infusions=infusions,
        visits_here=_visits_here(ledger, patient, opened, protocol),
    )


def _visits_here(
    ledger: Ledger, patient: PatientRecorded, opened: VisitOpened, protocol: Protocol
) -> int | None:
    """Visits at this address within the protocol's days; None where nothing can be counted."""
    window, here = protocol.known("address.window"), same_place(patient.address)
    if window is None or not here:
        return None
    since = opened.at.date() - timedelta(days=int(window.value))
    lately = (r for r in rows(ledger) if r.day > since and r.practice == opened.practice)
    return 1 + sum(same_place(_address(ledger, row)) == here for row in lately)


def _address(ledger: Ledger, row: VisitRow) -> str:
    if row.address is not None:
        return row.address
    known = visit_of(ledger, row.stream).patient
    return known.address if known else ""


def folded(text: str) -> str:
    """Text as it is searched: small letters, no accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def same_place(address: str) -> str:
    """An address by its letters and digits alone: a comma or a capital makes no other home."""
    return " ".join("".join(sign if sign.isalnum() else " " for sign in folded(address)).split())


def _row(shelved: Shelved) -> VisitRow:
    told = json.loads(shelved.summary)
    return VisitRow(
        stream=shelved.stream,
        day=date.fromisoformat(shelved.day),
        number=told["number"],
        patient=told["patient"],
        mrn=told["mrn"],
        birth_date=date.fromisoformat(told["birth_date"]) if told["birth_date"] else None,
        sex=told["sex"],
        goal=told["goal"],
        series=told["series"],
        status=shelved.status,
        opened_at=datetime.fromisoformat(told["opened_at"]) if told["opened_at"] else None,
        practice=told["practice"],
        address=told.get("address"),
        plan=told.get("plan", ""),
        serious=tuple(told.get("serious", ())),
        calls=tuple(datetime.fromisoformat(at) for at in told.get("calls", ())),
    )
