"""The columns of the vitals table: which signs it shows, and one value with where it comes from."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from ketachart.domain.facts import VitalsTaken
from ketachart.domain.facts.care import Source
from ketachart.domain.limits import sign_text, values_of
from ketachart.domain.policy import SignCode
from ketachart.domain.visit import Entry
from ketachart.report.sections.pieces import Cell, Run, plain, strong, struck
from ketachart.report.sections.record import Record

# A value that comes from elsewhere than its set carries one of these.
SOURCE_MARKS: dict[Source, tuple[str, str]] = {
    "typed": ("n", "read by the nurse"),
    "device": ("d", "from a device"),
    "stated": ("t", "told by the patient"),
    "estimated": ("e", "estimated"),
}


@dataclass(frozen=True, slots=True)
class SignColumn:
    """One column, its width in points, and the signs it holds; the two pressures share one."""

    head: str
    width: float
    signs: tuple[SignCode, ...]


SignColumns = tuple[SignColumn, ...]
SIGNS: SignColumns = (
    SignColumn("BP mmHg", 44, ("systolic", "diastolic")),
    SignColumn("pulse", 33, ("heart_rate",)),
    SignColumn("SpO₂", 28, ("spo2",)),
    SignColumn("breaths", 33, ("respiratory_rate",)),
    SignColumn("RASS", 26, ("rass",)),
    SignColumn("MOAA/S", 34, ("moaas",)),
    SignColumn("pain", 22, ("pain",)),
    SignColumn("dissoc.", 30, ("dissociation",)),
    SignColumn("nausea", 31, ("nausea",)),
)
ONLY_IF_USED: tuple[SignCode, ...] = ("moaas",)


def _every_set(record: Record) -> Iterable[VitalsTaken]:
    """Every set that was ever charted, struck ones too."""
    return (e.fact for e in record.visit.entries if isinstance(e.fact, VitalsTaken))


def sign_columns(record: Record) -> SignColumns:
    """The columns that the table has; alertness only where it was measured."""
    used = {code for fact in _every_set(record) for code in values_of(fact)}
    return tuple(
        one
        for one in SIGNS
        if not set(one.signs) <= set(ONLY_IF_USED) or not used.isdisjoint(one.signs)
    )


def source_legend(record: Record) -> str:
    """What the small letters behind the values mean; empty where there are none."""
    used = {one.source for fact in _every_set(record) for one in fact.by_sign}
    said = [f"{letter} {words}" for code, (letter, words) in SOURCE_MARKS.items() if code in used]
    return f" Small letter: {', '.join(said)}." if said else ""


def source_mark(fact: VitalsTaken, signs: Iterable[SignCode]) -> str:
    """The small letter of a value that does not come from where its set does."""
    found = {one.sign: one.source for one in fact.by_sign}
    here = dict.fromkeys(SOURCE_MARKS[found[code]][0] for code in signs if code in found)
    return "".join(here)


def sign_value(record: Record, fact: VitalsTaken, signs: tuple[SignCode, ...]) -> str:
    """The value of one column: both pressures, or one sign; empty where it was not measured."""
    values = values_of(fact)
    if not any(code in values for code in signs):
        return ""
    protocol = record.visit.protocol
    return "/".join(
        sign_text(protocol.sign(code), values[code]) if code in values else "—" for code in signs
    )


def sign_cell(
    record: Record,
    entry: Entry[VitalsTaken],
    signs: tuple[SignCode, ...],
    extremes: Iterable[SignCode],
) -> Cell:
    """One value: heavy where it is furthest, what stood before it drawn through, its marks."""
    now = sign_value(record, entry.fact, signs)
    then: list[Run] = []
    mark = ""
    for older, newer in pairwise((*record.before(entry), entry)):
        if not isinstance(older.fact, VitalsTaken) or not isinstance(newer.fact, VitalsTaken):
            continue
        old = sign_value(record, older.fact, signs)
        if old != sign_value(record, newer.fact, signs):
            then += struck(old or "not measured")
            mark = record.mark(newer)
    heavy = bool(then) or any(code in extremes for code in signs)
    cell = (*then, *(strong(now) if heavy else plain(now)))
    marks = filter(None, (source_mark(entry.fact, signs) if now else "", mark))
    return (*cell, *(Run(one, "mark") for one in marks))
