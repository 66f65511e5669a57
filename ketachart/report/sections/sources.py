"""What the short names of the sources stand for, and how far each was verified."""

from itertools import groupby

from ketachart.domain.references import references
from ketachart.domain.sources import VERIFIED
from ketachart.report.sections.pieces import Column, Divider, Line, Row, Table, plain, strong
from ketachart.report.sections.record import Record

HEADING = "Sources of the limits and questions"


def sources_table(record: Record) -> Table:
    """Every source of this visit once, the best verified first, then by its short name."""
    found = references(record.visit, record.now)
    rows: list[Line] = []
    for mark, verified in VERIFIED.items():
        mine = [one for one in found if one.mark == mark]
        if mine:
            rows.append(Divider(f"{verified[0].upper()}{verified[1:]}"))
        for short, named in groupby(mine, lambda one: one.short):
            words = " ".join(dict.fromkeys(one.words for one in named))
            rows.append(Row(cells=((*strong(short), *plain(words)),), about=f"source: {short}"))
    return Table(
        code="sources",
        heading=HEADING,
        says="what the short names stand for, and how far each source was verified",
        columns=(Column(""),),
        rows=tuple(rows),
        across=2,
        ruled=False,
        small=True,
        empty="This visit's protocol does not say what its sources are.",
    )
