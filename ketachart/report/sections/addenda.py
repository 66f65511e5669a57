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
    added = isinstance(entry.fact, AddendumWritten)
    if isinstance(entry.fact, ReportSigned):
        detail = f"{detail}, SHA-256 {entry.fact.sha256}"
    said: Cell = (Run(f"{title}:", "strong" if added else "title"), *plain(detail))
    return Row(
        cells=(
            plain(day(entry.at.date())),
            strong(clock(entry.at)),
            said if added else (*faint(f"{title}:"), *faint(detail)),
            strong(plus_minutes(entry.lag)) if record.is_late(entry) else (),
            faint(record.by(entry)),
        ),
        entry=entry.id,
        about=f"{title.lower()} {clock(entry.at)}",
    )


def _earlier(record: Record) -> Cell:
    before = len(_versions(record))
    if not before:
        return ()
    stays = "stays" if before == 1 else "stay"
    files = count(before, "earlier version")
    return plain(f"{files} {stays} in the clinic's ledger, signed as before.")
