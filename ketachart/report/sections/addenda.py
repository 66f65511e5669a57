"""What was added after the visit was signed: each addendum with who signed it, and the versions."""

from ketachart.domain.addenda import addenda, version_of
from ketachart.domain.facts import AddendumWritten, Fact, ReportSigned
from ketachart.domain.visit import Entry
from ketachart.domain.wording import clock, count, day, plus_minutes
from ketachart.report.sections.pieces import Cell, Column, Row, Run, Table, faint, plain, strong
from ketachart.report.sections.record import Record

COLUMNS = (
    Column("day", 64),
    Column("time", 34),
    Column("what was added"),
    Column("charted", 46, right=True),
    Column("by", 22, right=True),
)


def shown_in_addenda(record: Record) -> frozenset[str]:
    """The addenda, and the signed files that came before this one."""
    return frozenset(entry.id for entry in (*addenda(record.visit), *_versions(record)))


def addenda_tables(record: Record) -> tuple[Table, ...]:
    """The table, where something was added."""
    found: tuple[Entry[Fact], ...] = (*addenda(record.visit), *_versions(record))
    if not addenda(record.visit):
        return ()
    signed = record.visit.signed
    since = f"signed {day(signed.at.date())} {clock(signed.at)}; " if signed else ""
    return (
        Table(
            code="addenda",
            heading="Addenda",
            says=f"{since}this is version {version_of(record.visit)}; nothing of the visit itself "
            "was changed",
            columns=COLUMNS,
            rows=tuple(_row(record, e) for e in sorted(found, key=lambda entry: entry.number)),
            closing=_earlier(record),
        ),
    )


def _versions(record: Record) -> tuple[Entry[ReportSigned], ...]:
    """The signed files that came before this one."""
    return record.visit.of(ReportSigned)


def _row(record: Record, entry: Entry[Fact]) -> Row:
    title, detail = record.told(entry.fact)
    if isinstance(entry.fact, ReportSigned):
        detail = f"{detail}, SHA-256 {entry.fact.sha256}"
    said: Cell = (*faint(f"{title}:"), *faint(detail))
    if isinstance(entry.fact, AddendumWritten):
        said = (Run(f"{title}:", "strong"), *_told(detail, entry.fact), *_about(record, entry.fact))
    return Row(
        cells=(
            plain(day(entry.at.date())),
            strong(clock(entry.at)),
            said,
            strong(plus_minutes(entry.lag)) if record.is_late(entry) else (),
            faint(record.by(entry)),
        ),
        entry=entry.id,
        about=f"{title.lower()} {clock(entry.at)}",
    )


def _told(detail: str, fact: AddendumWritten) -> Cell:
    """An addendum in words; a question stands apart, so that the answer begins a line."""
    if not fact.question:
        return plain(detail)
    asked = f"asked: “{fact.question}”;"
    before, found, answer = detail.partition(asked)
    if not found:
        return plain(detail)
    return (*plain(before.strip()), Run(asked, "title"), Run(f"\n{answer.strip()}"))


def _about(record: Record, fact: AddendumWritten) -> Cell:
    """The row of the visit that an addendum is about."""
    entry = record.visit.entry(fact.entry) if fact.entry else None
    if entry is None:
        return ()
    return faint(f"(about {record.told(entry.fact)[0]}, {clock(entry.at)})")


def _earlier(record: Record) -> Cell:
    before = len(_versions(record))
    if not before:
        return ()
    stays = "stays" if before == 1 else "stay"
    files = count(before, "earlier version")
    return plain(f"{files} {stays} in the clinic's ledger, signed as before.")
