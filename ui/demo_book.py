"""The practice clinic's drug book and the second edition of its protocol."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ketachart.charting import OpenClinic
from ketachart.domain.editing.edit import Edit
from ketachart.domain.editing.tables import TABLES, rows_of
from ketachart.domain.facts import (
    CountLine,
    StockCounted,
    VialMoved,
    VialReceived,
    VialTaken,
)

SPARE = ("55130", "55131", "55132")
NDC = "42023-113-10"
FROM = "R. Stone, pharmacist of the clinic"


def open_book(office: OpenClinic, vials: Sequence[VialTaken]) -> None:
    """Receives every vial that the visits will open and some more, and puts most into the bag.

    Raises:
        Refused, LedgerError: the book could not be begun.
    """
    now = office.time.now()
    numbers = (*dict.fromkeys(vial.seal for vial in vials), *SPARE)
    like = vials[0]
    office.stock.record(
        *(
            VialReceived(
                at=now,
                vial=number,
                strength_mg_per_ml=like.strength_mg_per_ml,
                volume_ml=like.volume_ml,
                lot=like.lot,
                expires=like.expires,
                ndc=NDC,
                from_whom=FROM,
            )
            for number in numbers
        )
    )
    _move(office, numbers[:-2], from_place="safe", to_place="bag")


def begin_day(office: OpenClinic, *, back: str) -> None:
    """A sealed rest handed back, a count that agrees, and a stricter value in the protocol.

    Args:
        office: the clinic.
        back: the number of the sealed bag that is handed back.

    Raises:
        Refused, LedgerError: something could not be written.
    """
    _move(office, (back,), from_place="bag", to_place="clinic")
    found = tuple(
        CountLine(
            strength_mg_per_ml=line.strength,
            lot=line.lot,
            sealed=line.sealed,
            opened_mg=line.opened,
        )
        for line in office.stock.book().expected()
    )
    counted = StockCounted(
        at=office.time.now(), when="start", lines=found, by=office.nurse.name, witness=FROM
    )
    office.stock.record(counted)
    _adopt(office)


def _move(office: OpenClinic, vials: Sequence[str], **places: str) -> None:
    office.stock.record(
        VialMoved(
            at=office.time.now(),
            vials=tuple(vials),
            seals_whole=True,
            by=office.nurse.name,
            witness=FROM,
            **places,  # type: ignore[arg-type]
        )
    )


def _adopt(office: OpenClinic) -> None:
    row = rows_of(office.protocol, TABLES["values"])["weight.change"]
    stricter = replace(row, value=Decimal(8), source="Desert Bloom policy 12")
    office.policy.adopt(
        (Edit(table="values", key="weight.change", row=stricter),),
        reason="Dr A. Okafor, medical director: ask earlier when a patient loses weight",
        title="Desert Bloom",
    )
