"""What the ledger knows of its visits: the list of them, one of them whole, an address's count."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ketachart.charting.left import left_words
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
from ketachart.storage.plain import plainly as folded

_AT_ONCE = 50  # lines of the list, where every visit is looked through
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


def rows(
    ledger: Ledger, *, day: date | None = None, search: str = "", limit: int | None = None
) -> tuple[VisitRow, ...]:
    """The visits of a day, or all; the search looks into name, birth date and MRN.

    With a ``limit`` no more than so many, the newest first.
    """
    return _rows(ledger.shelf(day.isoformat() if day else None, search, limit=limit))


def rows_of(
    ledger: Ledger, mrn: str, *, since: date = date.min, limit: int | None = None
) -> tuple[VisitRow, ...]:
    """One patient's visits from that day on, the newest first; none for an empty number."""
    if not mrn:
        return ()
    return _rows(ledger.shelf_of_mrn(mrn, since=since.isoformat(), limit=limit))


def rows_at_hand(ledger: Ledger, today: date) -> tuple[VisitRow, ...]:
    """What a day has to do with: its own visits, the unsigned ones, those with a call to make."""
    every = (
        *ledger.shelf(today.isoformat()),
        *ledger.shelf_open(),
        *ledger.shelf_called(),
    )
    return _rows({shelved.stream: shelved for shelved in every}.values())


def signed_rows(ledger: Ledger) -> Iterator[VisitRow]:
    """Every signed visit, the oldest first, read a few at a time."""
    day = stream = ""
    while some := ledger.shelf_signed_after(day, stream, limit=_AT_ONCE):
        yield from _rows(some)
        day, stream = some[-1].day, some[-1].stream


def row_of(ledger: Ledger, stream: str) -> VisitRow | None:
    """The line of one visit; None where the list has none."""
    line = ledger.shelf_line(stream)
    return None if line is None else _row(line)


def rows_of_plan(ledger: Ledger, plan: str) -> tuple[VisitRow, ...]:
    """The visits that were opened from a plan of the clinic."""
    return _rows(ledger.shelf_of_plan(plan))


def _rows(shelf: Iterable[Shelved]) -> tuple[VisitRow, ...]:
    return tuple(_row(shelved) for shelved in shelf)


def visit_of(ledger: Ledger, stream: str) -> Visit:
    """A visit from its entries.

    Raises:
        LedgerError: there is no such visit, or it left this laptop; the sentence says when.
    """
    kept = ledger.stream(stream)
    if not kept:
        raise LedgerError(
            "There is no such visit in this ledger. Choose it from the list of visits."
        )
    if any(row.gone for row in kept):
        raise LedgerError(left_words(ledger, stream))
    return fold(codec.entry_of(row) for row in kept)


def last_kit(ledger: Ledger, *, leave_out: str) -> dict[str, date]:
    """The last days of use as they were read at the last visit that had a kit check, by item.

    Only offered to be compared with the label: another vial may lie in the bag today.
    """
    newest = rows(ledger, limit=_KITS_READ + 1)
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
    lately = _rows(ledger.shelf_at(here, since.isoformat()))
    near = (row for row in lately if row.practice == opened.practice)
    return 1 + sum(same_place(_address(ledger, row)) == here for row in near)


def _address(ledger: Ledger, row: VisitRow) -> str:
    if row.address is not None:
        return row.address
    known = visit_of(ledger, row.stream).patient
    return known.address if known else ""


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
