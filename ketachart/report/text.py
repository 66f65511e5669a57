"""Reads the finished report back and names every charted value that it does not show.

This is the last look before a signature: the drawing library may lose a letter, a table a row. So
the bytes are opened with another library, and every typed value is looked for: anywhere in the
text, and together with the others of its entry near the entry's time.
"""

import re
from collections.abc import Iterator

from ketachart.domain.facts import (
    EntryStruck,
    Fact,
    FindingExplained,
    ReportSigned,
    VitalsMissed,
    VitalsTaken,
)
from ketachart.domain.found.findings import findings
from ketachart.domain.visit import Entry, Visit
from ketachart.domain.wording import clock
from ketachart.report.charted import Folded, Typed, typed_values
from ketachart.report.sections.kept import shown_in_setting
from ketachart.report.sections.leaving import shown_in_leaving
from ketachart.report.sections.record import Record
from ketachart.report.sections.screening import shown_in_screening
from ketachart.report.sections.series import shown_in_series
from ketachart.report.sections.sources import HEADING

# PDFium reads a hyphen at the end of a line as a place where a word was parted.
PARTED = "\ufffe"
LEAD = 24  # how far behind its time a row's first word may stand: another time, a flag's number
NEAR = 240  # how far behind its time a row's values may stand, beside their own length
COLUMNS = 110  # the same for vital signs that all have a column of their own
BESIDE = ("etco2", "temperature_c", "oxygen_l_min", "oriented", "note")


def extract(content: bytes) -> str:
    """The text of every page, page after page, in the order in which it was written.

    Raises:
        CannotRead: the bytes are no PDF.
    """
    return "\n".join(extract_pages(content))


def extract_pages(content: bytes) -> tuple[str, ...]:
    """The text of each page, in the order in which it was written.

    Raises:
        CannotRead: the bytes are no PDF.
    """
    from ketachart.report.opening import opened

    with opened(content) as document:
        found = []
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            found.append(text.get_text_range().replace(PARTED, "-\n"))
            text.close()
            page.close()
    return tuple(found)


def missing_values(visit: Visit, content: bytes) -> tuple[str, ...]:
    """Every charted value that the report does not show; none for a good report.

    Struck entries count as well: what stood there first must stay readable. White space counts
    for nothing; a number has to stand by itself.

    Raises:
        CannotRead: the bytes are no PDF.
    """
    if not visit.entries:
        return ()
    text = Folded(_charted(extract(content)))
    return tuple(_missing(Record(visit, visit.entries[-1].recorded_at), text))


def _charted(text: str) -> str:
    """All but the list of sources at the end: the digits of a citation show no charted value."""
    return text.rpartition(HEADING)[0] or text


def _missing(record: Record, text: Folded) -> Iterator[str]:
    setting = shown_in_setting(record) | shown_in_series(record)
    elsewhere = setting | shown_in_screening(record) | shown_in_leaving(record)
    times = _Times(text.spaced)
    for entry in record.visit.entries:
        values = _values_of(record, entry)
        title = f"{record.told(entry.fact)[0]} {clock(entry.at)}"
        lacking = [typed for typed in values if not text.holds(typed)]
        yield from (f"{title}: {typed.name} {typed.forms[0]}" for typed in lacking)
        if lacking or entry.id in setting or isinstance(entry.fact, (EntryStruck, ReportSigned)):
            continue
        told = _is_told(record, entry, elsewhere)
        words = _words_beside(record, entry, told=told)
        if not times.together(entry, values, _lead(record, entry, told=told), words=words):
            listed = ", ".join(typed.forms[0] for typed in values)
            yield f"{title}: no row holds {listed or 'it'}"
        elif told and not _is_said(record, entry, text):
            yield f"{title}: {record.told(entry.fact)[1]}"


def _words_beside(record: Record, entry: Entry[Fact], *, told: bool) -> int:
    """How long what a row tells beside the entry's own values is, in letters."""
    if told:
        return len(record.told(entry.fact)[1])
    if isinstance(entry.fact, FindingExplained):  # the point itself stands before the answer
        points = findings(record.visit, record.now)
        answered = (p for p in points if p.code == entry.fact.finding)
        return max((len(p.sentence) + len(p.detail) for p in answered), default=0)
    return 0


def _lead(record: Record, entry: Entry[Fact], *, told: bool) -> str:
    """What stands right behind the time in that entry's row; empty where it may be anything."""
    if entry.id in record.visit.strikes:
        return ""
    if isinstance(entry.fact, VitalsTaken):
        return record.minutes_after(entry.at)
    return record.told(entry.fact)[0] if told else ""


def _values_of(record: Record, entry: Entry[Fact]) -> tuple[Typed, ...]:
    """What must be there of one entry: of a corrected one, what is no longer so."""
    values = typed_values(record.visit, entry.fact)
    strike = record.visit.strikes.get(entry.id)
    newer = record.visit.entry(strike.fact.replaced_by) if strike else None
    if newer is None:
        return values
    still = set(typed_values(record.visit, newer.fact))
    return tuple(typed for typed in values if typed not in still)


def _is_told(record: Record, entry: Entry[Fact], elsewhere: frozenset[str]) -> bool:
    """Whether the entry is shown in its own words, as a row of the events."""
    strike = record.visit.strikes.get(entry.id)
    corrected = strike is not None and bool(strike.fact.replaced_by)
    in_vitals = isinstance(entry.fact, (VitalsTaken, VitalsMissed))
    return not (corrected or in_vitals or entry.id in elsewhere)


def _is_said(record: Record, entry: Entry[Fact], text: Folded) -> bool:
    title, detail = record.told(entry.fact)
    return text.says(detail or title)


class _Times:
    """Where each time of day stands in the text."""

    def __init__(self, spaced: str) -> None:
        self._text = spaced
        self._places: dict[str, list[int]] = {}
        for match in re.finditer(r"\b\d\d:\d\d\b", spaced):
            self._places.setdefault(match[0], []).append(match.start())

    def together(
        self, entry: Entry[Fact], values: tuple[Typed, ...], lead: str, *, words: int
    ) -> bool:
        """Whether all values of an entry stand near its time, in a row that begins as it should.

        ``words`` is the length of what the row tells beside the values, as of each slip that a
        pump check names.
        """
        begins = f" {lead}" if lead else ""
        reach = words + (_reach(entry.fact, values) if lead else NEAR + _length(values))
        rows = (
            self._text[place : place + reach] for place in self._places.get(clock(entry.at), ())
        )
        return any(
            begins in row[: LEAD + len(begins)]
            and all(Folded(row).holds(typed) for typed in values)
            for row in rows
        )


def _length(values: tuple[Typed, ...]) -> int:
    return 2 * sum(max(map(len, typed.forms)) for typed in values)


def _reach(fact: Fact, values: tuple[Typed, ...]) -> int:
    """How far the row of an entry reaches at most."""
    if isinstance(fact, VitalsTaken) and not any(getattr(fact, name) for name in BESIDE):
        return COLUMNS
    return NEAR + _length(values)
