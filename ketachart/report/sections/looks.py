"""What a reviewer has to look at, worst first, and the furthest readings with their limits."""

from collections.abc import Iterable

from ketachart.domain.earlier.address import often_here
from ketachart.domain.facts import (
    DrugWasted,
    EmergencyDeclared,
    Fact,
    FindingExplained,
    InfusionNotStarted,
    InfusionStarted,
    MedicineGiven,
    OrderRecorded,
    OverrideAuthorised,
    PastRecorded,
    PatientReleased,
    VitalsTaken,
)
from ketachart.domain.infusion import last_moment
from ketachart.domain.limits import bound_words, limits_in_force
from ketachart.domain.paper import paper_periods, why_words
from ketachart.domain.policy import Limit, SignCode
from ketachart.domain.summary import Extreme, LookAt, extremes, look_at, pain_change
from ketachart.domain.visit import Entry
from ketachart.domain.wording import DASH, clock, count
from ketachart.report.charted import number_form
from ketachart.report.sections.corrections import difference, strikes
from ketachart.report.sections.pieces import (
    Column,
    ExtremeRow,
    LookLine,
    Row,
    Table,
    plain,
    strong,
)
from ketachart.report.sections.record import Record

# Where the rest of the story stands, by the kind of line.
SECTIONS = {
    "Limit": "vitals",
    "Correction": "corrections",
    "Order changed": "order",
    "Explained": "findings",
    "Waste": "ledger",
    "Balance": "ledger",
    "Signed incomplete": "findings",
    "Address": "series",
    "On paper": "paper",
}
FIRST = {"Emergency": 0, "Not started": 1}
KINDS: dict[str, tuple[type[Fact], ...]] = {
    "Limit": (VitalsTaken,),
    "Emergency": (EmergencyDeclared,),
    "Order changed": (OrderRecorded,),
    "Started despite": (InfusionStarted,),
    "Given despite": (MedicineGiven,),
    "Override": (OverrideAuthorised,),
    "Waste": (DrugWasted,),
    "Against advice": (PatientReleased,),
    "To EMS": (PatientReleased,),
    "Release with a reason": (PatientReleased,),
    "Explained": (FindingExplained,),
}


def look_lines(record: Record) -> tuple[LookLine, ...]:
    """Every line: those that need the reviewer's decision first, emergencies before all."""
    found = [
        *_incomplete(record),
        *_not_started(record),
        *_often_here(record),
        *_on_paper(record),
        *look_at(record.visit),
    ]
    found.sort(key=lambda line: (not line.decision, FIRST.get(line.kind, len(FIRST)), line.at))
    late = [line for line in found if line.kind == "Late entry"]
    if len(late) > 1:
        place = found.index(late[0])
        found = [line for line in found if line.kind != "Late entry"]
        found.insert(min(place, len(found)), _late_together(record, late))
    return tuple(_line(record, line) for line in found)


def _incomplete(record: Record) -> Iterable[LookAt]:
    signed = record.visit.signed
    if signed is not None and signed.fact.incomplete:
        yield LookAt(
            at=signed.at,
            kind="Signed incomplete",
            sentence=signed.fact.incomplete,
            decision=True,
            entry=signed.id,
        )


def _not_started(record: Record) -> Iterable[LookAt]:
    for entry in record.visit.of(InfusionNotStarted):
        sentence = f"{entry.fact.reason} (decided by the {entry.fact.decided_by})"
        yield LookAt(
            at=entry.at, kind="Not started", sentence=sentence, decision=True, entry=entry.id
        )


def _often_here(record: Record) -> Iterable[LookAt]:
    """A home that is visited often is for the clinic to decide on (clinical.md B11.5)."""
    sentence, entry = often_here(record.visit), record.visit.last(PastRecorded)
    if sentence and entry is not None:
        yield LookAt(
            at=entry.at,
            kind="Address",
            sentence=f"{sentence}: does this place need a registration?",
            decision=True,
            entry=entry.id,
        )


def _on_paper(record: Record) -> Iterable[LookAt]:
    """Each time on paper: what was copied from it, and whether sets are missing."""
    for period in paper_periods(record.visit, last_moment(record.visit)):
        missing = f"; {count(len(period.untold), 'due set')} not here" if period.untold else ""
        copied = count(len(period.copied), "entry", "entries")
        yield LookAt(
            at=period.entry.at,
            kind="On paper",
            sentence=f"{period.words}, {why_words(period.entry.fact)}; {copied} transcribed"
            f"{missing}",
            decision=bool(missing),
            entry=period.entry.id,
        )


def _late_together(record: Record, late: list[LookAt]) -> LookAt:
    """All late entries in one line: how many, and the latest of them."""
    rows = [e for e in record.visit.standing if record.is_late(e)]
    worst = max(rows, key=lambda entry: entry.lag)
    minutes = [int(entry.lag.total_seconds()) // 60 for entry in rows]
    title = record.told(worst.fact)[0]
    sentence = (
        f"{count(len(rows), 'row')} written {min(minutes)} to {max(minutes)} min after; "
        f"the latest: {title} {clock(worst.at)}"
    )
    return LookAt(
        at=late[0].at, kind="Late entries", sentence=sentence, decision=False, entry=worst.id
    )


def _line(record: Record, line: LookAt) -> LookLine:
    entry, sentence = line.entry or _entry_of(record, line), line.sentence
    if line.kind == "Correction":
        entry, sentence = _corrected(record, line)
    return LookLine(
        time=clock(line.at),
        kind=line.kind,
        sentence=sentence,
        decision=line.decision,
        entry=entry,
        section=SECTIONS.get(line.kind, "events"),
    )


def _corrected(record: Record, line: LookAt) -> tuple[str, str]:
    """The strike that a line is about, told with both values: “heart rate 48, now 84”."""
    for strike, old, new in strikes(record):
        title = record.told(old.fact)[0]
        if old.at != line.at or f"{title} {clock(old.at)} struck: {strike.fact.reason}" != (
            line.sentence
        ):
            continue
        what, then, now = difference(record, old, new)
        name = what if what == title else f"{title}, {what}"
        told = f"{name} {then}".strip() + f", now {now}" if new is not None else f"{title} struck"
        return strike.id, f"{told}: {strike.fact.reason}"
    return "", line.sentence


def _entry_of(record: Record, line: LookAt) -> str:
    """The entry that a line is about, by its kind and time; empty where it is about no one row."""
    kinds = KINDS.get(line.kind, ())
    found: Iterable[Entry[Fact]] = (
        entry
        for entry in record.visit.standing
        if entry.at == line.at and isinstance(entry.fact, kinds)
    )
    return next((entry.id for entry in found), "")


# ------------------------------------------------------------------ extremes

# The label that the summary gives a row, the row here, and the signs and side of its limit.
ROWS: tuple[tuple[str, str, tuple[SignCode, ...], str], ...] = (
    ("BP, highest", "BP, highest", ("systolic", "diastolic"), "high"),
    ("BP, lowest", "BP, lowest", ("systolic",), "low"),
    ("Heart rate, highest", "Heart rate, high", ("heart_rate",), "high"),
    ("Heart rate, lowest", "Heart rate, low", ("heart_rate",), "low"),
    ("SpO₂, lowest", "SpO₂, lowest", ("spo2",), "low"),
    ("Breaths, lowest", "Breaths, lowest", ("respiratory_rate",), "low"),
    ("RASS, deepest", "RASS, deepest", ("rass",), "low"),
    ("Dissociation, highest", "Dissociation", ("dissociation",), "high"),
    ("Nausea, highest", "Nausea", ("nausea",), "high"),
    ("Temperature, highest", "Temperature", ("temperature_c",), "high"),
)


def extreme_rows(record: Record) -> tuple[ExtremeRow, ...]:
    """The furthest reading of each sign with its time and the limit that asks for a pause."""
    found = {extreme.label: extreme for extreme in extremes(record.visit)}
    rows = [
        _extreme_row(record, found[label], name, signs, side)
        for label, name, signs, side in ROWS
        if label in found
    ]
    rates = [row for row in rows if row.label.startswith("Heart rate")]
    if len(rates) == 2:
        place = rows.index(rates[0])
        rows[place : place + 2] = [_both_sides(*rates)]
    pain = pain_change(record.visit)
    if pain is not None:
        first, last = pain
        rows.append(
            ExtremeRow(
                "Pain",
                f"{first.value} → {last.value}",
                f"{clock(first.at)} → {clock(last.at)}",
                DASH,
            )
        )
    return tuple(rows)


def _both_sides(high: ExtremeRow, low: ExtremeRow) -> ExtremeRow:
    """The highest and the lowest of one sign in one row."""
    if low.value == high.value:
        return ExtremeRow("Heart rate", low.value, low.when, _between(low.limit, high.limit))
    return ExtremeRow(
        "Heart rate",
        f"{low.value} to {high.value}",
        f"{low.when.split(' ')[0]}, {high.when.split(' ')[0]}",
        _between(low.limit, high.limit),
    )


def _between(low: str, high: str) -> str:
    return f"{low.removeprefix('under ')} to {high.removeprefix('over ')}"


def _extreme_row(
    record: Record, extreme: Extreme, name: str, signs: tuple[SignCode, ...], side: str
) -> ExtremeRow:
    bounds = [
        bound
        for sign in signs
        for limit in limits_in_force(record.visit)
        if limit.sign == sign
        and _pauses(limit, side)
        and (bound := bound_words(limit, number_form))
    ]
    words = bounds[0] if bounds else DASH
    if len(signs) == 2 and len(bounds) > 1:
        words = f"{bounds[0]}/{bounds[-1].removeprefix('over ')}"
    return ExtremeRow(name, extreme.value, extreme.when, words)


def _pauses(limit: Limit, side: str) -> bool:
    if limit.when != "during" or limit.level != "pause":
        return False
    high = limit.above is not None or limit.at_least is not None
    low = limit.below is not None or limit.at_most is not None
    return high if side == "high" else low


def looks_table(lines: tuple[LookLine, ...]) -> Table:
    """Every line, for a page of its own where page one cannot hold them all."""
    return Table(
        code="looks",
        heading="Look at these, all",
        says="a black bar: the reviewer's decision is needed",
        columns=(Column("", 18), Column("time", 34), Column("", 92), Column("what")),
        rows=tuple(
            Row(
                cells=(
                    strong(str(number)),
                    plain(line.time),
                    strong(line.kind),
                    plain(line.sentence),
                ),
                about=f"look at these, {number}",
                bar="override" if line.decision else "",
            )
            for number, line in enumerate(lines, 1)
        ),
        empty="Nothing outside the order or the policy.",
    )
