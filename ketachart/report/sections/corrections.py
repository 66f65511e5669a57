"""The rows that were corrected or struck: what stood there first, what stands now, and why."""

from decimal import Decimal

from ketachart.domain.facts import EntryStruck, Fact, VitalsTaken
from ketachart.domain.limits import SIGN_CODES
from ketachart.domain.visit import Entry
from ketachart.domain.wording import clock, day_and_clock
from ketachart.report.charted import number_form
from ketachart.report.sections.pieces import Column, Row, Table, faint, plain, strong, struck
from ketachart.report.sections.record import Record


def corrections_table(record: Record) -> Table:
    """Every strike: the first entry, what stands now, why, when and by whom."""
    rows = []
    for strike, old, new in strikes(record):
        what, then, now = difference(record, old, new)
        rows.append(
            Row(
                cells=(
                    strong(record.mark(new or old)),
                    plain(f"{clock(old.at)} {what}"),
                    struck(then),
                    strong(now),
                    plain(strike.fact.reason),
                    plain(clock(strike.recorded_at)),
                    faint(record.by(strike)),
                ),
                entry=strike.id,
                about=f"correction of {clock(old.at)}",
            )
        )
    return Table(
        code="corrections",
        heading="Corrections",
        says="the first entry stays readable; nothing was removed",
        columns=(
            Column("", 22),
            Column("row", 92),
            Column("first entry", 120),
            Column("now", 120),
            Column("reason"),
            Column("at", 30),
            Column("by", 22, right=True),
        ),
        rows=tuple(rows),
        empty="Nothing was corrected or struck.",
    )


def strikes(
    record: Record,
) -> list[tuple[Entry[EntryStruck], Entry[Fact], Entry[Fact] | None]]:
    """Every strike that counts, with the struck entry and what stands in its place."""
    found = []
    for strike in record.visit.strikes.values():
        old = record.visit.entry(strike.fact.entry)
        if old is not None:
            found.append((strike, old, record.visit.entry(strike.fact.replaced_by)))
    return found


def difference(record: Record, old: Entry[Fact], new: Entry[Fact] | None) -> tuple[str, str, str]:
    """Which value, what it was, and what stands now."""
    title, detail = record.told(old.fact)
    if new is None:
        return title, detail or title, "struck, nothing in its place"
    if isinstance(old.fact, VitalsTaken) and isinstance(new.fact, VitalsTaken):
        differing = _signs_changed(record, old.fact, new.fact)
        if differing:
            names, then, now = zip(*differing, strict=True)
            return ", ".join(names), "; ".join(then), "; ".join(now)
    if old.at != new.at and record.told(new.fact)[1] == detail:
        beside = old.at.date()
        return title, day_and_clock(old.at, beside=beside), day_and_clock(new.at, beside=beside)
    return title, detail, record.told(new.fact)[1]


def _signs_changed(
    record: Record, old: VitalsTaken, new: VitalsTaken
) -> list[tuple[str, str, str]]:
    """The values of a set that are not what they were: name, then, now."""
    names: dict[str, str] = {
        code: _later(record.visit.protocol.sign(code).label) for code in SIGN_CODES
    }
    names |= {name: name for name in ("note", "oriented", "source")}
    names["oxygen_l_min"] = "oxygen, L/min"
    found = []
    for field, name in names.items():
        then, now = getattr(old, field), getattr(new, field)
        if then != now:
            found.append((name, _plain_value(then), _plain_value(now)))
    if old.at != new.at:
        found.append(("time", clock(old.at), clock(new.at)))
    return found


def _later(label: str) -> str:
    """A label inside a sentence; one that is written as a symbol keeps its capitals."""
    return label.lower() if label[1:].islower() else label


def _plain_value(value: str | int | Decimal | None) -> str:
    if value is None or value == "":
        return "nothing"
    return value if isinstance(value, str) else number_form(value)
