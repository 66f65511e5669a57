"""Tomorrow's visits: what the clinic asks for, and which of it was opened already."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from ketachart.charting.history import rows
from ketachart.charting.post_book import Note, PostBook
from ketachart.charting.post_items import mark
from ketachart.charting.post_shapes import CLINIC
from ketachart.domain.facts.post import VisitPlanned
from ketachart.domain.post.planned import Planned, planned
from ketachart.errors import Refused


def ask_for(book: PostBook, plan: VisitPlanned) -> None:
    """Asks for a visit; it goes out with the next package for that nurse.

    Raises:
        Refused: the person is no supervisor, or patient or order cannot be kept.
        LedgerError: it was not saved.
    """
    office = book.office
    if office.staff_id not in book.supervisors():
        raise Refused(
            "Only a supervisor plans visits. Ask your clinic's supervisor to do it.",
            rule="not a supervisor",
        )
    made = replace(
        plan,
        at=office.time.now(),
        item=plan.item or office.time.new_id(),
        by=plan.by or f"{office.nurse.name}, {office.nurse.credential}",
    )
    book.keep([Note(stream=CLINIC, mark=mark("plan", made.item), fact=made)])


def plans(book: PostBook, day: date | None) -> tuple[Planned, ...]:
    """The visits that the clinic asks for, of a day or all; those opened already say so."""
    return planned(book.office.own_stream, _opened(book), day=day)


def _opened(book: PostBook) -> Mapping[str, str]:
    """Which plan was opened as which visit: the one that names it.

    A visit that names no plan, as one of an older version, counts by its patient and day.
    """
    asked = book.office.own_stream.facts(VisitPlanned)
    if not asked:
        return {}
    exact: dict[str, str] = {}
    guessed: dict[tuple[str, date], str] = {}
    for row in rows(book.ledger):
        if row.plan:
            exact[row.plan] = row.stream
        else:
            guessed[row.mrn, row.day] = row.stream
    found = ((plan, guessed.get((plan.patient.mrn, plan.day), "")) for plan in asked)
    return {plan.item: exact.get(plan.item, stream) for plan, stream in found}
