"""The entries of a visit, or of the laptop's own book, as a table for a spreadsheet.

Every entry is a row, a struck one too: what a reviewer reads is all that was ever written
(features.md, row 125).
"""

from collections.abc import Iterable
from datetime import datetime

from ketachart.domain import audit
from ketachart.domain.facts import EntryStruck, Fact
from ketachart.domain.spreadsheet import Cell, table
from ketachart.domain.visit import Entry, Visit

_VISIT = (
    "number", "happened at", "written at", "author", "entry", "words", "struck (1 = yes)",
    "struck at", "struck by", "why", "replaced by number", "id",
)  # fmt: skip
_BOOK = ("number", "happened at", "written at", "author", "entry", "words", "id")


def log_csv(visit: Visit) -> str:
    """Every entry of a visit in the order in which it was written, with its mark and header."""
    return table(_VISIT, (_row(visit, entry) for entry in visit.entries))


def book_csv(entries: Iterable[Entry[Fact]]) -> str:
    """Every entry of the laptop's own book in the order in which it was written."""
    nobody = Visit()
    return table(_BOOK, ((*_told(nobody, entry), entry.id) for entry in entries))


def _told(visit: Visit, entry: Entry[Fact]) -> tuple[Cell, ...]:
    title, detail = audit.words(visit, entry.fact)
    return (
        entry.number, _moment(entry.at), _moment(entry.recorded_at), entry.author, title, detail,
    )  # fmt: skip


def _row(visit: Visit, entry: Entry[Fact]) -> tuple[Cell, ...]:
    return (*_told(visit, entry), *_struck(visit, entry), entry.id)


def _struck(visit: Visit, entry: Entry[Fact]) -> tuple[Cell, ...]:
    strike = visit.strikes.get(entry.id)
    if strike is None:
        return 0, None, None, _why(visit, entry.fact), None
    why = visit.protocol.label("strike-reason", strike.fact.reason)
    by = visit.entry(strike.fact.replaced_by) if strike.fact.replaced_by else None
    return 1, _moment(strike.recorded_at), strike.author, why, by.number if by else None


def _why(visit: Visit, fact: Fact) -> str | None:
    """A strike says its own reason, beside the row that it struck."""
    if isinstance(fact, EntryStruck):
        return visit.protocol.label("strike-reason", fact.reason)
    return None


def _moment(when: datetime) -> str:
    """With its offset: a visit may be read in another zone."""
    return when.isoformat(timespec="seconds")
