"""Every limit in force at a visit, with where it comes from."""

from ketachart.domain.limits import bound_words, limits_in_force
from ketachart.report.charted import number_form
from ketachart.report.sections.pieces import Column, Row, Table, faint, plain, strong
from ketachart.report.sections.record import Record


def limits_table(record: Record) -> Table:
    """Every limit in force at this visit, with where it comes from."""
    visit, rows = record.visit, []
    ordered = visit.order.limits if visit.order is not None else ()
    limits = limits_in_force(visit)
    for code in dict.fromkeys(limit.sign for limit in limits):
        mine = [limit for limit in limits if limit.sign == code]
        sources = ("the order" if limit in ordered else limit.source for limit in mine)
        rows.append(
            Row(
                cells=(
                    strong(visit.protocol.sign(code).label),
                    *(
                        plain(
                            "; ".join(bound_words(x, number_form) for x in mine if x.level == level)
                        )
                        for level in ("ask-before", "no-start", "pause", "emergency")
                    ),
                    faint(visit.protocol.cited(*sources).short),
                ),
                about=f"limits of {code}",
            )
        )
    return Table(
        code="limits",
        heading="Limits in force",
        says=f"{visit.protocol.edition}; the order's own limits come first",
        columns=(
            Column("", 60),
            Column("ask before the start", 72),
            Column("do not start", 76),
            Column("pause and call", 88),
            Column("emergency", 80),
            Column("source"),
        ),
        rows=tuple(rows),
    )
