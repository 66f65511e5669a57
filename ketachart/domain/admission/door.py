"""Whether a new fact may enter the record: silence, or a refusal with its reason.

This guards new entries only; the fold never refuses an old one. What is refused is the impossible,
the contradictory and the intention that something stands against. What happened can always be
charted: where a rule stands in its way, the fact has a field for the reason.
"""

import dataclasses
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from ketachart.domain.admission.after import AFTER_RULES
from ketachart.domain.admission.arrival import ARRIVAL_RULES
from ketachart.domain.admission.care import CARE_RULES
from ketachart.domain.admission.closing import CLOSING_RULES
from ketachart.domain.admission.drug import DRUG_RULES
from ketachart.domain.admission.order import ORDER_RULES
from ketachart.domain.admission.paper import PAPER_RULES
from ketachart.domain.admission.past import PAST_RULES
from ketachart.domain.admission.post import POST_RULES
from ketachart.domain.admission.pump import PUMP_RULES
from ketachart.domain.admission.safekeeping import SAFEKEEPING_RULES
from ketachart.domain.admission.stock import STOCK_RULES
from ketachart.domain.course import opened_at
from ketachart.domain.drug_sequence import in_sequence
from ketachart.domain.facts import (
    AddendumWritten,
    EntryStruck,
    Fact,
    OrderRecorded,
    ReportSigned,
    Unknown,
    VisitSigned,
)
from ketachart.domain.facts.setting import (
    ClinicRecorded,
    NurseRecorded,
    ProtocolAdopted,
    VisitOpened,
)
from ketachart.domain.letters import Letters
from ketachart.domain.shape import hints_of
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, day_and_clock
from ketachart.errors import Refused

# A nurse types minutes; the minute that has just begun is not the future.
TOLERANCE = timedelta(minutes=1)
OLDEST = timedelta(hours=24)
KEPT: tuple[type[Fact], ...] = (
    ClinicRecorded, NurseRecorded, ProtocolAdopted, VisitOpened, VisitSigned, ReportSigned,
)  # fmt: skip

Rule = Callable[[Visit, Any, datetime], None]
RULES: dict[type[Fact], Rule] = {
    **ARRIVAL_RULES,
    **DRUG_RULES,
    **PUMP_RULES,
    **CARE_RULES,
    **ORDER_RULES,
    **CLOSING_RULES,
    **STOCK_RULES,
    **PAPER_RULES,
    **PAST_RULES,
    **POST_RULES,
    **AFTER_RULES,
    **SAFEKEEPING_RULES,
}


def admit(visit: Visit, fact: Fact, *, now: datetime, letters: Letters | None = None) -> None:
    """Lets a new fact into the record, or says why not.

    Args:
        visit: the record so far.
        fact: what is to be charted.
        now: the time of writing.
        letters: what the report can print; None where nothing is printed.

    Raises:
        Refused: with one sentence that says what to do.
    """
    _open(visit, fact)
    _in_time(visit, fact, now)
    _complete(fact)
    if letters is not None:
        _printable(fact, letters)
    in_sequence(visit, fact, now)
    rule = RULES.get(type(fact))
    if rule is not None:
        rule(visit, fact, now)


def admit_strike(visit: Visit, strike: EntryStruck, *, replaced: bool) -> None:
    """Lets an entry be struck, or says why not.

    Args:
        visit: the record so far.
        strike: which entry, and why.
        replaced: whether another fact stands in its place in the same act.

    Raises:
        Refused: there is no such entry, it is struck already, or it holds the visit up.
    """
    _open(visit, strike)
    if not strike.reason.strip():
        raise Refused("Say why the entry is struck.", rule="reason missing", field="reason")
    entry = visit.entry(strike.entry)
    if entry is None:
        raise Refused(
            "There is no such entry in this visit. Choose one from the entries.",
            rule="no such entry",
            field="entry",
        )
    if entry.id in visit.strikes:
        raise Refused(
            "That entry is struck already. Choose another one.",
            rule="already struck",
            field="entry",
        )
    if isinstance(entry.fact, EntryStruck):
        raise Refused("A strike stays. Chart the fact again.", rule="strike of a strike")
    if isinstance(entry.fact, KEPT) and not replaced:
        raise Refused(
            "The visit stands on this entry. Correct it instead of striking it.",
            rule="visit stands on it",
        )
    if isinstance(entry.fact, OrderRecorded) and len(visit.of(OrderRecorded)) == 1 and not replaced:
        raise Refused(
            "The visit stands on its only order. Correct it instead of striking it.",
            rule="visit stands on it",
        )
    if isinstance(entry.fact, (VisitSigned, ReportSigned)):
        raise Refused(
            "A signature is not struck. Write what is wrong as a note.", rule="visit is signed"
        )


def _open(visit: Visit, fact: Fact) -> None:
    if visit.signed is not None and not isinstance(fact, (ReportSigned, AddendumWritten)):
        raise Refused(
            "This visit is signed and locked. Write what is missing as an addendum.",
            rule="visit is signed",
        )
    if visit.signed is None and isinstance(fact, AddendumWritten):
        raise Refused(
            "Chart it: the visit is not signed yet. An addendum is for a signed visit.",
            rule="visit is not signed",
        )
    if visit.unknown:
        number = visit.unknown[0].number
        raise Refused(
            f"Entry {number} was written by a newer KetaChart. Update before you chart on; "
            "everything in it is safe.",
            rule="written by a newer KetaChart",
        )


def _in_time(visit: Visit, fact: Fact, now: datetime) -> None:
    if fact.at > now + TOLERANCE:
        when = day_and_clock(fact.at, beside=now.date())
        raise Refused(
            f"{when} has not happened yet: it is {clock(now)}. Enter the time it happened.",
            rule="in the future",
            field="at",
        )
    opening = opened_at(visit)
    if opening is not None and fact.at < opening - OLDEST:
        raise Refused(
            f"{day_and_clock(fact.at)} is more than a day before this visit was opened. "
            "Check the date.",
            rule="long before the visit",
            field="at",
        )


def _complete(fact: Fact) -> None:
    """A text that a fact must have is not blank."""
    for field in dataclasses.fields(fact):
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            value = getattr(fact, field.name)
            if isinstance(value, str) and not value.strip():
                name = field.name.replace("_", " ")
                raise Refused(f"Fill in {name}.", rule=f"{field.name} missing", field=field.name)


def _printable(fact: Fact, letters: Letters) -> None:
    for name, text in _texts(fact):
        letter = letters.missing_from(text)
        if letter:
            raise Refused(
                f"“{letter}” cannot be printed in the report. Write {name.replace('_', ' ')} in "
                "Latin letters; the other spelling can stand in the clinic's own papers.",
                rule="cannot be printed",
                field=name,
            )


def _texts(value: object, name: str = "") -> Iterable[tuple[str, str]]:
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item, name)
    elif dataclasses.is_dataclass(value) and not isinstance(
        value, (type, Unknown, ProtocolAdopted)
    ):
        for field in hints_of(type(value)):
            yield from _texts(getattr(value, field), field)
