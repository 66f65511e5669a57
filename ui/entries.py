"""An entry in a line, by whom it was written, and which one was the last."""

from ketachart.domain.admission.door import KEPT
from ketachart.domain.audit import is_setting, words
from ketachart.domain.facts import EntryStruck, Fact
from ketachart.domain.facts.keeping import BY_THE_LAPTOP
from ketachart.domain.visit import Entry, Visit
from ketachart.domain.wording import clock, initials


def last_own(visit: Visit, author: str) -> Entry[Fact] | None:
    """The entry that person wrote last and that can be struck; None where there is none."""
    mine = (
        entry
        for entry in reversed(visit.entries)
        if entry.author == author
        and entry.id not in visit.strikes
        and not is_setting(visit, entry)
        and not isinstance(entry.fact, (*KEPT, *BY_THE_LAPTOP, EntryStruck))
    )
    return next(mine, None)


def told(visit: Visit, entry: Entry[Fact]) -> str:
    """An entry in one line: when, what, its values."""
    title, detail = words(visit, entry.fact)
    return f"{clock(entry.at)} {title}: {detail}" if detail else f"{clock(entry.at)} {title}"


def by_whom(visit: Visit, entry: Entry[Fact]) -> str:
    """The initials of who charted an entry."""
    nurse = visit.nurse
    known = nurse is not None and nurse.staff_id == entry.author
    return initials(nurse.name) if nurse is not None and known else entry.author.upper()
