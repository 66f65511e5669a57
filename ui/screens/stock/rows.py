"""Everything written about the drug as rows: newest first, struck ones drawn through with why."""

from collections.abc import Iterable
from datetime import date

from ketachart.domain.audit import words
from ketachart.domain.facts import EntryStruck, Fact, NurseRecorded
from ketachart.domain.visit import Entry, Visit
from ketachart.domain.wording import day_and_clock, initials, plus_minutes
from ui.widgets.entry_table import EntryRow
from ui.widgets.spans import Span, Spans

_LATE_MINUTES = 5  # from here on it is worth saying how much later it was written


def rows_of(entries: Iterable[Entry[Fact]], register: Visit, today: date) -> tuple[EntryRow, ...]:
    """One row for each entry; a strike stands in the row that it struck."""
    told = [entry for entry in entries if not isinstance(entry.fact, EntryStruck)]
    newest = sorted(told, key=lambda entry: (entry.at, entry.number), reverse=True)
    return tuple(_row(entry, register, today) for entry in newest)


def _row(entry: Entry[Fact], register: Visit, today: date) -> EntryRow:
    title, detail = words(register, entry.fact)
    strike = register.strikes.get(entry.id)
    told: str | Spans = detail
    if strike is not None:
        when = day_and_clock(strike.recorded_at, beside=today)
        who = _who(register, strike.author)
        why = f"\nstruck {when} by {who}: {strike.fact.reason}"
        told = (Span(detail, struck=True, tone="faint"), Span(why, tone="muted"))
    late = entry.lag.total_seconds() >= _LATE_MINUTES * 60
    return EntryRow(
        entry_id=entry.id,
        time=day_and_clock(entry.at, beside=today),
        entry=title,
        detail=told,
        charted=plus_minutes(entry.lag) if late else "",
        by=_who(register, entry.author),
        struck=strike is not None,
    )


def _who(register: Visit, author: str) -> str:
    """The initials of who wrote it; the staff id where nobody of that id is on file."""
    known = {fact.staff_id: fact.name for fact in register.facts(NurseRecorded)}
    return initials(known[author]) if author in known else author.upper()
